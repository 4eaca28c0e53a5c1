//! Rust functions that R calls: values, errors, panics and R's own jumps, all with their destructors.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use rbindgen_runtime::live_slots;
use rbindgen_runtime::prelude::*;

/// Counts the values of it that are alive.
struct Alive(Arc<AtomicUsize>);

impl Alive {
    fn new(count: &Arc<AtomicUsize>) -> Alive {
        count.fetch_add(1, Ordering::SeqCst);
        Alive(count.clone())
    }
}

impl Drop for Alive {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

fn call<'r>(r: R<'r>, code: &str, f: Function<'r>) -> Result<Value<'r>, Error> {
    Function::try_from(r.eval(code)?)?.call((f,))
}

#[test]
fn r_uses_rust_functions() {
    R::with(|r| {
        let square = Function::from_fn(r, |x: f64| x * x)?;
        let squares = call(r, "function(f) sapply(1:4, f)", square)?;
        assert_eq!(squares.to::<Vec<f64>>()?, [1.0, 4.0, 9.0, 16.0]);
        let paste = Function::from_fn(r, |a: String, b: Vec<i32>| format!("{a}{}", b.len()))?;
        assert_eq!(paste.call(("n", vec![1, 2]))?.to::<String>()?, "n2");
        let nothing = Function::from_fn(r, || ())?;
        assert!(nothing.call(())?.is_null());
        Ok(())
    })
    .unwrap();
}

#[test]
fn an_err_is_a_condition_that_try_catch_sees() {
    R::with(|r| {
        let f = Function::from_fn(r, |_: f64| -> Result<f64, std::num::ParseIntError> {
            Err("x".parse::<i32>().unwrap_err())
        })?;
        let class =
            call(r, "function(f) tryCatch(f(1), error = function(e) c(conditionMessage(e), class(e)))", f)?;
        assert_eq!(
            class.to::<Vec<String>>()?,
            ["invalid digit found in string", "rust_error", "error", "condition"]
        );
        let wrong = Function::from_fn(r, |x: f64| x)?;
        let error = wrong.call(("text",)).unwrap_err();
        assert_eq!(
            error.to_string(),
            "R error: argument 1 is a character vector of length 1, not a double vector"
        );
        let error = wrong.call((1.0, 2.0)).unwrap_err();
        assert_eq!(error.to_string(), "R error: this Rust function takes 1 arguments, not 2");
        Ok(())
    })
    .unwrap();
}

#[test]
fn a_panic_is_an_r_error_and_drops_what_was_alive() {
    R::with(|r| {
        let count = Arc::new(AtomicUsize::new(0));
        let counter = count.clone();
        let f = Function::from_fn(r, move |_: f64| -> f64 {
            let _alive = Alive::new(&counter);
            panic!("on purpose")
        })?;
        let caught = call(r, "function(f) tryCatch(f(1), rust_panic = function(e) conditionMessage(e))", f)?;
        assert_eq!(caught.to::<String>()?, "Rust code panicked: on purpose");
        assert_eq!(count.load(Ordering::SeqCst), 0);
        Ok(())
    })
    .unwrap();
}

#[test]
fn an_r_error_keeps_its_condition_through_rust() {
    R::with(|r| {
        let f = Function::from_raw_fn(r, |r, _| {
            r.eval("stop(structure(class = c('mine', 'error', 'condition'), list(message = 'm', call = NULL, data = 42)))")
        })?;
        let data = call(r, "function(f) tryCatch(f(), mine = function(e) e$data)", f.clone())?;
        assert_eq!(data.to::<f64>()?, 42.0);
        let Error::Condition { class, message, .. } = f.call(()).unwrap_err() else { panic!() };
        assert_eq!((class[0].as_str(), message.as_str()), ("mine", "m"));
        // Rust may deal with it instead.
        let f = Function::from_raw_fn(r, |r, _| match r.eval("stop('no')") {
            Err(Error::Condition { message, .. }) => format!("dealt with {message}").into_r(r),
            other => other,
        })?;
        assert_eq!(call(r, "function(f) f()", f)?.to::<String>()?, "dealt with no");
        Ok(())
    })
    .unwrap();
}

#[test]
fn a_jump_of_r_goes_through_rust_and_drops_what_was_alive() {
    R::with(|r| {
        let count = Arc::new(AtomicUsize::new(0));
        let counter = count.clone();
        let f = Function::from_raw_fn(r, move |r, _| {
            let _alive = Alive::new(&counter);
            r.eval("warning('careful')")
        })?;
        // The handler is outside of the Rust function.
        let slots = live_slots(r);
        let caught = call(r, "function(f) tryCatch(f(), warning = function(w) conditionMessage(w))", f.clone())?;
        assert_eq!(caught.to::<String>()?, "careful");
        assert_eq!(count.load(Ordering::SeqCst), 0);
        let restarted = call(r, "function(f) withCallingHandlers(is.character(f()), warning = function(w) invokeRestart('muffleWarning'))", f.clone())?;
        assert!(restarted.to::<bool>()?);
        let returned = call(r, "function(f) { g <- function() { withCallingHandlers(f(), warning = function(w) k('left')) }; callCC(function(kk) { k <<- kk; g() }) }", f)?;
        assert_eq!(returned.to::<String>()?, "left");
        assert_eq!(count.load(Ordering::SeqCst), 0);
        drop((caught, restarted, returned));
        assert!(live_slots(r) <= slots + 2, "slots leak: {} then {}", slots, live_slots(r));
        Ok(())
    })
    .unwrap();
}

#[test]
fn rust_and_r_call_each_other_deeply() {
    R::with(|r| {
        let f = Function::from_raw_fn(r, |r, arguments| {
            let n: f64 = arguments[0].1.to()?;
            let me: Function = arguments[1].1.to()?;
            if n == 0.0 {
                return 0.0.into_r(r);
            }
            let call = Function::try_from(r.eval("function(f, n) f(n - 1, f) + n")?)?;
            call.call((me, n))
        })?;
        let value = f.call((20.0, &f))?;
        assert_eq!(value.to::<f64>()?, 210.0);
        Ok(())
    })
    .unwrap();
}

#[test]
fn r_drops_the_closure_when_it_collects_the_function() {
    R::with(|r| {
        let count = Arc::new(AtomicUsize::new(0));
        let alive = Alive::new(&count);
        let f = Function::from_fn(r, move || alive.0.load(Ordering::SeqCst) as i32)?;
        assert_eq!(f.call(())?.to::<i32>()?, 1);
        r.eval("gc()")?;
        assert_eq!(count.load(Ordering::SeqCst), 1, "the handle keeps it");
        drop(f);
        r.eval("gc(); gc()")?;
        assert_eq!(count.load(Ordering::SeqCst), 0);
        Ok(())
    })
    .unwrap();
}

#[test]
fn a_scoped_function_is_gone_afterwards() {
    R::with(|r| {
        let base = 10.0;
        let mut kept = None;
        let sum = Function::scoped(
            r,
            |r, arguments| (arguments[0].1.to::<f64>()? + base).into_r(r),
            |f| {
                kept = Some(f.clone());
                call(r, "function(f) sum(sapply(1:3, f))", f)?.to::<f64>()
            },
        )?;
        assert_eq!(sum, 36.0);
        let error = kept.unwrap().call((1.0,)).unwrap_err();
        assert!(error.to_string().contains("closure is gone"), "{error}");
        Ok(())
    })
    .unwrap();
}

#[test]
fn callbacks_do_not_leak_slots() {
    R::with(|r| {
        let f = Function::from_fn(r, |x: f64| if x > 50.0 { Err(format!("{x}")) } else { Ok(x) })?;
        let run = |n: i32| -> Result<(), Error> {
            let body =
                Function::try_from(r.eval("function(f, n) for (i in seq_len(n)) try(f(i), silent = TRUE)")?)?;
            body.call((&f, n)).map(drop)
        };
        run(5)?;
        let before = live_slots(r);
        run(100)?;
        assert_eq!(live_slots(r), before);
        Ok(())
    })
    .unwrap();
}
