//! Logical vectors.

use super::double::protect_if_altrep;
use super::vector::numeric_vector;
use crate::error::{Error, Result};
use crate::ffi;
use crate::na::RBool;

numeric_vector! {
    /// A logical vector: true, false and NA.
    ///
    /// ```
    /// use rbindgen_runtime::prelude::*;
    ///
    /// R::with(|r| {
    ///     let x: Logical = r.eval("c(TRUE, NA, FALSE)")?.try_into()?;
    ///     assert_eq!(x.to_vec(), [Some(true), None, Some(false)]);
    ///     Ok(())
    /// })?;
    /// # Ok::<(), Error>(())
    /// ```
    Logical, "a logical vector", LGLSXP, LOGICAL, RBool => bool, |x| x.get()
}

impl Logical<'_> {
    fn raw_element(&self, index: usize) -> Result<RBool> {
        if index >= self.len() {
            return Err(Error::out_of_range(index, self.len()));
        }
        let sexp = self.sexp();
        // SAFETY: the object is alive, and the index below its length.
        protect_if_altrep(self, move || RBool::from_bits(unsafe { ffi::LOGICAL_ELT(sexp, index as isize) }))
    }
}
