//! `Sexp`: any R object.

use std::sync::Arc;

use pyo3::exceptions::{PyLookupError, PyTypeError};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyString, PyTuple};
use rbindgen_runtime::Args;
use rbindgen_runtime::value::{Character, Kind};

use crate::error::OrRaise;
use crate::handle::{Handle, Object};
use crate::input::Input;
use crate::{classes, element, gil};

/// Any R object.
///
/// The object lives in R; this is a handle that keeps it alive. `Sexp(x)` is another handle of the same object.
#[pyclass(module = "rbindgen.rinterface", subclass, frozen, weakref)]
pub struct Sexp {
    /// The R object. Two Python objects that stand for the same one share it.
    pub handle: Arc<Handle>,
}

impl From<Object> for Sexp {
    fn from(object: Object) -> Sexp {
        Sexp { handle: Arc::new(Handle::Object(object.kept)) }
    }
}

impl Sexp {
    /// A second Python object for what `value` stands for, if R's type of it passes `accepts`.
    pub fn share(
        value: &Bound<'_, PyAny>,
        wanted: &str,
        accepts: impl FnOnce(Kind) -> bool,
    ) -> PyResult<Sexp> {
        let py = value.py();
        let Ok(sexp) = value.cast::<Sexp>() else {
            let found = value.get_type().name()?;
            return Err(PyTypeError::new_err(format!("expected {wanted}, found a Python {found}")));
        };
        let handle = sexp.get().handle.clone();
        gil::attached(py, |r| {
            let value = handle.global(r).borrow(r);
            if accepts(value.kind()) {
                return Ok(());
            }
            Err(PyTypeError::new_err(format!("expected {wanted}, found {}", value.describe())))
        })?;
        Ok(Sexp { handle })
    }

    /// Sets an attribute, in place.
    pub fn set_attribute(&self, py: Python<'_>, name: &str, value: Input) -> PyResult<()> {
        let handle = self.handle.clone();
        gil::detached(py, move |r| {
            let value = value.into_r(r)?;
            handle.global(r).borrow(r).set_attr_in_place(name, &value)
        })
    }

    /// An attribute; `NULL` where there is none.
    pub fn attribute<'py>(&self, py: Python<'py>, name: &str) -> PyResult<Bound<'py, PyAny>> {
        let value = gil::attached(py, |r| {
            let value = self.handle.global(r).borrow(r).attr(name).or_raise(py)?;
            Ok(Object::from(value.unwrap_or_else(|| r.null())))
        })?;
        classes::wrap(py, value)
    }
}

/// A character vector out of strings, an R object as it is, or `None` for `NULL`.
fn strings(value: &Bound<'_, PyAny>) -> PyResult<Names> {
    if value.is_none() || value.is_instance_of::<Sexp>() {
        return Input::extract(value).map(Names::One);
    }
    if value.is_instance_of::<PyString>() {
        return Err(PyTypeError::new_err("expected strings, found a single str: put it into a list"));
    }
    let mut texts = Vec::new();
    for item in value.try_iter()? {
        let item = item?;
        match element::text(&item)? {
            Some(text) => texts.push(text),
            None => {
                let found = item.get_type().name()?;
                return Err(PyTypeError::new_err(format!("expected str or NA_Character, found {found}")));
            }
        }
    }
    Ok(Names::Many(texts))
}

enum Names {
    One(Input),
    Many(Vec<Option<String>>),
}

#[pymethods]
impl Sexp {
    #[new]
    fn new(value: &Bound<'_, PyAny>) -> PyResult<Sexp> {
        Sexp::share(value, "an R object", |_| true)
    }

    /// R's type of the object, as a member of `RTYPES`.
    #[getter]
    fn r#typeof<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        static RTYPES: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
        let number = gil::attached(py, |r| Ok(self.handle.global(r).borrow(r).sexptype()))?;
        RTYPES.import(py, "rbindgen._rtypes", "RTYPES")?.call1((number,))
    }

    /// The class of the object, as R's `class(x)` gives it.
    #[getter]
    fn get_rclass<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let handle = self.handle.clone();
        let class = gil::detached(py, move |r| {
            let value = handle.global(r).borrow(r);
            let class = r.function("base", "class")?.call(Args::new(r).push(&*value)?)?;
            Ok(Object::from(class))
        })?;
        classes::wrap(py, class)
    }

    #[setter]
    fn set_rclass(&self, py: Python<'_>, value: &Bound<'_, PyAny>) -> PyResult<()> {
        self.set_strings(py, "class", value)
    }

    /// The address of the R object.
    #[getter]
    fn rid(&self, py: Python<'_>) -> PyResult<usize> {
        gil::attached(py, |r| Ok(self.handle.global(r).sexp() as usize))
    }

    /// Whether `other` stands for the same R object.
    fn rsame(&self, py: Python<'_>, other: &Bound<'_, Sexp>) -> PyResult<bool> {
        let other = other.get();
        gil::attached(py, |r| Ok(self.handle.global(r).sexp() == other.handle.global(r).sexp()))
    }

    /// The names of the elements: a `StrSexpVector`, or `NULL`. Assign strings, or `None` to have none.
    #[getter]
    fn get_names<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.attribute(py, "names")
    }

    #[setter]
    fn set_names(&self, py: Python<'_>, value: &Bound<'_, PyAny>) -> PyResult<()> {
        self.set_strings(py, "names", value)
    }

    /// An attribute, or a slot of an S4 object. Raises `LookupError` where there is none.
    fn do_slot<'py>(&self, py: Python<'py>, name: &str) -> PyResult<Bound<'py, PyAny>> {
        let value = gil::attached(py, |r| {
            let value = self.handle.global(r).borrow(r);
            match value.attr(name).or_raise(py)? {
                Some(found) => Ok(Object::from(found)),
                None => {
                    Err(PyLookupError::new_err(format!("{} has no attribute `{name}`", value.describe())))
                }
            }
        })?;
        classes::wrap(py, value)
    }

    /// Sets an attribute of this very object; `None` removes it.
    fn do_slot_assign(&self, py: Python<'_>, name: &str, value: &Bound<'_, PyAny>) -> PyResult<()> {
        self.set_attribute(py, name, Input::extract(value)?)
    }

    /// The names of the object's attributes.
    fn list_attrs<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let handle = self.handle.clone();
        let names: Vec<String> = gil::detached(py, move |r| {
            let attributes = handle.global(r).borrow(r).attributes()?;
            Ok(attributes.into_iter().map(|(name, _)| name).collect())
        })?;
        PyTuple::new(py, names)
    }

    fn __repr__(slf: &Bound<'_, Self>) -> PyResult<String> {
        let py = slf.py();
        let class = slf.get_type().name()?;
        let what = gil::attached(py, |r| Ok(slf.get().handle.global(r).borrow(r).describe()))?;
        Ok(format!("<{class}: {what}>"))
    }
}

impl Sexp {
    fn set_strings(&self, py: Python<'_>, attribute: &str, value: &Bound<'_, PyAny>) -> PyResult<()> {
        match strings(value)? {
            Names::One(value) => self.set_attribute(py, attribute, value),
            Names::Many(texts) => {
                let handle = self.handle.clone();
                gil::detached(py, move |r| {
                    let texts = Character::from_options(r, texts)?;
                    handle.global(r).borrow(r).set_attr_in_place(attribute, &texts)
                })
            }
        }
    }
}
