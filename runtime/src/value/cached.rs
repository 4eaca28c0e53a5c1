//! Functions of packages, looked up once.

use std::sync::OnceLock;

use super::{Function, Value};
use crate::error::{Error, Result};
use crate::global::Global;
use crate::r::R;

/// A function of a package that is looked up on first use and then kept: for a `static`.
///
/// ```
/// use rbindgen_runtime::prelude::*;
/// use rbindgen_runtime::PackageFunction;
///
/// static SD: PackageFunction = PackageFunction::exported("stats", "sd");
///
/// let sd = R::with(|r| SD.call(r, ([1.0, 2.0, 3.0],))?.to::<f64>())?;
/// assert_eq!(sd, 1.0);
/// # Ok::<(), Error>(())
/// ```
#[derive(Debug)]
pub struct PackageFunction {
    package: &'static str,
    name: &'static str,
    internal: bool,
    found: OnceLock<Global<Value<'static>>>,
}

impl PackageFunction {
    /// The function `package::name`.
    pub const fn exported(package: &'static str, name: &'static str) -> PackageFunction {
        PackageFunction { package, name, internal: false, found: OnceLock::new() }
    }

    /// The function `package:::name`, whether it is exported or not.
    pub const fn internal(package: &'static str, name: &'static str) -> PackageFunction {
        PackageFunction { package, name, internal: true, found: OnceLock::new() }
    }

    /// The function.
    ///
    /// # Errors
    /// [`Error::Condition`] when the package does not load or has no such name, [`Error::Type`] when that is not a function.
    pub fn get<'r>(&self, r: R<'r>) -> Result<Function<'r>> {
        if let Some(found) = self.found.get() {
            return found.get(r).try_into();
        }
        let function = if self.internal {
            let namespace = r.namespace(self.package)?;
            match namespace.get(self.name)? {
                Some(value) => Function::try_from(value),
                None => Err(Error::Other {
                    message: format!("package {} has no object {}", self.package, self.name),
                }),
            }
            .map_err(|error| error.about(|| format!("{}:::{}", self.package, self.name)))?
        } else {
            r.function(self.package, self.name)?
        };
        let _ = self.found.set(Value::from(function.clone()).global());
        Ok(function)
    }

    /// Calls the function.
    ///
    /// # Errors
    /// Those of [`get`](PackageFunction::get) and of the call.
    pub fn call<'r>(&self, r: R<'r>, arguments: impl crate::IntoArgs) -> Result<Value<'r>> {
        self.get(r)?.call(arguments)
    }
}
