//! R's missing values that Python has no value for.
//!
//! They are objects of their own and not numbers or strings: whatever would take one for such is told what to do. Missing
//! doubles and complex numbers are Python's own NaNs that carry R's mark.

use pyo3::basic::CompareOp;
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyComplex, PyFloat};
use rbindgen_runtime::NA_REAL;

macro_rules! missing {
    ($class:ident, $name:literal, $r_name:literal, $what:literal, $instance:ident, $($doc:literal)*) => {
        $(#[doc = $doc])*
        #[pyclass(module = "rbindgen.rinterface", frozen)]
        pub struct $class;

        impl $class {
            fn refuse<T>() -> PyResult<T> {
                Err(PyTypeError::new_err(concat!(
                    $name, " is a missing value, not ", $what, ": compare with `is ", $name, "` before you use it"
                )))
            }
        }

        #[pymethods]
        impl $class {
            fn __repr__(&self) -> &'static str {
                $r_name
            }
            // Pickled, and copied, as the name of the one object that there is.
            fn __reduce__(&self) -> &'static str {
                $name
            }
            fn __hash__(slf: &Bound<'_, Self>) -> isize {
                slf.as_ptr() as isize >> 4
            }
            fn __richcmp__(slf: &Bound<'_, Self>, other: &Bound<'_, PyAny>, op: CompareOp) -> PyResult<bool> {
                match op {
                    CompareOp::Eq => Ok(slf.is(other)),
                    CompareOp::Ne => Ok(!slf.is(other)),
                    _ => Self::refuse(),
                }
            }
            fn __bool__(&self) -> PyResult<bool> {
                Self::refuse()
            }
            fn __int__(&self) -> PyResult<i32> {
                Self::refuse()
            }
            fn __index__(&self) -> PyResult<i32> {
                Self::refuse()
            }
            fn __float__(&self) -> PyResult<f64> {
                Self::refuse()
            }
            fn __neg__(&self) -> PyResult<i32> {
                Self::refuse()
            }
            fn __pos__(&self) -> PyResult<i32> {
                Self::refuse()
            }
            fn __abs__(&self) -> PyResult<i32> {
                Self::refuse()
            }
            fn __add__(&self, _other: &Bound<'_, PyAny>) -> PyResult<i32> {
                Self::refuse()
            }
            fn __radd__(&self, _other: &Bound<'_, PyAny>) -> PyResult<i32> {
                Self::refuse()
            }
            fn __sub__(&self, _other: &Bound<'_, PyAny>) -> PyResult<i32> {
                Self::refuse()
            }
            fn __rsub__(&self, _other: &Bound<'_, PyAny>) -> PyResult<i32> {
                Self::refuse()
            }
            fn __mul__(&self, _other: &Bound<'_, PyAny>) -> PyResult<i32> {
                Self::refuse()
            }
            fn __rmul__(&self, _other: &Bound<'_, PyAny>) -> PyResult<i32> {
                Self::refuse()
            }
            fn __truediv__(&self, _other: &Bound<'_, PyAny>) -> PyResult<i32> {
                Self::refuse()
            }
            fn __rtruediv__(&self, _other: &Bound<'_, PyAny>) -> PyResult<i32> {
                Self::refuse()
            }
        }

        /// The one object of the class.
        pub fn $instance(py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
            static INSTANCE: PyOnceLock<Py<$class>> = PyOnceLock::new();
            let instance = INSTANCE.get_or_try_init(py, || Py::new(py, $class))?;
            Ok(instance.bind(py).clone().into_any())
        }
    };
}

missing! {
    NAIntegerType, "NA_Integer", "NA_integer_", "an integer", integer,
    "The type of `NA_Integer`: a missing element of an integer vector."
}
missing! {
    NALogicalType, "NA_Logical", "NA", "a truth value", logical,
    "The type of `NA_Logical`: a missing element of a logical vector."
}
missing! {
    NACharacterType, "NA_Character", "NA_character_", "a string", character,
    "The type of `NA_Character`: a missing element of a character vector."
}

/// `NA_real_`: a NaN with R's mark.
pub fn real(py: Python<'_>) -> Bound<'_, PyFloat> {
    PyFloat::new(py, NA_REAL)
}

/// `NA_complex_`: both parts are `NA_real_`.
pub fn complex(py: Python<'_>) -> Bound<'_, PyComplex> {
    PyComplex::from_doubles(py, NA_REAL, NA_REAL)
}

/// Whether a value is one of R's missing values. A NaN that is not R's is none.
#[pyfunction]
pub fn is_na(value: &Bound<'_, PyAny>) -> bool {
    if let Ok(value) = value.cast::<PyFloat>() {
        return rbindgen_runtime::is_na(value.value());
    }
    if let Ok(value) = value.cast::<PyComplex>() {
        return rbindgen_runtime::is_na(value.real()) || rbindgen_runtime::is_na(value.imag());
    }
    value.is_instance_of::<NAIntegerType>()
        || value.is_instance_of::<NALogicalType>()
        || value.is_instance_of::<NACharacterType>()
}
