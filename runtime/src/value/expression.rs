//! Expression vectors.

use super::Value;
use super::wrapper::wrapper;
use crate::error::{Error, Result};
use crate::ffi::{self, SEXPTYPE};
use crate::r::R;

wrapper! {
    /// An expression vector: a list of code, as `parse` gives it.
    ///
    /// ```
    /// use rbindgen_runtime::prelude::*;
    ///
    /// R::with(|r| {
    ///     let code = Expression::parse(r, "a <- 2; a * 21")?;
    ///     assert_eq!(code.len(), 2);
    ///     assert_eq!(code.get(1)?.deparse()?, "a * 21");
    ///     let env: Environment = r.eval("new.env()")?.try_into()?;
    ///     assert_eq!(code.eval_in(&env)?.to::<f64>()?, 42.0);
    ///     assert!(Expression::parse(r, "1 +").is_err());
    ///     Ok(())
    /// })?;
    /// # Ok::<(), Error>(())
    /// ```
    Expression, "an expression vector", |value| value.is_type(SEXPTYPE::EXPRSXP)
}

impl<'r> Expression<'r> {
    /// Parses code; nothing is evaluated.
    ///
    /// # Errors
    /// [`Error::Condition`] for a syntax error; the message has its line and column.
    pub fn parse(r: R<'r>, code: &str) -> Result<Expression<'r>> {
        let text = r.string(code)?;
        let no = r.logical(false)?;
        r.base_call("parse", &[(Some("text"), &text), (Some("keep.source"), &no)])?.try_into()
    }

    /// The expression at `index`, counted from 0: a call, a symbol or a constant.
    ///
    /// # Errors
    /// [`Error::Index`] beyond the end.
    pub fn get(&self, index: usize) -> Result<Value<'r>> {
        if index >= self.len() {
            return Err(Error::out_of_range(index, self.len()));
        }
        // SAFETY: the vector is alive, and the index below its length.
        Ok(unsafe { Value::new(self.r(), ffi::VECTOR_ELT(self.sexp(), index as isize)) })
    }

    /// The expressions.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = Value<'r>> + '_ {
        let r = self.r();
        // SAFETY: the vector is alive, and the index below its length.
        (0..self.len())
            .map(move |index| unsafe { Value::new(r, ffi::VECTOR_ELT(self.sexp(), index as isize)) })
    }
}
