//! The token that proves that this thread holds R.

use std::ffi::CString;
use std::marker::PhantomData;
use std::sync::OnceLock;

use crate::call::Listed;
use crate::error::{Error, Result};
use crate::ffi::{self, SEXP};
use crate::global::Global;
use crate::protect::protect;
use crate::value::{Environment, Function, Value};
use crate::{embed, gc, lock};

/// Proof that the current thread holds R's lock and that R runs.
///
/// The token is zero-sized and `Copy`. It is handed to the closure of [`R::with`], cannot leave it, and cannot go
/// to another thread; every value that borrows R's memory carries its lifetime.
///
/// ```
/// use rbindgen_runtime::prelude::*;
///
/// let sum = R::with(|r| r.eval("sum(1:10)")?.to::<f64>())?;
/// assert_eq!(sum, 55.0);
/// # Ok::<(), Error>(())
/// ```
///
/// It cannot be sent:
///
/// ```compile_fail
/// use rbindgen_runtime::prelude::*;
/// R::with(|r| {
///     std::thread::spawn(move || r.eval("1"));
///     Ok(())
/// });
/// ```
///
/// and a value cannot outlive the closure:
///
/// ```compile_fail
/// use rbindgen_runtime::prelude::*;
/// let x = R::with(|r| r.eval("1:3")).unwrap();
/// ```
#[derive(Clone, Copy)]
pub struct R<'r> {
    _lock: PhantomData<(&'r (), *mut ())>,
}

impl std::fmt::Debug for R<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("R")
    }
}

impl<'r> R<'r> {
    /// Runs `body` with R: takes R's lock, on any thread, and starts R when it does not run yet.
    ///
    /// Only one thread is inside at a time, the others wait; within `body`, `R::with` may be called again. The first call finds
    /// R (`R_HOME`, then `R RHOME`, then the usual places) and starts it. Starting sets environment variables of the process, as every
    /// R does: in a program where other threads read them or start processes, enter R once before those threads begin.
    ///
    /// # Errors
    /// [`Error::NoR`] and [`Error::Start`] when there is no R to start, else whatever `body` returns.
    pub fn with<T>(body: impl for<'x> FnOnce(R<'x>) -> Result<T>) -> Result<T> {
        let _guard = lock::acquire();
        body(R::enter()?)
    }

    /// As [`with`](R::with), but waits for R at most this long: another thread may be computing.
    ///
    /// ```
    /// use std::time::Duration;
    /// use rbindgen_runtime::{Error, R};
    ///
    /// let outcome = R::with(|_| {
    ///     let other = std::thread::spawn(|| R::with_timeout(Duration::from_millis(20), |r| r.eval("1").map(drop)));
    ///     Ok(other.join().unwrap())
    /// })?;
    /// assert!(matches!(outcome, Err(Error::Timeout { .. })));
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::Timeout`] when R was not free in time, else as [`with`](R::with).
    pub fn with_timeout<T>(
        limit: std::time::Duration,
        body: impl for<'x> FnOnce(R<'x>) -> Result<T>,
    ) -> Result<T> {
        let Some(_guard) = lock::acquire_within(limit) else { return Err(Error::Timeout { waited: limit }) };
        body(R::enter()?)
    }

    /// As [`with`](R::with), but gives up at once (`None`) when another thread is inside R.
    ///
    /// # Errors
    /// As [`with`](R::with).
    pub fn try_with<T>(body: impl for<'x> FnOnce(R<'x>) -> Result<T>) -> Option<Result<T>> {
        let _guard = lock::try_acquire()?;
        Some(R::enter().and_then(body))
    }

    /// What is to be done when a thread has just taken the lock.
    fn enter<'x>() -> Result<R<'x>> {
        embed::start()?;
        let r = R { _lock: PhantomData };
        if lock::outermost() {
            // SAFETY: the lock is held, and R runs.
            unsafe {
                lock::set_stack_bounds();
                gc::release_pending();
            }
        }
        Ok(r)
    }

    /// A token out of the knowledge that the lock is held.
    ///
    /// # Safety
    /// This thread holds R's lock for all of `'r`, and R runs.
    pub(crate) unsafe fn assume() -> R<'r> {
        R { _lock: PhantomData }
    }

    /// `NULL`.
    pub fn null(self) -> Value<'r> {
        // SAFETY: R keeps NULL for ever.
        unsafe { Value::permanent(self, ffi::R_NilValue()) }
    }

    /// The global environment.
    pub fn global_env(self) -> Environment<'r> {
        // SAFETY: R keeps it for ever, and it is an environment.
        unsafe { Environment::from_value_unchecked(Value::permanent(self, ffi::R_GlobalEnv())) }
    }

    /// The environment of package base.
    pub fn base_env(self) -> Environment<'r> {
        // SAFETY: R keeps it for ever, and it is an environment.
        unsafe { Environment::from_value_unchecked(Value::permanent(self, ffi::R_BaseEnv())) }
    }

    /// The environment that has no names and no parent.
    pub fn empty_env(self) -> Environment<'r> {
        // SAFETY: R keeps it for ever, and it is an environment.
        unsafe { Environment::from_value_unchecked(Value::permanent(self, ffi::R_EmptyEnv())) }
    }

    /// The version of the R that runs.
    pub fn version(self) -> crate::locate::Version {
        embed::version()
    }

    /// Parses `code` and evaluates every expression of it in the global environment; the value is that of the last.
    ///
    /// ```
    /// # use rbindgen_runtime::prelude::*;
    /// R::with(|r| {
    ///     let x = r.eval("x <- c(a = 1, b = 2); x * 2")?;
    ///     assert_eq!(x.to::<Vec<f64>>()?, [2.0, 4.0]);
    ///     let error = r.eval("f <- function(x) stop('no'); f(1)").unwrap_err();
    ///     assert_eq!(error.to_string(), "R error in f(1): no");
    ///     Ok(())
    /// })?;
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::Condition`] for an R error, also for one in the syntax.
    pub fn eval(self, code: &str) -> Result<Value<'r>> {
        self.eval_in(code, &self.global_env())
    }

    /// As [`eval`](R::eval), in `environment`.
    ///
    /// # Errors
    /// As [`eval`](R::eval).
    pub fn eval_in(self, code: &str, environment: &Environment<'r>) -> Result<Value<'r>> {
        let text = self.string(code)?;
        let no = self.logical(false)?;
        let expressions = self.base_call("parse", &[(Some("text"), &text), (Some("keep.source"), &no)])?;
        let mut value = self.null();
        for index in 0..expressions.len() {
            let (expressions, environment) = (expressions.sexp(), environment.sexp());
            let result = protect(self, move || {
                // SAFETY: `protect` gives the context; both objects are alive; the index is below the length.
                unsafe { ffi::Rf_eval(ffi::VECTOR_ELT(expressions, index as isize), environment) }
            })?;
            // SAFETY: R just returned the object.
            value = unsafe { Value::new(self, result) };
        }
        Ok(value)
    }

    /// The namespace of a package, loaded when it is not yet.
    ///
    /// # Errors
    /// [`Error::Condition`] when there is no such package or when it does not load.
    pub fn namespace(self, package: &str) -> Result<Environment<'r>> {
        let name = self.string(package)?;
        self.base_call("getNamespace", &[(None, &name)])?.try_into()
    }

    /// An exported function or object of a package, as `package::name` gives it (data sets too).
    ///
    /// # Errors
    /// [`Error::Condition`] when the package does not load or exports no such name.
    pub fn get_exported(self, package: &str, name: &str) -> Result<Value<'r>> {
        let (package, name) = (self.string(package)?, self.string(name)?);
        self.base_call("getExportedValue", &[(None, &package), (None, &name)])
    }

    /// The function `package::name`.
    ///
    /// # Errors
    /// As [`get_exported`](R::get_exported), and [`Error::Type`] when it is not a function.
    pub fn function(self, package: &str, name: &str) -> Result<Function<'r>> {
        self.get_exported(package, name)?
            .try_into()
            .map_err(|error: Error| error.about(|| format!("{package}::{name}")))
    }

    /// The value of a piece of R code, evaluated once in base's environment and kept for the rest of the process.
    pub(crate) fn cached_code(
        self,
        place: &OnceLock<Global<Value<'static>>>,
        code: &str,
    ) -> Result<Value<'r>> {
        if place.get().is_none() {
            let value = self.eval_in(code, &self.base_env())?.global();
            let _ = place.set(value);
        }
        Ok(place.get().map_or_else(|| self.null(), |value| value.get(self)))
    }

    /// Calls a function of package base by its name.
    pub(crate) fn base_call(
        self,
        function: &str,
        arguments: &[(Option<&str>, &Value<'r>)],
    ) -> Result<Value<'r>> {
        let symbol = self.symbol(function)?;
        // Base's namespace, not its environment: around the namespace lies the global environment, where the methods
        // that users define are found.
        // SAFETY: R keeps the namespace for ever.
        let environment = unsafe { ffi::R_BaseNamespace() };
        crate::call::call(self, symbol, Listed(arguments), environment)
    }

    /// Interns a symbol. R keeps symbols for ever.
    pub(crate) fn symbol(self, name: &str) -> Result<SEXP> {
        let name = CString::new(name).map_err(|_| Error::Text {
            index: 0,
            reason: "has a NUL inside, which no R name can have".to_owned(),
        })?;
        let pointer = name.as_ptr();
        // SAFETY: the text ends with NUL and lives across the call; the closure owns nothing.
        protect(self, move || unsafe { ffi::Rf_install(pointer) })
    }
}
