//! Errors stay errors: they reach Rust whole, print nothing, and never end the process.

use std::sync::{Arc, Mutex};

use rbindgen_runtime::prelude::*;
use rbindgen_runtime::set_console;

/// One console for all tests of this file: they run in threads of one process, and R has one console.
fn console() -> Arc<Mutex<String>> {
    static TEXT: std::sync::OnceLock<Arc<Mutex<String>>> = std::sync::OnceLock::new();
    TEXT.get_or_init(|| {
        let text = Arc::new(Mutex::new(String::new()));
        let sink = text.clone();
        set_console(Some(Box::new(move |_, piece| sink.lock().unwrap().push_str(piece))));
        text
    })
    .clone()
}

/// Evaluates code that fails; the error and what was printed meanwhile.
fn failing(code: &str) -> (Error, String) {
    let console = console();
    R::with(|r| {
        console.lock().unwrap().clear();
        let error = r.eval(code).expect_err("this code fails");
        Ok((error, console.lock().unwrap().clone()))
    })
    .unwrap()
}

#[test]
fn a_bare_stop_is_an_error_and_prints_nothing() {
    let (error, printed) = failing("stop()");
    let Error::Condition { message, class, call, .. } = error else { panic!("{error:?}") };
    assert_eq!(message, "");
    assert_eq!(class, ["simpleError", "error", "condition"]);
    assert_eq!(call, None);
    assert_eq!(printed, "");
}

#[test]
fn a_condition_comes_whole() {
    let (error, printed) = failing(
        "inner <- function(x) stop(structure(class = c('mine', 'error', 'condition'),
                                             list(message = 'no such thing', call = sys.call())))
         outer <- function(y) inner(y + 1)
         outer(1)",
    );
    let Error::Condition { message, class, call, trace } = error else { panic!("{error:?}") };
    assert_eq!(message, "no such thing");
    assert_eq!(class, ["mine", "error", "condition"]);
    assert_eq!(call.as_deref(), Some("inner(y + 1)"));
    let trace: Vec<&str> = trace.iter().map(String::as_str).collect();
    assert_eq!(trace[..2], ["outer(1)", "inner(y + 1)"]);
    assert_eq!(printed, "");
}

#[test]
fn the_message_of_a_generic_counts() {
    let (error, _) = failing(
        "conditionMessage.spoken <- function(c) paste('said', c$word)
         stop(structure(class = c('spoken', 'error', 'condition'), list(word = 'so')))",
    );
    let Error::Condition { message, .. } = error else { panic!("{error:?}") };
    assert_eq!(message, "said so");
}

#[test]
fn a_broken_condition_is_still_an_error() {
    let (error, _) = failing(
        "conditionMessage.broken <- function(c) stop('and this fails, too')
         stop(structure(class = c('broken', 'error', 'condition'), list()))",
    );
    assert!(matches!(error, Error::Condition { .. }), "{error:?}");
}

#[test]
fn a_syntax_error_tells_its_position() {
    let (error, printed) = failing("x <- 1\ny <- (2");
    let text = error.to_string();
    assert!(text.contains("unexpected end of input") && text.contains("3:0"), "{text}");
    assert_eq!(printed, "");
}

#[test]
fn quitting_is_an_error() {
    for code in ["q()", "quit('no')", "q('no', status = 3, runLast = FALSE)"] {
        let (error, _) = failing(code);
        assert!(error.to_string().contains("runs inside another program"), "{code}: {error}");
    }
    R::with(|r| r.eval("1 + 1").map(drop)).unwrap();
}

#[test]
fn a_restart_to_top_level_is_an_error() {
    let (error, _) = failing("invokeRestart('abort')");
    assert!(matches!(error, Error::Condition { .. }), "{error:?}");
}

#[test]
fn errors_that_r_catches_stay_in_r() {
    R::with(|r| {
        let caught = r.eval("tryCatch(stop('inside'), error = function(e) conditionMessage(e))")?;
        assert_eq!(caught.to::<String>()?, "inside");
        Ok(())
    })
    .unwrap();
}

#[test]
fn infinite_recursion_is_an_error_on_every_thread() {
    let recurse = || {
        // Deep in expressions, and deep in the C stack.
        for code in ["f <- function() f(); f()", "g <- function() lapply(1, function(i) g()); g()"] {
            let (error, printed) = failing(code);
            assert!(matches!(error, Error::Condition { .. }), "{error:?}");
            assert_eq!(printed, "");
        }
        R::with(|r| r.eval("sum(1:10)")?.to::<f64>())
    };
    assert_eq!(recurse().unwrap(), 55.0);
    for megabytes in [2, 64] {
        let thread = std::thread::Builder::new().stack_size(megabytes << 20).spawn(recurse).unwrap();
        assert_eq!(thread.join().unwrap().unwrap(), 55.0, "on a thread with {megabytes} MiB");
    }
}

#[test]
fn what_try_prints_is_printed() {
    let console = console();
    let printed = R::with(|r| {
        console.lock().unwrap().clear();
        r.eval("try(log('a')); try(stop('second')); 1")?;
        Ok(console.lock().unwrap().clone())
    })
    .unwrap();
    assert_eq!(
        printed,
        "Error in log(\"a\") : non-numeric argument to mathematical function\nError in try(stop(\"second\")) : second\n"
    );
}

#[test]
fn an_error_handler_that_the_user_sets_does_not_end_the_process() {
    let (error, _) = failing("old <- options(error = NULL); f <- function() f(); f()");
    assert!(matches!(error, Error::Condition { .. }), "{error:?}");
    R::with(|r| r.eval("options(old)").map(drop)).unwrap();
}

#[test]
fn a_panic_in_the_closure_leaves_r_usable() {
    let panicked = std::panic::catch_unwind(|| {
        R::with(|r| -> Result<(), Error> {
            let _x = r.eval("1:3")?;
            panic!("on purpose")
        })
    });
    assert!(panicked.is_err());
    let sum = R::with(|r| r.eval("sum(1:3)")?.to::<i32>()).unwrap();
    assert_eq!(sum, 6);
    // Another thread is not locked out, either.
    let sum = std::thread::spawn(|| R::with(|r| r.eval("sum(1:4)")?.to::<i32>())).join().unwrap().unwrap();
    assert_eq!(sum, 10);
}

#[test]
fn a_wrong_type_says_what_came() {
    R::with(|r| {
        let x = r.eval("letters")?;
        let error = Double::try_from(x.clone()).unwrap_err();
        assert_eq!(error.to_string(), "expected a double vector, found a character vector of length 26");
        let error = x.to::<String>().unwrap_err();
        assert_eq!(
            error.to_string(),
            "expected a character vector of length 1, found a character vector of length 26"
        );
        let frame: DataFrame = r.eval("data.frame(a = 1)")?.try_into()?;
        let error = frame.column::<Integer>("a").unwrap_err();
        assert_eq!(error.to_string(), "column `a` is a double vector of length 1, not an integer vector");
        let error = frame.column::<Integer>("b").unwrap_err();
        assert_eq!(error.to_string(), "there is nothing by the name `b`; the names are a");
        Ok(())
    })
    .unwrap();
}
