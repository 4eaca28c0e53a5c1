//! R's lock and Python's: which one is waited for while the other one is held.
//!
//! R calls back into Python (its console writes to `sys.stdout`), so a thread that holds R may wait for Python's global lock. No
//! thread may therefore wait for R while it holds that lock: a thread that has to wait for R detaches from the
//! interpreter first. That is the whole rule, and the two functions here are the only ways to R.

use std::sync::atomic::{AtomicBool, Ordering};

use pyo3::prelude::*;
use rbindgen_runtime::{R, Result};

use crate::{console, error};

/// Whether R runs: the first entry takes long, and is then made without the interpreter.
static STARTED: AtomicBool = AtomicBool::new(false);

/// Runs `body` with R and without the interpreter: other Python threads run meanwhile. For whatever evaluates R code.
pub fn detached<T: Send>(
    py: Python<'_>,
    body: impl for<'r> FnOnce(R<'r>) -> Result<T> + Send,
) -> PyResult<T> {
    py.detach(|| enter(body)).map_err(|error| error::raise(py, error))
}

/// Runs `body` with both. For short things that need both: to read an element, to look at a type.
pub fn attached<T>(py: Python<'_>, body: impl for<'r> FnOnce(R<'r>) -> PyResult<T>) -> PyResult<T> {
    let mut body = Some(body);
    if STARTED.load(Ordering::Acquire)
        && let Some(done) = R::try_with(|r| Ok(body.take().map(|body| body(r))))
        && let Some(result) = done.map_err(|error| error::raise(py, error))?
    {
        return result;
    }
    let body = SameThread(body);
    py.detach(move || {
        enter(move |r| Ok(SameThread(Python::attach(|_| body.into_inner().map(|body| body(r))))))
    })
    .map_err(|error| error::raise(py, error))?
    .into_inner()
    .unwrap_or_else(|| unreachable!("the body is taken by the only entry that succeeds"))
}

/// `R::with`, after the console was set up.
fn enter<T>(body: impl for<'r> FnOnce(R<'r>) -> Result<T>) -> Result<T> {
    if !STARTED.load(Ordering::Acquire) {
        console::install();
    }
    R::with(|r| {
        STARTED.store(true, Ordering::Release);
        body(r)
    })
}

/// What stays on this thread although `Python::detach` asks for what could be sent.
struct SameThread<T>(T);

impl<T> SameThread<T> {
    fn into_inner(self) -> T {
        self.0
    }
}

// SAFETY: `Python::detach` runs its closure on the calling thread and before it returns. It asks for `Send` to keep
// Python objects out of the closure: what is inside is used only where the interpreter is attached again.
unsafe impl<T> Send for SameThread<T> {}
