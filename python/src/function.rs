//! `SexpClosure`: functions of R, called from Python.

use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString, PyTuple};
use rbindgen_runtime::value::{Function, Kind};
use rbindgen_runtime::{Args, R, Result};

use crate::environment::SexpEnvironment;
use crate::handle::Object;
use crate::input::Input;
use crate::sexp::Sexp;
use crate::{classes, gil};

/// A function of R: a closure, a builtin or a special. Keyword arguments keep R's spelling: `f(**{"na.rm": True})`.
#[pyclass(module = "rbindgen.rinterface", extends = Sexp, subclass, frozen)]
pub struct SexpClosure;

/// Arguments, read and not yet in R.
type Arguments = Vec<(Option<String>, Input)>;

fn arguments<'r>(r: R<'r>, list: Arguments) -> Result<Args<'r>> {
    let mut arguments = Args::new(r);
    for (name, value) in list {
        let value = value.into_r(r)?;
        arguments = match name {
            Some(name) => arguments.named(&name, value)?,
            None => arguments.push(value)?,
        };
    }
    Ok(arguments)
}

/// An argument's name; R has no empty ones.
fn name(name: &Bound<'_, PyAny>) -> PyResult<Option<String>> {
    if name.is_none() {
        return Ok(None);
    }
    let text = name
        .cast::<PyString>()
        .map_err(|_| PyTypeError::new_err("the name of an argument is a str, or None"))?
        .to_cow()?;
    if text.contains('\0') {
        return Err(PyValueError::new_err("the name of an argument has a NUL inside"));
    }
    Ok(if text.is_empty() { None } else { Some(text.into_owned()) })
}

#[pymethods]
impl SexpClosure {
    #[new]
    fn new(value: &Bound<'_, PyAny>) -> PyResult<PyClassInitializer<SexpClosure>> {
        let sexp = Sexp::share(value, "a function", |kind| kind == Kind::Function)?;
        Ok(PyClassInitializer::from(sexp).add_subclass(SexpClosure))
    }

    #[pyo3(signature = (*args, **kwargs))]
    fn __call__<'py>(
        slf: &Bound<'py, Self>,
        args: &Bound<'py, PyTuple>,
        kwargs: Option<&Bound<'py, PyDict>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let mut list = Vec::with_capacity(args.len());
        for value in args {
            list.push((None, Input::extract(&value)?));
        }
        for (key, value) in kwargs.into_iter().flatten() {
            list.push((name(&key)?, Input::extract(&value)?));
        }
        call(slf, list, None)
    }

    /// Calls the function with pairs of a name (or `None`) and a value, from `environment` (default: `globalenv`).
    #[pyo3(signature = (keyvals, environment = None))]
    fn rcall<'py>(
        slf: &Bound<'py, Self>,
        keyvals: &Bound<'py, PyAny>,
        environment: Option<&Bound<'py, SexpEnvironment>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let mut list = Vec::new();
        for pair in keyvals.try_iter()? {
            let (key, value): (Bound<'_, PyAny>, Bound<'_, PyAny>) = pair?.extract()?;
            list.push((name(&key)?, Input::extract(&value)?));
        }
        call(slf, list, environment)
    }

    /// The environment that the function was made in; `NULL` for a builtin.
    #[getter]
    fn closureenv<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        let handle = slf.as_super().get().handle.clone();
        let environment = gil::detached(slf.py(), move |r| {
            let arguments = Args::new(r).push(&*handle.global(r).borrow(r))?;
            r.function("base", "environment")?.call(arguments).map(Object::from)
        })?;
        classes::wrap(slf.py(), environment)
    }
}

fn call<'py>(
    slf: &Bound<'py, SexpClosure>,
    list: Arguments,
    environment: Option<&Bound<'py, SexpEnvironment>>,
) -> PyResult<Bound<'py, PyAny>> {
    let function = slf.as_super().get().handle.clone();
    let environment = environment.map(|environment| environment.as_super().get().handle.clone());
    let value = gil::detached(slf.py(), move |r| {
        let function: Function<'_> = function.wrapper(r)?;
        let arguments = arguments(r, list)?;
        let value = match environment {
            Some(environment) => function.call_in(arguments, &environment.wrapper(r)?)?,
            None => function.call(arguments)?,
        };
        Ok(Object::from(value))
    })?;
    classes::wrap(slf.py(), value)
}
