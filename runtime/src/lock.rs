//! R's lock: one thread at a time, and the stack bounds that go with it.
//!
//! R has one interpreter and no thread of its own. Whoever holds the lock is R's thread for that time, whichever
//! thread of the process it is; the lock is reentrant, so that a function that R calls back may use R.
//! R watches the C stack by comparing addresses with `R_CStackStart` and `R_CStackLimit` ("Writing R Extensions", section
//! 8.1.5): when the lock goes to another thread, that thread's own bounds are written there, and deep recursion
//! stays an R error on every thread.

use std::cell::Cell;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::ffi;

static HELD: Mutex<bool> = Mutex::new(false);
static RELEASED: Condvar = Condvar::new();
/// The thread whose stack bounds R has; 0 for none.
static BOUNDS_OF: AtomicU64 = AtomicU64::new(0);
static NEXT_THREAD: AtomicU64 = AtomicU64::new(1);

thread_local! {
    static DEPTH: Cell<usize> = const { Cell::new(0) };
    static THREAD: u64 = NEXT_THREAD.fetch_add(1, Ordering::Relaxed);
}

/// Holding R. Dropped, it lets the next thread in.
pub(crate) struct Guard {
    _not_send: std::marker::PhantomData<*mut ()>,
}

fn held() -> MutexGuard<'static, bool> {
    // Nothing panics while this mutex is locked; a poisoned one is as good.
    HELD.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Waits for R's lock.
pub(crate) fn acquire() -> Guard {
    if DEPTH.get() == 0 {
        let mut held = held();
        while *held {
            held = RELEASED.wait(held).unwrap_or_else(PoisonError::into_inner);
        }
        *held = true;
    }
    DEPTH.set(DEPTH.get() + 1);
    Guard { _not_send: std::marker::PhantomData }
}

/// Waits for R's lock, at most this long.
pub(crate) fn acquire_within(limit: Duration) -> Option<Guard> {
    if DEPTH.get() == 0 {
        let waited =
            RELEASED.wait_timeout_while(held(), limit, |held| *held).unwrap_or_else(PoisonError::into_inner);
        let (mut held, _) = waited;
        if *held {
            return None;
        }
        *held = true;
    }
    DEPTH.set(DEPTH.get() + 1);
    Some(Guard { _not_send: std::marker::PhantomData })
}

/// Takes R's lock if that needs no waiting.
pub(crate) fn try_acquire() -> Option<Guard> {
    if DEPTH.get() == 0 {
        let mut held = held();
        if *held {
            return None;
        }
        *held = true;
    }
    DEPTH.set(DEPTH.get() + 1);
    Some(Guard { _not_send: std::marker::PhantomData })
}

/// Whether this thread holds R's lock.
pub(crate) fn held_here() -> bool {
    DEPTH.try_with(Cell::get).is_ok_and(|depth| depth > 0)
}

/// Whether this thread holds the lock for the first time, not within itself.
pub(crate) fn outermost() -> bool {
    DEPTH.get() == 1
}

impl Drop for Guard {
    fn drop(&mut self) {
        let depth = DEPTH.get() - 1;
        DEPTH.set(depth);
        if depth == 0 {
            *held() = false;
            RELEASED.notify_one();
        }
    }
}

/// Tells R the stack bounds of the calling thread, unless it has them already.
///
/// # Safety
/// The caller holds the lock, and libR is open.
pub(crate) unsafe fn set_stack_bounds() {
    let thread = THREAD.with(|id| *id);
    if BOUNDS_OF.swap(thread, Ordering::Relaxed) == thread {
        return;
    }
    let Some((top, size)) = stack_of_this_thread() else { return };
    // SAFETY: the lock is held, so R does not read the variables now.
    unsafe {
        *ffi::R_CStackStart() = top;
        // What R itself does: the rest is for the handling of the error.
        *ffi::R_CStackLimit() = size / 100 * 95;
    }
}

/// Forgets whose bounds R has: R sets the main thread's while it starts.
pub(crate) fn forget_stack_bounds() {
    BOUNDS_OF.store(0, Ordering::Relaxed);
}

/// The address where the calling thread's stack begins (its high end), and its size in bytes.
fn stack_of_this_thread() -> Option<(usize, usize)> {
    // A main thread without a limit is reported with all the room there is; R wants a number that is reached.
    const LARGEST: usize = 1 << 30;
    let mut attributes = std::mem::MaybeUninit::<libc::pthread_attr_t>::uninit();
    let mut low = std::ptr::null_mut();
    let mut size = 0;
    // SAFETY: the attributes are initialised by the first call, read by the second and destroyed by the third.
    unsafe {
        if libc::pthread_getattr_np(libc::pthread_self(), attributes.as_mut_ptr()) != 0 {
            return None;
        }
        let status = libc::pthread_attr_getstack(attributes.as_ptr(), &mut low, &mut size);
        libc::pthread_attr_destroy(attributes.as_mut_ptr());
        if status != 0 {
            return None;
        }
    }
    Some((low as usize + size, size.min(LARGEST)))
}
