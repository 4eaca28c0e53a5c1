//! A panic in Rust code that R calls does not cross into R. In a process of its own: it replaces the console.

use std::sync::atomic::{AtomicUsize, Ordering};

use rbindgen_runtime::prelude::*;
use rbindgen_runtime::set_console;

#[test]
fn a_panic_of_the_console_stays_in_rust() {
    static PIECES: AtomicUsize = AtomicUsize::new(0);
    set_console(Some(Box::new(|_, _| {
        PIECES.fetch_add(1, Ordering::SeqCst);
        panic!("on purpose");
    })));
    let value = R::with(|r| {
        let value = r.eval("cat('lost'); message('lost, too'); 42L")?.to::<i32>()?;
        assert_eq!(
            r.eval("tryCatch({ print(1); 'went on' }, error = function(e) 'failed')")?.to::<String>()?,
            "went on"
        );
        Ok(value)
    });
    assert_eq!(value.unwrap(), 42);
    assert!(PIECES.load(Ordering::SeqCst) >= 2);
}
