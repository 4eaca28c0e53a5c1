//! R's console: where its output goes, and what asks the user.
//!
//! R calls these functions from deep inside C. They own nothing while they call back into R, they
//! never panic outwards, and none of them ends the process.

use std::ffi::{CStr, c_char, c_int};
use std::io::Write;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError, TryLockError};

use crate::callback::contain;
use crate::ffi;

/// Which of R's two streams.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Stream {
    /// What R prints: values, `cat`.
    Output,
    /// Messages, warnings and errors.
    Error,
}

/// A function that takes what R writes.
pub type Writer = Box<dyn FnMut(Stream, &str) + Send>;

static WRITER: Mutex<Option<Writer>> = Mutex::new(None);

/// Sends what R writes to `writer`; `None` is the default: the process's standard output and standard error.
///
/// A panic in the writer loses that piece of output and goes no further.
///
/// ```
/// use std::sync::{Arc, Mutex};
/// use rbindgen_runtime::prelude::*;
/// use rbindgen_runtime::set_console;
///
/// let text = Arc::new(Mutex::new(String::new()));
/// let seen = text.clone();
/// set_console(Some(Box::new(move |_, piece| seen.lock().unwrap().push_str(piece))));
/// R::with(|r| r.eval("cat('hello')").map(drop))?;
/// set_console(None);
/// assert_eq!(*text.lock().unwrap(), "hello");
/// # Ok::<(), Error>(())
/// ```
pub fn set_console(writer: Option<Writer>) {
    *WRITER.lock().unwrap_or_else(PoisonError::into_inner) = writer;
}

/// Installs the callbacks.
///
/// # Safety
/// The lock is held, and `Rf_initialize_R` has returned.
pub(super) unsafe fn install() {
    // SAFETY: R reads these variables when it writes, and does not write now.
    unsafe {
        *ffi::R_Outputfile() = std::ptr::null_mut();
        *ffi::R_Consolefile() = std::ptr::null_mut();
        *ffi::ptr_R_WriteConsole() = None;
        *ffi::ptr_R_WriteConsoleEx() = Some(write);
        *ffi::ptr_R_ReadConsole() = Some(read);
        *ffi::ptr_R_ResetConsole() = Some(nothing);
        *ffi::ptr_R_FlushConsole() = Some(flush);
        *ffi::ptr_R_ClearerrConsole() = Some(nothing);
        *ffi::ptr_R_Busy() = Some(busy);
        *ffi::ptr_R_ShowMessage() = Some(show_message);
        *ffi::ptr_R_Suicide() = Some(suicide);
        *ffi::ptr_R_CleanUp() = Some(clean_up);
    }
}

unsafe extern "C-unwind" fn write(text: *const c_char, length: c_int, kind: c_int) {
    // SAFETY: R hands over `length` bytes.
    let bytes = unsafe { std::slice::from_raw_parts(text.cast::<u8>(), length.max(0) as usize) };
    if kind != 0 && bytes == b"\n" && super::interrupt::leaving() {
        return;
    }
    release_held(true);
    // SAFETY: R's buffer of the last error message is a static, NUL-terminated array.
    if kind != 0 && !bytes.is_empty() && bytes == unsafe { CStr::from_ptr(ffi::R_curErrorBuf()) }.to_bytes() {
        *HELD.lock().unwrap_or_else(PoisonError::into_inner) = Some(bytes.to_vec());
        HAS_HELD.store(true, Ordering::Release);
        return;
    }
    emit(if kind == 0 { Stream::Output } else { Stream::Error }, bytes);
}

/// An error message that R has printed: its last word before it leaves for top level, or the output of `try`.
///
/// Which of the two shows only afterwards. R prints an error itself only where no handler can run, when the C stack
/// is about to overflow; that error is returned and not printed.
static HELD: Mutex<Option<Vec<u8>>> = Mutex::new(None);
static HAS_HELD: AtomicBool = AtomicBool::new(false);

/// Hands the message that is held on, or forgets it: R went on, or it did not.
#[inline]
pub(crate) fn release_held(went_on: bool) {
    if HAS_HELD.load(Ordering::Acquire) {
        HAS_HELD.store(false, Ordering::Release);
        let held = HELD.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let (true, Some(held)) = (went_on, held) {
            emit(Stream::Error, &held);
        }
    }
}

/// Hands a piece of output on. A panic of the user's writer ends here.
fn emit(stream: Stream, bytes: &[u8]) {
    contain(|| {
        // A writer that asks R for something writes again: the inner piece then goes to the default. One that
        // panicked once is asked again the next time.
        let mut writer = match WRITER.try_lock() {
            Ok(writer) => Some(writer),
            Err(TryLockError::Poisoned(poisoned)) => Some(poisoned.into_inner()),
            Err(TryLockError::WouldBlock) => None,
        };
        if let Some(writer) = writer.as_deref_mut().and_then(Option::as_mut) {
            writer(stream, &String::from_utf8_lossy(bytes));
            return;
        }
        // A closed pipe is no reason to fail.
        let _ = match stream {
            Stream::Output => std::io::stdout().write_all(bytes),
            Stream::Error => std::io::stderr().write_all(bytes),
        };
    });
}

unsafe extern "C-unwind" fn flush() {
    contain(|| {
        let _ = std::io::stdout().flush();
    });
}

/// There is nobody to ask: end of input.
unsafe extern "C-unwind" fn read(_: *const c_char, _: *mut u8, _: c_int, _: c_int) -> c_int {
    0
}

unsafe extern "C-unwind" fn nothing() {}

unsafe extern "C-unwind" fn busy(_: c_int) {}

unsafe extern "C-unwind" fn show_message(text: *const c_char) {
    // SAFETY: R hands over a C string.
    let text = unsafe { CStr::from_ptr(text) };
    emit(Stream::Error, text.to_bytes());
    emit(Stream::Error, b"\n");
}

/// R cannot go on at all: memory is exhausted while it starts, or its own files are missing.
unsafe extern "C-unwind" fn suicide(text: *const c_char) {
    // SAFETY: as above.
    unsafe { show_message(text) };
    std::process::abort();
}

/// R wants to end the process: `q()`, or an error at top level. That is not R's to decide here.
unsafe extern "C-unwind" fn clean_up(_: c_int, _: c_int, _: c_int) {
    // SAFETY: R calls this from its evaluator, under `protect`; this frame owns nothing.
    unsafe { ffi::Rf_eval(crate::protect::parsed::no_quit(), ffi::R_BaseEnv()) };
}
