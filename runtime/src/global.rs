//! Handles that outlive [`R::with`](crate::R::with).

use std::fmt;
use std::marker::PhantomData;
use std::mem::ManuallyDrop;
use std::ops::Deref;

use crate::ffi::SEXP;
use crate::gc::{self, Slot};
use crate::r::R;
use crate::value::{Value, Wrapper};

/// An R object that is kept alive without R's lock: it may be stored, and sent to other threads.
///
/// To use it, give it a token: [`get`](Global::get). Dropped by a thread that does not hold R, its object is released when
/// R is entered next.
///
/// ```
/// use rbindgen_runtime::prelude::*;
///
/// let kept = R::with(|r| Ok(r.eval("1:3")?.global()))?;
/// let thread = std::thread::spawn(move || R::with(|r| kept.get(r).to::<Vec<i32>>()));
/// assert_eq!(thread.join().unwrap()?, [1, 2, 3]);
/// # Ok::<(), Error>(())
/// ```
pub struct Global<T> {
    sexp: SEXP,
    slot: Slot,
    wrapper: PhantomData<fn() -> T>,
}

// SAFETY: the object is reached only with a token, which proves the lock; the slot may be released from anywhere.
unsafe impl<T> Send for Global<T> {}
// SAFETY: as above.
unsafe impl<T> Sync for Global<T> {}

impl Global<Value<'static>> {
    pub(crate) fn new(value: Value<'_>) -> Global<Value<'static>> {
        let (sexp, slot) = value.into_parts();
        Global { sexp, slot, wrapper: PhantomData }
    }

    /// The value, for as long as this thread holds R.
    pub fn get<'r>(&self, _: R<'r>) -> Value<'r> {
        // SAFETY: the object is alive, and the token proves the lock. The second handle takes a slot of its own.
        unsafe { Value::new(R::assume(), self.sexp) }
    }
}

/// A value that a [`Global`] lends: it takes no slot of its own.
#[derive(Debug)]
pub struct Borrowed<'a, 'r> {
    value: ManuallyDrop<Value<'r>>,
    owner: PhantomData<&'a Global<Value<'static>>>,
}

impl<'r> Deref for Borrowed<'_, 'r> {
    type Target = Value<'r>;
    fn deref(&self) -> &Value<'r> {
        &self.value
    }
}

impl<T> Global<T> {
    /// The value, for as long as this thread holds R and this handle lives. Cheaper than [`get`](Global::get).
    ///
    /// ```
    /// use rbindgen_runtime::prelude::*;
    ///
    /// let kept = R::with(|r| Ok(r.eval("1:3")?.global()))?;
    /// assert_eq!(R::with(|r| Ok(kept.borrow(r).len()))?, 3);
    /// # Ok::<(), Error>(())
    /// ```
    pub fn borrow<'a, 'r>(&'a self, _: R<'r>) -> Borrowed<'a, 'r> {
        // SAFETY: the parts are this handle's, which lives for 'a and keeps the slot: the second handle is never dropped.
        let value = unsafe { Value::from_parts(self.sexp, self.slot) };
        Borrowed { value: ManuallyDrop::new(value), owner: PhantomData }
    }

    /// The pointer that R's C API takes. It is valid while this handle lives, and to be used with R's lock only.
    pub fn sexp(&self) -> SEXP {
        self.sexp
    }

    /// The value as the wrapper that it was made from, for as long as this thread holds R.
    ///
    /// # Errors
    /// [`Error::Type`](crate::Error::Type) when the object was changed in place and is no such thing any more.
    pub fn get_as<'r, W: Wrapper<'r>>(&self, r: R<'r>) -> crate::Result<W> {
        // SAFETY: as in `get`.
        W::from_value(unsafe { Value::new(r, self.sexp) })
    }
}

impl<T> Drop for Global<T> {
    fn drop(&mut self) {
        gc::release_from_anywhere(self.slot);
    }
}

impl<T> fmt::Debug for Global<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Global({:p})", self.sexp)
    }
}
