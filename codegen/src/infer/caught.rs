//! Panics as values: a defect in the study of one function costs that function only.

use std::cell::{Cell, RefCell};
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;

thread_local! {
    /// Whether a panic of this thread is caught, and is not to be shown.
    static CAUGHT: Cell<bool> = const { Cell::new(false) };
    static MESSAGE: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Runs `work`; if it panics, says where and why. Nothing is printed.
///
/// What `work` changes has to be sound however far it comes.
pub fn caught<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if CAUGHT.get() {
                let text = info.to_string().replace('\n', " ");
                MESSAGE.set(Some(text.strip_prefix("panicked at ").unwrap_or(&text).to_owned()));
            } else {
                before(info);
            }
        }));
    });
    let outer = CAUGHT.replace(true);
    let result = panic::catch_unwind(AssertUnwindSafe(work));
    CAUGHT.set(outer);
    result.map_err(|_| MESSAGE.take().unwrap_or_else(|| "a panic".to_owned()))
}

#[cfg(test)]
mod tests {
    use super::caught;

    #[test]
    fn panics_are_values() {
        assert_eq!(caught(|| 1), Ok(1));
        let nested = caught(|| {
            let inner = caught(|| -> u8 { panic!("in\nside") });
            (inner, 2)
        });
        let (inner, outer) = nested.unwrap();
        assert_eq!(outer, 2);
        let message = inner.unwrap_err();
        assert!(message.contains("caught.rs") && message.ends_with("in side"), "{message}");
    }
}
