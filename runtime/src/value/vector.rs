//! What all vectors of numbers, truth values and bytes share.

use super::Wrapper;

/// A vector whose elements lie in memory side by side, in R's own layout.
pub trait Vector<'r>: Wrapper<'r> {
    /// The type of an element in memory.
    type Element: Copy + 'static;

    /// R's memory. For an ALTREP vector that has none (a sequence such as `1:10`), R makes it on the first call.
    fn elements(&self) -> &[Self::Element];
}

/// Declares the vector types whose elements are plain memory.
///
/// `$element` is the type in memory, `$item` what is inside the `Option` that `get` and `iter` give.
macro_rules! numeric_vector {
    (
        $(#[$meta:meta])*
        $name:ident, $expected:literal, $sexptype:ident, $pointer:ident,
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
            /// An ALTREP vector without memory (a sequence such as `1:10`) is expanded by R on the first call.
            ///
            /// # Panics
            /// When R has no memory to expand an ALTREP vector.
            pub fn as_slice(&self) -> &[$element] {
                $crate::value::vector::slice(self)
            }

            /// The element at `index`, counted from 0; `None` for NA.
            ///
            /// # Errors
            /// [`Error::Index`](crate::Error::Index) beyond the end.
            pub fn get(&self, index: usize) -> $crate::Result<Option<$item>> {
                let $raw = self.raw_element(index)?;
                Ok($get)
            }

            /// The element at `index`, counted from 0, as it lies in memory.
            ///
            /// # Errors
            /// [`Error::Index`](crate::Error::Index) beyond the end.
            pub fn get_raw(&self, index: usize) -> $crate::Result<$element> {
                self.raw_element(index)
            }

            /// The elements; `None` for NA.
            pub fn iter(&self) -> impl ExactSizeIterator<Item = Option<$item>> + '_ {
                self.as_slice().iter().map(|&$raw| $get)
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
        }
    };
}

pub(crate) use numeric_vector;

use super::Value;
use crate::error::Result;
use crate::ffi::{self, SEXPTYPE};
use crate::protect::protect;
use crate::r::R;

/// A new vector; its elements are not set (lists and character vectors are filled with `NULL` and `""` by R).
pub(crate) fn allocate(r: R<'_>, kind: SEXPTYPE, length: usize) -> Result<Value<'_>> {
    // SAFETY: `protect` gives the context; the closure owns nothing.
    let sexp = protect(r, move || unsafe { ffi::Rf_allocVector(kind, length as isize) })?;
    // SAFETY: R just returned the object.
    Ok(unsafe { Value::new(r, sexp) })
}

/// The memory of a vector whose elements are of type `E`.
pub(crate) fn slice<'a, 'r, V>(vector: &'a V) -> &'a [V::Element]
where
    V: Vector<'r> + std::ops::Deref<Target = Value<'r>>,
{
    let length = vector.len();
    if length == 0 {
        return &[];
    }
    let sexp = vector.sexp();
    // SAFETY: the object is alive. The pointer of a vector that is not ALTREP is read without a call into R; that of an
    // ALTREP one is asked for under `protect`. It stays valid while the handle lives: R does not move objects, and
    // does not write to an object that a slot refers to without duplicating it first (see `gc`).
    unsafe {
        let pointer = if ffi::ALTREP(sexp) == 0 {
            ffi::DATAPTR_RO(sexp)
        } else {
            match protect(vector.r(), move || ffi::DATAPTR_RO(sexp)) {
                Ok(pointer) => pointer,
                Err(error) => panic!("R could not expand a vector of length {length}: {error}"),
            }
        };
        std::slice::from_raw_parts(pointer.cast(), length)
    }
}
