//! Python objects on their way to R: arguments of calls, elements of lists, values of attributes.

use std::sync::Arc;

use pyo3::exceptions::{PyOverflowError, PyTypeError};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyComplex, PyFloat, PyString};
use rbindgen_runtime::value::{Character, Complex, Double, Integer, Logical, Raw, Value};
use rbindgen_runtime::{R, RBool, RComplex, RInt, Result};

use crate::element;
use crate::handle::Handle;
use crate::na::{NACharacterType, NAIntegerType, NALogicalType};
use crate::sexp::Sexp;

/// A Python object, read but not yet in R: it can be taken to R without the interpreter.
#[derive(Clone)]
pub enum Input {
    /// An R object.
    Object(Arc<Handle>),
    /// `None`
    Null,
    /// `bool`, NA_Logical
    Logical(RBool),
    /// `int` that R's integers hold, NA_Integer
    Integer(RInt),
    /// `float`, larger `int`
    Double(f64),
    /// `complex`
    Complex(RComplex),
    /// `str`, NA_Character
    Text(Option<String>),
    /// `bytes`
    Raw(Vec<u8>),
}

impl Input {
    /// Reads a scalar of Python, or takes an R object as it is.
    pub fn extract(item: &Bound<'_, PyAny>) -> PyResult<Input> {
        if let Ok(sexp) = item.cast::<Sexp>() {
            return Ok(Input::Object(sexp.get().handle.clone()));
        }
        if item.is_none() {
            return Ok(Input::Null);
        }
        if item.is_instance_of::<NALogicalType>() {
            return Ok(Input::Logical(RBool::NA));
        }
        if item.is_instance_of::<NAIntegerType>() {
            return Ok(Input::Integer(RInt::NA));
        }
        if item.is_instance_of::<NACharacterType>() {
            return Ok(Input::Text(None));
        }
        // NumPy's scalars answer to the same protocols as Python's.
        if let Ok(x) = item.extract::<bool>() {
            return Ok(Input::Logical(RBool::from(Some(x))));
        }
        if let Ok(text) = item.cast::<PyString>() {
            return Ok(Input::Text(Some(text.to_cow()?.into_owned())));
        }
        if let Ok(bytes) = item.cast::<PyBytes>() {
            return Ok(Input::Raw(bytes.as_bytes().to_vec()));
        }
        if let Ok(x) = item.cast::<PyComplex>() {
            return Ok(Input::Complex(RComplex { re: x.real(), im: x.imag() }));
        }
        if let Ok(x) = item.cast::<PyFloat>() {
            return Ok(Input::Double(x.value()));
        }
        if let Some(x) = element::whole(item)? {
            return number(x);
        }
        let found = item.get_type().name()?;
        Err(PyTypeError::new_err(format!(
            "a {found} has no R value of its own: make a vector of it first (FloatSexpVector, StrSexpVector, \
             ListSexpVector, …); None, bool, int, float, complex, str and bytes are taken as they are"
        )))
    }

    /// The R value.
    pub fn into_r<'r>(self, r: R<'r>) -> Result<Value<'r>> {
        Ok(match self {
            Input::Object(handle) => handle.value(r),
            Input::Null => r.null(),
            Input::Logical(x) => Logical::new(r, [x])?.into(),
            Input::Integer(x) => Integer::new(r, [x])?.into(),
            Input::Double(x) => Double::new(r, [x])?.into(),
            Input::Complex(x) => Complex::new(r, [x])?.into(),
            Input::Text(x) => Character::from_options(r, [x])?.into(),
            Input::Raw(x) => Raw::new(r, x)?.into(),
        })
    }
}

/// An integer where it fits, else a double where that is exact.
fn number(x: i64) -> PyResult<Input> {
    const EXACT: u64 = 1 << 53;
    match i32::try_from(x) {
        Ok(small) if small != i32::MIN => Ok(Input::Integer(RInt::from(Some(small)))),
        _ if x.unsigned_abs() <= EXACT => Ok(Input::Double(x as f64)),
        _ => Err(PyOverflowError::new_err(format!(
            "{x} fits neither R's 32-bit integers nor, exactly, its doubles: pass float({x}) to round it"
        ))),
    }
}
