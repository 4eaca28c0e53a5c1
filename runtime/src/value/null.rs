//! `NULL`.

use super::Value;
use super::wrapper::wrapper;
use crate::convert::{FromR, IntoR};
use crate::error::{Error, Result};
use crate::r::R;

wrapper! {
    /// `NULL`: nothing. There is one such object, it has no elements and no attributes.
    ///
    /// Towards Rust `()` is the same.
    ///
    /// ```
    /// use rbindgen_runtime::prelude::*;
    ///
    /// R::with(|r| {
    ///     assert!(r.eval("NULL")?.to::<Null>().is_ok());
    ///     assert!(r.eval("list()")?.to::<Null>().is_err());
    ///     assert!(Null::new(r).is_null());
    ///     Ok(())
    /// })?;
    /// # Ok::<(), Error>(())
    /// ```
    Null, "NULL", |value| value.is_null()
}

impl<'r> Null<'r> {
    /// `NULL`.
    pub fn new(r: R<'r>) -> Null<'r> {
        Null(r.null())
    }
}

impl<'r> FromR<'r> for () {
    fn from_r(value: Value<'r>) -> Result<Self> {
        if value.is_null() { Ok(()) } else { Err(Error::wrong_type("NULL", value.describe())) }
    }
}

impl IntoR for () {
    fn into_r<'r>(self, r: R<'r>) -> Result<Value<'r>> {
        Ok(r.null())
    }
}
