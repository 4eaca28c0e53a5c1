//! Raw vectors.

use super::vector::numeric_vector;
use crate::error::{Error, Result};

numeric_vector! {
    /// A raw vector: bytes. There is no NA among bytes: every element is `Some`.
    ///
    /// ```
    /// use rbindgen_runtime::prelude::*;
    ///
    /// R::with(|r| {
    ///     let x = Raw::new(r, b"abc")?;
    ///     assert_eq!(x.as_slice(), b"abc");
    ///     Ok(())
    /// })?;
    /// # Ok::<(), Error>(())
    /// ```
    Raw, "a raw vector", RAWSXP, RAW, u8 => u8, |x| Some(x)
}

impl Raw<'_> {
    fn raw_element(&self, index: usize) -> Result<u8> {
        self.as_slice().get(index).copied().ok_or_else(|| Error::out_of_range(index, self.len()))
    }
}
