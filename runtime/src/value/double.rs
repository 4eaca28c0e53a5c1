//! Double vectors.

use super::vector::numeric_vector;
use crate::na::is_na;

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
    Double, "a double vector", REALSXP, REAL, REAL_GET_REGION, f64 => f64, |x| if is_na(x) { None } else { Some(x) }
}
