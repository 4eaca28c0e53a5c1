//! Double vectors.

use super::vector::numeric_vector;
use crate::error::{Error, Result};
use crate::ffi;
use crate::na::is_na;
use crate::protect::protect;

numeric_vector! {
    /// A double vector. NA and NaN are different things: NA is `None`, NaN a number.
    ///
    /// ```
    /// use rbindgen_runtime::prelude::*;
    ///
    /// R::with(|r| {
    ///     let x = Double::new(r, [1.5, NA_REAL, f64::NAN])?;
    ///     assert_eq!(x.get(0)?, Some(1.5));
    ///     assert_eq!(x.get(1)?, None);
    ///     assert!(x.get(2)?.unwrap().is_nan());
    ///     assert!(is_na(x.as_slice()[1]));
    ///     Ok(())
    /// })?;
    /// # Ok::<(), Error>(())
    /// ```
    Double, "a double vector", REALSXP, REAL, f64 => f64, |x| if is_na(x) { None } else { Some(x) }
}

impl Double<'_> {
    fn raw_element(&self, index: usize) -> Result<f64> {
        if index >= self.len() {
            return Err(Error::out_of_range(index, self.len()));
        }
        let sexp = self.sexp();
        // SAFETY: the object is alive, and the index below its length.
        protect_if_altrep(self, move || unsafe { ffi::REAL_ELT(sexp, index as isize) })
    }
}

/// Runs `read` directly where it cannot jump: on a vector that is not ALTREP.
pub(super) fn protect_if_altrep<T: Copy>(
    vector: &super::Value<'_>,
    read: impl FnOnce() -> T + Copy,
) -> Result<T> {
    // SAFETY: the object is alive.
    if unsafe { ffi::ALTREP(vector.sexp()) } == 0 { Ok(read()) } else { protect(vector.r(), read) }
}
