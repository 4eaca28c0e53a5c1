//! The ALTREP methods of character vectors, which R calls.
//!
//! C code relies on a vector to keep its strings alive, so each string goes into an ordinary vector, the second datum, when it
//! is made. There `""` stands for what was not asked for yet: to ask again for a string that is empty costs
//! nothing. What is said in [`numeric_methods`](super::numeric_methods) about jumps holds here; R does not collect garbage
//! while `elt`, `set_elt` or `dataptr` runs.

use std::borrow::Cow;
use std::ffi::{CStr, c_char, c_int, c_void};

use super::class::PACKAGE;
use super::guard::{or_raise, raise};
use super::holder::{holder_of, own_of};
use super::numeric_methods::{gone, print_state};
use super::strings::Holder;
use crate::ffi::{self, DllInfo, R_altrep_class_t, R_xlen_t, SEXP, SEXPTYPE, cetype_t};

const NAME: &CStr = c"rbindgen_string";

/// Makes the class and gives it its methods.
///
/// # Safety
/// As for `ffi`; may jump.
pub(super) unsafe fn register(dll: *mut DllInfo) -> R_altrep_class_t {
    // SAFETY: the caller's; the methods have the signatures of R_ext/Altrep.h; R copies the names.
    unsafe {
        let class = ffi::R_make_altstring_class(NAME.as_ptr(), PACKAGE.as_ptr(), dll);
        ffi::R_set_altrep_Length_method(class, length);
        ffi::R_set_altrep_Duplicate_method(class, duplicate);
        ffi::R_set_altrep_Inspect_method(class, inspect);
        ffi::R_set_altvec_Dataptr_method(class, dataptr);
        ffi::R_set_altvec_Dataptr_or_null_method(class, dataptr_or_null);
        ffi::R_set_altstring_Elt_method(class, elt);
        ffi::R_set_altstring_Set_elt_method(class, set_elt);
        class
    }
}

unsafe extern "C-unwind" fn length(x: SEXP) -> R_xlen_t {
    // SAFETY: `x` is a vector of this class.
    unsafe {
        match (holder_of::<Holder>(x), own_of(x)) {
            (Some(holder), _) => holder.length as R_xlen_t,
            (None, Some(own)) => ffi::Rf_xlength(own),
            (None, None) => 0,
        }
    }
}

unsafe extern "C-unwind" fn elt(x: SEXP, i: R_xlen_t) -> SEXP {
    // SAFETY: `x` is a vector of this class; the index is compared with the length.
    unsafe {
        let length = length(x);
        if i < 0 || i >= length {
            raise(format_args!("element {i} (counted from 0) of a vector of length {length}"));
        }
        let own = own(x);
        let known = ffi::STRING_ELT(own, i);
        if known != ffi::R_BlankString() {
            return known;
        }
        match holder_of::<Holder>(x) {
            Some(holder) if holder.complete.get() => known,
            Some(holder) => {
                let string = make(holder, i as usize);
                ffi::SET_STRING_ELT(own, i, string);
                string
            }
            None => gone(),
        }
    }
}

/// The vector of strings that were made, which this makes on the first call.
unsafe fn own(x: SEXP) -> SEXP {
    // SAFETY: `x` is a vector of this class; the new one is reachable from it at once.
    unsafe {
        own_of(x).unwrap_or_else(|| {
            let own = ffi::Rf_allocVector(SEXPTYPE::STRSXP, length(x));
            ffi::R_set_altrep_data2(x, own);
            own
        })
    }
}

/// Asks the source for a string, and makes it R's.
unsafe fn make(holder: &Holder, index: usize) -> SEXP {
    // SAFETY: text that the source lends stays while the source is borrowed, which is for all of this call; text that it
    // made stays in `scratch` until the next call. R reads either before it calls anything else.
    unsafe {
        let text: Option<(*const c_char, usize)> =
            or_raise(holder.name, || match holder.source.get(index)? {
                Cow::Borrowed(text) => Some((text.as_ptr().cast(), text.len())),
                Cow::Owned(text) => {
                    let scratch = &mut *holder.scratch.get();
                    *scratch = text;
                    Some((scratch.as_ptr().cast(), scratch.len()))
                }
            });
        let Some((text, length)) = text else { return ffi::R_NaString() };
        if length > i32::MAX as usize {
            raise(format_args!("string {index} (counted from 0) is longer than R's limit of 2^31 - 1 bytes"));
        }
        ffi::Rf_mkCharLenCE(text, length as c_int, cetype_t::CE_UTF8)
    }
}

/// The vector of all strings.
unsafe fn complete(x: SEXP) -> SEXP {
    // SAFETY: `x` is a vector of this class.
    unsafe {
        let own = own(x);
        match holder_of::<Holder>(x) {
            Some(holder) if holder.complete.get() => {}
            Some(holder) => {
                for i in 0..holder.length as R_xlen_t {
                    elt(x, i);
                }
                holder.complete.set(true);
            }
            None => gone(),
        }
        own
    }
}

unsafe extern "C-unwind" fn set_elt(x: SEXP, i: R_xlen_t, string: SEXP) {
    // SAFETY: `x` is a vector of this class; R checks the index.
    unsafe { ffi::SET_STRING_ELT(complete(x), i, string) }
}

unsafe extern "C-unwind" fn dataptr(x: SEXP, _writable: c_int) -> *mut c_void {
    // SAFETY: `x` is a vector of this class. The memory is that of an ordinary vector which nothing else refers to.
    unsafe { ffi::DATAPTR_RO(complete(x)).cast_mut() }
}

unsafe extern "C-unwind" fn dataptr_or_null(x: SEXP) -> *const c_void {
    // SAFETY: `x` is a vector of this class.
    unsafe {
        match (holder_of::<Holder>(x), own_of(x)) {
            (Some(holder), Some(own)) if holder.complete.get() => ffi::DATAPTR_RO(own),
            _ => std::ptr::null(),
        }
    }
}

/// R sets the attributes of the copy itself.
unsafe extern "C-unwind" fn duplicate(x: SEXP, _deep: c_int) -> SEXP {
    // SAFETY: `x` is a vector of this class; the new one is protected while it is filled. The strings are asked for
    // through R, which does not collect garbage meanwhile.
    unsafe {
        let length = length(x);
        let vector = ffi::Rf_protect(ffi::Rf_allocVector(SEXPTYPE::STRSXP, length));
        for i in 0..length {
            ffi::SET_STRING_ELT(vector, i, ffi::STRING_ELT(x, i));
        }
        ffi::Rf_unprotect(1);
        vector
    }
}

unsafe extern "C-unwind" fn inspect(
    x: SEXP,
    _pre: c_int,
    _deep: c_int,
    _pvec: c_int,
    _subtree: *const c_void,
) -> c_int {
    // SAFETY: `x` is a vector of this class.
    unsafe {
        let holder = holder_of::<Holder>(x);
        let state = match (holder, own_of(x)) {
            (Some(holder), _) if holder.complete.get() => "copied into R's memory",
            (Some(_), Some(_)) => "in part in R's memory",
            (Some(_), None) => "not copied",
            (None, _) => "released",
        };
        print_state(NAME, length(x), holder.map_or("", |holder| holder.name), state);
    }
    1
}
