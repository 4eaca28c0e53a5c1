//! Environments.

use super::Value;
use super::wrapper::wrapper;
use crate::convert::IntoR;
use crate::error::{Error, Result};
use crate::ffi::SEXPTYPE;

wrapper! {
    /// An environment: names bound to values.
    ///
    /// ```
    /// use rbindgen_runtime::prelude::*;
    ///
    /// R::with(|r| {
    ///     let env: Environment = r.eval("new.env()")?.try_into()?;
    ///     env.set("x", 1.5)?;
    ///     assert_eq!(env.get("x")?.unwrap().to::<f64>()?, 1.5);
    ///     assert!(env.get("y")?.is_none());
    ///     Ok(())
    /// })?;
    /// # Ok::<(), Error>(())
    /// ```
    Environment, "an environment", |value| value.is_type(SEXPTYPE::ENVSXP)
}

impl<'r> Environment<'r> {
    /// # Safety
    /// `value` is an environment.
    pub(crate) unsafe fn from_value_unchecked(value: Value<'r>) -> Environment<'r> {
        Environment(value)
    }

    /// The value of a name in this environment, not in those around it. Promises are forced, active bindings run.
    ///
    /// # Errors
    /// [`Error::Condition`] when that raises an error.
    pub fn get(&self, name: &str) -> Result<Option<Value<'r>>> {
        let r = self.r();
        let (name, no) = (r.string(name)?, r.logical(false)?);
        let known =
            r.base_call("exists", &[(None, &name), (Some("envir"), self), (Some("inherits"), &no)])?;
        if !known.to::<bool>()? {
            return Ok(None);
        }
        r.base_call("get", &[(None, &name), (Some("envir"), self), (Some("inherits"), &no)]).map(Some)
    }

    /// Binds a name.
    ///
    /// # Errors
    /// [`Error::Condition`] when the binding is locked, and those of the conversion.
    pub fn set(&self, name: &str, value: impl IntoR) -> Result<()> {
        let r = self.r();
        let name = r.string(name)?;
        let value = value.into_r(r)?;
        r.base_call("assign", &[(None, &name), (None, &value), (Some("envir"), self)]).map(drop)
    }

    /// The names that are bound here, sorted, also those that begin with a dot.
    ///
    /// # Errors
    /// [`Error::Condition`] when memory runs out.
    pub fn keys(&self) -> Result<Vec<String>> {
        let yes = self.r().logical(true)?;
        let names = self.r().base_call("ls", &[(None, self), (Some("all.names"), &yes)])?;
        names.to::<Vec<String>>().map_err(|error: Error| error)
    }
}
