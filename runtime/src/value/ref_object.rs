//! Objects of reference classes.

use super::wrapper::wrapper;
use super::{Function, S4, Value};
use crate::call::IntoArgs;
use crate::convert::IntoR;
use crate::error::{Error, Result};

wrapper! {
    /// An object of a reference class (`setRefClass`): fields and methods. All handles refer to the one object.
    ///
    /// ```
    /// use rbindgen_runtime::prelude::*;
    ///
    /// R::with(|r| {
    ///     let account = r.eval("local({
    ///         Account <- setRefClass('DocAccount', fields = list(balance = 'numeric'), methods = list(
    ///             deposit = function(x) { balance <<- balance + x; invisible(.self) }))
    ///         Account$new(balance = 10)
    ///     })")?;
    ///     let account: RefObject = account.try_into()?;
    ///     account.call("deposit", (5.0,))?;
    ///     assert_eq!(account.field("balance")?.to::<f64>()?, 15.0);
    ///     assert!(account.set_field("balance", "much").is_err());
    ///     assert_eq!(account.fields()?, ["balance"]);
    ///     assert!(account.methods()?.contains(&"deposit".to_owned()));
    ///     Ok(())
    /// })?;
    /// # Ok::<(), Error>(())
    /// ```
    RefObject, "an object of a reference class",
    |value| S4::accepts(value) && value.is("envRefClass").unwrap_or(false)
}

impl<'r> RefObject<'r> {
    /// The value of a field, or a method as a function.
    ///
    /// # Errors
    /// [`Error::Condition`] when the class has no such field or method, or an active field fails.
    pub fn field(&self, name: &str) -> Result<Value<'r>> {
        member(self, name)
    }

    /// Sets a field, for everybody who has the object.
    ///
    /// # Errors
    /// [`Error::Condition`] when there is no such field, it is locked, or the value is of another class than the field.
    pub fn set_field(&self, name: &str, value: impl IntoR) -> Result<()> {
        let r = self.r();
        let (name, value) = (r.string(name)?, value.into_r(r)?);
        r.base_call("$<-", &[(None, self), (None, &name), (Some("value"), &value)]).map(drop)
    }

    /// A method.
    ///
    /// # Errors
    /// As [`field`](RefObject::field), and [`Error::Type`] when it is a field.
    pub fn method(&self, name: &str) -> Result<Function<'r>> {
        self.field(name)?.try_into().map_err(|error: Error| error.about(|| format!("method `{name}`")))
    }

    /// Calls a method.
    ///
    /// # Errors
    /// Those of [`method`](RefObject::method), and [`Error::Condition`] when it fails.
    pub fn call(&self, method: &str, arguments: impl IntoArgs) -> Result<Value<'r>> {
        self.method(method)?.call(arguments)
    }

    /// The names of the fields, in the class's order.
    ///
    /// # Errors
    /// [`Error::Condition`] when the class is not known to R any more.
    pub fn fields(&self) -> Result<Vec<String>> {
        let fields = self.of_class("fields")?;
        Ok(fields.names().unwrap_or_default().into_iter().flatten().collect())
    }

    /// The names of the methods, also those that every reference class has (`copy`, `show` …).
    ///
    /// # Errors
    /// [`Error::Condition`] when the class is not known to R any more.
    pub fn methods(&self) -> Result<Vec<String>> {
        self.of_class("methods")?.to()
    }

    /// What a method of the object that describes the class says.
    fn of_class(&self, method: &str) -> Result<Value<'r>> {
        let class = self.class().into_iter().next().unwrap_or_default();
        let generator = self.r().function("methods", "getRefClass")?.call((class,))?;
        Function::try_from(member(&generator, method)?)?.call(())
    }
}

/// R's `object$name`.
fn member<'r>(object: &Value<'r>, name: &str) -> Result<Value<'r>> {
    let name = object.r().string(name)?;
    object.r().base_call("$", &[(None, object), (None, &name)])
}
