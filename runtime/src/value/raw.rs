//! Raw vectors.

use super::vector::numeric_vector;

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
    Raw, "a raw vector", RAWSXP, RAW, RAW_GET_REGION, u8 => u8, |x| Some(x)
}
