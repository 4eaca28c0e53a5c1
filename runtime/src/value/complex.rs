//! Complex vectors.

use super::vector::numeric_vector;
use crate::na::RComplex;

numeric_vector! {
    /// A complex vector. An element of which a part is `NA_real_` is NA.
    ///
    /// ```
    /// use rbindgen_runtime::prelude::*;
    ///
    /// R::with(|r| {
    ///     let x: Complex = r.eval("c(1+2i, NA)")?.try_into()?;
    ///     assert_eq!(x.to_vec(), [Some(RComplex { re: 1.0, im: 2.0 }), None]);
    ///     Ok(())
    /// })?;
    /// # Ok::<(), Error>(())
    /// ```
    Complex, "a complex vector", CPLXSXP, COMPLEX, COMPLEX_GET_REGION, RComplex => RComplex, |x| x.get()
}
