//! Catching R's errors.
//!
//! An R error is a `longjmp` to the innermost context. [`protect`] sets up that context with `R_ToplevelExec`, and inside
//! it a calling handler ([`standing`]), which sees the condition before R unwinds anything: message,
//! class, call and the calls that led there. The handler then leaves by the restart `abort`, so
//! R prints nothing. ("Writing R Extensions", section 8.1.2 "Calling R from C, errors", and R's `errors.c`.)
//!
//! Within a Rust function that R called, `R_ToplevelExec` would hide the handlers that R code has set up around that
//! function. There `R_UnwindProtect` and `R_withCallingErrorHandler` take its place (section 6.12, "Condition handling and cleanup code"): a jump that is not
//! ours, to a `tryCatch` further out, comes back as [`Error::Unwind`], and goes on when the Rust function has returned.

use std::ffi::{CStr, c_void};
use std::mem::MaybeUninit;

use crate::callback;
use crate::embed::interrupt::Signalled;
use crate::embed::{console, interrupt};
use crate::error::{Error, Result};
use crate::ffi::{self, Rboolean, SEXP};
use crate::gc::{self, Slot};
use crate::r::R;

struct Task<F, T> {
    body: Option<F>,
    result: MaybeUninit<T>,
    done: bool,
    caught: Caught,
}

/// What the handler kept.
struct Caught {
    condition: Slot,
    condition_sexp: SEXP,
    calls: Slot,
    calls_sexp: SEXP,
}

/// Runs `body` such that an R error in it comes back as [`Error::Condition`].
///
/// `body` may call what *may jump*. It must therefore hold nothing with a destructor across such a call,
/// neither in its captures nor in its locals: the bound `Copy` on both sides sees to the most of that. It must not
/// panic either.
#[inline]
pub(crate) fn protect<T: Copy, F: FnOnce() -> T + Copy>(r: R<'_>, body: F) -> Result<T> {
    let mut task = Task {
        body: Some(body),
        result: MaybeUninit::uninit(),
        done: false,
        caught: Caught {
            condition: Slot::NONE,
            condition_sexp: std::ptr::null_mut(),
            calls: Slot::NONE,
            calls_sexp: std::ptr::null_mut(),
        },
    };
    let data = (&raw mut task).cast();
    // SAFETY: the token proves the lock.
    unsafe { gc::empty_released() };
    interrupt::begin();
    if callback::inside() {
        // SAFETY: the token proves the lock; `task` outlives the call; the callbacks own nothing.
        if unsafe { unwind::run(body_with_handler::<F, T>, data) }.is_err() {
            if task.caught.condition == Slot::NONE {
                interrupt::end();
                return Err(Error::Unwind);
            }
            // The jump was our own, out of the handler: it ends here.
            unwind::take_stopped();
        }
    } else {
        let outer = standing::hand_over(&raw mut task.caught);
        // SAFETY: as above.
        unsafe { ffi::R_ToplevelExec(at_top_level::<F, T>, data) };
        standing::hand_over(outer);
    }
    let signalled = interrupt::end();
    // A signal that R has seen and that did not end the computation was dealt with by R code.
    if task.caught.condition == Slot::NONE
        && (signalled == Signalled::Unseen || signalled == Signalled::Seen && !task.done)
    {
        return Err(Error::Interrupted);
    }
    console::release_held(task.done || task.caught.condition != Slot::NONE);
    if task.done {
        // SAFETY: `done` is set after the result was written.
        return Ok(unsafe { task.result.assume_init() });
    }
    Err(failure(r, &task.caught))
}

unsafe extern "C-unwind" fn at_top_level<F: FnOnce() -> T + Copy, T: Copy>(data: *mut c_void) {
    // SAFETY: R hands on the pointer that `protect` gave it.
    unsafe {
        if standing::establish() {
            run::<F, T>(data);
        } else {
            body_with_handler::<F, T>(data);
        }
    }
}

unsafe extern "C-unwind" fn body_with_handler<F: FnOnce() -> T + Copy, T: Copy>(data: *mut c_void) -> SEXP {
    // SAFETY: as in `at_top_level`.
    unsafe {
        let caught = &raw mut (*data.cast::<Task<F, T>>()).caught;
        ffi::R_withCallingErrorHandler(run::<F, T>, data, on_error, caught.cast())
    }
}

/// Stopping a jump of R on its way, and letting it go on.
pub(crate) mod unwind {
    use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
    use std::sync::Mutex;
    use std::sync::PoisonError;

    use super::{Rboolean, SEXP, c_void, ffi};
    use crate::ffi::Body;
    use crate::global::Global;
    use crate::r::R;
    use crate::value::Value;

    /// The continuation of a jump that was stopped and has yet to go on.
    static STOPPED: Mutex<Option<Global<Value<'static>>>> = Mutex::new(None);

    /// What unwinds the frames between R's clean-up and [`run`]: R's own C frames, nothing else.
    struct Jump;

    /// A jump was stopped.
    pub(crate) struct Stopped;

    /// Runs `body`; `Err` when R jumps out of it. The jump is kept until [`take_stopped`] hands it on, or another is stopped.
    ///
    /// # Safety
    /// The lock is held; `body` and `data` fit together.
    pub(super) unsafe fn run(body: Body<SEXP>, data: *mut c_void) -> Result<(), Stopped> {
        // SAFETY: the lock is held. A token is made for each run: one that is stopped inside another is a jump of its own.
        unsafe {
            let token = Value::new(R::assume(), ffi::R_MakeUnwindCont());
            let sexp = token.sexp();
            let result = catch_unwind(AssertUnwindSafe(|| {
                ffi::R_UnwindProtect(body, data, clean_up, std::ptr::null_mut(), sexp);
            }));
            match result {
                Ok(()) => Ok(()),
                Err(payload) if payload.is::<Jump>() => {
                    *STOPPED.lock().unwrap_or_else(PoisonError::into_inner) = Some(token.global());
                    Err(Stopped)
                }
                Err(payload) => resume_unwind(payload),
            }
        }
    }

    /// R calls this when it has left `body`, by a jump or not.
    unsafe extern "C-unwind" fn clean_up(_: *mut c_void, jump: Rboolean) {
        if jump != Rboolean::FALSE {
            // Past R's frames, which own nothing, to `run`. No panic hook hears of it.
            resume_unwind(Box::new(Jump));
        }
    }

    /// The continuation of the jump that was stopped last, released; to be handed to `R_ContinueUnwind` at once.
    pub(crate) fn take_stopped() -> Option<SEXP> {
        let stopped = STOPPED.lock().unwrap_or_else(PoisonError::into_inner).take()?;
        Some(stopped.sexp())
    }
}

unsafe extern "C-unwind" fn run<F: FnOnce() -> T + Copy, T: Copy>(data: *mut c_void) -> SEXP {
    // SAFETY: as in `at_top_level`; the pointer is the task's, and nobody else uses the task now.
    unsafe {
        let task = data.cast::<Task<F, T>>();
        if let Some(body) = (*task).body.take() {
            (*task).result.write(body());
            (*task).done = true;
        }
        ffi::R_NilValue()
    }
}

/// The calling handler: keeps the condition and the calls, then leaves without a word.
unsafe extern "C-unwind" fn on_error(condition: SEXP, caught: *mut c_void) -> SEXP {
    // SAFETY: the pointer is to a task's part, and nobody else uses it now. `keep` allocates at most one chunk; the
    // condition is protected by R's handler frame.
    unsafe {
        let caught = caught.cast::<Caught>();
        (*caught).condition_sexp = condition;
        (*caught).condition = gc::keep(condition);
        let calls = ffi::Rf_eval(parsed::sys_calls(), ffi::R_BaseEnv());
        (*caught).calls_sexp = calls;
        (*caught).calls = gc::keep(calls);
        // To `R_ToplevelExec`, or to the clean-up of `R_UnwindProtect`.
        ffi::Rf_eval(parsed::abort(), ffi::R_BaseEnv())
    }
}

/// The calling handler of evaluations at top level, made once.
///
/// `R_withCallingErrorHandler` makes a closure, its environment and an entry of the handler stack for each call, which is
/// a third of what a call of a small function costs. `R_ToplevelExec` begins with an empty handler stack and puts
/// the old one back, so here one stack that holds nothing but our handler serves them all: R's own
/// `.Internal(.resetCondHands())`, which R's condition system is written with, puts it in place. Should an R not have that,
/// `R_withCallingErrorHandler` goes on doing it.
pub(crate) mod standing {
    use std::sync::atomic::{AtomicPtr, Ordering};

    use super::{Caught, SEXP, ffi, on_error, protect};
    use crate::error::Result;
    use crate::global::Global;
    use crate::r::R;
    use crate::value::{Function, List, Value};

    /// Whom the handler works for: the innermost evaluation at top level.
    static CAUGHT: AtomicPtr<Caught> = AtomicPtr::new(std::ptr::null_mut());
    /// The call that puts the stack in place, and the environment that it is evaluated in.
    static CALL: AtomicPtr<libR_sys::SEXPREC> = AtomicPtr::new(std::ptr::null_mut());
    static PLACE: AtomicPtr<libR_sys::SEXPREC> = AtomicPtr::new(std::ptr::null_mut());

    /// A function returns the stack that was there before its handlers; the end of a function puts the stack of before back.
    const MAKE: &str = "function(native) {
        place <- new.env(parent = baseenv())
        handler <- function(condition) .External(native, condition)
        place$stack <- (function() {
            .Internal(.resetCondHands(NULL))
            .Internal(.addCondHands('error', list(handler), .GlobalEnv, NULL, TRUE))
            .Internal(.addCondHands('error', list(handler), .GlobalEnv, NULL, TRUE))
        })()
        list(as.call(list(.Internal, quote(.resetCondHands(stack)))), place)
    }";

    /// Makes the handler.
    pub(crate) fn install(r: R<'_>) -> Result<()> {
        let symbol = r.symbol("native symbol")?;
        let native = protect(r, move || {
            // SAFETY: `protect` gives the context; the symbol is permanent.
            unsafe { ffi::R_MakeExternalPtrFn(on_standing_error, symbol, ffi::R_NilValue()) }
        })?;
        // SAFETY: R just returned the object.
        let native = unsafe { Value::new(r, native) };
        let make: Function<'_> = r.eval_in(MAKE, &r.base_env())?.try_into()?;
        let Ok(made) = make.call((native,)) else { return Ok(()) };
        let made: List<'_> = made.try_into()?;
        PLACE.store(forever(made.get(1)?), Ordering::Relaxed);
        CALL.store(forever(made.get(0)?), Ordering::Relaxed);
        Ok(())
    }

    fn forever(value: Value<'_>) -> SEXP {
        let global: Global<Value<'static>> = value.global();
        let sexp = global.sexp();
        std::mem::forget(global);
        sexp
    }

    /// From here on the handler works for `caught`; whom it worked for before.
    #[inline(always)]
    pub(super) fn hand_over(caught: *mut Caught) -> *mut Caught {
        // Relaxed, and in two steps: R's lock is held.
        let before = CAUGHT.load(Ordering::Relaxed);
        CAUGHT.store(caught, Ordering::Relaxed);
        before
    }

    /// Puts the handler in place, for the rest of this `R_ToplevelExec`. False when there is none.
    ///
    /// # Safety
    /// As for `ffi`; may jump. `R_ToplevelExec` is active.
    #[inline(always)]
    pub(super) unsafe fn establish() -> bool {
        let call = CALL.load(Ordering::Relaxed);
        if call.is_null() {
            return false;
        }
        // SAFETY: the caller's; both objects are kept for ever.
        unsafe { ffi::Rf_eval(call, PLACE.load(Ordering::Relaxed)) };
        true
    }

    /// `.External(native, condition)`
    unsafe extern "C-unwind" fn on_standing_error(arguments: SEXP) -> SEXP {
        // SAFETY: the handler is on the stack only below the `R_ToplevelExec` that `CAUGHT` is for. This frame owns nothing.
        unsafe { on_error(ffi::CAR(ffi::CDR(arguments)), CAUGHT.load(Ordering::Relaxed).cast()) }
    }
}

/// Calls that are made when R starts, for places that must not allocate much.
pub(crate) mod parsed {
    use std::ffi::CStr;
    use std::sync::atomic::{AtomicPtr, Ordering};

    use libR_sys::ParseStatus;

    use super::{SEXP, ffi};

    type Kept = AtomicPtr<libR_sys::SEXPREC>;

    static SYS_CALLS: Kept = AtomicPtr::new(std::ptr::null_mut());
    static ABORT: Kept = AtomicPtr::new(std::ptr::null_mut());
    static NO_QUIT: Kept = AtomicPtr::new(std::ptr::null_mut());

    /// Makes the calls.
    ///
    /// # Safety
    /// R's lock is held, and R has just started; may jump.
    pub(crate) unsafe fn prepare() {
        // SAFETY: the caller's.
        unsafe {
            // In a function of its own: R looks for the frame that asks, and base's environment is none.
            keep(&SYS_CALLS, c"(function() sys.calls())()");
            keep(&ABORT, c"invokeRestart('abort')");
            keep(&NO_QUIT, c"stop('R was asked to quit, but it runs inside another program', call. = FALSE)");
        }
    }

    /// Parses one call, and preserves it.
    unsafe fn keep(place: &Kept, code: &CStr) {
        // SAFETY: the caller's; each object is protected until it is preserved.
        unsafe {
            let text = ffi::Rf_protect(ffi::Rf_allocVector(ffi::SEXPTYPE::STRSXP, 1));
            let length = code.count_bytes() as i32;
            ffi::SET_STRING_ELT(text, 0, ffi::Rf_mkCharLenCE(code.as_ptr(), length, ffi::cetype_t::CE_UTF8));
            let mut status = ParseStatus::PARSE_NULL;
            let parsed = ffi::Rf_protect(ffi::R_ParseVector(text, 1, &mut status, ffi::R_NilValue()));
            let call = ffi::VECTOR_ELT(parsed, 0);
            ffi::R_PreserveObject(call);
            place.store(call, Ordering::Release);
            ffi::Rf_unprotect(2);
        }
    }

    /// `sys.calls()`
    pub(super) fn sys_calls() -> SEXP {
        SYS_CALLS.load(Ordering::Acquire)
    }

    /// `invokeRestart("abort")`
    pub(super) fn abort() -> SEXP {
        ABORT.load(Ordering::Acquire)
    }

    /// `stop("R was asked to quit …")`
    pub(crate) fn no_quit() -> SEXP {
        NO_QUIT.load(Ordering::Acquire)
    }
}

/// Makes the error from what the handler kept.
#[cold]
fn failure(r: R<'_>, caught: &Caught) -> Error {
    if caught.condition == Slot::NONE {
        return without_condition();
    }
    let error = crate::error::condition::read(r, caught.condition_sexp, caught.calls_sexp);
    callback::remember(r, caught.condition_sexp);
    // SAFETY: the token proves the lock; both were kept by the handler and are used no more.
    unsafe {
        gc::release(caught.condition);
        gc::release(caught.calls);
    }
    error
}

/// R left without telling the handler: the C stack was about to overflow (R then runs no calling handler), or
/// something jumped to top level by itself.
fn without_condition() -> Error {
    // SAFETY: R's buffer of the last error message is a static, NUL-terminated array.
    let text = unsafe { CStr::from_ptr(ffi::R_curErrorBuf()) }.to_string_lossy();
    let text = text.trim_end();
    let message = text.strip_prefix("Error: ").unwrap_or(text);
    if message.is_empty() {
        return Error::Condition {
            message: "R left the computation for its top level without an error".to_owned(),
            class: vec!["abort".to_owned(), "condition".to_owned()],
            call: None,
            trace: Vec::new(),
        };
    }
    let class = if message.contains("stack") {
        vec!["stackOverflowError".to_owned(), "error".to_owned(), "condition".to_owned()]
    } else {
        vec!["simpleError".to_owned(), "error".to_owned(), "condition".to_owned()]
    };
    Error::Condition { message: message.to_owned(), class, call: None, trace: Vec::new() }
}
