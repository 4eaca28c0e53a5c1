//! R6 objects.

use std::sync::OnceLock;

use super::wrapper::wrapper;
use super::{Environment, Function, List, Value, Wrapper};
use crate::call::IntoArgs;
use crate::convert::IntoR;
use crate::error::{Error, Result};
use crate::ffi::SEXPTYPE;
use crate::global::Global;

wrapper! {
    /// An object of an R6 class: an environment with fields, methods and active bindings. All handles refer to the one object.
    ///
    /// The package R6 is not needed: the objects are plain environments of class `R6`.
    ///
    /// ```
    /// use rbindgen_runtime::prelude::*;
    ///
    /// R::with(|r| {
    ///     let counter = r.eval("local({
    ///         self <- new.env()
    ///         self$count <- 0
    ///         self$add <- function(by = 1) { self$count <- self$count + by; invisible(self) }
    ///         structure(self, class = c('Counter', 'R6'))
    ///     })")?;
    ///     let counter: R6Object = counter.try_into()?;
    ///     counter.call("add", (5,))?;
    ///     assert_eq!(counter.field("count")?.to::<f64>()?, 5.0);
    ///     counter.set_field("count", 1.0)?;
    ///     assert_eq!(counter.fields()?, ["count"]);
    ///     assert_eq!(counter.methods()?, ["add"]);
    ///     Ok(())
    /// })?;
    /// # Ok::<(), Error>(())
    /// ```
    R6Object, "an R6 object", |value| value.is_type(SEXPTYPE::ENVSXP) && value.has_class(c"R6")
}

/// What is bound in an object: fields, methods and active bindings. Active bindings are not run.
const MEMBERS: &str = "function(x) {
    names <- ls(x, all.names = TRUE)
    names <- names[names != '.__enclos_env__']
    active <- vapply(names, bindingIsActive, NA, env = x)
    plain <- names[!active]
    functions <- vapply(plain, function(name) is.function(get(name, envir = x, inherits = FALSE)), NA)
    list(fields = plain[!functions], methods = plain[functions], active = names[active])
}";

impl<'r> R6Object<'r> {
    /// The object's environment.
    pub fn as_environment(&self) -> &Environment<'r> {
        // SAFETY: the wrapper accepts environments only, and the layout is that of `Value`.
        unsafe { &*std::ptr::from_ref(&self.0).cast::<Environment<'r>>() }
    }

    /// The value of a public field; an active binding is run.
    ///
    /// # Errors
    /// [`Error::Name`] when there is none by that name; [`Error::Condition`] when an active binding fails.
    pub fn field(&self, name: &str) -> Result<Value<'r>> {
        match self.as_environment().get(name)? {
            Some(value) => Ok(value),
            None => Err(Error::Name { name: name.to_owned(), known: self.as_environment().keys()? }),
        }
    }

    /// Sets a public field, for everybody who has the object; an active binding is run.
    ///
    /// # Errors
    /// [`Error::Condition`] when the class does not allow it (methods, and new fields of a locked object), and those of the conversion.
    pub fn set_field(&self, name: &str, value: impl IntoR) -> Result<()> {
        self.as_environment().set(name, value)
    }

    /// A public method.
    ///
    /// # Errors
    /// As [`field`](R6Object::field), and [`Error::Type`] when it is no function.
    pub fn method(&self, name: &str) -> Result<Function<'r>> {
        self.field(name)?.try_into().map_err(|error: Error| error.about(|| format!("method `{name}`")))
    }

    /// Calls a public method.
    ///
    /// # Errors
    /// Those of [`method`](R6Object::method), and [`Error::Condition`] when it fails.
    pub fn call(&self, method: &str, arguments: impl IntoArgs) -> Result<Value<'r>> {
        self.method(method)?.call(arguments)
    }

    /// The names of the public fields, sorted, without active bindings.
    ///
    /// # Errors
    /// [`Error::Condition`] when memory runs out.
    pub fn fields(&self) -> Result<Vec<String>> {
        self.members("fields")
    }

    /// The names of the public methods, sorted.
    ///
    /// # Errors
    /// [`Error::Condition`] when memory runs out.
    pub fn methods(&self) -> Result<Vec<String>> {
        self.members("methods")
    }

    /// The names of the active bindings, sorted.
    ///
    /// # Errors
    /// [`Error::Condition`] when memory runs out.
    pub fn active_bindings(&self) -> Result<Vec<String>> {
        self.members("active")
    }

    fn members(&self, which: &str) -> Result<Vec<String>> {
        static PLACE: OnceLock<Global<Value<'static>>> = OnceLock::new();
        let members: Function<'r> = self.r().cached_code(&PLACE, MEMBERS)?.try_into()?;
        List::from_value(members.call((&**self,))?)?.get_named(which)?.to()
    }
}
