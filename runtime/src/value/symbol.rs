//! Symbols.

use super::Value;
use super::text;
use super::wrapper::wrapper;
use crate::error::{Error, Result};
use crate::ffi::{self, SEXPTYPE, cetype_t};
use crate::protect::protect;
use crate::r::R;

wrapper! {
    /// A symbol: a name in code. There is one object for each name, and R keeps it for ever.
    ///
    /// ```
    /// use rbindgen_runtime::prelude::*;
    ///
    /// R::with(|r| {
    ///     let x: Symbol = r.eval("quote(Sepal.Length)")?.try_into()?;
    ///     assert_eq!(x.name(), "Sepal.Length");
    ///     assert!(Symbol::new(r, "Sepal.Length")?.identical(&x)?);
    ///     Ok(())
    /// })?;
    /// # Ok::<(), Error>(())
    /// ```
    Symbol, "a symbol", |value| value.is_type(SEXPTYPE::SYMSXP)
}

impl<'r> Symbol<'r> {
    /// The symbol with this name; any text is one, quoted in code by backticks where need be.
    ///
    /// # Errors
    /// [`Error::Text`] for a name with a NUL inside; [`Error::Condition`] for an empty one, or one of more than 10,000 bytes.
    pub fn new(r: R<'r>, name: &str) -> Result<Symbol<'r>> {
        if name.contains('\0') {
            let reason = "has a NUL inside, which no R name can have".to_owned();
            return Err(Error::Text { index: 0, reason });
        }
        let length = i32::try_from(name.len()).unwrap_or(i32::MAX);
        let symbol = protect(r, move || {
            // SAFETY: `protect` gives the context; the text is at least of that length.
            unsafe {
                let name =
                    ffi::Rf_protect(ffi::Rf_mkCharLenCE(name.as_ptr().cast(), length, cetype_t::CE_UTF8));
                let symbol = ffi::Rf_installTrChar(name);
                ffi::Rf_unprotect(1);
                symbol
            }
        })?;
        // SAFETY: R keeps symbols for ever.
        Ok(Symbol(unsafe { Value::permanent(r, symbol) }))
    }

    /// The name; that of the empty argument is empty.
    pub fn name(&self) -> String {
        // SAFETY: a symbol keeps its name.
        unsafe {
            let name = ffi::PRINTNAME(self.sexp());
            match text::read(self.r(), name) {
                Ok(text) => text.unwrap_or_default().into_owned(),
                Err(_) => String::from_utf8_lossy(text::bytes(name)).into_owned(),
            }
        }
    }

    /// Whether this is the empty argument, as in `x[1, ]`, or a formal argument without a default.
    pub fn is_missing_argument(&self) -> bool {
        // SAFETY: R keeps the marker for ever.
        self.sexp() == unsafe { ffi::R_MissingArg() }
    }
}
