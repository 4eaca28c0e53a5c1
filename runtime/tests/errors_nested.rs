//! One evaluation within another: each error reaches the evaluation that it belongs to.

use rbindgen_runtime::altrep::Source;
use rbindgen_runtime::prelude::*;

fn fails(r: R<'_>, message: &str) -> String {
    r.eval(&format!("stop('{message}')")).unwrap_err().to_string()
}

#[test]
fn through_a_rust_function() {
    R::with(|r| {
        let inner = Function::from_fn(r, || R::with(|r| Ok(fails(r, "inner"))))?;
        let outer =
            Function::try_from(r.eval("function(inner) stop(inner(), ', then outer', call. = FALSE)")?)?;
        for _ in 0..3 {
            let error = outer.call((inner.clone(),)).unwrap_err();
            assert_eq!(error.to_string(), "R error: R error in inner(): inner, then outer");
        }
        Ok(())
    })
    .unwrap();
}

/// Asks R for each element, and R refuses.
struct Refused;

impl Source<f64> for Refused {
    fn len(&self) -> usize {
        3
    }
    fn get(&self, index: usize) -> f64 {
        R::with(|r| {
            assert_eq!(fails(r, "inner"), "R error: inner");
            Ok(index as f64)
        })
        .unwrap()
    }
}

#[test]
fn through_an_altrep_vector() {
    R::with(|r| {
        let x = Double::from_source(r, Refused)?;
        let outer = Function::try_from(r.eval("function(x) stop('the sum is ', sum(x), call. = FALSE)")?)?;
        for _ in 0..3 {
            let error = outer.call((&x,)).unwrap_err();
            assert_eq!(error.to_string(), "R error: the sum is 3");
            assert!(
                matches!(error, Error::Condition { trace, .. } if trace.len() == 2),
                "the handler is no part of the trace"
            );
        }
        Ok(())
    })
    .unwrap();
}

#[test]
fn handlers_of_r_code_come_first() {
    R::with(|r| {
        assert_eq!(r.eval("tryCatch(stop('a'), error = function(e) 'caught')")?.to::<String>()?, "caught");
        assert_eq!(r.eval("try(stop('a'), silent = TRUE); 'went on'")?.to::<String>()?, "went on");
        let error = r
            .eval("withCallingHandlers(stop('a'), error = function(e) stop('b', call. = FALSE))")
            .unwrap_err();
        assert_eq!(error.to_string(), "R error: b");
        // The handler stack of one evaluation is not that of the next.
        assert_eq!(fails(r, "c"), "R error: c");
        Ok(())
    })
    .unwrap();
}
