//! Interrupts: Ctrl-C while R computes.
//!
//! R checks now and then, in its evaluator and in its long loops, whether `R_interrupts_pending` is set
//! (`R_CheckUserInterrupt`). Somebody has to set it. The process's signal handlers belong to the host, so
//! one of ours is in place only while R computes for longer than a moment: R runs the hook `R_PolledEvents` before each check,
//! and the first time in a computation the hook takes SIGINT over. When R returns, the host's handler is put back. A call that
//! is over before R's first check pays nothing.
//!
//! The host hears of the signal, too: a handler that it had set is called in addition. Where it ignores SIGINT,
//! so does R.

use std::mem::MaybeUninit;
use std::sync::atomic::{AtomicBool, AtomicPtr, AtomicU64, AtomicUsize, Ordering};
use std::time::Duration;

use crate::ffi;

/// How many protected evaluations are active, one in the other.
static DEPTH: AtomicUsize = AtomicUsize::new(0);
/// Whether the handler of this module is in place.
static INSTALLED: AtomicBool = AtomicBool::new(false);
/// Whether a signal came since the outermost evaluation began, and R has yet to leave for it.
static RAISED: AtomicBool = AtomicBool::new(false);
/// R's flag, for the handler, which must not look it up.
static PENDING: AtomicPtr<i32> = AtomicPtr::new(std::ptr::null_mut());
/// The thread that computes.
static THREAD: AtomicU64 = AtomicU64::new(0);
/// Whether a signal is on its way to that thread only to end its wait: R knows of the interrupt already.
static WAKING: AtomicBool = AtomicBool::new(false);
/// The host's handler and its flags.
static HOST: AtomicUsize = AtomicUsize::new(libc::SIG_DFL);
static HOST_FLAGS: AtomicUsize = AtomicUsize::new(0);

/// Makes the hook known to R.
///
/// # Safety
/// R's lock is held, and R has started.
pub(super) unsafe fn install_hook() {
    // SAFETY: the caller's; R reads the variable when it checks for interrupts, and does not now.
    unsafe {
        PENDING.store(ffi::R_interrupts_pending(), Ordering::Release);
        *ffi::R_PolledEvents() = Some(on_check);
    }
}

/// A protected evaluation begins.
#[inline]
pub(crate) fn begin() {
    DEPTH.store(DEPTH.load(Ordering::Relaxed) + 1, Ordering::Relaxed);
}

/// What came while a protected evaluation ran.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Signalled {
    /// Nothing.
    No,
    /// A signal that R has seen: it left, or R code dealt with it.
    Seen,
    /// A signal that came too late for R to see.
    Unseen,
}

/// A protected evaluation ends.
#[inline]
pub(crate) fn end() -> Signalled {
    let depth = DEPTH.load(Ordering::Relaxed) - 1;
    DEPTH.store(depth, Ordering::Relaxed);
    if depth == 0 && (INSTALLED.load(Ordering::Relaxed) || RAISED.load(Ordering::Relaxed)) {
        end_outermost()
    } else {
        Signalled::No
    }
}

/// Puts the host's handler back.
#[cold]
fn end_outermost() -> Signalled {
    if INSTALLED.swap(false, Ordering::AcqRel) {
        // A signal on its way to this thread is ours; it must not find the host's disposition.
        for _ in 0..1000 {
            if !WAKING.load(Ordering::Acquire) {
                break;
            }
            std::thread::sleep(Duration::from_micros(100));
        }
        restore();
    }
    WAKING.store(false, Ordering::Release);
    let pending = PENDING.load(Ordering::Acquire);
    // SAFETY: the address of R's flag; the lock is held.
    let seen = unsafe {
        let seen = pending.read_volatile() == 0;
        pending.write_volatile(0);
        seen
    };
    match (RAISED.swap(false, Ordering::AcqRel), seen) {
        (false, _) => Signalled::No,
        (true, true) => Signalled::Seen,
        (true, false) => Signalled::Unseen,
    }
}

/// Whether R is leaving for a signal: what it prints then (an empty line) is nobody's output.
pub(super) fn leaving() -> bool {
    RAISED.load(Ordering::Relaxed)
}

/// Asks R to stop what it computes, from any thread. Without effect when R computes nothing.
///
/// ```
/// use rbindgen_runtime::prelude::*;
/// use rbindgen_runtime::interrupt;
///
/// let computing = std::thread::spawn(|| R::with(|r| r.eval("repeat {}").map(drop)));
/// while !computing.is_finished() {
///     std::thread::sleep(std::time::Duration::from_millis(10));
///     interrupt();
/// }
/// assert!(matches!(computing.join().unwrap(), Err(Error::Interrupted)));
/// ```
pub fn interrupt() {
    if DEPTH.load(Ordering::Acquire) > 0 {
        set_pending();
        wake();
    }
}

fn set_pending() {
    let pending = PENDING.load(Ordering::Acquire);
    if !pending.is_null() {
        RAISED.store(true, Ordering::Release);
        // SAFETY: the address of R's flag, an aligned `int` that R itself writes in a signal handler.
        unsafe { pending.write_volatile(1) };
    }
}

/// Gets the computing thread out of a system call, such as the wait of `Sys.sleep`.
fn wake() {
    let thread = THREAD.load(Ordering::Acquire);
    if thread != 0 && INSTALLED.load(Ordering::Acquire) {
        // SAFETY: the thread is inside R, so it exists; both functions may be used in a signal handler.
        unsafe {
            if libc::pthread_equal(libc::pthread_self(), thread as libc::pthread_t) == 0 {
                WAKING.store(true, Ordering::Release);
                libc::pthread_kill(thread as libc::pthread_t, libc::SIGINT);
            }
        }
    }
}

/// R is about to look at its flag: the computation is one that lasts.
unsafe extern "C-unwind" fn on_check() {
    if DEPTH.load(Ordering::Relaxed) > 0 && !INSTALLED.load(Ordering::Relaxed) {
        take_over();
    }
}

fn take_over() {
    // SAFETY: the structures are filled before they are read; the handler keeps to what a signal handler may do.
    unsafe {
        let mut host = MaybeUninit::<libc::sigaction>::zeroed();
        if libc::sigaction(libc::SIGINT, std::ptr::null(), host.as_mut_ptr()) != 0 {
            return;
        }
        let host = host.assume_init();
        if host.sa_sigaction == libc::SIG_IGN {
            return;
        }
        HOST.store(host.sa_sigaction, Ordering::Release);
        HOST_FLAGS.store(host.sa_flags as usize, Ordering::Release);
        THREAD.store(libc::pthread_self() as u64, Ordering::Release);
        let mut ours = MaybeUninit::<libc::sigaction>::zeroed().assume_init();
        ours.sa_sigaction = on_signal as *const () as usize;
        // No SA_RESTART: a wait has to end.
        ours.sa_flags = libc::SA_SIGINFO | (host.sa_flags & libc::SA_ONSTACK);
        ours.sa_mask = host.sa_mask;
        if libc::sigaction(libc::SIGINT, &ours, std::ptr::null_mut()) == 0 {
            HOST_MASK.store(&host.sa_mask);
            INSTALLED.store(true, Ordering::Release);
        }
    }
}

/// The host's signal mask, to be put back.
struct Mask(std::cell::UnsafeCell<MaybeUninit<libc::sigset_t>>);

// SAFETY: used under R's lock only.
unsafe impl Sync for Mask {}

static HOST_MASK: Mask = Mask(std::cell::UnsafeCell::new(MaybeUninit::zeroed()));

impl Mask {
    fn store(&self, mask: &libc::sigset_t) {
        // SAFETY: under R's lock.
        unsafe { (*self.0.get()).write(*mask) };
    }
}

fn restore() {
    // SAFETY: as in `take_over`; what is put back is what was found there.
    unsafe {
        let mut now = MaybeUninit::<libc::sigaction>::zeroed();
        if libc::sigaction(libc::SIGINT, std::ptr::null(), now.as_mut_ptr()) != 0 {
            return;
        }
        // A handler that somebody set meanwhile stays.
        if now.assume_init().sa_sigaction != on_signal as *const () as usize {
            return;
        }
        let mut host = MaybeUninit::<libc::sigaction>::zeroed().assume_init();
        host.sa_sigaction = HOST.load(Ordering::Acquire);
        host.sa_flags = HOST_FLAGS.load(Ordering::Acquire) as i32;
        host.sa_mask = (*HOST_MASK.0.get()).assume_init();
        libc::sigaction(libc::SIGINT, &host, std::ptr::null_mut());
    }
    THREAD.store(0, Ordering::Release);
}

/// SIGINT while R computes.
unsafe extern "C" fn on_signal(signal: i32, info: *mut libc::siginfo_t, context: *mut libc::c_void) {
    // SAFETY: only compares; may be used in a signal handler.
    let computing = unsafe {
        libc::pthread_equal(libc::pthread_self(), THREAD.load(Ordering::Acquire) as libc::pthread_t) != 0
    };
    if computing && WAKING.swap(false, Ordering::AcqRel) {
        return;
    }
    set_pending();
    wake();
    let host = HOST.load(Ordering::Acquire);
    if host != libc::SIG_DFL && host != libc::SIG_IGN {
        // SAFETY: the host registered this address as a handler of this kind.
        unsafe {
            if HOST_FLAGS.load(Ordering::Acquire) as i32 & libc::SA_SIGINFO != 0 {
                let handler: extern "C" fn(i32, *mut libc::siginfo_t, *mut libc::c_void) =
                    std::mem::transmute(host);
                handler(signal, info, context);
            } else {
                let handler: extern "C" fn(i32) = std::mem::transmute(host);
                handler(signal);
            }
        }
    }
}
