//! `SexpVector`: what all vectors have, and Python's sequence protocol.

use std::sync::{Mutex, PoisonError};

use pyo3::exceptions::{PyIndexError, PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyIterator, PyList, PySlice, PyTuple};
use rbindgen_runtime::RInt;
use rbindgen_runtime::value::{Integer, Kind};

use crate::element::{self, Element};
use crate::handle::{Kept, Object};
use crate::input::Input;
use crate::sexp::Sexp;
use crate::{classes, dispatch, gil};

/// A vector of R: a Python sequence whose elements are read from R, and written to R, one at a time.
///
/// Assigning changes the R object itself, for all that refer to it. Slices are new vectors; they keep names, and
/// factors keep their levels.
#[pyclass(module = "rbindgen.rinterface", extends = Sexp, subclass, frozen, sequence)]
pub struct SexpVector {
    /// Memory that views look at and that the R object itself may have let go (see `BufferView::into_memory`).
    pinned: Mutex<Vec<Kept>>,
}

impl SexpVector {
    /// The part of a new vector that is not `Sexp`'s.
    pub fn part() -> SexpVector {
        SexpVector { pinned: Mutex::new(Vec::new()) }
    }

    /// Keeps `memory` as long as this vector.
    pub fn pin(&self, memory: Vec<Kept>) {
        let mut pinned = self.pinned.lock().unwrap_or_else(PoisonError::into_inner);
        for object in memory {
            if !pinned.iter().any(|known| known.sexp() == object.sexp()) {
                pinned.push(object);
            }
        }
    }
}

/// Whether a `SexpVector` can stand for an R object of this kind.
pub fn is_vector(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Logical
            | Kind::Integer
            | Kind::Double
            | Kind::Complex
            | Kind::Raw
            | Kind::Character
            | Kind::List
            | Kind::Language
            | Kind::Expression
            | Kind::Pairlist
    )
}

/// A subscript, not yet checked against a length.
enum Key<'a, 'py> {
    One(i64),
    Many(&'a Bound<'py, PySlice>),
}

impl<'a, 'py> Key<'a, 'py> {
    fn extract(key: &'a Bound<'py, PyAny>) -> PyResult<Key<'a, 'py>> {
        if let Ok(slice) = key.cast::<PySlice>() {
            return Ok(Key::Many(slice));
        }
        match element::whole(key)? {
            Some(index) => Ok(Key::One(index)),
            None => {
                let found = key.get_type().name()?;
                Err(PyTypeError::new_err(format!("a vector's index is an int or a slice, not {found}")))
            }
        }
    }
}

/// The position that `index` means; negative ones count from the end.
fn position(index: i64, length: usize) -> PyResult<usize> {
    let position = if index < 0 { index + length as i64 } else { index };
    match usize::try_from(position) {
        Ok(position) if position < length => Ok(position),
        _ => Err(PyIndexError::new_err(format!(
            "index {index} is out of range for a vector of length {length}"
        ))),
    }
}

/// The positions that `slice` means.
fn positions(slice: &Bound<'_, PySlice>, length: usize) -> PyResult<Vec<usize>> {
    let range = slice.indices(isize::try_from(length)?)?;
    Ok((0..range.slicelength).map(|step| (range.start + step as isize * range.step) as usize).collect())
}

#[pymethods]
impl SexpVector {
    #[new]
    fn new(value: &Bound<'_, PyAny>) -> PyResult<PyClassInitializer<SexpVector>> {
        let sexp = Sexp::share(value, "a vector of R", is_vector)?;
        Ok(PyClassInitializer::from(sexp).add_subclass(SexpVector::part()))
    }

    fn __len__(slf: &Bound<'_, Self>) -> PyResult<usize> {
        let handle = &slf.as_super().get().handle;
        gil::attached(slf.py(), |r| Ok(handle.global(r).borrow(r).len()))
    }

    fn __getitem__<'py>(slf: &Bound<'py, Self>, key: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let handle = slf.as_super().get().handle.clone();
        match Key::extract(key)? {
            Key::One(index) => {
                let element = gil::attached(py, |r| {
                    let value = handle.global(r).borrow(r);
                    element::get(py, &value, position(index, value.len())?)
                })?;
                dispatch::at_the_level_of(slf, element)
            }
            Key::Many(slice) => {
                let indices = positions(slice, SexpVector::__len__(slf)?)?;
                let part = gil::detached(py, move |r| {
                    let value = handle.global(r).borrow(r);
                    // The codes of a factor mean nothing without its levels.
                    let function = if value.inherits("factor") { "[" } else { ".subset" };
                    element::subset(&value, function, &indices).map(Object::from)
                })?;
                dispatch::at_the_level_of(slf, classes::wrap(py, part)?)
            }
        }
    }

    fn __setitem__(slf: &Bound<'_, Self>, key: &Bound<'_, PyAny>, item: &Bound<'_, PyAny>) -> PyResult<()> {
        let py = slf.py();
        let handle = slf.as_super().get().handle.clone();
        let (kind, length) = gil::attached(py, |r| {
            let value = handle.global(r).borrow(r);
            Ok((value.kind(), value.len()))
        })?;
        let changes = match Key::extract(key)? {
            Key::One(index) => {
                let index = position(index, length)?;
                vec![(index, Element::extract(kind, item, || "the value".to_owned())?)]
            }
            Key::Many(slice) => {
                let indices = positions(slice, length)?;
                let mut elements = Vec::new();
                for (position, item) in item.try_iter()?.enumerate() {
                    elements.push(Element::extract(kind, &item?, || format!("element {position}"))?);
                }
                if elements.len() != indices.len() {
                    return Err(PyValueError::new_err(format!(
                        "{} values for {} elements: R's vectors keep their length",
                        elements.len(),
                        indices.len()
                    )));
                }
                indices.into_iter().zip(elements).collect()
            }
        };
        gil::detached(py, move |r| {
            let value = handle.global(r).borrow(r);
            changes.into_iter().try_for_each(|(index, element)| element.write(&value, index))
        })
    }

    fn __delitem__(&self, _key: &Bound<'_, PyAny>) -> PyResult<()> {
        Err(PyTypeError::new_err("R's vectors keep their length: elements cannot be deleted"))
    }

    fn __iter__<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        // SAFETY: the interpreter is attached, and the object is a sequence. A new reference comes back, or an error.
        unsafe { Bound::from_owned_ptr_or_err(slf.py(), pyo3::ffi::PySeqIter_New(slf.as_ptr())) }
    }

    fn __reversed__<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyIterator>> {
        let elements = PyList::empty(slf.py());
        for item in slf.try_iter()? {
            elements.append(item?)?;
        }
        elements.reverse()?;
        elements.try_iter()
    }

    fn __contains__(slf: &Bound<'_, Self>, value: &Bound<'_, PyAny>) -> PyResult<bool> {
        for item in slf.try_iter()? {
            let item = item?;
            if item.is(value) || item.eq(value)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The position of the first element that equals `value`, between `start` and `stop`.
    #[pyo3(signature = (value, start = 0, stop = isize::MAX, /))]
    fn index(slf: &Bound<'_, Self>, value: &Bound<'_, PyAny>, start: isize, stop: isize) -> PyResult<usize> {
        let length = SexpVector::__len__(slf)? as isize;
        let from = if start < 0 { (start + length).max(0) } else { start };
        let to = if stop < 0 { stop + length } else { stop.min(length) };
        for position in from..to {
            if slf.get_item(position)?.eq(value)? {
                return Ok(position as usize);
            }
        }
        Err(PyValueError::new_err(format!("{} is not in the vector", value.repr()?)))
    }

    /// The number of elements that equal `value`.
    fn count(slf: &Bound<'_, Self>, value: &Bound<'_, PyAny>) -> PyResult<usize> {
        let mut count = 0;
        for item in slf.try_iter()? {
            count += usize::from(item?.eq(value)?);
        }
        Ok(count)
    }

    /// The extents of a matrix or an array; `None` for a plain vector. Assign a sequence of integers, or `None`.
    #[getter]
    fn get_dim<'py>(slf: &Bound<'py, Self>) -> PyResult<Option<Bound<'py, PyTuple>>> {
        let py = slf.py();
        let handle = &slf.as_super().get().handle;
        let dim = gil::attached(py, |r| Ok(handle.global(r).borrow(r).dim()))?;
        dim.map(|dim| PyTuple::new(py, dim)).transpose()
    }

    #[setter]
    fn set_dim(slf: &Bound<'_, Self>, value: &Bound<'_, PyAny>) -> PyResult<()> {
        let py = slf.py();
        let sexp = slf.as_super().get();
        if value.is_none() {
            return sexp.set_attribute(py, "dim", Input::Null);
        }
        let mut extents = Vec::new();
        for item in value.try_iter()? {
            let item = item?;
            match element::whole(&item)?.map(i32::try_from) {
                Some(Ok(extent @ 0..)) => extents.push(RInt::from(Some(extent))),
                _ => {
                    return Err(PyValueError::new_err(format!("{} is no extent of an array", item.repr()?)));
                }
            }
        }
        let handle = sexp.handle.clone();
        gil::detached(py, move |r| {
            let extents = Integer::new(r, extents)?;
            handle.global(r).borrow(r).set_attr_in_place("dim", &extents)
        })
    }
}
