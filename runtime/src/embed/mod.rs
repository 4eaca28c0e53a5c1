//! Starting R inside this process, once.
//!
//! The steps are those of "Writing R Extensions", section 8.1, for a front end that is not R's own: the environment that R's
//! shell script would set, no signal handlers, `Rf_initialize_R`, the console callbacks, `setup_Rmainloop`.

pub(crate) mod console;
pub(crate) mod interrupt;
mod sleep;

use std::ffi::OsStr;
use std::sync::{Mutex, OnceLock, PoisonError};

use crate::error::{Error, Result};
use crate::ffi::{self, Rboolean};
use crate::locate::{self, Installation, Version};
use crate::r::R;
use crate::{lock, protect};

static STARTED: OnceLock<Installation> = OnceLock::new();
/// libR, open for the rest of the process.
static LIBRARY: OnceLock<ffi::library::Library> = OnceLock::new();
/// Why the start failed; R cannot be started twice in a process, so the answer stays.
static FAILED: Mutex<Option<Error>> = Mutex::new(None);

/// The arguments that R is started with. Profiles are code that runs on start: they are left out, so that the same
/// program does the same thing for everybody; environment files (`Renviron`) are read.
const ARGUMENTS: [&std::ffi::CStr; 6] =
    [c"R", c"--no-save", c"--no-restore", c"--no-init-file", c"--quiet", c"--no-readline"];

/// What is set up in R itself once it runs.
///
/// An error that reaches top level would end a process that is not interactive, unless the option `error` says
/// otherwise. The default device would write `Rplots.pdf`. Warnings are printed when they happen, since
/// there is no prompt before which R would print them.
const PREPARE: &str = "
    options(
        error = expression(NULL),
        warn = max(1L, getOption('warn')),
        device = function(...) grDevices::pdf(NULL, ...),
        browser = function(url, ...) invisible(url),
        pager = function(files, header, title, delete.file) {
            for (file in files) writeLines(readLines(file))
            if (delete.file) unlink(files)
        }
    )
";

/// Starts R unless it runs. The caller holds the lock.
#[inline]
pub(crate) fn start() -> Result<()> {
    if STARTED.get().is_some() { Ok(()) } else { start_now() }
}

/// The version of the R that was started.
pub(crate) fn version() -> Version {
    STARTED.get().map_or(locate::MINIMUM, |installation| installation.version)
}

#[cold]
fn start_now() -> Result<()> {
    let mut failed = FAILED.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(error) = &*failed {
        return Err(error.clone());
    }
    let installation = locate::find()?;
    if let Err(error) = start_installation(&installation) {
        *failed = Some(error.clone());
        return Err(error);
    }
    let _ = STARTED.set(installation);
    Ok(())
}

fn start_installation(installation: &Installation) -> Result<()> {
    let library =
        ffi::library::open(installation).map_err(|error| Error::Start { reason: error.to_string() })?;
    ffi::fill(&library).map_err(|error| Error::Start { reason: error.to_string() })?;
    let _ = LIBRARY.set(library);
    for (variable, value) in installation.env() {
        set_env(variable, &value);
    }
    use_utf8();

    // SAFETY: the lock is held and R does not run yet. R copies the arguments. Nothing here owns anything that a
    // jump to top level, which R handles itself until `setup_Rmainloop` returns, could leak.
    unsafe {
        *ffi::R_SignalHandlers() = 0;
        let mut arguments = ARGUMENTS.map(|text| text.as_ptr().cast_mut());
        ffi::Rf_initialize_R(arguments.len() as i32, arguments.as_mut_ptr());
        // R took the bounds of the process's main thread; this may be another one.
        lock::forget_stack_bounds();
        lock::set_stack_bounds();
        console::install();
        ffi::setup_Rmainloop();
        *ffi::R_Interactive() = Rboolean::FALSE;
        lock::forget_stack_bounds();
        lock::set_stack_bounds();
        protect::parsed::prepare();
        interrupt::install_hook();
        libc::atexit(remove_session_folder);
    }
    STARTED_BY.store(std::process::id(), std::sync::atomic::Ordering::Release);
    // SAFETY: the lock is held, and R runs now.
    let r: R<'_> = unsafe { R::assume() };
    protect::standing::install(r)?;
    r.eval_in(PREPARE, &r.base_env())?;
    sleep::install(r)
}

/// The process that started R: a child of `fork` must leave R's temporary folder alone.
static STARTED_BY: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(0);

/// Removes R's temporary folder when the process ends.
extern "C" fn remove_session_folder() {
    if STARTED_BY.load(std::sync::atomic::Ordering::Acquire) == std::process::id()
        && lock::try_acquire().is_some()
    {
        // SAFETY: nobody else is inside R. The function removes a folder and does not evaluate R code.
        unsafe { ffi::R_CleanTempDir() };
    }
}

/// Where the locale is plain "C", asks for UTF-8, as Python does (PEP 538): R otherwise mangles every string
/// that is not ASCII when it prints or parses.
fn use_utf8() {
    let set = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
    let locale = set("LC_ALL").or_else(|| set("LC_CTYPE")).or_else(|| set("LANG"));
    if locale.is_none_or(|locale| locale == "C" || locale == "POSIX") && set("LC_ALL").is_none() {
        set_env("LC_CTYPE", OsStr::new("C.UTF-8"));
    }
}

fn set_env(name: &str, value: &OsStr) {
    // SAFETY: R reads its environment while it starts, so this cannot be avoided. It happens once, before R runs; a
    // program that changes the environment on another thread at that moment races with R itself as well.
    unsafe { std::env::set_var(name, value) };
}
