//! Data frames.

use super::attributes::count;
use super::wrapper::wrapper;
use super::{Character, Integer, Kind, List, Value, WithAttributes, Wrapper};
use crate::convert::{FromR, IntoR};
use crate::error::{Error, Result};
use crate::ffi::SEXPTYPE;
use crate::na::RInt;
use crate::r::R;

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
    DataFrame, "a data frame", |value| value.is_type(SEXPTYPE::VECSXP) && value.has_class(c"data.frame")
}

/// The number of rows that a column has.
fn rows(column: &Value<'_>) -> Result<usize> {
    if let Some(frame) = DataFrame::from_ref_if(column) {
        return Ok(frame.nrow());
    }
    match column.kind() {
        Kind::Logical
        | Kind::Integer
        | Kind::Double
        | Kind::Complex
        | Kind::Raw
        | Kind::Character
        | Kind::List => Ok(column.dim().and_then(|dim| dim.first().copied()).unwrap_or_else(|| column.len())),
        _ => Err(Error::wrong_type("a vector", column.describe())),
    }
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
    /// A new data frame of these columns, with rows that are numbered. Names are taken as they are, also twice the same one.
    ///
    /// A column is a vector, a matrix or a data frame; strings stay strings.
    ///
    /// ```
    /// use rbindgen_runtime::prelude::*;
    ///
    /// R::with(|r| {
    ///     let df = DataFrame::new(r, [("x", [1.5, 2.5].into_r(r)?), ("y", ["a", "b"].into_r(r)?)])?;
    ///     assert!(df.identical(&r.eval("data.frame(x = c(1.5, 2.5), y = c('a', 'b'))")?)?);
    ///     let df = df.with_row_names(["first", "second"])?;
    ///     assert_eq!(df.row_names()?, RowNames::Character(vec!["first".into(), "second".into()]));
    ///     Ok(())
    /// })?;
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::Type`] when a column has another number of rows than the first one, or is nothing that can be a column; those of the
    /// conversions; [`Error::Text`] for a name with a NUL inside.
    pub fn new<N: AsRef<str>>(
        r: R<'r>,
        columns: impl IntoIterator<Item = (N, impl IntoR)>,
    ) -> Result<DataFrame<'r>> {
        let mut names: Vec<String> = Vec::new();
        let mut list = Vec::new();
        let mut first = None;
        for (name, column) in columns {
            let column = column.into_r(r)?;
            let rows =
                rows(&column).map_err(|error| error.about(|| format!("column `{}`", name.as_ref())))?;
            let expected = *first.get_or_insert(rows);
            if rows != expected {
                let expected = format!("a column of {expected} rows, as `{}` is", names[0]);
                let error = Error::wrong_type(expected, column.describe());
                return Err(error.about(|| format!("column `{}`", name.as_ref())));
            }
            names.push(name.as_ref().to_owned());
            list.push(column);
        }
        let rows = count(first.unwrap_or(0))?.get().unwrap_or(0);
        // R's compact form: c(NA, -rows).
        let automatic = Integer::new(r, [RInt::NA, RInt::from(Some(-rows))])?;
        let list = Value::from(List::new(r, list)?.with_names(names)?);
        list.with_class(["data.frame"])?.with_attr("row.names", automatic)?.try_into()
    }

    /// The data frame with names for its rows, all different. Other handles do not see the change.
    ///
    /// # Errors
    /// [`Error::Type`] when there are not as many as rows; [`Error::Text`] for a name with a NUL inside.
    pub fn with_row_names<S: AsRef<str>>(self, names: impl IntoIterator<Item = S>) -> Result<DataFrame<'r>> {
        let names = Character::new(self.r(), names)?;
        if names.len() != self.nrow() {
            let expected = format!("as many names as there are rows, {}", self.nrow());
            return Err(Error::wrong_type(expected, names.len().to_string()));
        }
        self.with_attr("row.names", names)
    }

    /// The number of columns.
    pub fn ncol(&self) -> usize {
        self.len()
    }

    /// The number of rows.
    pub fn nrow(&self) -> usize {
        // The compact form comes back as a sequence, which takes no memory.
        self.attr("row.names").ok().flatten().map_or(0, |names| names.len())
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
