//! The runtime's errors as Python's exceptions. The classes of our own are defined in `rbindgen/_errors.py`.

use pyo3::exceptions::{
    PyIndexError, PyKeyError, PyKeyboardInterrupt, PyRuntimeError, PyTypeError, PyValueError,
};
use pyo3::prelude::*;
use pyo3::types::PyTuple;
use rbindgen_runtime::{Error, Result};

/// The exception for `error`.
pub fn raise(py: Python<'_>, error: Error) -> PyErr {
    let text = error.to_string();
    match error {
        Error::Condition { message, class, call, trace } => {
            r_error(py, message, class, call, trace).unwrap_or_else(|error| error)
        }
        // Python's own handler has seen the signal, too: what it raises is the one exception for it.
        Error::Interrupted => match py.check_signals() {
            Err(raised) => raised,
            Ok(()) => PyKeyboardInterrupt::new_err(()),
        },
        Error::NoR { .. } => not_found(py, text).unwrap_or_else(|error| error),
        Error::Type { .. } => PyTypeError::new_err(text),
        Error::Name { .. } => PyKeyError::new_err(text),
        Error::Index { .. } => PyIndexError::new_err(text),
        Error::Missing { .. } | Error::Text { .. } => PyValueError::new_err(text),
        _ => PyRuntimeError::new_err(text),
    }
}

fn r_error(
    py: Python<'_>,
    message: String,
    class: Vec<String>,
    call: Option<String>,
    trace: Vec<String>,
) -> PyResult<PyErr> {
    let arguments = (message, PyTuple::new(py, class)?, call, PyTuple::new(py, trace)?);
    let exception = class_of_ours(py, "RRuntimeError")?.call1(arguments)?;
    Ok(PyErr::from_value(exception))
}

fn not_found(py: Python<'_>, text: String) -> PyResult<PyErr> {
    Ok(PyErr::from_value(class_of_ours(py, "RNotFoundError")?.call1((text,))?))
}

fn class_of_ours<'py>(py: Python<'py>, name: &str) -> PyResult<Bound<'py, PyAny>> {
    py.import("rbindgen._errors")?.getattr(name)
}

/// Turns a result of the runtime into one of Python.
pub trait OrRaise<T> {
    /// Raises the error, if it is one.
    fn or_raise(self, py: Python<'_>) -> PyResult<T>;
}

impl<T> OrRaise<T> for Result<T> {
    fn or_raise(self, py: Python<'_>) -> PyResult<T> {
        self.map_err(|error| raise(py, error))
    }
}
