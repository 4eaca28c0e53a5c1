//! Rust values that R keeps.

use std::any::{TypeId, type_name};
use std::ffi::c_void;
use std::fmt;
use std::marker::PhantomData;
use std::ops::Deref;

use super::wrapper::conversions;
use super::{Value, Wrapper};
use crate::callback::contain;
use crate::convert::{IntoR, Plain};
use crate::error::{Error, Result};
use crate::ffi::{self, Rboolean, SEXP, SEXPTYPE};
use crate::protect::protect;
use crate::r::R;

/// An external pointer that owns a Rust value of type `T`.
///
/// R code can hold it, pass it around and give it back; the value is dropped once, when R collects the pointer. R may do that on
/// any thread that holds R, hence `Send`. What the program still holds when it ends is not dropped. The value is lent as `&T`, to
/// change it put a `Cell`, a `RefCell` or a `Mutex` inside.
///
/// A pointer of another type, or of another library, is an [`Error::Type`]; so is one that was saved and loaded, which comes
/// back empty ("Writing R Extensions", section 5.13). A panic while the value is dropped is swallowed: it must not reach R.
///
/// ```
/// use rbindgen_runtime::prelude::*;
///
/// R::with(|r| {
///     let words = ExternalPtr::new(r, vec!["a".to_owned()])?;
///     let same: ExternalPtr<Vec<String>> = words.to::<Value>()?.try_into()?;
///     assert_eq!(same.get()?.len(), 1);
///     assert!(words.to::<ExternalPtr<String>>().is_err());
///     Ok(())
/// })?;
/// # Ok::<(), Error>(())
/// ```
#[repr(transparent)]
pub struct ExternalPtr<'r, T>(Value<'r>, PhantomData<fn() -> T>);

/// What the address of a pointer of ours leads to.
#[repr(C)]
struct Held<T> {
    header: Header,
    value: T,
}

/// What is known of it without its type.
struct Header {
    type_id: TypeId,
    type_name: &'static str,
    /// Drops the whole `Held<T>`.
    drop: unsafe fn(*mut c_void),
}

/// Its address marks the pointers of this copy of the runtime: other libraries, and other versions of this one, have their own.
static MARK: u8 = 0;

fn mark() -> *mut c_void {
    (&raw const MARK).cast_mut().cast()
}

impl<'r, T: Send + 'static> ExternalPtr<'r, T> {
    /// Gives a value to R.
    ///
    /// # Errors
    /// [`Error::Condition`] when R has no memory for the pointer; the value is dropped then.
    pub fn new(r: R<'r>, value: T) -> Result<ExternalPtr<'r, T>> {
        let header = Header { type_id: TypeId::of::<T>(), type_name: type_name::<T>(), drop: drop_held::<T> };
        let address: *mut c_void = Box::into_raw(Box::new(Held { header, value })).cast();
        let pointer = protect(r, move || {
            // SAFETY: `protect` gives the context; what is new is protected while more is made. The finalizer is registered
            // last: when that fails, R does not know it.
            unsafe {
                let nil = ffi::R_NilValue();
                let tag = ffi::Rf_protect(ffi::R_MakeExternalPtr(mark(), nil, nil));
                let pointer = ffi::Rf_protect(ffi::R_MakeExternalPtr(address, tag, nil));
                ffi::R_RegisterCFinalizerEx(pointer, finalize, Rboolean::FALSE);
                ffi::Rf_unprotect(2);
                pointer
            }
        });
        match pointer {
            // SAFETY: R just returned the object.
            Ok(pointer) => Ok(ExternalPtr(unsafe { Value::new(r, pointer) }, PhantomData)),
            Err(error) => {
                // SAFETY: nobody else has the address: the finalizer was not registered.
                unsafe { drop_held::<T>(address) };
                Err(error)
            }
        }
    }

    /// The value.
    ///
    /// # Errors
    /// [`Error::Type`] when C code has cleared the pointer meanwhile.
    pub fn get(&self) -> Result<&T> {
        if !Self::accepts(&self.0) {
            return Err(Self::refuse(&self.0));
        }
        // SAFETY: the pointer is ours, and of this type. The value is dropped by the finalizer only, which runs when nothing
        // refers to the pointer: this handle does.
        unsafe { Ok(&(*ffi::R_ExternalPtrAddr(self.0.sexp()).cast::<Held<T>>()).value) }
    }
}

/// What a pointer of ours holds; `None` for others, and for one that is empty.
fn header<'a>(value: &'a Value<'_>) -> Option<&'a Header> {
    if !value.is_type(SEXPTYPE::EXTPTRSXP) {
        return None;
    }
    // SAFETY: the object is an external pointer and alive. Only this module makes pointers whose tag is a pointer to the mark
    // (one that was loaded is null); their address is null or that of a `Held`, which begins with its header.
    unsafe {
        let tag = ffi::R_ExternalPtrTag(value.sexp());
        if ffi::TYPEOF(tag) != SEXPTYPE::EXTPTRSXP as i32 || ffi::R_ExternalPtrAddr(tag) != mark() {
            return None;
        }
        ffi::R_ExternalPtrAddr(value.sexp()).cast::<Header>().as_ref()
    }
}

/// # Safety
/// `address` is that of a `Held<T>` in a `Box`, and nobody else's.
unsafe fn drop_held<T>(address: *mut c_void) {
    // SAFETY: the caller's promise.
    drop(unsafe { Box::from_raw(address.cast::<Held<T>>()) });
}

/// R calls this once, when nothing refers to the pointer any more.
unsafe extern "C-unwind" fn finalize(pointer: SEXP) {
    // SAFETY: the pointer is one of ours; cleared first, its value is out of everybody's reach.
    unsafe {
        let address = ffi::R_ExternalPtrAddr(pointer);
        if address.is_null() {
            return;
        }
        ffi::R_ClearExternalPtr(pointer);
        let drop = (*address.cast::<Header>()).drop;
        contain(|| drop(address));
    }
}

// SAFETY: transparent over `Value`; the other field has no size.
unsafe impl<'r, T: Send + 'static> Wrapper<'r> for ExternalPtr<'r, T> {
    fn expected() -> String {
        format!("an external pointer to a Rust value of type {}", type_name::<T>())
    }

    fn accepts(value: &Value<'r>) -> bool {
        header(value).is_some_and(|header| header.type_id == TypeId::of::<T>())
    }

    fn refuse(value: &Value<'r>) -> Error {
        let found = match header(value) {
            Some(header) => format!("one of type {}", header.type_name),
            None if value.is_type(SEXPTYPE::EXTPTRSXP) => {
                // SAFETY: the object is an external pointer and alive.
                match unsafe { ffi::R_ExternalPtrAddr(value.sexp()) }.is_null() {
                    true => "an empty one: what it led to is gone, or was not loaded with it".to_owned(),
                    false => "one that another library made".to_owned(),
                }
            }
            None => value.describe(),
        };
        Error::wrong_type(Self::expected(), found)
    }
}

impl<T> Clone for ExternalPtr<'_, T> {
    /// A second handle of the same pointer and value.
    fn clone(&self) -> Self {
        ExternalPtr(self.0.clone(), PhantomData)
    }
}

impl<'r, T> Deref for ExternalPtr<'r, T> {
    type Target = Value<'r>;
    fn deref(&self) -> &Value<'r> {
        &self.0
    }
}

impl<T> fmt::Debug for ExternalPtr<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<an external pointer to {}>", type_name::<T>())
    }
}

impl<T> IntoR for ExternalPtr<'_, T> {
    fn into_r<'r>(self, r: R<'r>) -> Result<Value<'r>> {
        self.0.into_r(r)
    }
    fn plain(&self) -> Option<Plain<'_>> {
        Some(Plain::Sexp(self.sexp()))
    }
}

impl<T> IntoR for &ExternalPtr<'_, T> {
    fn into_r<'r>(self, r: R<'r>) -> Result<Value<'r>> {
        (&self.0).into_r(r)
    }
    fn plain(&self) -> Option<Plain<'_>> {
        Some(Plain::Sexp(self.sexp()))
    }
}

conversions!([T: Send + 'static] ExternalPtr<'r, T>);
