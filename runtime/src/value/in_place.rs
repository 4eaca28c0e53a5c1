//! Changing objects where they are.
//!
//! R's own replacement functions copy what more than one name refers to. The functions here do not: whoever else refers to
//! the object sees the change. They are for front ends whose values have that meaning, as rpy2's vectors have.

use super::{Character, Complex, Double, Integer, List, Logical, Raw, Value};
use crate::buffer::writable_pointer;
use crate::error::{Error, Result};
use crate::ffi::{self, SEXPTYPE, cetype_t};
use crate::na::{RBool, RComplex, RInt};
use crate::protect::protect;

impl<'r> Value<'r> {
    /// Sets an attribute of this very object; `NULL` removes it. R checks what it knows of (`names`, `dim`, `class` …).
    ///
    /// # Errors
    /// [`Error::Condition`] when R refuses; [`Error::Text`] when the name has a NUL inside.
    pub fn set_attr_in_place(&self, name: &str, value: &Value<'_>) -> Result<()> {
        let symbol = self.r().symbol(name)?;
        let (sexp, value) = (self.sexp(), value.sexp());
        // SAFETY: `protect` gives the context; both objects are alive and the symbol is permanent.
        protect(self.r(), move || unsafe { ffi::Rf_setAttrib(sexp, symbol, value) }).map(drop)
    }
}

macro_rules! set_element {
    ($($name:ident: $element:ty;)*) => {
        $(impl $name<'_> {
            /// Writes an element of this very object.
            ///
            /// # Errors
            /// [`Error::Index`] beyond the end; [`Error::Condition`] when R has no memory to expand an ALTREP vector.
            ///
            /// # Safety
            /// No slice of this object's memory is in use, from this handle or from another one.
            pub unsafe fn set_in_place(&self, index: usize, element: $element) -> Result<()> {
                if index >= self.len() {
                    return Err(Error::out_of_range(index, self.len()));
                }
                let pointer = writable_pointer(self)?.cast::<$element>();
                // SAFETY: the pointer leads to as many elements of this type as the vector is long, and nobody
                // looks at them (the caller's promise).
                unsafe { pointer.add(index).write(element) };
                Ok(())
            }
        })*
    };
}

set_element! {
    Logical: RBool;
    Integer: RInt;
    Double: f64;
    Complex: RComplex;
    Raw: u8;
}

impl Character<'_> {
    /// Writes a string of this very object; `None` is NA.
    ///
    /// # Errors
    /// [`Error::Index`] beyond the end; [`Error::Text`] for a string with a NUL inside; [`Error::Condition`] when R has no
    /// memory for it.
    ///
    /// # Safety
    /// No text borrowed from this object is in use, from this handle or from another one.
    pub unsafe fn set_in_place(&self, index: usize, text: Option<&str>) -> Result<()> {
        if index >= self.len() {
            return Err(Error::out_of_range(index, self.len()));
        }
        if text.is_some_and(|text| text.contains('\0')) {
            let reason = "has a NUL inside, which no R string can have".to_owned();
            return Err(Error::Text { index, reason });
        }
        let sexp = self.sexp();
        protect(self.r(), move || {
            // SAFETY: `protect` gives the context; the vector is alive and longer than the index.
            unsafe {
                let element = match text {
                    Some(text) => {
                        let length = i32::try_from(text.len()).unwrap_or(i32::MAX);
                        ffi::Rf_mkCharLenCE(text.as_ptr().cast(), length, cetype_t::CE_UTF8)
                    }
                    None => ffi::R_NaString(),
                };
                ffi::SET_STRING_ELT(sexp, index as isize, element);
            }
        })
    }
}

impl<'r> List<'r> {
    /// Writes an element of this very object.
    ///
    /// # Errors
    /// [`Error::Index`] beyond the end; [`Error::Type`] when the list would then hold itself, which R's functions would
    /// follow without end.
    pub fn set_in_place(&self, index: usize, value: &Value<'_>) -> Result<()> {
        if index >= self.len() {
            return Err(Error::out_of_range(index, self.len()));
        }
        if reaches(value, self)? {
            return Err(Error::wrong_type("a value that does not hold the list itself", "one that does"));
        }
        // SAFETY: both objects are alive, and the index is below the length.
        unsafe { ffi::SET_VECTOR_ELT(self.sexp(), index as isize, value.sexp()) };
        Ok(())
    }
}

/// Whether `target` is `value`, or somewhere inside it: an element of a list, of a list's attribute, or of an
/// attribute of `value`. Attributes of vectors within lists are not looked at: asking R for each would cost
/// more than the lists.
fn reaches<'r>(value: &Value<'r>, target: &Value<'_>) -> Result<bool> {
    let mut rest: Vec<Value<'r>> = vec![value.clone()];
    rest.extend(attributes(value)?);
    while let Some(value) = rest.pop() {
        if value.sexp() == target.sexp() {
            return Ok(true);
        }
        if let Ok(list) = <&List<'r>>::try_from(&value) {
            rest.extend(list.iter().filter(|element| element.sexp() == target.sexp() || is_list(element)));
            rest.extend(attributes(&value)?);
        }
    }
    Ok(false)
}

fn is_list(value: &Value<'_>) -> bool {
    value.is_type(SEXPTYPE::VECSXP)
}

fn attributes<'r>(value: &Value<'r>) -> Result<impl Iterator<Item = Value<'r>>> {
    Ok(value.attributes()?.into_iter().map(|(_, attribute)| attribute))
}
