//! `Option`: what stands for nothing.

use super::{FromR, IntoR, Plain, ToR};
use crate::error::Result;
use crate::r::R;
use crate::value::Value;

/// A type of which an `Option` can be made from an R value.
///
/// `None` is NA and `NULL` for a scalar, `NULL` for everything else. `#[derive(FromList)]` implements it.
pub trait FromOption<'r>: FromR<'r> {
    /// Converts the value, or finds that it is nothing.
    ///
    /// # Errors
    /// Those of [`FromR::from_r`].
    fn from_option(value: Value<'r>) -> Result<Option<Self>> {
        if value.is_null() { Ok(None) } else { Self::from_r(value).map(Some) }
    }
}

/// A type of which an `Option` can become an R value.
///
/// `None` is the NA of its type for a scalar, `NULL` for everything else. `#[derive(IntoList)]` implements it.
pub trait IntoOption {
    /// What `None` becomes.
    ///
    /// # Errors
    /// [`Error::Condition`](crate::Error::Condition) when R has no memory for it; [`Error::Type`](crate::Error::Type) for
    /// bytes, which have no NA.
    fn none<'r>(r: R<'r>) -> Result<Value<'r>> {
        Ok(r.null())
    }

    /// The same, if it can be described.
    #[doc(hidden)]
    fn plain_none<'a>() -> Option<Plain<'a>>
    where
        Self: 'a,
    {
        Some(Plain::Null)
    }
}

impl<'r, T: FromOption<'r>> FromR<'r> for Option<T> {
    fn from_r(value: Value<'r>) -> Result<Self> {
        T::from_option(value)
    }
}

impl<T: IntoOption + IntoR> IntoR for Option<T> {
    fn into_r<'r>(self, r: R<'r>) -> Result<Value<'r>> {
        match self {
            Some(item) => item.into_r(r),
            None => T::none(r),
        }
    }
    fn plain(&self) -> Option<Plain<'_>> {
        match self {
            Some(item) => item.plain(),
            None => T::plain_none(),
        }
    }
}

impl<T: IntoOption + ToR> ToR for Option<T> {
    fn to_r<'r>(&self, r: R<'r>) -> Result<Value<'r>> {
        match self {
            Some(item) => item.to_r(r),
            None => T::none(r),
        }
    }
}

impl<T: IntoOption + ToR> IntoR for &Option<T> {
    fn into_r<'r>(self, r: R<'r>) -> Result<Value<'r>> {
        self.to_r(r)
    }
}

impl ToR for Value<'_> {
    fn to_r<'r>(&self, r: R<'r>) -> Result<Value<'r>> {
        self.into_r(r)
    }
}

impl<'r> FromOption<'r> for Value<'r> {}
impl IntoOption for Value<'_> {}
impl IntoOption for &Value<'_> {}
