//! What all typed wrappers share.

use std::ops::Deref;

use super::Value;
use crate::error::{Error, Result};

/// A type that is a [`Value`] of which something more is known.
///
/// # Safety
/// The type is `#[repr(transparent)]` over `Value`, and holds nothing else.
pub unsafe trait Wrapper<'r>: Sized + Deref {
    /// What the type is called in messages: "a double vector".
    fn expected() -> String;

    /// Whether `value` is one.
    fn accepts(value: &Value<'r>) -> bool;

    /// Looks at `value` as this type, without a copy.
    ///
    /// # Errors
    /// [`Error::Type`] when it is something else.
    fn from_ref<'a>(value: &'a Value<'r>) -> Result<&'a Self> {
        Self::from_ref_if(value).ok_or_else(|| Self::refuse(value))
    }

    /// As [`from_ref`](Wrapper::from_ref), without an error.
    fn from_ref_if<'a>(value: &'a Value<'r>) -> Option<&'a Self> {
        // SAFETY: the layout is that of `Value` (the trait's promise), and the content was checked.
        Self::accepts(value).then(|| unsafe { &*std::ptr::from_ref(value).cast::<Self>() })
    }

    /// Makes `value` this type.
    ///
    /// # Errors
    /// [`Error::Type`] when it is something else.
    fn from_value(value: Value<'r>) -> Result<Self> {
        if Self::accepts(&value) {
            // SAFETY: as in `from_ref`; the original is not dropped.
            Ok(unsafe { std::mem::transmute_copy(&std::mem::ManuallyDrop::new(value)) })
        } else {
            Err(Self::refuse(&value))
        }
    }

    /// The value without the knowledge of what it is.
    fn into_value(self) -> Value<'r> {
        // SAFETY: the layout is that of `Value` (the trait's promise); the original is not dropped.
        unsafe { std::mem::transmute_copy(&std::mem::ManuallyDrop::new(self)) }
    }

    /// The error for a `value` that is not one.
    fn refuse(value: &Value<'r>) -> Error {
        Error::wrong_type(Self::expected(), value.describe())
    }
}

/// Declares a wrapper directly over [`Value`].
///
/// The last part, if there is one, turns a value that is nearly one into one: for `from_value` only.
macro_rules! wrapper {
    (
        $(#[$meta:meta])* $name:ident, $expected:literal, |$value:ident| $accepts:expr
        $(, from |$other:ident| $convert:expr)?
    ) => {
        $(#[$meta])*
        #[derive(Clone)]
        #[repr(transparent)]
        pub struct $name<'r>($crate::value::Value<'r>);

        // SAFETY: transparent, one field.
        unsafe impl<'r> $crate::value::Wrapper<'r> for $name<'r> {
            fn expected() -> String {
                $expected.to_owned()
            }
            fn accepts($value: &$crate::value::Value<'r>) -> bool {
                $accepts
            }
            $(
                fn from_value($other: $crate::value::Value<'r>) -> $crate::Result<Self> {
                    let value: $crate::value::Value<'r> = $convert;
                    match Self::accepts(&value) {
                        true => Ok($name(value)),
                        false => Err(Self::refuse(&value)),
                    }
                }
            )?
        }

        impl<'r> std::ops::Deref for $name<'r> {
            type Target = $crate::value::Value<'r>;
            fn deref(&self) -> &Self::Target {
                &self.0
            }
        }

        impl std::fmt::Debug for $name<'_> {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                std::fmt::Debug::fmt(&self.0, f)
            }
        }

        impl $crate::convert::IntoR for $name<'_> {
            fn into_r<'r>(self, r: $crate::R<'r>) -> $crate::Result<$crate::value::Value<'r>> {
                self.0.into_r(r)
            }
            fn plain(&self) -> Option<$crate::convert::Plain<'_>> {
                Some($crate::convert::Plain::Sexp(self.sexp()))
            }
        }

        impl $crate::convert::IntoR for &$name<'_> {
            fn into_r<'r>(self, r: $crate::R<'r>) -> $crate::Result<$crate::value::Value<'r>> {
                (&self.0).into_r(r)
            }
            fn plain(&self) -> Option<$crate::convert::Plain<'_>> {
                Some($crate::convert::Plain::Sexp(self.sexp()))
            }
        }

        impl $crate::convert::ToR for $name<'_> {
            fn to_r<'r>(&self, r: $crate::R<'r>) -> $crate::Result<$crate::value::Value<'r>> {
                $crate::IntoR::into_r(&self.0, r)
            }
        }

        impl $crate::convert::IntoOption for $name<'_> {}
        impl $crate::convert::IntoOption for &$name<'_> {}

        $crate::value::wrapper::conversions!([] $name<'r>);
    };
}

/// The conversions between a wrapper and [`Value`].
macro_rules! conversions {
    ([$($generics:tt)*] $name:ty) => {
        impl<'r, $($generics)*> TryFrom<$crate::value::Value<'r>> for $name {
            type Error = $crate::Error;
            fn try_from(value: $crate::value::Value<'r>) -> $crate::Result<Self> {
                <Self as $crate::value::Wrapper<'r>>::from_value(value)
            }
        }

        impl<'a, 'r, $($generics)*> TryFrom<&'a $crate::value::Value<'r>> for &'a $name {
            type Error = $crate::Error;
            fn try_from(value: &'a $crate::value::Value<'r>) -> $crate::Result<Self> {
                <$name as $crate::value::Wrapper<'r>>::from_ref(value)
            }
        }

        impl<'r, $($generics)*> From<$name> for $crate::value::Value<'r> {
            fn from(wrapper: $name) -> Self {
                // SAFETY: a wrapper is transparent over `Value`.
                unsafe { std::mem::transmute_copy(&std::mem::ManuallyDrop::new(wrapper)) }
            }
        }

        impl<'r, $($generics)*> $crate::convert::FromR<'r> for $name {
            fn from_r(value: $crate::value::Value<'r>) -> $crate::Result<Self> {
                <Self as $crate::value::Wrapper<'r>>::from_value(value)
            }
        }

        impl<'r, $($generics)*> $crate::convert::FromOption<'r> for $name {}
    };
}

pub(crate) use {conversions, wrapper};
