//! Pairlists, and the arguments of calls.

use super::wrapper::wrapper;
use super::{Symbol, Value, Wrapper};
use crate::error::{Error, Result};
use crate::ffi::{self, SEXP, SEXPTYPE};

wrapper! {
    /// A pairlist: a chain of values with names. R uses it for the formals of functions.
    ///
    /// ```
    /// use rbindgen_runtime::prelude::*;
    ///
    /// R::with(|r| {
    ///     let formals: Pairlist = r.eval("formals(function(x, n = 2) x)")?.try_into()?;
    ///     let entries = formals.entries();
    ///     assert_eq!(entries[1].0.as_deref(), Some("n"));
    ///     assert_eq!(entries[1].1.to::<f64>()?, 2.0);
    ///     assert!(formals.get_named("x")?.to::<Symbol>()?.is_missing_argument());
    ///     Ok(())
    /// })?;
    /// # Ok::<(), Error>(())
    /// ```
    Pairlist, "a pairlist", |value| value.is_type(SEXPTYPE::LISTSXP)
}

impl<'r> Pairlist<'r> {
    /// The values with their names, in order.
    pub fn entries(&self) -> Vec<(Option<String>, Value<'r>)> {
        chain(self, self.sexp())
    }

    /// The value at `index`, counted from 0.
    ///
    /// # Errors
    /// [`Error::Index`] beyond the end.
    pub fn get(&self, index: usize) -> Result<Value<'r>> {
        match self.entries().into_iter().nth(index) {
            Some((_, value)) => Ok(value),
            None => Err(Error::out_of_range(index, self.len())),
        }
    }

    /// The first value with this name.
    ///
    /// # Errors
    /// [`Error::Name`] when there is none.
    pub fn get_named(&self, name: &str) -> Result<Value<'r>> {
        let entries = self.entries();
        if let Some((_, value)) = entries.iter().find(|(known, _)| known.as_deref() == Some(name)) {
            return Ok(value.clone());
        }
        Err(Error::Name {
            name: name.to_owned(),
            known: entries.into_iter().filter_map(|entry| entry.0).collect(),
        })
    }
}

/// The cells of a pairlist, or of a call, from `cell` on: the name and the value of each. `owner` keeps the chain alive.
pub(super) fn chain<'r>(owner: &Value<'r>, mut cell: SEXP) -> Vec<(Option<String>, Value<'r>)> {
    let r = owner.r();
    let mut entries = Vec::new();
    // SAFETY: the chain is alive, and each of its cells is a pair or its end.
    unsafe {
        while [SEXPTYPE::LISTSXP as i32, SEXPTYPE::LANGSXP as i32].contains(&ffi::TYPEOF(cell)) {
            let tag = ffi::TAG(cell);
            let name = Symbol::from_ref_if(&Value::permanent(r, tag)).map(Symbol::name);
            entries.push((name, Value::new(r, ffi::CAR(cell))));
            cell = ffi::CDR(cell);
        }
    }
    entries
}
