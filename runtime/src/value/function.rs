//! Functions.

use super::wrapper::wrapper;
use super::{Environment, Value};
use crate::call::{IntoArgs, call};
use crate::error::Result;
use crate::ffi;

wrapper! {
    /// An R function: a closure, a builtin or a special.
    ///
    /// ```
    /// use rbindgen_runtime::prelude::*;
    ///
    /// R::with(|r| {
    ///     let sum = r.function("base", "sum")?;
    ///     let total = sum.call(([1.0, 2.0], 4))?;
    ///     assert_eq!(total.to::<f64>()?, 7.0);
    ///     Ok(())
    /// })?;
    /// # Ok::<(), Error>(())
    /// ```
    Function, "a function", |value| matches!(value.type_name(), "closure" | "builtin" | "special")
}

impl<'r> Function<'r> {
    /// Calls the function. Symbols and calls among the arguments are passed as they are, not evaluated.
    ///
    /// # Errors
    /// [`Error::Condition`](crate::Error::Condition) when R raises an error.
    pub fn call(&self, arguments: impl IntoArgs) -> Result<Value<'r>> {
        // SAFETY: R keeps the global environment for ever.
        let environment = unsafe { ffi::R_GlobalEnv() };
        call(self.r(), self.sexp(), arguments, environment)
    }

    /// As [`call`](Function::call), from `environment`: `parent.frame()` and `sys.function()` see it.
    ///
    /// # Errors
    /// As [`call`](Function::call).
    pub fn call_in(&self, arguments: impl IntoArgs, environment: &Environment<'r>) -> Result<Value<'r>> {
        call(self.r(), self.sexp(), arguments, environment.sexp())
    }
}
