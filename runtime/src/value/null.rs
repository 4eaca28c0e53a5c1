//! `NULL` towards and from Rust.

use super::Value;
use crate::convert::{FromR, IntoR};
use crate::error::{Error, Result};
use crate::r::R;

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
