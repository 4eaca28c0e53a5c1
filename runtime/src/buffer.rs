//! The memory of a vector, described once for every protocol that shares memory.

use std::ffi::{CStr, c_void};

use crate::altrep::read_only_memory;
use crate::error::{Error, Result};
use crate::ffi::{self, Rcomplex};
use crate::global::Global;
use crate::protect::protect;
use crate::value::{Kind, Value};

/// What the elements of a buffer are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ElementType {
    /// 32-bit integers; NA is `i32::MIN`.
    Int32,
    /// Truth values in 32 bits: 0, 1, and `i32::MIN` for NA.
    Logical,
    /// 64-bit floats.
    Float64,
    /// Pairs of 64-bit floats.
    Complex128,
    /// Bytes.
    UInt8,
}

impl ElementType {
    /// The size of an element, in bytes.
    pub const fn size(self) -> usize {
        match self {
            ElementType::Int32 | ElementType::Logical => 4,
            ElementType::Float64 => 8,
            ElementType::Complex128 => 16,
            ElementType::UInt8 => 1,
        }
    }

    /// The format of Python's `struct` module, with PEP 3118's `Zd` for complex.
    pub const fn format(self) -> &'static CStr {
        match self {
            ElementType::Int32 | ElementType::Logical => c"i",
            ElementType::Float64 => c"d",
            ElementType::Complex128 => c"Zd",
            ElementType::UInt8 => c"B",
        }
    }
}

/// The memory of an R vector: where it lies, what it holds, and how its indices map to addresses.
///
/// The view keeps its vector alive. PEP 3118, `__array_interface__`, DLPack and Arrow are readings of it.
///
/// ```
/// use rbindgen_runtime::prelude::*;
/// use rbindgen_runtime::BufferView;
///
/// R::with(|r| {
///     let view = BufferView::of(&r.eval("matrix(1:6, 2)")?)?;
///     assert_eq!(view.shape, [2, 3]);
///     assert_eq!(view.strides, [4, 8]); // bytes; the first index varies fastest
///     Ok(())
/// })?;
/// # Ok::<(), Error>(())
/// ```
#[derive(Debug)]
pub struct BufferView {
    /// The first element. Not null, also where there is none.
    pub pointer: *mut c_void,
    /// What an element is.
    pub element: ElementType,
    /// The extent of each dimension.
    pub shape: Vec<isize>,
    /// The distance between neighbours along each dimension, in bytes.
    pub strides: Vec<isize>,
    /// Whether writing would be wrong: the memory belongs to the owner that an [`altrep`](crate::altrep) vector shows, or to
    /// another R vector, too.
    pub read_only: bool,
    /// The vector.
    pub owner: Global<Value<'static>>,
    /// What holds the memory, for an ALTREP vector.
    memory: Vec<Global<Value<'static>>>,
}

// SAFETY: the pointer leads to the owner's memory; whoever reads or writes there without R's lock answers for races with R,
// as with every shared buffer.
unsafe impl Send for BufferView {}
// SAFETY: as above.
unsafe impl Sync for BufferView {}

impl BufferView {
    /// Describes a vector, a matrix or an array of numbers, truth values or bytes.
    ///
    /// An ALTREP vector without memory is expanded by R. One over memory that Rust owns is shown as it is, to be
    /// read only.
    ///
    /// # Errors
    /// [`Error::Type`] for a value without such memory (strings, lists, functions …); [`Error::Condition`] when R has
    /// no memory to expand an ALTREP vector.
    pub fn of(value: &Value<'_>) -> Result<BufferView> {
        let element = match value.kind() {
            Kind::Logical => ElementType::Logical,
            Kind::Integer => ElementType::Int32,
            Kind::Double => ElementType::Float64,
            Kind::Complex => ElementType::Complex128,
            Kind::Raw => ElementType::UInt8,
            _ => {
                return Err(Error::wrong_type(
                    "a vector of numbers, truth values or bytes",
                    value.describe(),
                ));
            }
        };
        let (pointer, read_only) = match read_only_memory(value) {
            Some(memory) => (memory.cast_mut(), true),
            None => match wrapped_memory(value)? {
                Some(memory) => (memory.cast_mut(), true),
                None => (writable_pointer(value)?, false),
            },
        };
        let memory = memory_of(value);
        let shape: Vec<isize> = value
            .dim()
            .filter(|dim| dim.iter().product::<usize>() == value.len())
            .unwrap_or_else(|| vec![value.len()])
            .into_iter()
            .map(|extent| extent as isize)
            .collect();
        let mut strides = Vec::with_capacity(shape.len());
        let mut distance = element.size() as isize;
        for extent in &shape {
            strides.push(distance);
            distance *= (*extent).max(1);
        }
        Ok(BufferView { pointer, element, shape, strides, read_only, owner: value.clone().global(), memory })
    }

    /// The number of elements.
    pub fn len(&self) -> usize {
        self.shape.iter().product::<isize>() as usize
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// What else than the vector itself must stay alive for the memory to stay, as long as the vector lives.
    ///
    /// Nothing for most vectors. An ALTREP wrapper (R makes one where only attributes change) that shares its memory with
    /// another one gets a copy when it is written to: the memory that was handed out before then belongs to
    /// the other one alone.
    pub fn into_memory(self) -> Vec<Global<Value<'static>>> {
        self.memory
    }
}

/// The memory of a vector that R made where only attributes change (an ALTREP wrapper), as long as another vector shares it.
///
/// To be written to, such a vector would get memory of its own, and slices that were lent before would be left behind.
fn wrapped_memory(value: &Value<'_>) -> Result<Option<*const c_void>> {
    let sexp = value.sexp();
    // SAFETY: the vector is alive, and so is what it refers to.
    unsafe {
        if value.is_empty() || ffi::ALTREP(sexp) == 0 {
            return Ok(None);
        }
        let wrapped = ffi::R_altrep_data1(sexp);
        let is_wrapper =
            ffi::TYPEOF(wrapped) == value.sexptype() && ffi::Rf_xlength(wrapped) as usize == value.len();
        if !is_wrapper || !ffi::compat::maybe_shared(wrapped) {
            return Ok(None);
        }
    }
    // SAFETY: `protect` gives the context.
    protect(value.r(), move || unsafe { ffi::DATAPTR_RO(sexp) }).map(Some)
}

/// The memory of a vector of numbers, truth values or bytes, for writing: an ALTREP class is told that it may change.
///
/// It is never null, and aligned for every element type.
pub(crate) fn writable_pointer(value: &Value<'_>) -> Result<*mut c_void> {
    if value.is_empty() {
        // R gives an address that nothing is aligned to.
        return Ok(std::ptr::without_provenance_mut(size_of::<Rcomplex>()));
    }
    let (sexp, kind) = (value.sexp(), value.kind());
    // SAFETY: `protect` gives the context; the object is alive and of the type that was looked at.
    protect(value.r(), move || unsafe {
        match kind {
            Kind::Logical => ffi::LOGICAL(sexp).cast(),
            Kind::Integer => ffi::INTEGER(sexp).cast(),
            Kind::Double => ffi::REAL(sexp).cast(),
            Kind::Complex => ffi::COMPLEX(sexp).cast(),
            _ => ffi::RAW(sexp).cast(),
        }
    })
}

/// The objects behind an ALTREP vector, and behind those.
fn memory_of(value: &Value<'_>) -> Vec<Global<Value<'static>>> {
    let mut memory = Vec::new();
    let mut sexp = value.sexp();
    // SAFETY: the vector is alive, and so is what it refers to; each object is kept before the next one is asked for.
    unsafe {
        while ffi::ALTREP(sexp) != 0 {
            let (first, second) = (ffi::R_altrep_data1(sexp), ffi::R_altrep_data2(sexp));
            memory.push(Value::new(value.r(), first).global());
            memory.push(Value::new(value.r(), second).global());
            sexp = first;
        }
    }
    memory
}
