//! The vectors of one type: how one is made from Python's values, and the buffers of those that have memory to share.

#![allow(
    unsafe_op_in_unsafe_fn,
    reason = "what PyO3 generates inside a macro of ours is linted as if we had written it"
)]

use std::ffi::c_int;

use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString};
use rbindgen_runtime::value::Kind;

use crate::element::Element;
use crate::sexp::Sexp;
use crate::vector::SexpVector;
use crate::{buffer, gil};

/// The R object for a vector of `kind`: `value` itself where it is one, else a new one of its elements.
fn make(value: &Bound<'_, PyAny>, kind: Kind, class: &str) -> PyResult<Sexp> {
    let py = value.py();
    if let Ok(sexp) = value.cast::<Sexp>() {
        let handle = &sexp.get().handle;
        if gil::attached(py, |r| Ok(handle.global(r).borrow(r).kind() == kind))? {
            return Ok(Sexp { handle: handle.clone() });
        }
    }
    let single_text = value.is_instance_of::<PyString>() && kind != Kind::List;
    if single_text || value.try_iter().is_err() {
        let found = value.get_type().name()?;
        return Err(pyo3::exceptions::PyTypeError::new_err(format!(
            "{class} takes an iterable of elements, not a single {found}: put it into a list"
        )));
    }
    let mut elements = Vec::with_capacity(value.len().unwrap_or(0));
    for (position, item) in value.try_iter()?.enumerate() {
        elements.push(Element::extract(kind, &item?, || format!("element {position}"))?);
    }
    Ok(gil::detached(py, move |r| Element::collect(r, kind, elements))?.into())
}

/// Gives the classes with buffers the method `__buffer__` (PEP 688), which Python adds by itself from 3.12 on: so
/// the stubs are true for every version.
pub fn name_buffers(module: &Bound<'_, PyModule>) -> PyResult<()> {
    let py = module.py();
    if py.version_info() >= (3, 12) {
        return Ok(());
    }
    let buffer = py.eval(c"lambda self, flags, /: memoryview(self)", None, None)?;
    buffer.setattr("__name__", "__buffer__")?;
    for class in ["Bool", "Int", "Float", "Complex", "Byte"] {
        module.getattr(format!("{class}SexpVector"))?.setattr("__buffer__", &buffer)?;
    }
    Ok(())
}

macro_rules! vector_class {
    ($name:ident, $kind:ident, { $($protocol:tt)* } $(#[$doc:meta])*) => {
        $(#[$doc])*
        #[pyclass(module = "rbindgen.rinterface", extends = SexpVector, subclass, frozen)]
        pub struct $name;

        #[pymethods]
        impl $name {
            #[new]
            fn new(value: &Bound<'_, PyAny>) -> PyResult<PyClassInitializer<$name>> {
                let sexp = make(value, Kind::$kind, stringify!($name))?;
                Ok(PyClassInitializer::from(sexp).add_subclass(SexpVector::part()).add_subclass($name))
            }

            $($protocol)*
        }
    };
}

macro_rules! buffer_class {
    ($name:ident, $kind:ident, $(#[$doc:meta])*) => {
        vector_class! {
            $name, $kind, {
                // PEP 3118. Only Python calls these two.
                unsafe fn __getbuffer__(
                    slf: Bound<'_, Self>,
                    view: *mut ffi::Py_buffer,
                    flags: c_int,
                ) -> PyResult<()> {
                    // SAFETY: Python hands over a view to be filled.
                    unsafe { buffer::fill(slf.into_super(), view, flags) }
                }

                unsafe fn __releasebuffer__(&self, view: *mut ffi::Py_buffer) {
                    // SAFETY: Python gives back what was filled, once.
                    unsafe { buffer::release(view) }
                }

                /// NumPy's array interface, version 3. The vector must live as long as the memory is used.
                #[getter]
                fn __array_interface__<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyDict>> {
                    buffer::array_interface(slf.as_super())
                }
            }
            $(#[$doc])*
        }
    };
}

buffer_class! {
    BoolSexpVector, Logical,
    /// A logical vector: `True`, `False` and `NA_Logical`. Its buffer holds 32-bit integers, with -2147483648 for NA.
}
buffer_class! {
    IntSexpVector, Integer,
    /// An integer vector: 32-bit integers and `NA_Integer`, which is -2147483648 in its buffer.
}
buffer_class! {
    FloatSexpVector, Double,
    /// A double vector. `NA_Real` is a NaN; `is_na` tells it from others.
}
buffer_class! {
    ComplexSexpVector, Complex,
    /// A complex vector.
}
buffer_class! {
    ByteSexpVector, Raw,
    /// A raw vector: bytes.
}
vector_class! {
    StrSexpVector, Character, {}
    /// A character vector: `str` and `NA_Character`.
}
vector_class! {
    ListSexpVector, List, {}
    /// A list: a vector of R objects. A data frame is one. `None`, numbers, strings and bytes become R vectors of length one.
}
