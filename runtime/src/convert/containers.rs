//! `Vec`, slices and arrays.

use super::{FromOption, FromR, IntoOption, IntoR, Plain, Scalar, ToR};
use crate::error::{Error, Result};
use crate::r::R;
use crate::value::{List, Value, Wrapper};

/// A type of which a `Vec` can be made from one R value: a vector of scalars, a list of anything else, a data frame of rows.
///
/// Implemented for every [`Scalar`] and `Option` of it (atomic vectors), for `Vec`, maps and [`Value`] (lists), and by
/// `#[derive(FromDataFrame)]` (data frames) and `#[derive(FromList)]` (lists of lists).
///
/// ```
/// use rbindgen_runtime::prelude::*;
///
/// R::with(|r| {
///     let parts: Vec<Vec<f64>> = r.eval("split(c(1, 2, 3), c('a', 'b', 'a'))")?.to()?;
///     assert_eq!(parts, [vec![1.0, 3.0], vec![2.0]]);
///     let error = r.eval("list(1, 'x')")?.to::<Vec<Vec<f64>>>().unwrap_err();
///     assert_eq!(
///         error.to_string(),
///         "element 1 (counted from 0) is a character vector of length 1, not a double vector"
///     );
///     Ok(())
/// })?;
/// # Ok::<(), Error>(())
/// ```
#[diagnostic::on_unimplemented(
    message = "no R vector can become a `Vec<{Self}>`",
    label = "this type is no element of an R vector, list or data frame",
    note = "structs get this by `#[derive(FromDataFrame)]` or `#[derive(FromList)]`, enums by `#[derive(RFactor)]`"
)]
pub trait FromVector<'r>: Sized {
    /// Converts the value.
    ///
    /// # Errors
    /// Those of [`FromR::from_r`]; they name the element.
    fn from_vector(value: Value<'r>) -> Result<Vec<Self>>;
}

/// A type of which many become one R value: scalars a vector, anything else a list, rows a data frame.
///
/// Implemented for every [`Scalar`] and `Option` of it (atomic vectors), for `Vec`, maps and [`Value`] (lists), and by
/// `#[derive(IntoDataFrame)]` (data frames) and `#[derive(IntoList)]` (lists of lists).
///
/// ```
/// use rbindgen_runtime::prelude::*;
///
/// R::with(|r| {
///     let x = vec![vec![1.0], vec![2.0, 3.0]].into_r(r)?;
///     assert!(x.identical(&r.eval("list(1, c(2, 3))")?)?);
///     let x = [Some("a"), None].into_r(r)?;
///     assert!(x.identical(&r.eval("c('a', NA)")?)?);
///     Ok(())
/// })?;
/// # Ok::<(), Error>(())
/// ```
#[diagnostic::on_unimplemented(
    message = "a sequence of `{Self}` cannot become an R value",
    label = "this type is no element of an R vector, list or data frame",
    note = "structs get this by `#[derive(IntoDataFrame)]` or `#[derive(IntoList)]`, enums by `#[derive(RFactor)]`"
)]
pub trait IntoVector: Sized {
    /// Makes one R value of the items.
    ///
    /// # Errors
    /// Those of [`IntoR::into_r`]; they name the element.
    fn into_vector<'a, 'r>(
        r: R<'r>,
        items: impl ExactSizeIterator<Item = &'a Self> + Clone,
    ) -> Result<Value<'r>>
    where
        Self: 'a;

    /// The items, if they can be described.
    #[doc(hidden)]
    fn plain_items(_: &[Self]) -> Option<Plain<'_>> {
        None
    }
}

impl<T: Scalar> FromVector<'_> for T {
    fn from_vector(value: Value<'_>) -> Result<Vec<T>> {
        T::read_present(&value)
    }
}

impl<T: Scalar> FromVector<'_> for Option<T> {
    fn from_vector(value: Value<'_>) -> Result<Vec<Option<T>>> {
        T::read(&value)
    }
}

impl<T: Scalar> IntoVector for T {
    fn into_vector<'a, 'r>(r: R<'r>, items: impl ExactSizeIterator<Item = &'a T> + Clone) -> Result<Value<'r>>
    where
        T: 'a,
    {
        T::write(r, items.map(Some))
    }
    fn plain_items(items: &[T]) -> Option<Plain<'_>> {
        T::many(items)
    }
}

impl<T: Scalar> IntoVector for Option<T> {
    fn into_vector<'a, 'r>(
        r: R<'r>,
        items: impl ExactSizeIterator<Item = &'a Option<T>> + Clone,
    ) -> Result<Value<'r>>
    where
        T: 'a,
    {
        T::write(r, items.map(Option::as_ref))
    }
}

/// The elements of a list, each converted.
#[doc(hidden)]
pub fn from_list<'r, T: FromR<'r>>(value: Value<'r>) -> Result<Vec<T>> {
    let list = List::from_value(value)?;
    let element =
        |(index, value): (usize, Value<'r>)| T::from_r(value).map_err(|error| at_element(error, index));
    list.iter().enumerate().map(element).collect()
}

/// Says in which element of a list something is wrong.
fn at_element(error: Error, index: usize) -> Error {
    error.within(|| format!("element {index} (counted from 0)"))
}

/// A list of the items, each converted.
#[doc(hidden)]
pub fn into_list<'a, 'r, T: ToR + 'a>(
    r: R<'r>,
    items: impl ExactSizeIterator<Item = &'a T>,
) -> Result<Value<'r>> {
    let element = |(index, item): (usize, &'a T)| item.to_r(r).map_err(|error| at_element(error, index));
    let values: Vec<Value<'r>> = items.enumerate().map(element).collect::<Result<_>>()?;
    List::new(r, values).map(Value::from)
}

/// Types of which many make a list.
macro_rules! in_lists {
    ($([$($generics:tt)*] $type:ty;)*) => {
        $(impl<'r, $($generics)*> $crate::convert::FromVector<'r> for $type
        where
            $type: $crate::FromR<'r>,
        {
            fn from_vector(value: $crate::value::Value<'r>) -> $crate::Result<Vec<Self>> {
                $crate::convert::containers::from_list(value)
            }
        }

        impl<$($generics)*> $crate::convert::IntoVector for $type
        where
            $type: $crate::convert::ToR,
        {
            fn into_vector<'a, 'rb_r>(
                r: $crate::R<'rb_r>,
                items: impl ExactSizeIterator<Item = &'a Self> + Clone,
            ) -> $crate::Result<$crate::value::Value<'rb_r>>
            where
                Self: 'a,
            {
                $crate::convert::containers::into_list(r, items)
            }
        })*
    };
}

pub(super) use in_lists;

in_lists! {
    [T] Vec<T>;
    [T] Option<Vec<T>>;
    [T] Box<[T]>;
    [T, const N: usize] [T; N];
}

impl<'r> FromVector<'r> for Value<'r> {
    fn from_vector(value: Value<'r>) -> Result<Vec<Self>> {
        from_list(value)
    }
}

impl<'v> IntoVector for Value<'v> {
    fn into_vector<'a, 'r>(
        r: R<'r>,
        items: impl ExactSizeIterator<Item = &'a Self> + Clone,
    ) -> Result<Value<'r>>
    where
        'v: 'a,
    {
        into_list(r, items)
    }
}

impl<'r, T: FromVector<'r>> FromR<'r> for Vec<T> {
    fn from_r(value: Value<'r>) -> Result<Self> {
        T::from_vector(value)
    }
}

impl<'r, T: FromVector<'r>> FromR<'r> for Box<[T]> {
    fn from_r(value: Value<'r>) -> Result<Self> {
        T::from_vector(value).map(Vec::into_boxed_slice)
    }
}

impl<'r, T: FromVector<'r>, const N: usize> FromR<'r> for [T; N] {
    fn from_r(value: Value<'r>) -> Result<Self> {
        let found = value.clone();
        let items: Result<[T; N], Vec<T>> = T::from_vector(value)?.try_into();
        items.map_err(|items| {
            let found = format!("{} with {} elements", found.describe(), items.len());
            Error::wrong_type(format!("{N} elements"), found)
        })
    }
}

fn slice_into_r<'r, T: IntoVector>(r: R<'r>, items: &[T]) -> Result<Value<'r>> {
    match T::plain_items(items) {
        Some(plain) => plain.into_value(r),
        None => T::into_vector(r, items.iter()),
    }
}

/// The conversions to R of what is a slice.
macro_rules! slices {
    ($([$($generics:tt)*] $type:ty;)*) => {
        $(impl<T: IntoVector, $($generics)*> IntoR for $type {
            fn into_r<'r>(self, r: R<'r>) -> Result<Value<'r>> {
                slice_into_r(r, &self[..])
            }
            fn plain(&self) -> Option<Plain<'_>> {
                T::plain_items(&self[..])
            }
        })*
    };
}

slices! {
    [] Vec<T>;
    [] &Vec<T>;
    [] &[T];
    [] &&[T];
    [] Box<[T]>;
    [] &Box<[T]>;
    [const N: usize] [T; N];
    [const N: usize] &[T; N];
}

macro_rules! by_reference {
    ($([$($generics:tt)*] $type:ty;)*) => {
        $(impl<T: IntoVector, $($generics)*> ToR for $type {
            fn to_r<'r>(&self, r: R<'r>) -> Result<Value<'r>> {
                slice_into_r(r, &self[..])
            }
        })*
    };
}

by_reference! {
    [] Vec<T>;
    [] &[T];
    [] Box<[T]>;
    [const N: usize] [T; N];
}

impl<'r, T: FromVector<'r>> FromOption<'r> for Vec<T> {}
impl<'r, T: FromVector<'r>> FromOption<'r> for Box<[T]> {}
impl<'r, T: FromVector<'r>, const N: usize> FromOption<'r> for [T; N] {}
impl<T> IntoOption for Vec<T> {}
impl<T> IntoOption for &Vec<T> {}
impl<T> IntoOption for &[T] {}
impl<T> IntoOption for Box<[T]> {}
impl<T, const N: usize> IntoOption for [T; N] {}
