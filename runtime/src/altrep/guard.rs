//! Rust code that R calls: a panic ends here, and becomes an R error.
//!
//! R raises an error by a jump, so the frame that raises one owns nothing: the panic's payload is gone by then, and
//! its message stands in a buffer on the stack.

use std::ffi::c_char;
use std::fmt::{self, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::callback::{contain, said};
use crate::ffi;

/// A C string of limited length, without a destructor. What does not fit is cut off.
pub(super) struct Text {
    bytes: [u8; 512],
    length: usize,
}

impl Text {
    pub(super) fn new() -> Text {
        Text { bytes: [0; 512], length: 0 }
    }

    /// The text, which ends with NUL.
    pub(super) fn as_ptr(&self) -> *const c_char {
        self.bytes.as_ptr().cast()
    }
}

impl Write for Text {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let free = self.bytes.len() - 1 - self.length;
        let mut end = text.len().min(free);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        self.bytes[self.length..self.length + end].copy_from_slice(&text.as_bytes()[..end]);
        self.length += end;
        Ok(())
    }
}

/// Raises an R error.
///
/// # Safety
/// R called, and no frame between its catch and this one owns anything.
pub(super) unsafe fn raise(message: fmt::Arguments<'_>) -> ! {
    let mut text = Text::new();
    // The text takes everything.
    let _ = text.write_fmt(message);
    // SAFETY: the caller's; this frame owns nothing.
    unsafe { ffi::Rf_error(text.as_ptr()) }
}

/// Runs `body`, which calls nothing that jumps; a panic in it becomes an R error that begins with `what`.
///
/// # Safety
/// As for [`raise`].
pub(super) unsafe fn or_raise<T: Copy>(what: &str, body: impl FnOnce() -> T) -> T {
    let mut text = Text::new();
    if let Some(value) = catch(&mut text, what, body) {
        return value;
    }
    // SAFETY: the caller's; `body` and the payload of the panic are gone.
    unsafe { ffi::Rf_error(text.as_ptr()) }
}

/// Runs `body`; a panic in it is written down and nothing else.
fn catch<T: Copy>(text: &mut Text, what: &str, body: impl FnOnce() -> T) -> Option<T> {
    match catch_unwind(AssertUnwindSafe(body)) {
        Ok(value) => Some(value),
        Err(payload) => {
            let _ = write!(text, "{what} panicked: {}", said(&*payload));
            contain(move || drop(payload));
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_between_characters() {
        let mut text = Text::new();
        text.write_str(&"ü".repeat(400)).unwrap();
        text.write_str("more").unwrap();
        assert_eq!(text.length, 511);
        assert!(std::str::from_utf8(&text.bytes[..508]).is_ok());
        assert_eq!(text.bytes[511], 0);
    }

    #[test]
    fn a_panic_is_written_down() {
        let mut text = Text::new();
        assert_eq!(catch(&mut text, "the source", || 1), Some(1));
        assert_eq!(catch::<i32>(&mut text, "the source", || panic!("at {}", 3)), None);
        assert_eq!(&text.bytes[..text.length], b"the source panicked: at 3");
    }
}
