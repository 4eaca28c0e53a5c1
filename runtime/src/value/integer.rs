//! Integer vectors.

use super::vector::numeric_vector;
use crate::error::{Error, Result};
use crate::na::RInt;

numeric_vector! {
    /// An integer vector: 32-bit numbers and NA. Factors are integer vectors too.
    ///
    /// ```
    /// use rbindgen_runtime::prelude::*;
    ///
    /// R::with(|r| {
    ///     let x: Integer = r.eval("c(4L, NA)")?.try_into()?;
    ///     assert_eq!(x.to_vec(), [Some(4), None]);
    ///     assert!(x.no_na().is_err());
    ///     Ok(())
    /// })?;
    /// # Ok::<(), Error>(())
    /// ```
    Integer, "an integer vector", INTSXP, INTEGER, INTEGER_GET_REGION, RInt => i32, |x| x.get()
}

impl Integer<'_> {
    /// R's own memory as plain numbers.
    ///
    /// # Errors
    /// [`Error::Missing`] when an element is NA: it would look like the number `i32::MIN`.
    pub fn no_na(&self) -> Result<&[i32]> {
        let elements = self.as_slice();
        match elements.iter().position(|element| element.is_na()) {
            Some(index) => Err(Error::Missing { index }),
            // SAFETY: `RInt` is transparent over `i32`.
            None => Ok(unsafe { std::slice::from_raw_parts(elements.as_ptr().cast(), elements.len()) }),
        }
    }
}
