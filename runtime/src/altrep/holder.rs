//! What an ALTREP vector holds on to: a Rust value behind an external pointer, dropped when R collects it.
//!
//! The vector's first datum is the external pointer. Its second is `NULL` until R has memory of its own for the elements.

use std::ptr::NonNull;

use crate::callback::contain;
use crate::error::Result;
use crate::ffi::{self, R_altrep_class_t, Rboolean, SEXP};
use crate::protect::protect;
use crate::r::R;
use crate::value::Value;

/// A value on the heap that may be pointed into while its handle moves, which `Box` does not allow.
pub(super) struct Kept<T: ?Sized>(NonNull<T>);

impl<T: ?Sized> Kept<T> {
    pub(super) fn new(value: Box<T>) -> Kept<T> {
        Kept(NonNull::from(Box::leak(value)))
    }

    /// The value, for as long as the caller knows that the handle lives.
    ///
    /// # Safety
    /// The handle outlives `'a`.
    pub(super) unsafe fn get<'a>(&self) -> &'a T {
        // SAFETY: the pointer came from a box, and nobody has the value mutably before `drop`.
        unsafe { self.0.as_ref() }
    }
}

impl<T> Kept<T> {
    /// The value, to be changed.
    ///
    /// # Safety
    /// The handle outlives `'a`, and the value is not borrowed otherwise.
    pub(super) unsafe fn get_mut<'a>(&mut self) -> &'a mut T {
        // SAFETY: the caller's.
        unsafe { self.0.as_mut() }
    }

    /// Forgets what the value is, except how to drop it.
    pub(super) fn erase(self) -> Kept<dyn Send>
    where
        T: Send + 'static,
    {
        Kept(std::mem::ManuallyDrop::new(self).0)
    }
}

impl<T: ?Sized> Drop for Kept<T> {
    fn drop(&mut self) {
        // SAFETY: the pointer came from a box, and this is its only owner.
        drop(unsafe { Box::from_raw(self.0.as_ptr()) });
    }
}

/// A new vector of `class` that owns `holder`.
pub(super) fn new_vector<H: 'static>(r: R<'_>, class: R_altrep_class_t, holder: H) -> Result<Value<'_>> {
    let holder = Box::into_raw(Box::new(holder));
    let made = protect(r, move || {
        // SAFETY: `protect` gives the context, and the closure owns nothing. The pointer gets its address last, which
        // cannot fail: when R has no memory for one of the objects, the holder is still ours.
        unsafe {
            let pointer = ffi::Rf_protect(ffi::R_MakeExternalPtr(
                std::ptr::null_mut(),
                ffi::R_NilValue(),
                ffi::R_NilValue(),
            ));
            ffi::R_RegisterCFinalizerEx(pointer, finalize::<H>, Rboolean::FALSE);
            let vector = ffi::R_new_altrep(class, pointer, ffi::R_NilValue());
            ffi::R_SetExternalPtrAddr(pointer, holder.cast());
            ffi::Rf_unprotect(1);
            vector
        }
    });
    match made {
        // SAFETY: R just returned the object.
        Ok(vector) => Ok(unsafe { Value::new(r, vector) }),
        Err(error) => {
            // SAFETY: the pointer came from a box, and no object of R's has it.
            drop(unsafe { Box::from_raw(holder) });
            Err(error)
        }
    }
}

/// R's finalizer: it runs once, on the thread that holds R, at a point where R may be used.
unsafe extern "C-unwind" fn finalize<H>(pointer: SEXP) {
    // SAFETY: the external pointer is one of `new_vector::<H>`, so its address is null or that of a boxed holder, which
    // nobody finds any more once it is cleared.
    unsafe {
        let holder = ffi::R_ExternalPtrAddr(pointer).cast::<H>();
        if holder.is_null() {
            return;
        }
        ffi::R_ClearExternalPtr(pointer);
        contain(|| drop(Box::from_raw(holder)));
    }
}

/// The holder of an ALTREP vector; `None` when it was dropped already.
///
/// # Safety
/// `x` is a vector that `new_vector::<H>` made, and stays alive for `'a`.
#[inline]
pub(super) unsafe fn holder_of<'a, H>(x: SEXP) -> Option<&'a H> {
    // SAFETY: the caller's; a holder is never lent mutably.
    unsafe { ffi::R_ExternalPtrAddr(ffi::R_altrep_data1(x)).cast::<H>().as_ref() }
}

/// R's own memory for the elements of an ALTREP vector, where it has been made.
///
/// # Safety
/// As for [`holder_of`].
#[inline]
pub(super) unsafe fn own_of(x: SEXP) -> Option<SEXP> {
    // SAFETY: the caller's.
    unsafe {
        let own = ffi::R_altrep_data2(x);
        (own != ffi::R_NilValue()).then_some(own)
    }
}
