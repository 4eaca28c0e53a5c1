//! R's console: where its output goes, and what asks the user.
//!
//! R calls these functions from deep inside C. They own nothing while they call back into R, they
//! never panic outwards, and none of them ends the process.

use std::ffi::{CStr, c_char, c_int};
use std::io::Write;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError, TryLockError};

use crate::callback::contain;
use crate::ffi::{self, Rboolean};
use crate::r::R;

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

/// A function that answers R's questions: it gets the prompt and returns a line, or `None` for the end of input.
pub type Reader = Box<dyn FnMut(&str) -> Option<String> + Send>;

/// A function that hears that R begins (`true`) and ends (`false`) something that may take long.
pub type Busy = Box<dyn FnMut(bool) + Send>;

static READER: Mutex<Option<Reader>> = Mutex::new(None);
static FLUSH: Mutex<Option<Box<dyn FnMut() + Send>>> = Mutex::new(None);
static BUSY: Mutex<Option<Busy>> = Mutex::new(None);
/// What is left of a line that was longer than R's buffer.
static REST: Mutex<Vec<u8>> = Mutex::new(Vec::new());

impl R<'_> {
    /// Lets `reader` answer when R asks the user (`readline`, `menu`, `scan("")`, the debugger).
    ///
    /// While there is a reader, R is interactive (`interactive()` is true). Without one, which is the default, R asks nobody: questions
    /// get the end of input. A panic in the reader counts as the end of input.
    ///
    /// ```
    /// use rbindgen_runtime::prelude::*;
    ///
    /// R::with(|r| {
    ///     r.set_reader(Some(Box::new(|prompt| Some(format!("you asked: {prompt}")))));
    ///     let answer = r.eval("readline('name? ')")?;
    ///     r.set_reader(None);
    ///     assert_eq!(answer.to::<String>()?, "you asked: name?"); // R trims the answer
    ///     assert!(!r.eval("interactive()")?.to::<bool>()?);
    ///     Ok(())
    /// })?;
    /// # Ok::<(), Error>(())
    /// ```
    pub fn set_reader(self, reader: Option<Reader>) {
        let interactive = if reader.is_some() { Rboolean::TRUE } else { Rboolean::FALSE };
        *READER.lock().unwrap_or_else(PoisonError::into_inner) = reader;
        REST.lock().unwrap_or_else(PoisonError::into_inner).clear();
        // SAFETY: the token proves the lock.
        unsafe { *ffi::R_Interactive() = interactive };
    }

    /// Calls `flush` when R wants its output to be seen (`flush.console()`), in addition to flushing standard output.
    pub fn set_flush(self, flush: Option<Box<dyn FnMut() + Send>>) {
        *FLUSH.lock().unwrap_or_else(PoisonError::into_inner) = flush;
    }

    /// Calls `busy` when R's prompt comes and goes.
    pub fn set_busy(self, busy: Option<Busy>) {
        *BUSY.lock().unwrap_or_else(PoisonError::into_inner) = busy;
    }
}

/// Calls a function of the user that is not being called already.
fn with_hook<H: ?Sized, T>(hook: &Mutex<Option<Box<H>>>, call: impl FnOnce(&mut H) -> T) -> Option<T> {
    let hook = match hook.try_lock() {
        Ok(hook) => Some(hook),
        Err(TryLockError::Poisoned(poisoned)) => Some(poisoned.into_inner()),
        Err(TryLockError::WouldBlock) => None,
    };
    let mut hook = hook?;
    hook.as_deref_mut().map(call)
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
        if with_hook(&WRITER, |writer| writer(stream, &String::from_utf8_lossy(bytes))).is_some() {
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
        with_hook(&FLUSH, |flush| flush());
    });
}

/// R wants a line: 1 and the line, with its newline and a NUL, or 0 for the end of input.
unsafe extern "C-unwind" fn read(prompt: *const c_char, buffer: *mut u8, length: c_int, _: c_int) -> c_int {
    let room = length.max(0) as usize;
    let mut answered = 0;
    contain(|| {
        let mut rest = REST.lock().unwrap_or_else(PoisonError::into_inner);
        if rest.is_empty() {
            // SAFETY: R hands over a C string.
            let prompt = unsafe { CStr::from_ptr(prompt) }.to_string_lossy();
            let Some(Some(line)) = with_hook(&READER, |reader| reader(&prompt)) else { return };
            // A NUL would end the line for R.
            rest.extend(line.trim_end_matches('\n').bytes().filter(|byte| *byte != 0));
            rest.push(b'\n');
        }
        let piece = rest.len().min(room.saturating_sub(1));
        // SAFETY: the buffer has room for `length` bytes; the piece and a NUL fit.
        unsafe {
            std::ptr::copy_nonoverlapping(rest.as_ptr(), buffer, piece);
            *buffer.add(piece) = 0;
        }
        rest.drain(..piece);
        answered = c_int::from(piece > 0);
    });
    answered
}

unsafe extern "C-unwind" fn nothing() {}

unsafe extern "C-unwind" fn busy(which: c_int) {
    contain(|| {
        with_hook(&BUSY, |busy| busy(which != 0));
    });
}

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
