//! Logical vectors.

use super::vector::numeric_vector;
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
    Logical, "a logical vector", LGLSXP, LOGICAL, LOGICAL_GET_REGION, RBool => bool, |x| x.get()
}
