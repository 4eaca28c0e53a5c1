//! `Sys.sleep` that can be interrupted on any thread.
//!
//! R's own waits in `select` with a SIGINT handler that jumps (`R_SelectEx` in `sys-std.c`). The system delivers the signal to any
//! thread, usually the main one: where R runs on another, R would jump across stacks and the process would be aborted. This one
//! sleeps in short pieces and checks for interrupts between them.

use std::time::{Duration, Instant};

use crate::error::Result;
use crate::ffi::{self, SEXP};
use crate::protect::protect;
use crate::r::R;
use crate::value::{Function, Value};

/// The longest time without a look at the interrupts.
const PIECE: Duration = Duration::from_millis(20);

const REPLACE: &str = "
    function(sleep) {
        replacement <- function(time) {
            if (!is.numeric(time) || length(time) != 1L || is.na(time) || time < 0)
                stop(\"invalid 'time' value\")
            invisible(.Call(sleep, as.double(time)))
        }
        for (where in list(baseenv(), .BaseNamespaceEnv)) {
            unlockBinding('Sys.sleep', where)
            assign('Sys.sleep', replacement, envir = where)
            lockBinding('Sys.sleep', where)
        }
    }";

/// Puts the replacement in place of base's function.
pub(super) fn install(r: R<'_>) -> Result<()> {
    let symbol = r.symbol("native symbol")?;
    let pointer = protect(r, move || {
        // SAFETY: `protect` gives the context; the symbol is permanent.
        unsafe { ffi::R_MakeExternalPtrFn(sleep, symbol, ffi::R_NilValue()) }
    })?;
    // SAFETY: R just returned the object.
    let pointer = unsafe { Value::new(r, pointer) };
    Function::try_from(r.eval_in(REPLACE, &r.base_env())?)?.call((pointer,)).map(drop)
}

/// What `.Call` calls: a double vector of length one.
unsafe extern "C-unwind" fn sleep(seconds: SEXP) -> SEXP {
    // SAFETY: R calls this with a double of length one. The check may jump; this frame owns nothing.
    unsafe {
        let seconds = *ffi::REAL(seconds);
        // Longer than this process will live.
        let forever = Duration::from_secs(u32::MAX.into());
        let total = Duration::try_from_secs_f64(seconds).unwrap_or(forever).min(forever);
        let begin = Instant::now();
        loop {
            ffi::R_CheckUserInterrupt();
            let left = total.saturating_sub(begin.elapsed());
            if left.is_zero() {
                return ffi::R_NilValue();
            }
            std::thread::sleep(left.min(PIECE));
        }
    }
}
