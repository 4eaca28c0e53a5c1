//! Reading an R condition into an [`Error`].

use super::Error;
use crate::ffi::{self, SEXP};
use crate::r::R;
use crate::value::{Character, Value};

/// Reads `condition`, with `calls` as `sys.calls()` gave it in the calling handler.
///
/// `conditionMessage` and `conditionCall` are generics and may fail themselves: then the fields speak.
pub(crate) fn read(r: R<'_>, condition: SEXP, calls: SEXP) -> Error {
    // SAFETY: the token proves the lock, and the caller keeps both objects alive.
    let (condition, calls) = unsafe { (Value::new(r, condition), Value::new(r, calls)) };
    let (message, class, call) = describe(r, &condition);
    Error::Condition { message, class, call, trace: trace(r, &calls) }
}

/// A condition's message, its class vector and its call, deparsed.
pub(crate) fn describe(r: R<'_>, condition: &Value<'_>) -> (String, Vec<String>, Option<String>) {
    // A value of another lifetime of the same lock.
    // SAFETY: the condition is alive while the borrow lasts; the new handle has a slot of its own.
    let condition = unsafe { Value::new(r, condition.sexp()) };
    let message = ask(r, "conditionMessage", &condition)
        .and_then(|message| first_text(&message))
        .unwrap_or_else(|| "(this condition has no message)".to_owned());
    let call =
        ask(r, "conditionCall", &condition).filter(|call| !call.is_null()).and_then(|call| deparse(r, &call));
    (message, condition.class(), call)
}

/// Calls a function of base R on one value; nothing where that fails.
fn ask<'r>(r: R<'r>, function: &str, x: &Value<'r>) -> Option<Value<'r>> {
    r.base_call(function, &[(None, x)]).ok()
}

fn first_text(value: &Value<'_>) -> Option<String> {
    let text: &Character<'_> = value.try_into().ok()?;
    text.get_lossy(0).map(|text| text.into_owned())
}

/// The first line of a call, as R would print it.
fn deparse(r: R<'_>, call: &Value<'_>) -> Option<String> {
    let one = r.integer(1).ok()?;
    let lines = r.base_call("deparse", &[(None, call), (Some("nlines"), &one)]).ok()?;
    first_text(&lines)
}

/// The calls, outermost first, without those of the handler itself.
fn trace(r: R<'_>, calls: &Value<'_>) -> Vec<String> {
    let mut kept = Vec::new();
    let mut cell = calls.sexp();
    // SAFETY: `calls` is a pairlist of calls, and alive.
    unsafe {
        while ffi::TYPEOF(cell) == ffi::SEXPTYPE::LISTSXP as i32 {
            kept.push(Value::new(r, ffi::CAR(cell)));
            cell = ffi::CDR(cell);
        }
    }
    // The innermost call is the one that asked; below it lies the handler.
    kept.pop();
    let simple = kept.iter().rev().take(2).position(|call| is_handle_simple_error(call));
    match simple {
        Some(above) => kept.truncate(kept.len() - 1 - above),
        None => kept.truncate(kept.len() - usize::from(kept.last().is_some_and(is_call_of_closure))),
    }
    kept.iter().filter_map(|call| deparse(r, call)).collect()
}

/// Whether a call is `.handleSimpleError(handler, message, call)`, by which C code reaches a calling handler. It calls
/// the handler as `h(…)`.
fn is_handle_simple_error(call: &Value<'_>) -> bool {
    // SAFETY: a call's first element is its function; both are alive.
    unsafe {
        let Some(function) = function_of(call) else { return false };
        ffi::TYPEOF(function) == ffi::SEXPTYPE::SYMSXP as i32
            && std::ffi::CStr::from_ptr(ffi::R_CHAR(ffi::PRINTNAME(function))) == c".handleSimpleError"
    }
}

/// Whether a call's function is no name: R calls a handler so when a condition is signalled.
fn is_call_of_closure(call: &Value<'_>) -> bool {
    // SAFETY: as above.
    function_of(call).is_some_and(|function| unsafe { ffi::TYPEOF(function) } != ffi::SEXPTYPE::SYMSXP as i32)
}

fn function_of(call: &Value<'_>) -> Option<SEXP> {
    if call.kind() != crate::value::Kind::Language {
        return None;
    }
    // SAFETY: a call's first element is its function.
    Some(unsafe { ffi::CAR(call.sexp()) })
}
