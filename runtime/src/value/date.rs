//! Dates.

use super::civil::CivilDate;
use super::numbers;
use super::wrapper::wrapper;
use super::{WithAttributes, Wrapper};
use crate::error::Result;
use crate::r::R;

wrapper! {
    /// Dates (R's class `Date`): numbers of days since 1970-01-01, in a double or an integer vector.
    ///
    /// NA, and NaN which R treats alike, are `None`. A number may be infinite (`max` of no dates), or have a fraction, which R
    /// ignores when it prints: [`days`](Date::days) gives it as it is.
    ///
    /// ```
    /// use rbindgen_runtime::prelude::*;
    ///
    /// R::with(|r| {
    ///     let x: Date = r.eval("as.Date(c('2024-02-29', NA))")?.try_into()?;
    ///     assert_eq!(x.get(0)?, CivilDate::new(2024, 2, 29));
    ///     assert_eq!(x.days(0)?, Some(19782.0));
    ///     assert_eq!(x.to_vec()[1], None);
    ///     let y = Date::new(r, [CivilDate::new(2024, 2, 29), None])?;
    ///     assert!(y.identical(&x)?);
    ///     Ok(())
    /// })?;
    /// # Ok::<(), Error>(())
    /// ```
    Date, "a Date vector", |value| numbers::is_numbers(value) && value.has_class(c"Date")
}

impl<'r> Date<'r> {
    /// New dates, `None` for NA.
    ///
    /// # Errors
    /// [`Error::Condition`](crate::Error::Condition) when R has no memory for them.
    pub fn new(r: R<'r>, dates: impl IntoIterator<Item = Option<CivilDate>>) -> Result<Date<'r>> {
        Date::from_days(r, dates.into_iter().map(|date| Some(date?.days() as f64)))
    }

    /// New dates from days since 1970-01-01, `None` for NA.
    ///
    /// # Errors
    /// As [`new`](Date::new).
    pub fn from_days(r: R<'r>, days: impl IntoIterator<Item = Option<f64>>) -> Result<Date<'r>> {
        Date::from_value(numbers::build(r, days)?.with_class(["Date"])?)
    }

    /// The days since 1970-01-01 of the date at `index`; `None` for NA.
    ///
    /// # Errors
    /// [`Error::Index`](crate::Error::Index) beyond the end.
    pub fn days(&self, index: usize) -> Result<Option<f64>> {
        numbers::get(self, index)
    }

    /// The days since 1970-01-01; `None` for NA.
    pub fn iter_days(&self) -> impl ExactSizeIterator<Item = Option<f64>> + '_ {
        numbers::iter(self)
    }

    /// The date at `index`; `None` for NA, and for a number that is no day (infinite, or a year beyond `i32`).
    ///
    /// # Errors
    /// [`Error::Index`](crate::Error::Index) beyond the end.
    pub fn get(&self, index: usize) -> Result<Option<CivilDate>> {
        Ok(self.days(index)?.and_then(on_calendar))
    }

    /// The dates; `None` as in [`get`](Date::get).
    pub fn iter(&self) -> impl ExactSizeIterator<Item = Option<CivilDate>> + '_ {
        self.iter_days().map(|days| days.and_then(on_calendar))
    }

    /// A copy of the dates; `None` as in [`get`](Date::get).
    pub fn to_vec(&self) -> Vec<Option<CivilDate>> {
        self.iter().collect()
    }
}

/// The day on which a number of days lies.
fn on_calendar(days: f64) -> Option<CivilDate> {
    let whole = days.floor();
    // Every such number is exact in `f64`, and in `i64`.
    if whole.abs() <= 1e15 { CivilDate::from_days(whole as i64) } else { None }
}
