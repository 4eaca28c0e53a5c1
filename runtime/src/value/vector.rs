//! What all vectors of numbers, truth values and bytes share.

use std::mem::MaybeUninit;
use std::ops::Deref;

use super::{Value, Wrapper};
use crate::error::{Error, Result};
use crate::ffi::{self, SEXP, SEXPTYPE};
use crate::protect::protect;
use crate::r::R;

/// A vector whose elements lie in memory side by side, in R's own layout.
pub trait Vector<'r>: Wrapper<'r> {
    /// The type of an element in memory.
    type Element: Copy + 'static;

    /// R's memory. For an ALTREP vector that has none (a sequence such as `1:10`), R makes it on the first call.
    fn elements(&self) -> &[Self::Element];

    /// R's function that copies elements `start..start + count` to `target`; the number that it copied.
    ///
    /// # Safety
    /// `x` is a vector of this type and alive, R's lock is held, and `target` has room for `count` elements. Where `x` is
    /// ALTREP, R may leave the call by a jump.
    #[doc(hidden)]
    unsafe fn copy_region(x: SEXP, start: isize, count: isize, target: *mut Self::Element) -> isize;
}

/// Declares the vector types whose elements are plain memory.
///
/// `$element` is the type in memory, `$item` what is inside the `Option` that `get` and `iter` give.
macro_rules! numeric_vector {
    (
        $(#[$meta:meta])*
        $name:ident, $expected:literal, $sexptype:ident, $pointer:ident, $region:ident,
        $element:ty => $item:ty, |$raw:ident| $get:expr
    ) => {
        $crate::value::wrapper::wrapper! {
            $(#[$meta])*
            $name, $expected, |value| value.is_type($crate::ffi::SEXPTYPE::$sexptype)
        }

        impl<'r> $name<'r> {
            /// A new vector with these elements.
            ///
            /// # Errors
            /// [`Error::Condition`](crate::Error::Condition) when R has no memory for it.
            pub fn new(r: $crate::R<'r>, elements: impl AsRef<[$element]>) -> $crate::Result<$name<'r>> {
                let elements = elements.as_ref();
                let vector = $crate::value::vector::allocate(r, $crate::ffi::SEXPTYPE::$sexptype, elements.len())?;
                if !elements.is_empty() {
                    // SAFETY: the vector is new, of this type and length, and not ALTREP: the pointer is to its own memory.
                    unsafe {
                        let target = $crate::ffi::$pointer(vector.sexp()).cast::<$element>();
                        std::ptr::copy_nonoverlapping(elements.as_ptr(), target, elements.len());
                    }
                }
                Ok($name(vector))
            }

            /// R's own memory, without a copy. NA is a value of the element type.
            ///
            /// An ALTREP vector without memory (a sequence such as `1:10`) is expanded by R on the first call; `get`, `iter` and
            /// `region` read it as it is.
            ///
            /// # Panics
            /// When R has no memory to expand an ALTREP vector; [`try_as_slice`](Self::try_as_slice) does not.
            pub fn as_slice(&self) -> &[$element] {
                $crate::value::vector::slice(self)
            }

            /// As [`as_slice`](Self::as_slice), with an error where R cannot expand an ALTREP vector.
            ///
            /// # Errors
            /// [`Error::Condition`](crate::Error::Condition) with what R says.
            pub fn try_as_slice(&self) -> $crate::Result<&[$element]> {
                $crate::value::vector::try_slice(self)
            }

            /// The elements for writing. Only this handle sees the change: a vector that R or another handle refers to is copied
            /// first, as R does.
            ///
            /// ```
            /// use rbindgen_runtime::prelude::*;
            ///
            /// R::with(|r| {
            ///     let x = Double::new(r, [1.0, 2.0])?;
            ///     let mut y = x.clone();
            ///     y.as_mut_slice()?[0] = 9.0;
            ///     assert_eq!((x.as_slice()[0], y.as_slice()[0]), (1.0, 9.0));
            ///     Ok(())
            /// })?;
            /// # Ok::<(), Error>(())
            /// ```
            ///
            /// # Errors
            /// [`Error::Condition`](crate::Error::Condition) when R has no memory for the copy.
            pub fn as_mut_slice(&mut self) -> $crate::Result<&mut [$element]> {
                let pointer = $crate::value::attributes::own_memory(&mut self.0)?.cast::<$element>();
                // SAFETY: the pointer leads to as many elements as the vector is long, aligned also where there are none. Nobody
                // else can see or write them while this borrow of the only handle lives.
                Ok(unsafe { std::slice::from_raw_parts_mut(pointer, self.len()) })
            }

            /// The element at `index`, counted from 0; `None` for NA. An ALTREP vector stays as it is.
            ///
            /// # Errors
            /// [`Error::Index`](crate::Error::Index) beyond the end.
            pub fn get(&self, index: usize) -> $crate::Result<Option<$item>> {
                let $raw = $crate::value::vector::element(self, index)?;
                Ok($get)
            }

            /// The element at `index`, counted from 0, as it lies in memory.
            ///
            /// # Errors
            /// [`Error::Index`](crate::Error::Index) beyond the end.
            pub fn get_raw(&self, index: usize) -> $crate::Result<$element> {
                $crate::value::vector::element(self, index)
            }

            /// Copies elements from `start` on into `target`, and says how many: less than there is room for only at the end.
            /// NA is a value of the element type. An ALTREP vector stays as it is.
            ///
            /// # Errors
            /// [`Error::Index`](crate::Error::Index) when `start` lies beyond the end,
            /// [`Error::Condition`](crate::Error::Condition) when the method of an ALTREP class fails.
            pub fn region(&self, start: usize, target: &mut [$element]) -> $crate::Result<usize> {
                $crate::value::vector::region(self, start, target)
            }

            /// The elements; `None` for NA. An ALTREP vector stays as it is: it is read piece by piece.
            ///
            /// # Panics
            /// When the method of an ALTREP class fails, while iterating.
            pub fn iter(&self) -> impl ExactSizeIterator<Item = Option<$item>> + '_ {
                $crate::value::elements::Elements::new(self).map(|$raw| $get)
            }

            /// A copy of the elements; `None` for NA.
            pub fn to_vec(&self) -> Vec<Option<$item>> {
                self.iter().collect()
            }
        }

        impl<'r> $crate::value::Vector<'r> for $name<'r> {
            type Element = $element;
            fn elements(&self) -> &[$element] {
                self.as_slice()
            }
            unsafe fn copy_region(
                x: $crate::ffi::SEXP,
                start: isize,
                count: isize,
                target: *mut $element,
            ) -> isize {
                // SAFETY: the caller's promise; the element type has the layout of R's.
                unsafe { $crate::ffi::$region(x, start, count, target.cast()) }
            }
        }
    };
}

pub(crate) use numeric_vector;

/// A new vector; its elements are not set (lists and character vectors are filled with `NULL` and `""` by R).
///
/// # Errors
/// [`Error::Condition`] when R has no memory for it.
pub(crate) fn allocate(r: R<'_>, kind: SEXPTYPE, length: usize) -> Result<Value<'_>> {
    // R refuses a negative length, as a larger one than it can count would be.
    let length = isize::try_from(length).unwrap_or(isize::MAX);
    // SAFETY: `protect` gives the context; the closure owns nothing.
    let sexp = protect(r, move || unsafe { ffi::Rf_allocVector(kind, length) })?;
    // SAFETY: R just returned the object.
    Ok(unsafe { Value::new(r, sexp) })
}

/// Runs `read` directly where it cannot jump: on a vector that is not ALTREP.
#[inline]
pub(super) fn protect_if_altrep<T: Copy>(vector: &Value<'_>, read: impl FnOnce() -> T + Copy) -> Result<T> {
    if is_altrep(vector) { protect(vector.r(), read) } else { Ok(read()) }
}

/// Whether the vector is of an ALTREP class: its methods answer, not its memory.
#[inline]
pub(super) fn is_altrep(vector: &Value<'_>) -> bool {
    // SAFETY: the object is alive.
    unsafe { ffi::ALTREP(vector.sexp()) != 0 }
}

/// The memory of a vector whose elements are of type `E`.
pub(crate) fn slice<'a, 'r, V>(vector: &'a V) -> &'a [V::Element]
where
    V: Vector<'r> + Deref<Target = Value<'r>>,
{
    match try_slice(vector) {
        Ok(slice) => slice,
        Err(error) => panic!("R could not expand a vector of length {}: {error}", vector.len()),
    }
}

/// As [`slice`], with R's error where it cannot expand the vector.
pub(crate) fn try_slice<'a, 'r, V>(vector: &'a V) -> Result<&'a [V::Element]>
where
    V: Vector<'r> + Deref<Target = Value<'r>>,
{
    let length = vector.len();
    if length == 0 {
        return Ok(&[]);
    }
    let sexp = vector.sexp();
    // SAFETY: the object is alive. The pointer of a vector that is not ALTREP is read without a call into R; that of an
    // ALTREP one is asked for under `protect`. It stays valid while the handle lives: R does not move objects, and
    // does not write to an object that a slot refers to without duplicating it first (see `gc`).
    unsafe {
        let pointer = protect_if_altrep(vector, move || ffi::DATAPTR_RO(sexp))?;
        Ok(std::slice::from_raw_parts(pointer.cast(), length))
    }
}

/// The memory of a vector, unless it is ALTREP and has none yet.
pub(super) fn memory<'a, 'r, V>(vector: &'a V) -> Result<Option<&'a [V::Element]>>
where
    V: Vector<'r> + Deref<Target = Value<'r>>,
{
    if !is_altrep(vector) {
        return try_slice(vector).map(Some);
    }
    let (sexp, length) = (vector.sexp(), vector.len());
    // SAFETY: as in `try_slice`; this one makes no memory.
    unsafe {
        let pointer = protect(vector.r(), move || ffi::DATAPTR_OR_NULL(sexp))?;
        Ok(match length {
            0 => Some(&[]),
            _ if pointer.is_null() => None,
            _ => Some(std::slice::from_raw_parts(pointer.cast(), length)),
        })
    }
}

/// The element at `index`.
#[inline]
pub(super) fn element<'r, V>(vector: &V, index: usize) -> Result<V::Element>
where
    V: Vector<'r> + Deref<Target = Value<'r>>,
{
    let out_of_range = || Error::out_of_range(index, vector.len());
    if !is_altrep(vector) {
        return try_slice(vector)?.get(index).copied().ok_or_else(out_of_range);
    }
    let mut element = MaybeUninit::<V::Element>::uninit();
    let (sexp, target) = (vector.sexp(), element.as_mut_ptr());
    if index >= vector.len() {
        return Err(out_of_range());
    }
    // SAFETY: `protect` gives the context; the index is below the length, and there is room for one element.
    let count = protect(vector.r(), move || unsafe { V::copy_region(sexp, index as isize, 1, target) })?;
    match count {
        // SAFETY: R wrote it.
        1 => Ok(unsafe { element.assume_init() }),
        _ => Err(out_of_range()),
    }
}

/// Copies elements from `start` on to `target`; the number of those that were copied.
pub(super) fn region<'r, V>(vector: &V, start: usize, target: &mut [V::Element]) -> Result<usize>
where
    V: Vector<'r> + Deref<Target = Value<'r>>,
{
    let length = vector.len();
    if start > length {
        return Err(Error::out_of_range(start, length));
    }
    let count = target.len().min(length - start);
    if !is_altrep(vector) {
        target[..count].copy_from_slice(&try_slice(vector)?[start..start + count]);
        return Ok(count);
    }
    let (sexp, target) = (vector.sexp(), target.as_mut_ptr());
    // SAFETY: `protect` gives the context; the region is within the vector, and `target` has room for it.
    let copied =
        protect(vector.r(), move || unsafe { V::copy_region(sexp, start as isize, count as isize, target) })?;
    Ok((copied.max(0) as usize).min(count))
}
