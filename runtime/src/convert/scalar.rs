//! Elements of atomic vectors: the types that have an NA.

use super::Plain;
use crate::error::{Error, Result};
use crate::r::R;
use crate::value::{Kind, Value};

/// A type that is one element of an atomic vector of R: `f64`, `String`, the enumeration of a factor's levels …
///
/// A scalar becomes a vector of length one, a `Vec` of it a vector, and `None` among them is NA. The types that have
/// this are those of the [table](crate::convert) and, by `#[derive(RFactor)]`, enumerations.
///
/// ```
/// use rbindgen_runtime::prelude::*;
/// use rbindgen_runtime::convert::Scalar;
///
/// fn present<T: Scalar>(x: &Value<'_>) -> Result<usize, Error> {
///     Ok(x.to::<Vec<Option<T>>>()?.into_iter().flatten().count())
/// }
///
/// R::with(|r| {
///     assert_eq!(present::<f64>(&r.eval("c(1, NA, 3)")?)?, 2);
///     assert_eq!(present::<String>(&r.eval("c('a', NA)")?)?, 1);
///     Ok(())
/// })?;
/// # Ok::<(), Error>(())
/// ```
pub trait Scalar: Sized {
    /// What messages call a vector of these.
    #[doc(hidden)]
    const NAME: &'static str;

    /// What NA is where there is no `Option`; nothing for most.
    #[doc(hidden)]
    fn na() -> Option<Self> {
        None
    }

    /// One element, if it can be described; `None` is NA.
    #[doc(hidden)]
    fn one(_: Option<&Self>) -> Option<Plain<'_>> {
        None
    }

    /// Elements without NA, if they can be described.
    #[doc(hidden)]
    fn many(_: &[Self]) -> Option<Plain<'_>> {
        None
    }

    /// A vector of these; `None` is NA.
    #[doc(hidden)]
    fn write<'a, 'r>(
        r: R<'r>,
        items: impl ExactSizeIterator<Item = Option<&'a Self>> + Clone,
    ) -> Result<Value<'r>>
    where
        Self: 'a;

    /// The elements of a vector; NA is `None`.
    #[doc(hidden)]
    fn read(value: &Value<'_>) -> Result<Vec<Option<Self>>>;

    /// The elements of a vector without NA.
    #[doc(hidden)]
    fn read_present(value: &Value<'_>) -> Result<Vec<Self>> {
        let present = |(index, element): (usize, Option<Self>)| {
            element.or_else(Self::na).ok_or(Error::Missing { index })
        };
        Self::read(value)?.into_iter().enumerate().map(present).collect()
    }

    /// The element of a vector of length one; NA is `None`.
    #[doc(hidden)]
    fn read_one(value: &Value<'_>) -> Result<Option<Self>> {
        let wrong = || Error::wrong_type(format!("{} of length 1", Self::NAME), value.describe());
        // A list is one of a class with fields, as `POSIXlt` is: it is read first.
        if value.len() != 1 && value.kind() != Kind::List {
            return Err(wrong());
        }
        let mut elements = Self::read(value)?;
        if elements.len() == 1 { elements.pop().ok_or_else(wrong) } else { Err(wrong()) }
    }
}

/// One scalar, or `None` for NA, as an R value.
#[doc(hidden)]
pub fn scalar_into_r<'r, T: Scalar>(r: R<'r>, item: Option<&T>) -> Result<Value<'r>> {
    match T::one(item) {
        Some(plain) => plain.into_value(r),
        None => T::write(r, std::iter::once(item)),
    }
}

/// The scalar that an R value is.
#[doc(hidden)]
pub fn scalar_from_r<T: Scalar>(value: &Value<'_>) -> Result<T> {
    T::read_one(value)?.or_else(T::na).ok_or(Error::Missing { index: 0 })
}

/// The conversions that every [`Scalar`] has. A macro and no blanket implementation: that one would keep `&T` of
/// other crates' types from being converted.
#[doc(hidden)]
#[macro_export]
macro_rules! scalar_conversions {
    ([$($generics:tt)*] $type:ty) => {
        impl<$($generics)*> $crate::FromR<'_> for $type {
            fn from_r(value: $crate::value::Value<'_>) -> $crate::Result<Self> {
                $crate::derive::scalar_from_r(&value)
            }
        }

        impl<$($generics)*> $crate::IntoR for $type {
            fn into_r<'rb_r>(self, r: $crate::R<'rb_r>) -> $crate::Result<$crate::value::Value<'rb_r>> {
                $crate::derive::scalar_into_r(r, ::std::option::Option::Some(&self))
            }
            fn plain(&self) -> ::std::option::Option<$crate::derive::Plain<'_>> {
                $crate::convert::Scalar::one(::std::option::Option::Some(self))
            }
        }

        impl<$($generics)*> $crate::IntoR for &$type {
            fn into_r<'rb_r>(self, r: $crate::R<'rb_r>) -> $crate::Result<$crate::value::Value<'rb_r>> {
                $crate::derive::scalar_into_r(r, ::std::option::Option::Some(self))
            }
            fn plain(&self) -> ::std::option::Option<$crate::derive::Plain<'_>> {
                $crate::convert::Scalar::one(::std::option::Option::Some(*self))
            }
        }

        impl<$($generics)*> $crate::convert::ToR for $type {
            fn to_r<'rb_r>(&self, r: $crate::R<'rb_r>) -> $crate::Result<$crate::value::Value<'rb_r>> {
                $crate::derive::scalar_into_r(r, ::std::option::Option::Some(self))
            }
        }

        impl<$($generics)*> $crate::convert::FromOption<'_> for $type {
            fn from_option(value: $crate::value::Value<'_>) -> $crate::Result<::std::option::Option<Self>> {
                if value.is_null() {
                    return ::std::result::Result::Ok(::std::option::Option::None);
                }
                $crate::convert::Scalar::read_one(&value)
            }
        }

        impl<$($generics)*> $crate::convert::IntoOption for $type {
            fn none<'rb_r>(r: $crate::R<'rb_r>) -> $crate::Result<$crate::value::Value<'rb_r>> {
                $crate::derive::scalar_into_r::<Self>(r, ::std::option::Option::None)
            }
            fn plain_none<'rb_a>() -> ::std::option::Option<$crate::derive::Plain<'rb_a>>
            where
                Self: 'rb_a,
            {
                <Self as $crate::convert::Scalar>::one(::std::option::Option::None)
            }
        }
    };
}

/// Says how a scalar refers to the value that it was read from: "a double vector whose element 3 (counted from 0) is 1.5".
pub(super) fn element_error(
    expected: &str,
    value: &Value<'_>,
    index: usize,
    what: impl std::fmt::Display,
) -> Error {
    Error::wrong_type(
        expected,
        format!("{} whose element {index} (counted from 0) is {what}", value.describe()),
    )
}
