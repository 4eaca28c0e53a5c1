//! Elements of vectors, between R and Python.

use pyo3::exceptions::{PyOverflowError, PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyComplex, PyFloat, PyString};
use rbindgen_runtime::value::{Character, Complex, Double, Integer, Kind, List, Logical, Raw, Value};
use rbindgen_runtime::{NA_REAL, R, RBool, RComplex, RInt, Result};

use crate::classes;
use crate::error::OrRaise;
use crate::handle::Object;
use crate::input::Input;
use crate::na::{self, NACharacterType, NAIntegerType, NALogicalType};

/// The element at `index`, which is below the length.
pub fn get<'py>(py: Python<'py>, value: &Value<'_>, index: usize) -> PyResult<Bound<'py, PyAny>> {
    let present = match value.kind() {
        Kind::Logical => match typed::<Logical<'_>>(value).and_then(|x| x.get(index)).or_raise(py)? {
            Some(x) => PyBool::new(py, x).to_owned().into_any(),
            None => na::logical(py)?,
        },
        Kind::Integer => match typed::<Integer<'_>>(value).and_then(|x| x.get(index)).or_raise(py)? {
            Some(x) => x.into_pyobject(py)?.into_any(),
            None => na::integer(py)?,
        },
        Kind::Double => {
            let x = typed::<Double<'_>>(value).and_then(|x| x.get_raw(index)).or_raise(py)?;
            PyFloat::new(py, x).into_any()
        }
        Kind::Complex => {
            let x = typed::<Complex<'_>>(value).and_then(|x| x.get_raw(index)).or_raise(py)?;
            PyComplex::from_doubles(py, x.re, x.im).into_any()
        }
        Kind::Raw => {
            let x = typed::<Raw<'_>>(value).and_then(|x| x.get_raw(index)).or_raise(py)?;
            x.into_pyobject(py)?.into_any()
        }
        Kind::Character => match typed::<Character<'_>>(value).and_then(|x| x.get(index)).or_raise(py)? {
            Some(text) => PyString::new(py, &text).into_any(),
            None => na::character(py)?,
        },
        Kind::List => {
            let element = typed::<List<'_>>(value).and_then(|x| x.get(index)).or_raise(py)?;
            classes::wrap(py, element.into())?
        }
        // Calls, pairlists and expressions.
        _ => {
            let element = subset(value, ".subset2", &[index]).or_raise(py)?;
            classes::wrap(py, element.into())?
        }
    };
    Ok(present)
}

fn typed<'a, 'r, W>(value: &'a Value<'r>) -> Result<&'a W>
where
    &'a W: TryFrom<&'a Value<'r>, Error = rbindgen_runtime::Error>,
{
    value.try_into()
}

/// `.subset(x, indices)` or `.subset2(x, index)`: R's subsetting without methods. Names are kept, other attributes not.
pub fn subset<'r>(value: &Value<'r>, function: &str, indices: &[usize]) -> Result<Value<'r>> {
    let r = value.r();
    let indices: Vec<f64> = indices.iter().map(|&index| (index + 1) as f64).collect();
    r.function("base", function)?.call(rbindgen_runtime::Args::new(r).push(value)?.push(indices)?)
}

/// An element on its way to R, for a vector of one kind.
pub enum Element {
    /// Of a logical vector.
    Logical(RBool),
    /// Of an integer vector.
    Integer(RInt),
    /// Of a double vector.
    Double(f64),
    /// Of a complex vector.
    Complex(RComplex),
    /// Of a raw vector.
    Raw(u8),
    /// Of a character vector.
    Text(Option<String>),
    /// Of a list.
    Any(Input),
}

impl Element {
    /// Converts `item` for a vector of `kind`. Where `item` has not the right type, `place` says which one it is.
    pub fn extract(kind: Kind, item: &Bound<'_, PyAny>, place: impl FnOnce() -> String) -> PyResult<Element> {
        let element = match kind {
            Kind::Logical => logical(item)?.map(Element::Logical),
            Kind::Integer => integer(item)?.map(Element::Integer),
            Kind::Double => double(item)?.map(Element::Double),
            Kind::Complex => complex(item)?.map(Element::Complex),
            Kind::Raw => byte(item)?.map(Element::Raw),
            Kind::Character => text(item)?.map(Element::Text),
            Kind::List => return Input::extract(item).map(Element::Any),
            _ => return Err(PyTypeError::new_err("the elements of this object cannot be assigned")),
        };
        element.ok_or_else(|| {
            let found = item.get_type().name().map_or_else(|_| "object".to_owned(), |name| name.to_string());
            PyTypeError::new_err(format!("{} is of type {found}, but {}", place(), wanted(kind)))
        })
    }

    /// Writes the element at `index` of `value`, in place.
    ///
    /// The caller has no slice of any vector's memory in use.
    pub fn write(self, value: &Value<'_>, index: usize) -> Result<()> {
        // SAFETY: slices of R's memory never outlive a function here, and this one has none; buffers that were
        // handed out are raw memory.
        unsafe {
            match self {
                Element::Logical(x) => typed::<Logical<'_>>(value)?.set_in_place(index, x),
                Element::Integer(x) => typed::<Integer<'_>>(value)?.set_in_place(index, x),
                Element::Double(x) => typed::<Double<'_>>(value)?.set_in_place(index, x),
                Element::Complex(x) => typed::<Complex<'_>>(value)?.set_in_place(index, x),
                Element::Raw(x) => typed::<Raw<'_>>(value)?.set_in_place(index, x),
                Element::Text(x) => typed::<Character<'_>>(value)?.set_in_place(index, x.as_deref()),
                Element::Any(x) => typed::<List<'_>>(value)?.set_in_place(index, &x.into_r(value.r())?),
            }
        }
    }

    /// A new vector of `kind`.
    pub fn collect(r: R<'_>, kind: Kind, elements: Vec<Element>) -> Result<Object> {
        macro_rules! of {
            ($variant:ident) => {
                elements.into_iter().filter_map(|x| match x {
                    Element::$variant(x) => Some(x),
                    _ => None,
                })
            };
        }
        let value: Value<'_> = match kind {
            Kind::Logical => Logical::new(r, of!(Logical).collect::<Vec<_>>())?.into(),
            Kind::Integer => Integer::new(r, of!(Integer).collect::<Vec<_>>())?.into(),
            Kind::Double => Double::new(r, of!(Double).collect::<Vec<_>>())?.into(),
            Kind::Complex => Complex::new(r, of!(Complex).collect::<Vec<_>>())?.into(),
            Kind::Raw => Raw::new(r, of!(Raw).collect::<Vec<_>>())?.into(),
            Kind::Character => Character::from_options(r, of!(Text))?.into(),
            _ => List::new(r, of!(Any).map(|x| x.into_r(r)).collect::<Result<Vec<_>>>()?)?.into(),
        };
        Ok(value.into())
    }
}

fn wanted(kind: Kind) -> &'static str {
    match kind {
        Kind::Logical => "a logical vector holds bool and NA_Logical",
        Kind::Integer => "an integer vector holds int and NA_Integer",
        Kind::Double => "a double vector holds float and NA_Real",
        Kind::Complex => "a complex vector holds complex and NA_Complex",
        Kind::Raw => "a raw vector holds int from 0 to 255",
        _ => "a character vector holds str and NA_Character",
    }
}

/// NA of a type that R would turn into another one without a word.
fn is_plain_na(item: &Bound<'_, PyAny>) -> bool {
    item.is_instance_of::<NAIntegerType>() || item.is_instance_of::<NALogicalType>()
}

fn logical(item: &Bound<'_, PyAny>) -> PyResult<Option<RBool>> {
    if item.is_instance_of::<NALogicalType>() {
        return Ok(Some(RBool::NA));
    }
    // Python's bool and NumPy's.
    if let Ok(x) = item.extract::<bool>() {
        return Ok(Some(RBool::from(Some(x))));
    }
    match whole(item)? {
        Some(x @ (0 | 1)) => Ok(Some(RBool::from(Some(x == 1)))),
        _ => Ok(None),
    }
}

fn integer(item: &Bound<'_, PyAny>) -> PyResult<Option<RInt>> {
    if is_plain_na(item) {
        return Ok(Some(RInt::NA));
    }
    let Some(x) = whole(item)? else { return Ok(None) };
    match i32::try_from(x) {
        Ok(i32::MIN) => Err(PyOverflowError::new_err(
            "-2147483648 marks NA in R's integer vectors: use NA_Integer, or a double vector for the number",
        )),
        Ok(x) => Ok(Some(RInt::from(Some(x)))),
        Err(_) => Err(PyOverflowError::new_err(format!(
            "{x} does not fit R's 32-bit integers: use a double vector"
        ))),
    }
}

/// Whatever is an integer in Python's eyes (`__index__`).
pub fn whole(item: &Bound<'_, PyAny>) -> PyResult<Option<i64>> {
    match item.extract::<i64>() {
        Ok(x) => Ok(Some(x)),
        Err(error) if error.is_instance_of::<PyOverflowError>(item.py()) => {
            Err(PyOverflowError::new_err(format!("{item} does not fit R's numbers")))
        }
        Err(_) => Ok(None),
    }
}

pub fn double(item: &Bound<'_, PyAny>) -> PyResult<Option<f64>> {
    if is_plain_na(item) {
        return Ok(Some(NA_REAL));
    }
    match item.extract::<f64>() {
        Ok(x) => Ok(Some(x)),
        Err(error) if error.is_instance_of::<PyOverflowError>(item.py()) => Err(error),
        Err(_) => Ok(None),
    }
}

fn complex(item: &Bound<'_, PyAny>) -> PyResult<Option<RComplex>> {
    if is_plain_na(item) {
        return Ok(Some(RComplex::NA));
    }
    if let Some(re) = double(item)? {
        return Ok(Some(RComplex { re, im: 0.0 }));
    }
    let py = item.py();
    if item.is_instance_of::<PyString>() || !item.hasattr(pyo3::intern!(py, "__complex__"))? {
        return Ok(None);
    }
    let number = py.get_type::<PyComplex>().call1((item,))?;
    let number = number.cast::<PyComplex>()?;
    Ok(Some(RComplex { re: number.real(), im: number.imag() }))
}

fn byte(item: &Bound<'_, PyAny>) -> PyResult<Option<u8>> {
    let Some(x) = whole(item)? else { return Ok(None) };
    match u8::try_from(x) {
        Ok(x) => Ok(Some(x)),
        Err(_) => Err(PyValueError::new_err(format!("{x} is no byte: a raw vector holds 0 to 255"))),
    }
}

pub fn text(item: &Bound<'_, PyAny>) -> PyResult<Option<Option<String>>> {
    if item.is_instance_of::<NACharacterType>() || item.is_instance_of::<NALogicalType>() {
        return Ok(Some(None));
    }
    match item.cast::<PyString>() {
        Ok(text) => Ok(Some(Some(text.to_cow()?.into_owned()))),
        Err(_) => Ok(None),
    }
}
