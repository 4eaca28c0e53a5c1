//! Rust closures as R functions.
//!
//! The R function is `function(...) .External(trampoline, closure, ...)`: `.External` takes a function pointer
//! in an external pointer tagged `native symbol` ("Writing R Extensions", section 5.10.2), so nothing has to be
//! registered. The closure lies in a second external pointer, whose finalizer drops it when R collects the function.
//!
//! Nothing of Rust is alive when R is left by a jump: [`trampoline`] owns nothing, and everything that can own
//! something happens in [`enter`], which always returns.

use std::any::Any;
use std::cell::Cell;
use std::ffi::c_void;
use std::fmt::Display;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Mutex, OnceLock, PoisonError};

use crate::call::Args;
use crate::convert::{FromR, IntoR};
use crate::error::{Error, Result};
use crate::ffi::{self, Rboolean, SEXP, SEXPTYPE};
use crate::gc;
use crate::global::Global;
use crate::protect::{protect, unwind};
use crate::r::R;
use crate::value::{Function, Value};

thread_local! {
    /// How many Rust functions that R called are active.
    static DEPTH: Cell<usize> = const { Cell::new(0) };
}

/// Whether the caller runs within a Rust function that R called.
#[inline]
pub(crate) fn inside() -> bool {
    DEPTH.get() > 0
}

/// The condition of the R error that was caught last within a Rust function that R called: when the function returns that error, R gets
/// the same object again.
static LAST: Mutex<Option<Global<Value<'static>>>> = Mutex::new(None);

/// Keeps a condition in case the error is returned to R.
pub(crate) fn remember(r: R<'_>, condition: SEXP) {
    if inside() {
        // SAFETY: the caller keeps the condition alive.
        let condition = unsafe { Value::new(r, condition) };
        *LAST.lock().unwrap_or_else(PoisonError::into_inner) = Some(condition.global());
    }
}

/// The arguments that R called a Rust function with: values, some with names, in order.
pub type Arguments<'r> = Vec<(Option<String>, Value<'r>)>;

/// A closure as R sees it.
type Erased = Box<dyn for<'r> Fn(R<'r>, Arguments<'r>) -> Result<Value<'r>> + Send>;

impl<'r> Function<'r> {
    /// An R function that calls a Rust closure.
    ///
    /// The closure takes up to six arguments, each a type that an R value can become, and returns a type that can become one, or a
    /// `Result` of it. R passes arguments by position; names are ignored ([`from_raw_fn`](Function::from_raw_fn) sees them).
    ///
    /// An `Err` becomes an R condition: an R error keeps its own condition object, anything else has the class
    /// `rust_error`. A panic becomes one of class `rust_panic`. Both run the closure's destructors first. R drops the closure
    /// when it collects the function.
    ///
    /// ```
    /// use rbindgen_runtime::prelude::*;
    ///
    /// R::with(|r| {
    ///     let f = Function::from_fn(r, |x: f64| (x - 2.0).powi(2))?;
    ///     let found = r.function("stats", "optimize")?.call((f, vec![0.0, 5.0]))?;
    ///     let at: f64 = List::try_from(found)?.get_named("minimum")?.to()?;
    ///     assert!((at - 2.0).abs() < 1e-4);
    ///
    ///     let f = Function::from_fn(r, |text: String| text.parse::<i32>())?;
    ///     let error = f.call(("seven",)).unwrap_err();
    ///     assert_eq!(error.to_string(), "R error: invalid digit found in string");
    ///     Ok(())
    /// })?;
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::Condition`] when R has no memory for it.
    pub fn from_fn<A, M, F: Callback<A, M>>(r: R<'r>, closure: F) -> Result<Function<'r>> {
        Function::from_raw_fn(r, move |r, arguments| closure.invoke(r, arguments))
    }

    /// An R function that calls a Rust closure with the values as they come, with their names.
    ///
    /// ```
    /// use rbindgen_runtime::prelude::*;
    ///
    /// R::with(|r| {
    ///     let f = Function::from_raw_fn(r, |r, arguments| {
    ///         let names: Vec<String> = arguments.into_iter().filter_map(|(name, _)| name).collect();
    ///         names.into_r(r)
    ///     })?;
    ///     assert_eq!(f.call((named("a", 1), 2, named("b", 3)))?.to::<Vec<String>>()?, ["a", "b"]);
    ///     Ok(())
    /// })?;
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::Condition`] when R has no memory for it.
    pub fn from_raw_fn(
        r: R<'r>,
        closure: impl for<'x> Fn(R<'x>, Arguments<'x>) -> Result<Value<'x>> + Send + 'static,
    ) -> Result<Function<'r>> {
        // Two boxes: the outer one has an address of one word.
        let address = Box::into_raw(Box::new(Box::new(closure) as Erased)).cast::<c_void>();
        let made = protect(r, move || {
            // SAFETY: `protect` gives the context; each object is protected while the next is made.
            unsafe {
                let nil = ffi::R_NilValue();
                let pointer = ffi::Rf_protect(ffi::R_MakeExternalPtr(address, nil, nil));
                ffi::R_RegisterCFinalizerEx(pointer, drop_closure, Rboolean::FALSE);
                ffi::Rf_unprotect(1);
                pointer
            }
        });
        let pointer = match made {
            // SAFETY: R just returned the object.
            Ok(sexp) => unsafe { Value::new(r, sexp) },
            Err(error) => {
                // SAFETY: no pointer was made; the closure is ours again.
                drop(unsafe { Box::from_raw(address.cast::<Erased>()) });
                return Err(error);
            }
        };
        function_of(r, pointer)
    }

    /// Hands an R function that calls `closure` to `body`, for as long as `body` runs: the closure may borrow.
    ///
    /// When R calls the function afterwards, that is an R error.
    ///
    /// ```
    /// use rbindgen_runtime::prelude::*;
    ///
    /// R::with(|r| {
    ///     let calls = std::cell::Cell::new(0);
    ///     Function::scoped(
    ///         r,
    ///         |r, _| {
    ///             calls.set(calls.get() + 1);
    ///             ().into_r(r)
    ///         },
    ///         |f| r.function("base", "lapply")?.call((vec![1, 2, 3], f)),
    ///     )?;
    ///     assert_eq!(calls.get(), 3);
    ///     Ok(())
    /// })?;
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # Errors
    /// Those of `body`, and [`Error::Condition`] when R has no memory for the function.
    pub fn scoped<T>(
        r: R<'r>,
        closure: impl for<'x> Fn(R<'x>, Arguments<'x>) -> Result<Value<'x>>,
        body: impl FnOnce(Function<'r>) -> Result<T>,
    ) -> Result<T> {
        type Borrowed<'a> = Box<dyn for<'x> Fn(R<'x>, Arguments<'x>) -> Result<Value<'x>> + 'a>;
        let closure: Borrowed<'_> = Box::new(closure);
        let address = (&raw const closure).cast_mut().cast::<c_void>();
        let sexp = protect(r, move || {
            // SAFETY: `protect` gives the context.
            unsafe { ffi::R_MakeExternalPtr(address, ffi::R_NilValue(), ffi::R_NilValue()) }
        })?;
        /// Forgets the closure, also when `body` panics.
        struct Scope<'r>(Value<'r>);
        impl Drop for Scope<'_> {
            fn drop(&mut self) {
                // SAFETY: the object is an external pointer, and alive.
                unsafe { ffi::R_ClearExternalPtr(self.0.sexp()) };
            }
        }
        // SAFETY: R just returned the object.
        let scope = Scope(unsafe { Value::new(r, sexp) });
        body(function_of(r, scope.0.clone())?)
    }
}

/// The R function around the external pointer of a closure.
fn function_of<'r>(r: R<'r>, closure: Value<'r>) -> Result<Function<'r>> {
    static MAKER: OnceLock<Global<Value<'static>>> = OnceLock::new();
    const MAKE: &str = "function(trampoline, closure) function(...) .External(trampoline, closure, ...)";
    let maker: Function<'r> = r.cached_code(&MAKER, MAKE)?.try_into()?;
    let symbol = r.symbol("native symbol")?;
    let trampoline = protect(r, move || {
        // SAFETY: `protect` gives the context; the symbol is permanent.
        unsafe { ffi::R_MakeExternalPtrFn(trampoline, symbol, ffi::R_NilValue()) }
    })?;
    // SAFETY: R just returned the object.
    let trampoline = unsafe { Value::new(r, trampoline) };
    maker.call((trampoline, closure))?.try_into()
}

/// R collects the function.
unsafe extern "C-unwind" fn drop_closure(pointer: SEXP) {
    // SAFETY: the pointer is one of `from_raw_fn`; R calls this once.
    unsafe {
        let address = ffi::R_ExternalPtrAddr(pointer).cast::<Erased>();
        ffi::R_ClearExternalPtr(pointer);
        if !address.is_null() {
            // A destructor that panics is not R's affair.
            contain(|| drop(Box::from_raw(address)));
        }
    }
}

/// How a Rust function that R called ends. Plain data: the frame that acts on it owns nothing.
#[derive(Clone, Copy)]
enum Ending {
    /// With a value.
    Value(SEXP),
    /// With a condition to be raised.
    Condition(SEXP),
    /// By letting a jump of R go on.
    GoOn(SEXP),
}

/// What `.External` calls, with the whole call's arguments.
unsafe extern "C-unwind" fn trampoline(arguments: SEXP) -> SEXP {
    // SAFETY: R calls this on the thread that holds the lock. `enter` always returns, and what it returns is plain data.
    // The frame below owns nothing, so R may leave it by a jump.
    unsafe {
        let ending = enter(arguments);
        // R is about to see the arguments again, and whether anybody else refers to them.
        gc::empty_released();
        match ending {
            Ending::Value(value) => value,
            Ending::Condition(condition) => {
                let condition = ffi::Rf_protect(condition);
                let list = ffi::Rf_protect(ffi::Rf_cons(condition, ffi::R_NilValue()));
                let call = ffi::Rf_protect(ffi::Rf_lcons(ffi::Rf_install(c"stop".as_ptr()), list));
                ffi::Rf_eval(call, ffi::R_BaseEnv());
                ffi::Rf_unprotect(3);
                ffi::R_NilValue()
            }
            Ending::GoOn(token) => {
                ffi::R_ContinueUnwind(token);
                ffi::R_NilValue()
            }
        }
    }
}

/// Runs the closure. Whatever happens in it, this returns.
///
/// # Safety
/// R's lock is held; `arguments` is what `.External` got.
unsafe fn enter(arguments: SEXP) -> Ending {
    /// Counts the Rust functions that are active.
    struct Inside;
    impl Drop for Inside {
        fn drop(&mut self) {
            DEPTH.set(DEPTH.get() - 1);
        }
    }
    DEPTH.set(DEPTH.get() + 1);
    let inside = Inside;
    // SAFETY: the lock is held, since R called this.
    let r: R<'_> = unsafe { R::assume() };
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        // SAFETY: the list is: the trampoline, the closure, the arguments, each with its tag.
        unsafe {
            let rest = ffi::CDR(arguments);
            let closure = ffi::R_ExternalPtrAddr(ffi::CAR(rest)).cast::<Erased>();
            if closure.is_null() {
                return Err(Error::Panic { message: "this function's Rust closure is gone".to_owned() });
            }
            (*closure)(r, read_arguments(r, ffi::CDR(rest)))
        }
    }));
    let error = match outcome {
        Ok(Ok(value)) => return Ending::Value(released(value)),
        Ok(Err(error)) => error,
        Err(payload) => Error::Panic { message: said(payload.as_ref()) },
    };
    if matches!(error, Error::Unwind)
        && let Some(token) = unwind::take_stopped()
    {
        return Ending::GoOn(token);
    }
    let condition = condition_for(r, &error);
    drop(inside);
    match condition {
        Ok(condition) => Ending::Condition(released(condition)),
        // No memory for a condition, perhaps: say what there is to say.
        // SAFETY: R keeps its constants.
        Err(_) => Ending::Condition(unsafe { ffi::R_NilValue() }),
    }
}

/// Gives up the handle of a value that goes to R at once.
fn released(value: Value<'_>) -> SEXP {
    let (sexp, slot) = value.into_parts();
    // SAFETY: the value proves the lock; nothing is allocated before R has the object.
    unsafe { gc::release(slot) };
    sexp
}

/// # Safety
/// `list` is a pairlist, alive.
unsafe fn read_arguments<'r>(r: R<'r>, mut list: SEXP) -> Arguments<'r> {
    let mut arguments = Vec::new();
    // SAFETY: the caller's; the objects are alive as long as the call.
    unsafe {
        while ffi::TYPEOF(list) == SEXPTYPE::LISTSXP as i32 {
            let tag = ffi::TAG(list);
            let name = (ffi::TYPEOF(tag) == SEXPTYPE::SYMSXP as i32).then(|| {
                let text = std::ffi::CStr::from_ptr(ffi::R_CHAR(ffi::PRINTNAME(tag)));
                text.to_string_lossy().into_owned()
            });
            arguments.push((name, Value::new(r, ffi::CAR(list))));
            list = ffi::CDR(list);
        }
    }
    arguments
}

/// Runs `body`; a panic in it goes no further, and neither does one of the payload's destructor.
pub(crate) fn contain(body: impl FnOnce()) {
    if let Err(payload) = catch_unwind(AssertUnwindSafe(body))
        && let Err(again) = catch_unwind(AssertUnwindSafe(|| drop(payload)))
    {
        // A payload like this is given up.
        std::mem::forget(again);
    }
}

/// What a panic said.
pub(crate) fn said(payload: &(dyn Any + Send)) -> String {
    let text = payload.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| payload.downcast_ref::<String>().cloned())
        .unwrap_or_else(|| "(without a message)".to_owned())
}

/// The R condition for an error of Rust.
fn condition_for<'r>(r: R<'r>, error: &Error) -> Result<Value<'r>> {
    static MAKER: OnceLock<Global<Value<'static>>> = OnceLock::new();
    const MAKE: &str =
        "function(message, class) structure(class = class, list(message = message, call = NULL))";
    if let Error::Condition { .. } = error
        && let Some(last) = LAST.lock().unwrap_or_else(PoisonError::into_inner).take()
    {
        return Ok(last.get(r));
    }
    let (message, class): (String, Vec<String>) = match error {
        Error::Condition { message, class, .. } => (message.clone(), class.clone()),
        Error::Panic { message } => (format!("Rust code panicked: {message}"), rust_class("rust_panic")),
        other => (other.to_string(), rust_class("rust_error")),
    };
    let maker: Function<'r> = r.cached_code(&MAKER, MAKE)?.try_into()?;
    maker.call((message.replace('\0', "\u{fffd}"), class))
}

fn rust_class(first: &str) -> Vec<String> {
    [first, "error", "condition"].map(str::to_owned).to_vec()
}

/// A closure that can become an R function; see [`Function::from_fn`].
///
/// `A` is the tuple of its arguments, `M` tells a plain result from a `Result`; both are inferred.
pub trait Callback<A, M>: Send + 'static {
    #[doc(hidden)]
    fn invoke<'r>(&self, r: R<'r>, arguments: Arguments<'r>) -> Result<Value<'r>>;
}

/// What a closure may return: a value, or a `Result` of one.
pub trait Outcome<M> {
    #[doc(hidden)]
    fn into_outcome(self, r: R<'_>) -> Result<Value<'_>>;
}

/// The mark of a closure that returns a value.
#[derive(Debug)]
pub struct Plainly;

/// The mark of a closure that returns a `Result`.
#[derive(Debug)]
pub struct Fallible;

impl<T: IntoR> Outcome<Plainly> for T {
    fn into_outcome(self, r: R<'_>) -> Result<Value<'_>> {
        self.into_r(r)
    }
}

impl<T: IntoR, E: Display + Any> Outcome<Fallible> for Result<T, E> {
    fn into_outcome(self, r: R<'_>) -> Result<Value<'_>> {
        match self {
            Ok(value) => value.into_r(r),
            Err(error) => {
                let any: &dyn Any = &error;
                match any.downcast_ref::<Error>() {
                    Some(error) => Err(error.clone()),
                    None => Err(Error::Other { message: error.to_string() }),
                }
            }
        }
    }
}

macro_rules! callbacks {
    ($count:literal: $($name:ident),*) => {
        impl<F, T, M, $($name),*> Callback<($($name,)*), M> for F
        where
            F: Fn($($name),*) -> T + Send + 'static,
            T: Outcome<M>,
            $($name: for<'x> FromR<'x>,)*
        {
            #[allow(non_snake_case, unused_mut, unused_variables)]
            fn invoke<'r>(&self, r: R<'r>, arguments: Arguments<'r>) -> Result<Value<'r>> {
                let given = arguments.len();
                if given != $count {
                    let message = format!("this Rust function takes {} arguments, not {given}", $count);
                    return Err(Error::Other { message });
                }
                let mut arguments = arguments.into_iter().enumerate();
                $(
                    let Some((index, (_, value))) = arguments.next() else { return Err(Error::Unwind) };
                    let $name = $name::from_r(value)
                        .map_err(|error: Error| error.about(|| format!("argument {}", index + 1)))?;
                )*
                self($($name),*).into_outcome(r)
            }
        }
    };
}

callbacks!(0:);
callbacks!(1: A);
callbacks!(2: A, B);
callbacks!(3: A, B, C);
callbacks!(4: A, B, C, D);
callbacks!(5: A, B, C, D, E);
callbacks!(6: A, B, C, D, E, G);

impl<'r> Args<'r> {
    /// Arguments as a Rust function got them, to be handed on.
    pub fn from_arguments(r: R<'r>, arguments: Arguments<'r>) -> Result<Args<'r>> {
        arguments.into_iter().try_fold(Args::new(r), |args, (name, value)| match name {
            Some(name) => args.named(&name, value),
            None => args.push(value),
        })
    }
}
