//! Warnings and messages of a computation, collected instead of printed.

use std::cell::RefCell;
use std::fmt;
use std::sync::OnceLock;

use crate::convert::IntoR;
use crate::error::{Error, Result, condition};
use crate::global::Global;
use crate::r::R;
use crate::value::{Function, Value};

/// A warning or a message that R signalled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signal {
    /// The text, without "Warning message:"; a message keeps its final newline off.
    pub message: String,
    /// The condition's class vector: `simpleWarning`, `warning`, `condition`, or `simpleMessage`, `message`, `condition`.
    pub class: Vec<String>,
    /// The call that signalled, deparsed.
    pub call: Option<String>,
}

impl Signal {
    /// Whether this is a warning; else it is a message.
    pub fn is_warning(&self) -> bool {
        self.class.iter().any(|class| class == "warning")
    }
}

impl fmt::Display for Signal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.call, self.is_warning()) {
            (Some(call), true) => write!(f, "R warning in {call}: {}", self.message),
            (None, true) => write!(f, "R warning: {}", self.message),
            (_, false) => f.write_str(&self.message),
        }
    }
}

impl<'r> R<'r> {
    /// Runs `body` and collects the warnings and messages of the R code in it, in order; none of them is printed.
    ///
    /// Without this, warnings are printed when they happen and messages go to the console ([`set_console`](crate::set_console)). Conditions
    /// that R code handles itself (`suppressWarnings`, `tryCatch`) do not come here. An error of `body` is returned; what was
    /// collected until then is lost with it.
    ///
    /// ```
    /// use rbindgen_runtime::prelude::*;
    ///
    /// R::with(|r| {
    ///     let (value, signals) = r.collecting(|| r.eval("message('reading'); as.integer('x')")?.to::<Option<i32>>())?;
    ///     assert_eq!(value, None);
    ///     assert_eq!(signals[0].to_string(), "reading");
    ///     assert!(signals[1].is_warning());
    ///     assert_eq!(signals[1].message, "NAs introduced by coercion");
    ///     Ok(())
    /// })?;
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # Errors
    /// Those of `body`.
    pub fn collecting<T>(self, body: impl FnOnce() -> Result<T>) -> Result<(T, Vec<Signal>)> {
        static RUN: OnceLock<Global<Value<'static>>> = OnceLock::new();
        const CODE: &str = "function(body, signal) withCallingHandlers(body(),
            warning = function(w) { signal(w); invokeRestart('muffleWarning') },
            message = function(m) { signal(m); invokeRestart('muffleMessage') })";
        let run: Function<'r> = self.cached_code(&RUN, CODE)?.try_into()?;
        let signals = RefCell::new(Vec::new());
        let body = RefCell::new(Some(body));
        let result = RefCell::new(None);
        let ran = Function::scoped(
            self,
            |r, _| {
                let body = body.borrow_mut().take();
                if let Some(body) = body {
                    // A jump of R to a handler further out has to go on; any other error waits until R has returned.
                    match body() {
                        Err(Error::Unwind) => return Err(Error::Unwind),
                        other => *result.borrow_mut() = Some(other),
                    }
                }
                ().into_r(r)
            },
            |body| {
                Function::scoped(
                    self,
                    |r, arguments| {
                        if let Some((_, signalled)) = arguments.first() {
                            signals.borrow_mut().push(signal(r, signalled));
                        }
                        ().into_r(r)
                    },
                    |signal| run.call((body, signal)),
                )
            },
        );
        match result.into_inner() {
            Some(result) => Ok((result?, signals.into_inner())),
            None => Err(ran.err().unwrap_or(Error::Interrupted)),
        }
    }
}

fn signal(r: R<'_>, signalled: &Value<'_>) -> Signal {
    let (mut message, class, call) = condition::describe(r, signalled);
    if class.iter().any(|class| class == "message") && message.ends_with('\n') {
        message.pop();
    }
    Signal { message, class, call }
}
