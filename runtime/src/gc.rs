//! Keeping R objects alive: slots in lists that R's garbage collector can see.
//!
//! A handle owns one slot: an element of a generic vector (`VECSXP`) that R was told to preserve. Taking a slot and
//! giving it back are both O(1), in any order, and never allocate R memory except when all slots are
//! taken. An object in a slot is also referred to in R's reference counting, so R duplicates it before a
//! replacement such as `x[1] <- 0` would write to memory that Rust looks at.
//!
//! Slots that are given back are emptied some at a time, but always before R runs: nothing observes that their objects
//! were kept a little longer.

use std::cell::UnsafeCell;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use crate::ffi::{self, SEXP, SEXPTYPE};
use crate::lock;
use crate::prefetch::prefetch;

const CHUNK: usize = 1 << 10;

/// The place where an object is kept, or [`Slot::NONE`] for one that R itself keeps for ever (`NULL`, symbols).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Slot(u32);

impl Slot {
    /// No slot.
    pub(crate) const NONE: Slot = Slot(u32::MAX);
}

/// How many slots are emptied together.
const BATCH: usize = 64;

/// A list of R, preserved, and where its elements lie.
struct Chunk {
    list: SEXP,
    elements: *const SEXP,
}

struct Pool {
    chunks: Vec<Chunk>,
    free: Vec<u32>,
    /// Slots that nobody owns any more and that still hold their objects; see [`empty_released`].
    released: [u32; BATCH],
    released_count: usize,
}

impl Pool {
    /// Where a slot is: its chunk, and its index there.
    #[inline(always)]
    fn place(&self, slot: u32) -> (&Chunk, usize) {
        (&self.chunks[slot as usize / CHUNK], slot as usize % CHUNK)
    }

    /// Writes to a slot.
    ///
    /// # Safety
    /// The caller holds R's lock; `object` is alive.
    #[inline(always)]
    unsafe fn set(&self, slot: u32, object: SEXP) {
        let (chunk, index) = self.place(slot);
        // SAFETY: the index is below the list's length, and the list is preserved.
        unsafe { ffi::SET_VECTOR_ELT(chunk.list, index as isize, object) };
    }

    /// Lets the objects of released slots go.
    ///
    /// # Safety
    /// The caller holds R's lock.
    unsafe fn empty(&mut self) {
        let released = &self.released[..self.released_count];
        // SAFETY: as in `set`. R will count down the references of each object: in whatever order they are released,
        // all are on their way before the first is touched.
        unsafe {
            if released.len() > 1 {
                for &slot in released {
                    let (chunk, index) = self.place(slot);
                    prefetch(chunk.elements.add(index));
                }
                for &slot in released {
                    let (chunk, index) = self.place(slot);
                    prefetch(*chunk.elements.add(index));
                }
            }
            for &slot in released {
                self.set(slot, ffi::R_NilValue());
            }
        }
        self.free.extend_from_slice(released);
        self.released_count = 0;
    }
}

struct Locked(UnsafeCell<Pool>);

// SAFETY: the pool is used only by the thread that holds R's lock.
unsafe impl Sync for Locked {}

static POOL: Locked = Locked(UnsafeCell::new(Pool {
    chunks: Vec::new(),
    free: Vec::new(),
    released: [0; BATCH],
    released_count: 0,
}));

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
    let slot = if pool.released_count > 0 {
        pool.released_count -= 1;
        pool.released[pool.released_count]
    } else if let Some(slot) = pool.free.pop() {
        slot
    } else {
        // SAFETY: as for this function.
        return unsafe { keep_in_new_chunk(object) };
    };
    // SAFETY: as for this function; the slot is free.
    unsafe { pool.set(slot, object) };
    Slot(slot)
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
        pool.chunks.push(Chunk { list: chunk, elements: ffi::DATAPTR_RO(chunk).cast() });
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
        pool.released[pool.released_count] = slot.0;
        pool.released_count += 1;
        if pool.released_count == BATCH {
            pool.empty();
        }
    }
}

/// Lets the objects of released slots go: to be called before R may collect garbage, or looks at reference counts.
///
/// # Safety
/// The caller holds R's lock.
#[inline]
pub(crate) unsafe fn empty_released() {
    // SAFETY: the lock is held.
    unsafe {
        let pool = &mut *POOL.0.get();
        if pool.released_count > 0 {
            pool.empty();
        }
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
    pool.chunks.len() * CHUNK - pool.free.len() - pool.released_count
}
