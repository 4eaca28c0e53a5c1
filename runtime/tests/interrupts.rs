//! SIGINT while R computes: an error within 100 ms, R usable, the host's handler heard and put back.
//!
//! One test: the signal is the process's.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use rbindgen_runtime::prelude::*;
use rbindgen_runtime::{interrupt, set_console};

static HEARD: AtomicUsize = AtomicUsize::new(0);

extern "C" fn host(_: i32) {
    HEARD.fetch_add(1, Ordering::SeqCst);
}

/// Computes on a thread of its own; after a while, `stop` is called. The result, the time from there to the end, and how
/// often it had to be called: on a machine that is busy, R may not have come to its first look at the interrupts.
fn stopped(code: &'static str, stop: impl Fn()) -> (Result<(), Error>, Duration, usize) {
    let computing = std::thread::spawn(move || R::with(|r| r.eval(code).map(drop)));
    std::thread::sleep(Duration::from_millis(300));
    assert!(!computing.is_finished(), "{code} ended by itself");
    for times in 1..=10 {
        let from = Instant::now();
        stop();
        while from.elapsed() < Duration::from_secs(3) {
            if computing.is_finished() {
                return (computing.join().unwrap(), from.elapsed(), times);
            }
            std::thread::sleep(Duration::from_millis(1));
        }
    }
    panic!("{code} was not interrupted");
}

fn raise() {
    // SAFETY: the host's handler is in place, or R's.
    unsafe { libc::kill(libc::getpid(), libc::SIGINT) };
}

fn current_handler() -> usize {
    // SAFETY: only reads the disposition.
    unsafe {
        let mut action = std::mem::MaybeUninit::<libc::sigaction>::zeroed();
        libc::sigaction(libc::SIGINT, std::ptr::null(), action.as_mut_ptr());
        action.assume_init().sa_sigaction
    }
}

#[test]
fn interrupts_end_the_computation_and_nothing_else() {
    let printed = std::sync::Arc::new(std::sync::Mutex::new(String::new()));
    let sink = printed.clone();
    set_console(Some(Box::new(move |_, piece| sink.lock().unwrap().push_str(piece))));
    // R's start may take longer than the pause before the signal.
    R::with(|_| Ok(())).unwrap();
    // SAFETY: the handler only counts.
    unsafe { libc::signal(libc::SIGINT, host as *const () as usize) };

    let loops = [
        "repeat {}",
        "while (TRUE) {}",
        "for (i in 1:1e9) {}",
        "f <- function() repeat { x <- 1 + 1 }; f()",
        "Sys.sleep(30)",
    ];
    let mut raised = 0;
    for code in loops {
        let (result, took, times) = stopped(code, raise);
        raised += times;
        assert!(matches!(result, Err(Error::Interrupted)), "{code}: {result:?}");
        // The bound is 100 ms; a machine that is busy with other tests gets more.
        assert!(took < Duration::from_secs(2), "{code}: {took:?}");
        assert_eq!(HEARD.load(Ordering::SeqCst), raised, "the host hears each signal once ({code})");
        assert_eq!(current_handler(), host as *const () as usize, "the host's handler is back");
        assert_eq!(R::with(|r| r.eval("sum(1:10)")?.to::<i32>()).unwrap(), 55);
    }

    let (result, ..) = stopped("repeat {}", interrupt);
    assert!(matches!(result, Err(Error::Interrupted)), "{result:?}");
    // R code may deal with it.
    let (result, ..) =
        stopped("stopifnot(tryCatch({ repeat {} }, interrupt = function(i) 'seen') == 'seen')", raise);
    assert!(result.is_ok(), "{result:?}");
    // Without a computation the signal is the host's alone, and the next computation is not touched.
    let before = HEARD.load(Ordering::SeqCst);
    // To this thread, hence handled when the call returns; `kill` may go to another one, later.
    // SAFETY: the host's handler only counts.
    unsafe { libc::raise(libc::SIGINT) };
    interrupt();
    assert_eq!(HEARD.load(Ordering::SeqCst), before + 1);
    assert_eq!(
        R::with(|r| r.eval("{ x <- 0; for (i in 1:100000) x <- x + 1; x }")?.to::<f64>()).unwrap(),
        100_000.0
    );
    assert_eq!(*printed.lock().unwrap(), "");

    // A host that ignores SIGINT is not interrupted, either.
    // SAFETY: plain disposition.
    unsafe { libc::signal(libc::SIGINT, libc::SIG_IGN) };
    let (result, ..) = stopped("for (i in 1:8) Sys.sleep(0.1)", raise);
    assert!(result.is_ok(), "{result:?}");
}
