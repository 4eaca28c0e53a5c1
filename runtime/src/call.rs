//! Building calls and evaluating them.

use crate::convert::IntoR;
use crate::error::Result;
use crate::ffi::{self, SEXP, SEXPTYPE};
use crate::protect::protect;
use crate::r::R;
use crate::value::Value;

/// The arguments of a call: values, some with names, in order.
///
/// ```
/// use rbindgen_runtime::prelude::*;
///
/// R::with(|r| {
///     let mean = r.function("base", "mean")?;
///     let value = mean.call(Args::new(r).push([1.0, 2.0, 6.0])?.named("trim", 0.0)?)?;
///     assert_eq!(value.to::<f64>()?, 3.0);
///     Ok(())
/// })?;
/// # Ok::<(), Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Args<'r> {
    r: R<'r>,
    list: Vec<(Option<String>, Value<'r>)>,
}

impl<'r> Args<'r> {
    /// No arguments yet.
    pub fn new(r: R<'r>) -> Args<'r> {
        Args { r, list: Vec::new() }
    }

    /// Adds an argument without a name.
    ///
    /// # Errors
    /// Those of the conversion.
    pub fn push(mut self, value: impl IntoR) -> Result<Args<'r>> {
        let value = value.into_r(self.r)?;
        self.list.push((None, value));
        Ok(self)
    }

    /// Adds an argument with a name, in R's spelling (`na.rm`).
    ///
    /// # Errors
    /// Those of the conversion.
    pub fn named(mut self, name: &str, value: impl IntoR) -> Result<Args<'r>> {
        let value = value.into_r(self.r)?;
        self.list.push((Some(name.to_owned()), value));
        Ok(self)
    }

    pub(crate) fn evaluate(self, function: SEXP, environment: SEXP) -> Result<Value<'r>> {
        let mut list = Vec::with_capacity(self.list.len());
        for (name, value) in &self.list {
            let tag = match name {
                Some(name) => self.r.symbol(name)?,
                None => std::ptr::null_mut(),
            };
            list.push((tag, value.sexp()));
        }
        call(self.r, function, &list, environment)
    }
}

/// Calls `function` (a function, or a symbol that `environment` knows) with `arguments`: a tag (null for none) and a value each.
///
/// Arguments are values: a symbol or a call among them is passed as it is, not evaluated.
pub(crate) fn call<'r>(
    r: R<'r>,
    function: SEXP,
    arguments: &[(SEXP, SEXP)],
    environment: SEXP,
) -> Result<Value<'r>> {
    let result = protect(r, move || {
        // SAFETY: `protect` gives the context; the arguments are alive; every new cell is reachable from `list`, which
        // is protected.
        unsafe {
            let mut list = ffi::Rf_protect(ffi::R_NilValue());
            for &(tag, value) in arguments.iter().rev() {
                let cell = ffi::Rf_cons(as_constant(value), list);
                ffi::Rf_unprotect(1);
                list = ffi::Rf_protect(cell);
                if !tag.is_null() {
                    ffi::SET_TAG(cell, tag);
                }
            }
            let call = ffi::Rf_protect(ffi::Rf_lcons(function, list));
            let value = ffi::Rf_eval(call, environment);
            ffi::Rf_unprotect(2);
            value
        }
    })?;
    // SAFETY: R just returned the object.
    Ok(unsafe { Value::new(r, result) })
}

/// `quote(x)` for what the evaluator would evaluate again, else `x`. The empty argument stays empty.
///
/// # Safety
/// As for `ffi`; may jump.
unsafe fn as_constant(x: SEXP) -> SEXP {
    const EVALUATED: [i32; 3] = [SEXPTYPE::SYMSXP as i32, SEXPTYPE::LANGSXP as i32, SEXPTYPE::PROMSXP as i32];
    // SAFETY: the caller's; `x` is alive, and the inner cell is protected.
    unsafe {
        if !EVALUATED.contains(&ffi::TYPEOF(x)) || x == ffi::R_MissingArg() {
            return x;
        }
        let inner = ffi::Rf_protect(ffi::Rf_cons(x, ffi::R_NilValue()));
        // The function itself, whatever the name means elsewhere.
        let quote = ffi::Rf_eval(ffi::Rf_install(c"quote".as_ptr()), ffi::R_BaseEnv());
        let quoted = ffi::Rf_lcons(quote, inner);
        ffi::Rf_unprotect(1);
        quoted
    }
}
