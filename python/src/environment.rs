//! `SexpEnvironment`: names bound to values, with Python's mapping protocol.

use pyo3::exceptions::{PyKeyError, PyTypeError};
use pyo3::prelude::*;
use pyo3::types::{PyIterator, PyList, PyString};
use rbindgen_runtime::value::{Environment, Kind};
use rbindgen_runtime::{Args, R, Result};

use crate::handle::{Fixed, Handle, Object};
use crate::input::Input;
use crate::sexp::Sexp;
use crate::{classes, gil};

/// An environment of R: a mapping of names to R objects.
#[pyclass(module = "rbindgen.rinterface", extends = Sexp, subclass, frozen, mapping)]
pub struct SexpEnvironment;

/// A fixed environment.
pub fn fixed(py: Python<'_>, which: Fixed) -> PyResult<Bound<'_, SexpEnvironment>> {
    let sexp = Sexp { handle: Handle::from(which).into() };
    Bound::new(py, PyClassInitializer::from(sexp).add_subclass(SexpEnvironment))
}

fn enter<T: Send>(
    slf: &Bound<'_, SexpEnvironment>,
    body: impl for<'r> FnOnce(R<'r>, Environment<'r>) -> Result<T> + Send,
) -> PyResult<T> {
    let handle = slf.as_super().get().handle.clone();
    gil::detached(slf.py(), move |r| body(r, handle.wrapper(r)?))
}

fn get<'py>(slf: &Bound<'py, SexpEnvironment>, key: &str) -> PyResult<Option<Bound<'py, PyAny>>> {
    // R has no empty name, and does not like to be asked for it.
    if key.is_empty() {
        return Ok(None);
    }
    let value = enter(slf, |_, environment| Ok(environment.get(key)?.map(Object::from)))?;
    value.map(|value| classes::wrap(slf.py(), value)).transpose()
}

#[pymethods]
impl SexpEnvironment {
    #[new]
    fn new(value: &Bound<'_, PyAny>) -> PyResult<PyClassInitializer<SexpEnvironment>> {
        let sexp = Sexp::share(value, "an environment", |kind| kind == Kind::Environment)?;
        Ok(PyClassInitializer::from(sexp).add_subclass(SexpEnvironment))
    }

    fn __getitem__<'py>(slf: &Bound<'py, Self>, key: &str) -> PyResult<Bound<'py, PyAny>> {
        get(slf, key)?.ok_or_else(|| PyKeyError::new_err(key.to_owned()))
    }

    fn __setitem__(slf: &Bound<'_, Self>, key: &str, value: &Bound<'_, PyAny>) -> PyResult<()> {
        let value = Input::extract(value)?;
        enter(slf, |r, environment| environment.set(key, value.into_r(r)?))
    }

    fn __delitem__(slf: &Bound<'_, Self>, key: &str) -> PyResult<()> {
        if !SexpEnvironment::__contains__(slf, PyString::new(slf.py(), key).as_any())? {
            return Err(PyKeyError::new_err(key.to_owned()));
        }
        enter(slf, |r, environment| {
            let arguments = Args::new(r).named("list", key)?.named("envir", &*environment)?;
            r.function("base", "rm")?.call(arguments).map(drop)
        })
    }

    fn __contains__(slf: &Bound<'_, Self>, key: &Bound<'_, PyAny>) -> PyResult<bool> {
        let Ok(key) = key.cast::<PyString>() else {
            return Err(PyTypeError::new_err("the names in an environment are str"));
        };
        let key = key.to_cow()?;
        enter(slf, |_, environment| Ok(environment.keys()?.iter().any(|known| *known == key)))
    }

    fn __len__(slf: &Bound<'_, Self>) -> PyResult<usize> {
        enter(slf, |_, environment| Ok(environment.keys()?.len()))
    }

    fn __iter__<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyIterator>> {
        SexpEnvironment::keys(slf)?.try_iter()
    }

    /// The names, sorted.
    fn keys<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyList>> {
        PyList::new(slf.py(), enter(slf, |_, environment| environment.keys())?)
    }

    /// The values, in the order of `keys`. Promises are forced.
    fn values<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyList>> {
        let list = PyList::empty(slf.py());
        for key in enter(slf, |_, environment| environment.keys())? {
            list.append(SexpEnvironment::__getitem__(slf, &key)?)?;
        }
        Ok(list)
    }

    /// Pairs of name and value, in the order of `keys`. Promises are forced.
    fn items<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyList>> {
        let list = PyList::empty(slf.py());
        for key in enter(slf, |_, environment| environment.keys())? {
            let value = SexpEnvironment::__getitem__(slf, &key)?;
            list.append((key, value))?;
        }
        Ok(list)
    }

    /// The value of `key`, or `default` where there is none.
    #[pyo3(signature = (key, default = None, /))]
    fn get<'py>(
        slf: &Bound<'py, Self>,
        key: &str,
        default: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Option<Bound<'py, PyAny>>> {
        Ok(get(slf, key)?.or(default))
    }

    /// The value of `key` here or in the environments around this one, as R code would find it.
    fn find<'py>(slf: &Bound<'py, Self>, key: &str) -> PyResult<Bound<'py, PyAny>> {
        let value = enter(slf, |r, environment| {
            if key.is_empty() {
                return Ok(None);
            }
            let known = Args::new(r).push(key)?.named("envir", &*environment)?;
            if !r.function("base", "exists")?.call(known)?.to::<bool>()? {
                return Ok(None);
            }
            let arguments = Args::new(r).push(key)?.named("envir", &*environment)?;
            r.function("base", "get")?.call(arguments).map(|value| Some(Object::from(value)))
        })?;
        match value {
            Some(value) => classes::wrap(slf.py(), value),
            None => Err(PyKeyError::new_err(key.to_owned())),
        }
    }

    /// The environment around this one.
    #[getter]
    fn enclos<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        let parent = enter(slf, |r, environment| {
            let arguments = Args::new(r).push(&*environment)?;
            r.function("base", "parent.env")?.call(arguments).map(Object::from)
        })?;
        classes::wrap(slf.py(), parent)
    }
}
