//! Data frames.

use super::wrapper::wrapper;
use super::{Integer, List, Value, Wrapper};
use crate::convert::FromR;
use crate::error::{Error, Result};
use crate::ffi::SEXPTYPE;

wrapper! {
    /// A data frame: a list of columns of one length, with row names. Tibbles and data.tables are data frames.
    ///
    /// ```
    /// use rbindgen_runtime::prelude::*;
    ///
    /// R::with(|r| {
    ///     let df: DataFrame = r.eval("data.frame(x = c(1.5, 2.5), y = c('a', 'b'))")?.try_into()?;
    ///     assert_eq!((df.nrow(), df.ncol()), (2, 2));
    ///     let x: Double = df.column("x")?;
    ///     assert_eq!(x.as_slice(), [1.5, 2.5]);
    ///     assert_eq!(df.row_names()?, RowNames::Automatic(2));
    ///     Ok(())
    /// })?;
    /// # Ok::<(), Error>(())
    /// ```
    DataFrame, "a data frame", |value| value.is_type(SEXPTYPE::VECSXP) && value.inherits("data.frame")
}

/// The names of a data frame's rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RowNames {
    /// None were given: the rows are numbered from 1 to this number.
    Automatic(usize),
    /// Whole numbers that were given, or kept from a larger data frame.
    Integer(Vec<i32>),
    /// Text.
    Character(Vec<String>),
}

impl<'r> DataFrame<'r> {
    /// The number of columns.
    pub fn ncol(&self) -> usize {
        self.len()
    }

    /// The number of rows.
    pub fn nrow(&self) -> usize {
        match self.row_names() {
            Ok(RowNames::Automatic(rows)) => rows,
            Ok(RowNames::Integer(names)) => names.len(),
            Ok(RowNames::Character(names)) => names.len(),
            Err(_) => 0,
        }
    }

    /// The names of the rows.
    ///
    /// # Errors
    /// [`Error::Type`] for a broken data frame; [`Error::Condition`] when memory runs out.
    pub fn row_names(&self) -> Result<RowNames> {
        // `.row_names_info(x, 0)` is the attribute as it is stored: c(NA, -n) or c(NA, n) in short form.
        let zero = self.r().integer(0)?;
        let stored = self.r().base_call(".row_names_info", &[(None, self), (None, &zero)])?;
        if let Ok(numbers) = Integer::from_ref(&stored) {
            return Ok(match numbers.as_slice() {
                // The short form: -n for row names that R made up, n for integers that were given.
                [first, count] if first.is_na() => match count.get() {
                    Some(count) if count > 0 => RowNames::Integer((1..=count).collect()),
                    count => RowNames::Automatic(count.map_or(0, i32::unsigned_abs) as usize),
                },
                _ => RowNames::Integer(numbers.no_na()?.to_vec()),
            });
        }
        if stored.is_null() {
            return Ok(RowNames::Automatic(0));
        }
        Ok(RowNames::Character(stored.to::<Vec<String>>()?))
    }

    /// The columns as the list that a data frame is.
    pub fn as_list(&self) -> &List<'r> {
        List::from_ref(self).expect("a data frame is a list")
    }

    /// The column with this name, as a wrapper or as a type of Rust.
    ///
    /// # Errors
    /// [`Error::Name`] when there is no such column, [`Error::Type`] when it has another type.
    pub fn column<T: FromR<'r>>(&self, name: &str) -> Result<T> {
        let value: Value<'r> = self.as_list().get_named(name)?;
        T::from_r(value).map_err(|error: Error| error.about(|| format!("column `{name}`")))
    }
}
