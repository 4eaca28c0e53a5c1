//! Objects of R's class systems, and Rust values that R keeps.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use rbindgen_runtime::prelude::*;

fn with_r(body: impl for<'r> FnOnce(R<'r>) -> Result<(), Error>) {
    R::with(body).unwrap();
}

#[test]
fn slots_are_read_and_set_by_value() {
    with_r(|r| {
        r.eval(
            "setClass('TestBase', representation('VIRTUAL', id = 'numeric'))
             setClass('TestShape', contains = 'TestBase', representation(name = 'character', call = 'language'))
             setClass('TestNumbers', contains = 'numeric', representation(unit = 'character'))",
        )?;
        let shape = S4::new(
            r,
            "TestShape",
            (named("id", 7), named("name", "round"), named("call", r.eval("quote(f(x))")?)),
        )?;
        assert_eq!(shape.slot_names()?, ["name", "call", "id"]);
        assert_eq!(shape.slot("call")?.deparse()?, "f(x)");
        assert!(shape.is("TestBase")? && shape.is("TestShape")? && !shape.is("numeric")?);
        assert!(r.is_virtual_class("TestBase")? && !r.is_virtual_class("TestShape")?);
        assert!(r.is_virtual_class("no such class")?, "as R has it");
        assert!(shape.has_slot("id")? && !shape.has_slot("nothing")?);
        let error = shape.slot("nothing").unwrap_err();
        assert_eq!(error.to_string(), "there is nothing by the name `nothing`; the names are name, call, id");
        let renamed = shape.clone().with_slot("name", "square")?.with_slot("call", r.eval("quote(g(y))")?)?;
        assert_eq!(renamed.slot("name")?.to::<String>()?, "square");
        assert_eq!(renamed.slot("call")?.deparse()?, "g(y)");
        assert_eq!(shape.slot("name")?.to::<String>()?, "round");
        assert!(matches!(shape.clone().with_slot("name", 1.0), Err(Error::Condition { .. })));
        assert!(matches!(shape.with_slot("nothing", 1.0), Err(Error::Condition { .. })));
        assert!(matches!(S4::new(r, "TestBase", ()), Err(Error::Condition { .. })));
        assert!(matches!(S4::new(r, "no such class", ()), Err(Error::Condition { .. })));
        // Built on a vector: it is one, too.
        let numbers = S4::new(r, "TestNumbers", ([1.0, 2.0], named("unit", "kg")))?;
        assert_eq!(numbers.to::<Double>()?.as_slice(), [1.0, 2.0]);
        assert_eq!(numbers.slot(".Data")?.to::<Vec<f64>>()?, [1.0, 2.0]);
        assert!(numbers.is_s4() && !r.eval("1")?.is_s4());
        assert!(r.eval("data.frame()")?.is("data.frame")? && r.eval("1L")?.is("numeric")?);
        Ok(())
    });
}

/// What R6 makes: public bindings, an active binding, a locked object, and the enclosing environment of the methods.
const STACK: &str = "local({
    self <- new.env(parent = emptyenv())
    enclosing <- new.env(parent = globalenv())
    enclosing$self <- self
    self$items <- list()
    self$push <- function(x) { self$items[[length(self$items) + 1]] <- x; invisible(self) }
    self$pop <- function() { last <- self$items[[length(self$items)]]; self$items[[length(self$items)]] <- NULL; last }
    environment(self$push) <- environment(self$pop) <- enclosing
    runs <- 0
    makeActiveBinding('size', function(value) {
        if (!missing(value)) stop('size is read-only')
        runs <<- runs + 1
        length(self$items)
    }, self)
    self$runs <- function() runs
    self$.__enclos_env__ <- enclosing
    lockBinding('push', self)
    lockEnvironment(self)
    structure(self, class = c('Stack', 'R6'))
})";

#[test]
fn an_r6_object_by_its_members() {
    with_r(|r| {
        let stack: R6Object = r.eval(STACK)?.try_into()?;
        let other = stack.clone();
        assert!(stack.call("push", ("one",))?.identical(&stack)?);
        stack.method("push")?.call((2.5,))?;
        assert_eq!(other.field("size")?.to::<i32>()?, 2);
        assert_eq!(stack.call("pop", ())?.to::<f64>()?, 2.5);
        assert_eq!(stack.fields()?, ["items"]);
        assert_eq!(stack.methods()?, ["pop", "push", "runs"]);
        assert_eq!(stack.active_bindings()?, ["size"]);
        // Listing ran no active binding.
        assert_eq!(stack.call("runs", ())?.to::<i32>()?, 1);
        stack.set_field("items", List::new(r, [])?)?;
        assert_eq!(other.field("size")?.to::<i32>()?, 0);
        let error = stack.set_field("size", 3).unwrap_err();
        assert!(error.to_string().contains("read-only"), "{error}");
        for name in ["new_field", "push"] {
            assert!(matches!(stack.set_field(name, 1), Err(Error::Condition { .. })), "{name}");
        }
        assert!(matches!(stack.field("nothing"), Err(Error::Name { .. })));
        let error = stack.method("items").unwrap_err().to_string();
        assert_eq!(error, "method `items` is a list of length 0, not a function");
        assert!(r.eval("new.env()")?.to::<R6Object>().is_err());
        Ok(())
    });
}

#[test]
fn an_object_that_the_package_r6_made() {
    with_r(|r| {
        if !r.eval("requireNamespace('R6', quietly = TRUE)")?.to::<bool>()? {
            return Ok(()); // The test above makes the same object by hand.
        }
        let counter: R6Object = r
            .eval(
                "R6::R6Class('Counter', public = list(count = 0, add = function(by = 1) {
                     self$count <- self$count + by; invisible(self) }), private = list(secret = 1),
                     active = list(double = function() self$count * 2))$new()",
            )?
            .try_into()?;
        counter.call("add", (named("by", 4),))?;
        assert_eq!(counter.field("double")?.to::<f64>()?, 8.0);
        assert_eq!(counter.fields()?, ["count"]);
        assert_eq!(counter.methods()?, ["add", "clone"]);
        assert!(counter.set_field("secret", 2).is_err());
        Ok(())
    });
}

#[test]
fn a_reference_object_by_its_members() {
    with_r(|r| {
        let code = "local({
            Base <- setRefClass('TestRefBase', fields = list(n = 'numeric'), methods = list(
                twice = function() n * 2))
            Derived <- setRefClass('TestRefDerived', contains = 'TestRefBase', fields = list(label = 'character'))
            Derived$new(n = 4, label = 'x')
        })";
        let object: RefObject = r.eval(code)?.try_into()?;
        let other = object.clone();
        assert_eq!(object.fields()?, ["n", "label"]);
        assert!(object.methods()?.iter().any(|name| name == "twice"));
        assert_eq!(object.call("twice", ())?.to::<f64>()?, 8.0);
        object.set_field("n", 5.0)?;
        assert_eq!(other.field("n")?.to::<f64>()?, 5.0);
        assert!(matches!(object.set_field("n", "five"), Err(Error::Condition { .. })));
        assert!(matches!(object.set_field("nothing", 1), Err(Error::Condition { .. })));
        assert!(matches!(object.field("nothing"), Err(Error::Condition { .. })));
        assert!(object.method("n").is_err());
        let copy: RefObject = object.call("copy", ())?.try_into()?;
        copy.set_field("n", 0.0)?;
        assert_eq!(object.field("n")?.to::<f64>()?, 5.0);
        assert!(r.eval("new.env()")?.to::<RefObject>().is_err());
        Ok(())
    });
}

struct Counted(Arc<AtomicUsize>);

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }
}

#[test]
fn a_rust_value_is_dropped_once_when_r_is_done_with_it() {
    let drops = Arc::new(AtomicUsize::new(0));
    with_r(|r| {
        let env: Environment = r.eval("new.env()")?.try_into()?;
        let pointer = ExternalPtr::new(r, Counted(drops.clone()))?;
        env.set("kept", &pointer)?;
        drop(pointer);
        r.eval("invisible(gc())")?;
        assert_eq!(drops.load(Ordering::SeqCst), 0);
        let again: ExternalPtr<Counted> = env.get("kept")?.unwrap().try_into()?;
        assert_eq!(Arc::strong_count(&again.get()?.0), 2);
        r.eval_in("rm(kept)", &env)?;
        r.eval("invisible(gc())")?;
        assert_eq!(drops.load(Ordering::SeqCst), 0, "the handle keeps it");
        drop(again);
        r.eval("invisible(gc()); invisible(gc())")?;
        assert_eq!(drops.load(Ordering::SeqCst), 1);
        for _ in 0..100 {
            ExternalPtr::new(r, Counted(drops.clone()))?;
        }
        r.eval("invisible(gc()); invisible(gc())")?;
        assert_eq!(drops.load(Ordering::SeqCst), 101);
        Ok(())
    });
}

#[test]
fn pointers_of_another_type_are_refused() {
    with_r(|r| {
        let number = ExternalPtr::new(r, 5u32)?.to::<Value>()?;
        let error = number.to::<ExternalPtr<i32>>().unwrap_err().to_string();
        assert_eq!(error, "expected an external pointer to a Rust value of type i32, found one of type u32");
        assert_eq!(number.to::<ExternalPtr<u32>>()?.get()?, &5);
        // One of R's own, one that is no pointer at all.
        let foreign = r.eval("methods::new('externalptr')")?;
        assert!(matches!(foreign.to::<ExternalPtr<u32>>(), Err(Error::Type { .. })));
        let symbol = r.eval("stats:::C_rnorm$address")?;
        assert!(matches!(symbol.to::<ExternalPtr<u32>>(), Err(Error::Type { .. })));
        assert!(matches!(r.eval("1")?.to::<ExternalPtr<u32>>(), Err(Error::Type { .. })));
        Ok(())
    });
}

#[test]
fn a_pointer_that_was_saved_comes_back_empty() {
    with_r(|r| {
        let pointer = ExternalPtr::new(r, String::from("here"))?;
        let loaded = r.unserialize(&pointer.serialize()?)?;
        let error = loaded.to::<ExternalPtr<String>>().unwrap_err().to_string();
        assert!(
            error.ends_with("found an empty one: what it led to is gone, or was not loaded with it"),
            "{error}"
        );
        assert_eq!(pointer.get()?, "here");
        Ok(())
    });
}

struct Panics;

impl Drop for Panics {
    fn drop(&mut self) {
        panic!("while being dropped");
    }
}

/// Uses R while it is dropped.
struct UsesR(Global<Value<'static>>);

impl Drop for UsesR {
    fn drop(&mut self) {
        let sum = R::with(|r| {
            assert!(r.eval("stop('inside a finalizer')").is_err());
            r.function("base", "sum")?.call((self.0.get(r),))?.to::<f64>()
        });
        assert_eq!(sum.unwrap(), 3.0);
    }
}

#[test]
fn a_drop_that_panics_or_uses_r_does_no_harm() {
    with_r(|r| {
        for _ in 0..3 {
            ExternalPtr::new(r, Panics)?;
            ExternalPtr::new(r, UsesR(r.eval("c(1, 2)")?.global()))?;
        }
        r.eval("invisible(gc()); invisible(gc())")?;
        assert_eq!(r.eval("1 + 1")?.to::<f64>()?, 2.0);
        Ok(())
    });
}

#[test]
fn a_rust_value_may_be_dropped_by_another_thread() {
    let drops = Arc::new(AtomicUsize::new(0));
    let kept = R::with(|r| Ok(Value::from(ExternalPtr::new(r, Counted(drops.clone()))?).global())).unwrap();
    std::thread::spawn(move || {
        drop(kept);
        R::with(|r| r.eval("invisible(gc()); invisible(gc())").map(drop)).unwrap();
    })
    .join()
    .unwrap();
    assert_eq!(drops.load(Ordering::SeqCst), 1);
}
