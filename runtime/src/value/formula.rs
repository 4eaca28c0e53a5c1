//! Formulas.

use super::wrapper::wrapper;
use super::{Environment, Language, Symbol, Value, WithAttributes, Wrapper};
use crate::error::{Error, Result};
use crate::ffi::SEXPTYPE;
use crate::r::R;

wrapper! {
    /// A formula, such as `mpg ~ wt`: a call of `~` that is not evaluated, with the environment in which its names have a meaning.
    ///
    /// ```
    /// use rbindgen_runtime::prelude::*;
    ///
    /// R::with(|r| {
    ///     let formula = Formula::parse(r, "log(mpg) ~ wt + hp")?;
    ///     assert_eq!(formula.lhs().unwrap().deparse()?, "log(mpg)");
    ///     assert_eq!(formula.rhs().deparse()?, "wt + hp");
    ///     assert_eq!(formula.variables()?, ["mpg", "wt", "hp"]);
    ///     assert!(Formula::parse(r, "mpg + wt").is_err());
    ///     Ok(())
    /// })?;
    /// # Ok::<(), Error>(())
    /// ```
    Formula, "a formula", |value| value.is_type(SEXPTYPE::LANGSXP) && value.has_class(c"formula")
}

impl<'r> Formula<'r> {
    /// Reads a formula from text; nothing is evaluated. Its environment is the global one.
    ///
    /// # Errors
    /// [`Error::Condition`] for a syntax error, or more than one expression; [`Error::Type`] when it is no formula.
    pub fn parse(r: R<'r>, text: &str) -> Result<Formula<'r>> {
        Formula::parse_in(r, text, &r.global_env())
    }

    /// As [`parse`](Formula::parse), with an environment of the caller's.
    ///
    /// # Errors
    /// As [`parse`](Formula::parse).
    pub fn parse_in(r: R<'r>, text: &str, environment: &Environment<'r>) -> Result<Formula<'r>> {
        let code = r.string(text)?;
        let code = r.base_call("str2lang", &[(None, &code)])?;
        let tilde = Language::from_ref_if(&code).filter(|call| {
            let function = call.function();
            let name = Symbol::from_ref_if(&function).map(Symbol::name);
            name.as_deref() == Some("~") && (2..=3).contains(&call.len())
        });
        if tilde.is_none() {
            return Err(Error::wrong_type("a formula such as `y ~ x`", format!("`{text}`")));
        }
        // What evaluating `~` would do.
        let formula = code.with_class(["formula"])?.with_attr(".Environment", environment)?;
        formula.try_into()
    }

    /// What stands left of the `~`, if anything.
    pub fn lhs(&self) -> Option<Value<'r>> {
        let mut sides = self.sides();
        if sides.len() > 1 { Some(sides.swap_remove(0)) } else { None }
    }

    /// What stands right of the `~`.
    pub fn rhs(&self) -> Value<'r> {
        self.sides().pop().unwrap_or_else(|| self.r().null())
    }

    /// The names in it, each once (R's `all.vars`).
    ///
    /// # Errors
    /// [`Error::Condition`] when memory runs out.
    pub fn variables(&self) -> Result<Vec<String>> {
        self.r().base_call("all.vars", &[(None, self)])?.to()
    }

    /// The environment in which its names have a meaning; `None` for a formula that has none, as after some kinds of storing.
    ///
    /// # Errors
    /// [`Error::Type`] when it is no environment.
    pub fn environment(&self) -> Result<Option<Environment<'r>>> {
        self.attr(".Environment")?.map(Environment::try_from).transpose()
    }

    fn sides(&self) -> Vec<Value<'r>> {
        match Language::from_ref_if(self) {
            Some(call) => call.arguments().into_iter().map(|(_, side)| side).collect(),
            None => Vec::new(),
        }
    }
}
