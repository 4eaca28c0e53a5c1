//! The ALTREP methods of numeric vectors, which R calls.
//!
//! They are `extern "C-unwind"` functions that R may leave by a jump: none owns anything while it calls R. `x` is always a
//! vector of the class, and alive. R does not collect garbage while `dataptr` runs.

use std::ffi::{CStr, c_int, c_void};
use std::fmt::Write;

use super::class;
use super::guard::{Text, or_raise, raise};
use super::holder::{holder_of, own_of};
use super::layout::Element;
use super::numeric::{Holder, Origin};
use crate::ffi::{self, DllInfo, R_altrep_class_t, R_xlen_t, SEXP};
use crate::na::{RBool, RComplex, RInt};
use crate::value::{Kind, Value};

/// Makes the class and gives it its methods.
///
/// # Safety
/// As for `ffi`; may jump.
pub(super) unsafe fn register<E: Element>(dll: *mut DllInfo) -> R_altrep_class_t {
    // SAFETY: the caller's; the methods have the signatures of R_ext/Altrep.h.
    unsafe {
        let class = E::make(dll);
        ffi::R_set_altrep_Length_method(class, length::<E>);
        ffi::R_set_altrep_Duplicate_method(class, duplicate::<E>);
        ffi::R_set_altrep_Inspect_method(class, inspect::<E>);
        ffi::R_set_altvec_Dataptr_method(class, dataptr::<E>);
        ffi::R_set_altvec_Dataptr_or_null_method(class, dataptr_or_null::<E>);
        class
    }
}

/// The memory that a vector shows and must not write, where it is a vector over an owner and has no copy of R's.
pub(crate) fn read_only_memory(value: &Value<'_>) -> Option<*const c_void> {
    /// # Safety
    /// As for `ffi`; `x` is ALTREP, and alive.
    unsafe fn of<E: Element>(x: SEXP) -> Option<*const c_void> {
        // SAFETY: the caller's; the class says which holder is behind the vector.
        unsafe {
            match class::is_of::<E>(x).then(|| elements::<E>(x))? {
                Elements::Held(Holder { origin: Origin::Memory { first, writable: false, .. }, .. }) => {
                    Some(first.cast_const().cast())
                }
                _ => None,
            }
        }
    }
    let x = value.sexp();
    // SAFETY: the value proves the lock, and keeps the vector alive.
    unsafe {
        if ffi::ALTREP(x) == 0 {
            return None;
        }
        match value.kind() {
            Kind::Logical => of::<RBool>(x),
            Kind::Integer => of::<RInt>(x),
            Kind::Double => of::<f64>(x),
            Kind::Complex => of::<RComplex>(x),
            Kind::Raw => of::<u8>(x),
            _ => None,
        }
    }
}

/// Where the elements are.
enum Elements<'a, E: 'static> {
    /// In an ordinary vector, which R may write to.
    Own(SEXP),
    /// Where the holder says.
    Held(&'a Holder<E>),
    /// Nowhere: the vector has been finalized.
    Gone,
}

#[inline]
unsafe fn elements<'a, E: Element>(x: SEXP) -> Elements<'a, E> {
    // SAFETY: `x` is a vector of this class.
    unsafe {
        match (own_of(x), holder_of::<Holder<E>>(x)) {
            (Some(own), _) => Elements::Own(own),
            (None, Some(holder)) => Elements::Held(holder),
            (None, None) => Elements::Gone,
        }
    }
}

unsafe extern "C-unwind" fn length<E: Element>(x: SEXP) -> R_xlen_t {
    // SAFETY: `x` is a vector of this class.
    unsafe {
        match elements::<E>(x) {
            Elements::Own(own) => ffi::Rf_xlength(own),
            Elements::Held(holder) => holder.length as R_xlen_t,
            Elements::Gone => 0,
        }
    }
}

pub(super) unsafe extern "C-unwind" fn elt<E: Element>(x: SEXP, i: R_xlen_t) -> E {
    // SAFETY: `x` is a vector of this class; the index is compared with the length, where nothing before did.
    unsafe {
        let length = length::<E>(x);
        if i < 0 || i >= length {
            raise(format_args!("element {i} (counted from 0) of a vector of length {length}"));
        }
        match elements::<E>(x) {
            Elements::Held(Holder { origin: Origin::Memory { first, .. }, .. }) => *first.add(i as usize),
            Elements::Held(Holder { origin: Origin::Computed(source), name, .. }) => {
                or_raise(name, || source.get().get(i as usize))
            }
            Elements::Own(own) => *E::memory(own).add(i as usize),
            Elements::Gone => gone(),
        }
    }
}

pub(super) unsafe extern "C-unwind" fn get_region<E: Element>(
    x: SEXP,
    start: R_xlen_t,
    count: R_xlen_t,
    out: *mut E,
) -> R_xlen_t {
    // SAFETY: `x` is a vector of this class, and R has `count` places at `out`.
    unsafe {
        let count = count.min(length::<E>(x) - start);
        if start < 0 || count <= 0 {
            return 0;
        }
        copy::<E>(x, start as usize, count as usize, out);
        count
    }
}

/// Writes `count` elements, from `start` on, to `out`.
///
/// # Safety
/// There are so many, and so much room.
unsafe fn copy<E: Element>(x: SEXP, start: usize, count: usize, out: *mut E) {
    if count == 0 {
        return; // R's address of no elements is not aligned
    }
    // SAFETY: the caller's; the places do not overlap with memory that an owner lends. A source sees memory that is
    // set: all bits zero are a value of every element type.
    unsafe {
        match elements::<E>(x) {
            Elements::Held(Holder { origin: Origin::Memory { first, .. }, .. }) => {
                out.copy_from_nonoverlapping(first.add(start), count);
            }
            Elements::Held(Holder { origin: Origin::Computed(source), name, .. }) => {
                out.write_bytes(0, count);
                or_raise(name, || source.get().region(start, std::slice::from_raw_parts_mut(out, count)));
            }
            Elements::Own(own) => out.copy_from(E::memory(own).add(start), count),
            Elements::Gone => gone(),
        }
    }
}

unsafe extern "C-unwind" fn dataptr<E: Element>(x: SEXP, writable: c_int) -> *mut c_void {
    // SAFETY: `x` is a vector of this class.
    unsafe {
        match elements::<E>(x) {
            Elements::Own(own) => E::memory(own).cast(),
            Elements::Held(Holder { origin: Origin::Memory { first, writable: lent, .. }, .. })
                if *lent || writable == 0 =>
            {
                first.cast()
            }
            Elements::Held(_) => {
                let own = ordinary::<E>(x);
                ffi::R_set_altrep_data2(x, own);
                E::memory(own).cast()
            }
            Elements::Gone => gone(),
        }
    }
}

unsafe extern "C-unwind" fn dataptr_or_null<E: Element>(x: SEXP) -> *const c_void {
    // SAFETY: `x` is a vector of this class.
    unsafe {
        match elements::<E>(x) {
            Elements::Own(own) => E::memory(own).cast(),
            Elements::Held(Holder { origin: Origin::Memory { first, .. }, .. }) => first.cast_const().cast(),
            Elements::Held(_) | Elements::Gone => std::ptr::null(),
        }
    }
}

/// R sets the attributes of the copy itself.
unsafe extern "C-unwind" fn duplicate<E: Element>(x: SEXP, _deep: c_int) -> SEXP {
    // SAFETY: `x` is a vector of this class.
    unsafe { ordinary::<E>(x) }
}

/// A new ordinary vector with the elements of `x`.
unsafe fn ordinary<E: Element>(x: SEXP) -> SEXP {
    // SAFETY: `x` is a vector of this class; the new one is protected while it is filled.
    unsafe {
        let length = length::<E>(x);
        let vector = ffi::Rf_protect(ffi::Rf_allocVector(E::TYPE, length));
        copy::<E>(x, 0, length as usize, E::memory(vector));
        ffi::Rf_unprotect(1);
        vector
    }
}

unsafe extern "C-unwind" fn inspect<E: Element>(
    x: SEXP,
    _pre: c_int,
    _deep: c_int,
    _pvec: c_int,
    _subtree: *const c_void,
) -> c_int {
    // SAFETY: `x` is a vector of this class.
    unsafe {
        let state = match elements::<E>(x) {
            Elements::Own(_) => "copied into R's memory",
            Elements::Held(Holder { origin: Origin::Memory { .. }, .. }) => "not copied",
            Elements::Held(_) => "computed on demand",
            Elements::Gone => "released",
        };
        print_state(E::NAME, length::<E>(x), holder_of::<Holder<E>>(x).map_or("", |h| h.name), state);
    }
    1
}

/// A line of `.Internal(inspect(x))`.
///
/// # Safety
/// As for `ffi`; may jump.
pub(super) unsafe fn print_state(class: &CStr, length: R_xlen_t, source: &str, state: &str) {
    let mut text = Text::new();
    // The text takes everything; the names of the classes are ASCII.
    let _ = writeln!(text, "{} (length {length}, {state}) {source}", class.to_str().unwrap_or_default());
    // SAFETY: the caller's; the text owns nothing.
    unsafe { ffi::Rprintf(text.as_ptr()) }
}

/// The error for a vector whose owner was dropped: only a finalizer can still see such a vector.
///
/// # Safety
/// As for [`raise`].
pub(super) unsafe fn gone() -> ! {
    // SAFETY: the caller's.
    unsafe { raise(format_args!("the memory of this vector was released already, together with the vector")) }
}
