//! Sharing a vector's memory: the buffer protocol (PEP 3118) and NumPy's array interface.
//!
//! Both are readings of the runtime's `BufferView`. An array of R lies in memory column by column (Fortran order), so a
//! consumer that asks for rows (C order) of a matrix is refused, as PEP 3118 wants it. A view refers to its
//! vector, and the vector to the R object, which never moves.

use std::ffi::{c_int, c_void};

use pyo3::exceptions::PyBufferError;
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};
use rbindgen_runtime::{BufferView, ElementType};

use crate::error::OrRaise;
use crate::gil;
use crate::vector::SexpVector;

/// PEP 3118's limit of dimensions.
const MAX_DIMENSIONS: usize = 64;

fn view_of(vector: &Bound<'_, SexpVector>) -> PyResult<BufferView> {
    let py = vector.py();
    let handle = &vector.as_super().get().handle;
    gil::attached(py, |r| BufferView::of(&handle.global(r).borrow(r)).or_raise(py))
}

/// Whether the elements lie row by row, too: all extents but one are 1, or there is no element.
fn is_c_contiguous(view: &BufferView) -> bool {
    view.is_empty() || view.shape.iter().filter(|&&extent| extent > 1).count() <= 1
}

/// Fills `target` for a consumer that asks with `flags`.
///
/// # Safety
/// `target` is a `Py_buffer` to be filled, or null.
pub unsafe fn fill(vector: Bound<'_, SexpVector>, target: *mut ffi::Py_buffer, flags: c_int) -> PyResult<()> {
    if target.is_null() {
        return Err(PyBufferError::new_err("there is no buffer to fill"));
    }
    // SAFETY: not null. A failed request has no owner.
    unsafe { (*target).obj = std::ptr::null_mut() };
    let asks = |flag: c_int| flags & flag == flag;
    let view = view_of(&vector)?;
    if view.shape.len() > MAX_DIMENSIONS {
        return Err(PyBufferError::new_err(format!(
            "an array of {} dimensions: a buffer has at most {MAX_DIMENSIONS}",
            view.shape.len()
        )));
    }
    // Without strides, a consumer takes the elements for rows.
    if (asks(ffi::PyBUF_C_CONTIGUOUS) || !asks(ffi::PyBUF_STRIDES)) && !is_c_contiguous(&view) {
        return Err(PyBufferError::new_err(
            "R stores a matrix column by column: ask for strides or Fortran order, or copy it",
        ));
    }
    if asks(ffi::PyBUF_WRITABLE) && view.read_only {
        return Err(PyBufferError::new_err("the memory of this vector is read-only"));
    }
    let mut view = Box::new(view);
    let itemsize = view.element.size() as isize;
    // SAFETY: `target` is ours to fill. Shape and strides lie in the box, which `internal` keeps until `release`.
    unsafe {
        (*target).buf = view.pointer;
        (*target).len = view.len() as isize * itemsize;
        (*target).itemsize = itemsize;
        (*target).readonly = c_int::from(view.read_only);
        (*target).ndim = if asks(ffi::PyBUF_ND) { view.shape.len() as c_int } else { 1 };
        (*target).format = match asks(ffi::PyBUF_FORMAT) {
            true => view.element.format().as_ptr().cast_mut(),
            false => std::ptr::null_mut(),
        };
        (*target).shape = match asks(ffi::PyBUF_ND) {
            true => view.shape.as_mut_ptr(),
            false => std::ptr::null_mut(),
        };
        (*target).strides = match asks(ffi::PyBUF_STRIDES) {
            true => view.strides.as_mut_ptr(),
            false => std::ptr::null_mut(),
        };
        (*target).suboffsets = std::ptr::null_mut();
        (*target).internal = Box::into_raw(view).cast::<c_void>();
        (*target).obj = vector.into_any().into_ptr();
    }
    Ok(())
}

/// Frees what `fill` made.
///
/// # Safety
/// `target` was filled by [`fill`] and is released once.
pub unsafe fn release(target: *mut ffi::Py_buffer) {
    // SAFETY: `internal` is the box that `fill` left.
    unsafe {
        let view = (*target).internal.cast::<BufferView>();
        (*target).internal = std::ptr::null_mut();
        if !view.is_null() {
            drop(Box::from_raw(view));
        }
    }
}

/// The dictionary of `__array_interface__`.
pub fn array_interface<'py>(vector: &Bound<'py, SexpVector>) -> PyResult<Bound<'py, PyDict>> {
    let py = vector.py();
    let view = view_of(vector)?;
    let dict = PyDict::new(py);
    dict.set_item("version", 3)?;
    dict.set_item("typestr", typestr(view.element))?;
    dict.set_item("data", (view.pointer as usize, view.read_only))?;
    dict.set_item("shape", PyTuple::new(py, &view.shape)?)?;
    dict.set_item("strides", PyTuple::new(py, &view.strides)?)?;
    // The consumer keeps the vector, and the vector keeps the memory.
    vector.get().pin(view.into_memory());
    Ok(dict)
}

/// NumPy's name of an element type: byte order, kind and size.
fn typestr(element: ElementType) -> &'static str {
    const LITTLE: bool = cfg!(target_endian = "little");
    match element {
        ElementType::Int32 | ElementType::Logical if LITTLE => "<i4",
        ElementType::Int32 | ElementType::Logical => ">i4",
        ElementType::Float64 if LITTLE => "<f8",
        ElementType::Float64 => ">f8",
        ElementType::Complex128 if LITTLE => "<c16",
        ElementType::Complex128 => ">c16",
        _ => "|u1",
    }
}
