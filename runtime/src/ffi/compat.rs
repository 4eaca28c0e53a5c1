//! What differs between the versions of R that are supported, and nothing else.
//!
//! A symbol that came after R 4.2, or that a later R hides, is looked up here, optionally, with the older way
//! beside it.

use std::ffi::c_int;
use std::sync::OnceLock;

use super::SEXP;
use super::library::{Library, OpenError};

type Count = unsafe extern "C-unwind" fn(SEXP) -> c_int;

static COUNT: OnceLock<(Count, c_int)> = OnceLock::new();

/// Looks the symbols up in `library`.
pub(crate) fn fill(library: &Library) -> Result<(), OpenError> {
    // SAFETY: both are `int (SEXP)` in R's headers.
    let (count, most) = unsafe {
        match library.function::<Count>("MAYBE_SHARED") {
            Ok(function) => (function, 0),
            // Until R 4.3 the name is a macro over the reference count.
            Err(_) => (library.function::<Count>("REFCNT")?, 1),
        }
    };
    let _ = COUNT.set((count, most));
    Ok(())
}

/// R's `MAYBE_SHARED(x)`: whether more than one place may refer to `x` ("Writing R Extensions", section 5.9.10).
///
/// # Safety
/// As for `ffi`.
pub(crate) unsafe fn maybe_shared(x: SEXP) -> bool {
    match COUNT.get() {
        // SAFETY: the caller's.
        Some((count, most)) => unsafe { count(x) > *most },
        None => true,
    }
}
