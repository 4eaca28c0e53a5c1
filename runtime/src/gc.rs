//! Keeping R objects alive: slots in lists that R's garbage collector can see.
//!
//! A handle owns one slot: an element of a generic vector (`VECSXP`) that R was told to preserve. Taking a slot and
//! giving it back are both O(1), in any order, and never allocate R memory except when all slots are
//! taken. An object in a slot is also referred to in R's reference counting, so R duplicates it before a
//! replacement such as `x[1] <- 0` would write to memory that Rust looks at.

use std::cell::UnsafeCell;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use crate::ffi::{self, SEXP, SEXPTYPE};
use crate::lock;

const CHUNK: usize = 1 << 10;

/// The place where an object is kept, or [`Slot::NONE`] for one that R itself keeps for ever (`NULL`, symbols).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Slot(u32);

impl Slot {
    /// No slot.
    pub(crate) const NONE: Slot = Slot(u32::MAX);
}

struct Pool {
    chunks: Vec<SEXP>,
    free: Vec<u32>,
}

struct Locked(UnsafeCell<Pool>);

// SAFETY: the pool is used only by the thread that holds R's lock.
unsafe impl Sync for Locked {}

static POOL: Locked = Locked(UnsafeCell::new(Pool { chunks: Vec::new(), free: Vec::new() }));

/// Slots of handles that were dropped by a thread without the lock.
static PENDING: Mutex<Vec<Slot>> = Mutex::new(Vec::new());
static HAS_PENDING: AtomicBool = AtomicBool::new(false);

/// Keeps `object` until its slot is released.
///
/// # Safety
/// The caller holds R's lock; `object` is alive.
#[inline]
pub(crate) unsafe fn keep(object: SEXP) -> Slot {
    // SAFETY: the lock is held, and nothing below calls back into this function.
    let pool = unsafe { &mut *POOL.0.get() };
    let Some(index) = pool.free.pop() else {
        // SAFETY: as for this function.
        return unsafe { keep_in_new_chunk(object) };
    };
    // SAFETY: the index is below the chunk's length, and the chunk is preserved.
    unsafe {
        ffi::SET_VECTOR_ELT(pool.chunks[index as usize / CHUNK], (index as usize % CHUNK) as isize, object)
    };
    Slot(index)
}

#[cold]
unsafe fn keep_in_new_chunk(object: SEXP) -> Slot {
    // SAFETY: the lock is held. An allocation that fails here would jump; the frames above own nothing yet
    // that R could reach, and `object` is protected meanwhile.
    unsafe {
        ffi::Rf_protect(object);
        let chunk = ffi::Rf_protect(ffi::Rf_allocVector(SEXPTYPE::VECSXP, CHUNK as isize));
        ffi::R_PreserveObject(chunk);
        ffi::Rf_unprotect(2);
        let pool = &mut *POOL.0.get();
        let first = pool.chunks.len() * CHUNK;
        pool.chunks.push(chunk);
        // The lowest index is taken first.
        pool.free.extend((first as u32..(first + CHUNK) as u32).rev());
        keep(object)
    }
}

/// Gives a slot back.
///
/// # Safety
/// The caller holds R's lock, and nothing refers to the slot any more.
#[inline]
pub(crate) unsafe fn release(slot: Slot) {
    if slot == Slot::NONE {
        return;
    }
    // SAFETY: the lock is held; the slot came from `keep`.
    unsafe {
        let pool = &mut *POOL.0.get();
        let index = slot.0 as usize;
        ffi::SET_VECTOR_ELT(pool.chunks[index / CHUNK], (index % CHUNK) as isize, ffi::R_NilValue());
        pool.free.push(slot.0);
    }
}

/// Gives a slot back now, or, on a thread that does not hold R, when R is entered next.
pub(crate) fn release_from_anywhere(slot: Slot) {
    if slot == Slot::NONE {
        return;
    }
    if lock::held_here() {
        // SAFETY: the lock is held, and the owner of the slot is being dropped.
        unsafe { release(slot) };
    } else {
        PENDING.lock().unwrap_or_else(PoisonError::into_inner).push(slot);
        HAS_PENDING.store(true, Ordering::Release);
    }
}

/// Releases what other threads dropped.
///
/// # Safety
/// The caller holds R's lock.
#[inline]
pub(crate) unsafe fn release_pending() {
    if HAS_PENDING.swap(false, Ordering::Acquire) {
        let pending = std::mem::take(&mut *PENDING.lock().unwrap_or_else(PoisonError::into_inner));
        for slot in pending {
            // SAFETY: the lock is held, and the owner of the slot is gone.
            unsafe { release(slot) };
        }
    }
}

/// How many slots are taken. For tests of leaks.
#[doc(hidden)]
pub fn live_slots(_: crate::R<'_>) -> usize {
    // SAFETY: the token proves the lock.
    let pool = unsafe { &*POOL.0.get() };
    pool.chunks.len() * CHUNK - pool.free.len()
}
