//! R's random numbers.

use crate::error::Result;
use crate::ffi;
use crate::protect::protect;
use crate::r::R;

/// R's random number generator, with its state read: see [`R::random`].
///
/// The numbers are those that R's own functions would give: after `set.seed(1)`, [`uniform`](Random::uniform) is what `runif(1)` is.
#[derive(Debug)]
pub struct Random<'r> {
    r: R<'r>,
}

impl<'r> R<'r> {
    /// Draws random numbers from R's generator.
    ///
    /// R keeps the generator's state in `.Random.seed`; it is read before `body` runs and written back afterwards ("Writing R
    /// Extensions", section 6.3), so that `set.seed` makes the numbers reproducible and R goes on where `body` stopped.
    ///
    /// ```
    /// use rbindgen_runtime::prelude::*;
    ///
    /// R::with(|r| {
    ///     r.eval("set.seed(42)")?;
    ///     let ours = r.random(|random| Ok([random.uniform()?, random.normal()?, random.uniform()?]))?;
    ///     let theirs = r.eval("set.seed(42); c(runif(1), rnorm(1), runif(1))")?;
    ///     assert_eq!(theirs.to::<Vec<f64>>()?, ours);
    ///     Ok(())
    /// })?;
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # Errors
    /// Those of `body`, and [`Error::Condition`](crate::Error::Condition) when `.Random.seed` is broken.
    pub fn random<T>(self, body: impl FnOnce(&mut Random<'r>) -> Result<T>) -> Result<T> {
        // SAFETY: `protect` gives the context.
        protect(self, || unsafe { ffi::GetRNGstate() })?;
        let result = body(&mut Random { r: self });
        // SAFETY: as above.
        protect(self, || unsafe { ffi::PutRNGstate() })?;
        result
    }
}

impl Random<'_> {
    /// A number between 0 and 1, both excluded: `runif(1)`.
    ///
    /// # Errors
    /// [`Error::Condition`](crate::Error::Condition) when a generator that the user supplied fails.
    pub fn uniform(&mut self) -> Result<f64> {
        // SAFETY: `protect` gives the context; the state was read.
        protect(self.r, || unsafe { ffi::unif_rand() })
    }

    /// A number of the standard normal distribution: `rnorm(1)`.
    ///
    /// # Errors
    /// As [`uniform`](Random::uniform).
    pub fn normal(&mut self) -> Result<f64> {
        // SAFETY: as above.
        protect(self.r, || unsafe { ffi::norm_rand() })
    }

    /// A number of the exponential distribution with rate 1: `rexp(1)`.
    ///
    /// # Errors
    /// As [`uniform`](Random::uniform).
    pub fn exponential(&mut self) -> Result<f64> {
        // SAFETY: as above.
        protect(self.r, || unsafe { ffi::exp_rand() })
    }
}
