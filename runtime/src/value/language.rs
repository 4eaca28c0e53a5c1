//! Calls: code as a value.

use super::pairlist::chain;
use super::wrapper::wrapper;
use super::{Environment, Value};
use crate::call::{Argument, IntoArgs};
use crate::convert::IntoR;
use crate::error::{Error, Result};
use crate::ffi::{self, SEXP, SEXPTYPE, cetype_t};
use crate::protect::protect;
use crate::r::R;

wrapper! {
    /// A call that is not evaluated: a function and its arguments. Operators, `if` and `{` are calls, too.
    ///
    /// ```
    /// use rbindgen_runtime::prelude::*;
    ///
    /// R::with(|r| {
    ///     let call = Language::new(r, Symbol::new(r, "sum")?, ([1.0, 2.0], named("na.rm", true)))?;
    ///     assert_eq!(call.deparse()?, "sum(c(1, 2), na.rm = TRUE)");
    ///     assert_eq!(call.eval()?.to::<f64>()?, 3.0);
    ///     assert_eq!(call.function().to::<Symbol>()?.name(), "sum");
    ///     assert_eq!(call.arguments()[1].0.as_deref(), Some("na.rm"));
    ///     Ok(())
    /// })?;
    /// # Ok::<(), Error>(())
    /// ```
    Language, "a call", |value| value.is_type(SEXPTYPE::LANGSXP)
}

impl<'r> Language<'r> {
    /// A new call of `function`, usually a [`Symbol`](super::Symbol), with `arguments`. Calls and symbols among these are
    /// part of the code: they are evaluated with the call.
    ///
    /// # Errors
    /// Those of the conversions; [`Error::Text`](crate::Error::Text) for an argument's name with a NUL inside.
    pub fn new(r: R<'r>, function: impl IntoR, arguments: impl IntoArgs) -> Result<Language<'r>> {
        let function = function.into_r(r)?;
        let function = function.sexp();
        let call = arguments.with_arguments(r, |arguments| {
            let nul = |argument: &Argument<'_>| argument.name.is_some_and(|name| name.contains('\0'));
            if let Some(index) = arguments.iter().position(nul) {
                let reason = "has a NUL inside, which no R name can have".to_owned();
                return Err(Error::Text { index, reason });
            }
            // SAFETY: `protect` gives the context; what the arguments describe is alive.
            protect(r, move || unsafe { make(function, arguments) })
        })?;
        // SAFETY: R just returned the object.
        Ok(Language(unsafe { Value::new(r, call) }))
    }

    /// What is called: a symbol, a function, or a call such as `stats::lm`.
    pub fn function(&self) -> Value<'r> {
        // SAFETY: the call is alive, and keeps its parts.
        unsafe { Value::new(self.r(), ffi::CAR(self.sexp())) }
    }

    /// The arguments with their names, in order; an empty one is the [missing argument](super::Symbol::is_missing_argument).
    pub fn arguments(&self) -> Vec<(Option<String>, Value<'r>)> {
        // SAFETY: the call is alive, and keeps its parts.
        chain(self, unsafe { ffi::CDR(self.sexp()) })
    }
}

/// Makes a call of `function`.
///
/// # Safety
/// As for `ffi`; may jump. What the arguments describe is alive.
unsafe fn make(function: SEXP, arguments: &[Argument<'_>]) -> SEXP {
    // SAFETY: the caller's. Every new cell is reachable from `list`, which is protected; `Rf_cons` protects what it joins.
    unsafe {
        let mut list = ffi::Rf_protect(ffi::R_NilValue());
        for argument in arguments.iter().rev() {
            let cell = ffi::Rf_cons(argument.value.build(), list);
            ffi::Rf_unprotect(1);
            list = ffi::Rf_protect(cell);
            if let Some(name) = argument.name {
                let length = name.len().min(i32::MAX as usize) as i32;
                let name = ffi::Rf_mkCharLenCE(name.as_ptr().cast(), length, cetype_t::CE_UTF8);
                let name = ffi::Rf_protect(name);
                ffi::SET_TAG(cell, ffi::Rf_installTrChar(name));
                ffi::Rf_unprotect(1);
            }
        }
        let call = ffi::Rf_lcons(function, list);
        ffi::Rf_unprotect(1);
        call
    }
}

impl<'r> Value<'r> {
    /// Evaluates code in the global environment: a call, a symbol, or an expression vector, of which the last value counts.
    /// Any other value evaluates to itself.
    ///
    /// # Errors
    /// [`Error::Condition`](crate::Error::Condition) when R raises an error.
    pub fn eval(&self) -> Result<Value<'r>> {
        self.eval_in(&self.r().global_env())
    }

    /// As [`eval`](Value::eval), in `environment`.
    ///
    /// # Errors
    /// As [`eval`](Value::eval).
    pub fn eval_in(&self, environment: &Environment<'r>) -> Result<Value<'r>> {
        let (code, environment) = (self.sexp(), environment.sexp());
        let is_expression = self.is_type(SEXPTYPE::EXPRSXP);
        let length = if is_expression { self.len() } else { 0 };
        let value = protect(self.r(), move || {
            // SAFETY: `protect` gives the context; the code is alive, and the index below its length.
            unsafe {
                if !is_expression {
                    return ffi::Rf_eval(code, environment);
                }
                let mut value = ffi::R_NilValue();
                for index in 0..length {
                    value = ffi::Rf_eval(ffi::VECTOR_ELT(code, index as isize), environment);
                }
                value
            }
        })?;
        // SAFETY: R just returned the object.
        Ok(unsafe { Value::new(self.r(), value) })
    }

    /// The value as R code (R's `deparse`), lines separated by newlines.
    ///
    /// # Errors
    /// [`Error::Condition`](crate::Error::Condition) when memory runs out.
    pub fn deparse(&self) -> Result<String> {
        let width = self.r().integer(500)?;
        let lines = self.r().base_call("deparse", &[(None, self), (Some("width.cutoff"), &width)])?;
        Ok(lines.to::<Vec<String>>()?.join("\n"))
    }
}
