//! Lists.

use super::vector::{allocate, protect_if_altrep};
use super::wrapper::wrapper;
use super::{Value, WithAttributes};
use crate::convert::{FromR, IntoR};
use crate::error::{Error, Result};
use crate::ffi::{self, SEXPTYPE};
use crate::r::R;

wrapper! {
    /// A list: a vector of any values. A data frame is one too.
    ///
    /// ```
    /// use rbindgen_runtime::prelude::*;
    ///
    /// R::with(|r| {
    ///     let x: List = r.eval("list(a = 1, b = 'two')")?.try_into()?;
    ///     assert_eq!(x.get_named("b")?.to::<String>()?, "two");
    ///     assert_eq!(x.names().unwrap()[0].as_deref(), Some("a"));
    ///     Ok(())
    /// })?;
    /// # Ok::<(), Error>(())
    /// ```
    List, "a list", |value| value.is_type(SEXPTYPE::VECSXP)
}

impl<'r> List<'r> {
    /// A new list of these values.
    ///
    /// # Errors
    /// [`Error::Condition`] when R has no memory for it.
    pub fn new(r: R<'r>, values: impl AsRef<[Value<'r>]>) -> Result<List<'r>> {
        let values = values.as_ref();
        let list = allocate(r, SEXPTYPE::VECSXP, values.len())?;
        for (index, value) in values.iter().enumerate() {
            // SAFETY: the list is new and of this length; both objects are alive.
            unsafe { ffi::SET_VECTOR_ELT(list.sexp(), index as isize, value.sexp()) };
        }
        list.try_into()
    }

    /// A new list of values with names.
    ///
    /// ```
    /// use rbindgen_runtime::prelude::*;
    ///
    /// R::with(|r| {
    ///     let x = List::named(r, [("a", r.eval("1")?), ("b", "two".into_r(r)?)])?;
    ///     assert!(x.identical(&r.eval("list(a = 1, b = 'two')")?)?);
    ///     Ok(())
    /// })?;
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # Errors
    /// Those of the conversions; [`Error::Text`] for a name with a NUL inside.
    pub fn named<N: AsRef<str>>(
        r: R<'r>,
        values: impl IntoIterator<Item = (N, impl IntoR)>,
    ) -> Result<List<'r>> {
        let mut names = Vec::new();
        let mut list = Vec::new();
        for (name, value) in values {
            names.push(name);
            list.push(value.into_r(r)?);
        }
        List::new(r, list)?.with_names(names)
    }

    /// The value at `index`, counted from 0.
    ///
    /// # Errors
    /// [`Error::Index`] beyond the end; [`Error::Condition`] when an ALTREP list (since R 4.3) fails.
    pub fn get(&self, index: usize) -> Result<Value<'r>> {
        if index >= self.len() {
            return Err(Error::out_of_range(index, self.len()));
        }
        let sexp = self.sexp();
        // SAFETY: the list is alive, and the index below its length.
        let value = protect_if_altrep(self, move || unsafe { ffi::VECTOR_ELT(sexp, index as isize) })?;
        // SAFETY: R just returned the object.
        Ok(unsafe { Value::new(self.r(), value) })
    }

    /// The position of the first value with this name; names are compared whole.
    pub fn position(&self, name: &str) -> Option<usize> {
        self.names()?.iter().position(|candidate| candidate.as_deref() == Some(name))
    }

    /// The first value with this name; names are compared whole.
    ///
    /// # Errors
    /// [`Error::Name`] when there is none.
    pub fn get_named(&self, name: &str) -> Result<Value<'r>> {
        match self.position(name) {
            Some(index) => self.get(index),
            None => Err(Error::no_such_name(name, self)),
        }
    }

    /// The value at `index` as a type of Rust.
    ///
    /// # Errors
    /// Those of [`get`](List::get) and of the conversion.
    pub fn get_as<T: FromR<'r>>(&self, index: usize) -> Result<T> {
        T::from_r(self.get(index)?)
    }

    /// The values.
    ///
    /// # Panics
    /// When the method of an ALTREP list (since R 4.3) fails, while iterating.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = Value<'r>> + '_ {
        (0..self.len()).map(|index| match self.get(index) {
            Ok(value) => value,
            Err(error) => panic!("element {index} of a list cannot be had: {error}"),
        })
    }
}

impl Error {
    /// The error for a name that a list does not have.
    pub(crate) fn no_such_name(name: &str, list: &Value<'_>) -> Error {
        let known = list.names().unwrap_or_default().into_iter().flatten().collect();
        Error::Name { name: name.to_owned(), known }
    }
}
