//! Lengths of time.

use std::time::Duration as Span;

use super::numbers;
use super::wrapper::wrapper;
use super::{Character, WithAttributes, Wrapper};
use crate::error::{Error, Result};
use crate::r::R;

wrapper! {
    /// Lengths of time (R's class `difftime`): numbers with one of five units. They may be negative. NA and NaN are `None`.
    ///
    /// ```
    /// use rbindgen_runtime::prelude::*;
    ///
    /// R::with(|r| {
    ///     let x: Duration = r.eval("as.Date('2024-03-01') - as.Date('2024-02-28')")?.try_into()?;
    ///     assert_eq!(x.unit()?, DurationUnit::Days);
    ///     assert_eq!(x.get(0)?, Some(2.0));
    ///     assert_eq!(x.seconds(0)?, Some(172_800.0));
    ///     Ok(())
    /// })?;
    /// # Ok::<(), Error>(())
    /// ```
    Duration, "a difftime vector", |value| numbers::is_numbers(value) && value.has_class(c"difftime")
}

/// The unit of a [`Duration`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DurationUnit {
    /// `secs`
    Seconds,
    /// `mins`
    Minutes,
    /// `hours`
    Hours,
    /// `days` of 24 hours
    Days,
    /// `weeks`
    Weeks,
}

impl DurationUnit {
    const ALL: [DurationUnit; 5] = [
        DurationUnit::Seconds,
        DurationUnit::Minutes,
        DurationUnit::Hours,
        DurationUnit::Days,
        DurationUnit::Weeks,
    ];

    /// R's name for it.
    pub fn name(self) -> &'static str {
        match self {
            DurationUnit::Seconds => "secs",
            DurationUnit::Minutes => "mins",
            DurationUnit::Hours => "hours",
            DurationUnit::Days => "days",
            DurationUnit::Weeks => "weeks",
        }
    }

    /// The seconds in one.
    pub fn seconds(self) -> f64 {
        match self {
            DurationUnit::Seconds => 1.0,
            DurationUnit::Minutes => 60.0,
            DurationUnit::Hours => 3600.0,
            DurationUnit::Days => 86_400.0,
            DurationUnit::Weeks => 604_800.0,
        }
    }
}

impl<'r> Duration<'r> {
    /// New lengths of time, `None` for NA.
    ///
    /// # Errors
    /// [`Error::Condition`] when R has no memory for them.
    pub fn new(
        r: R<'r>,
        numbers: impl IntoIterator<Item = Option<f64>>,
        unit: DurationUnit,
    ) -> Result<Duration<'r>> {
        let value = numbers::build(r, numbers)?.with_class(["difftime"])?;
        Duration::from_value(value.with_attr("units", unit.name())?)
    }

    /// New lengths of time in seconds, `None` for NA.
    ///
    /// # Errors
    /// As [`new`](Duration::new).
    pub fn from_spans(r: R<'r>, spans: impl IntoIterator<Item = Option<Span>>) -> Result<Duration<'r>> {
        let seconds = spans.into_iter().map(|span| Some(span?.as_secs_f64()));
        Duration::new(r, seconds, DurationUnit::Seconds)
    }

    /// The unit.
    ///
    /// # Errors
    /// [`Error::Type`] for a `difftime` without one of R's units.
    pub fn unit(&self) -> Result<DurationUnit> {
        let units = self.attr("units")?.unwrap_or_else(|| self.r().null());
        let name = Character::from_ref_if(&units).and_then(|name| name.get_lossy(0));
        let known = DurationUnit::ALL.into_iter().find(|unit| name.as_deref() == Some(unit.name()));
        known.ok_or_else(|| {
            let found = name.map_or_else(|| units.describe(), |name| format!("{name:?}"));
            Error::wrong_type("one of the units secs, mins, hours, days, weeks", found)
        })
    }

    /// The number at `index`, in the vector's unit; `None` for NA.
    ///
    /// # Errors
    /// [`Error::Index`] beyond the end.
    pub fn get(&self, index: usize) -> Result<Option<f64>> {
        numbers::get(self, index)
    }

    /// The numbers, in the vector's unit; `None` for NA.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = Option<f64>> + '_ {
        numbers::iter(self)
    }

    /// The length at `index` in seconds; `None` for NA.
    ///
    /// # Errors
    /// [`Error::Index`] beyond the end, and those of [`unit`](Duration::unit).
    pub fn seconds(&self, index: usize) -> Result<Option<f64>> {
        let unit = self.unit()?.seconds();
        Ok(self.get(index)?.map(|number| number * unit))
    }

    /// The lengths in seconds; `None` for NA.
    ///
    /// # Errors
    /// Those of [`unit`](Duration::unit).
    pub fn to_seconds(&self) -> Result<Vec<Option<f64>>> {
        let unit = self.unit()?.seconds();
        Ok(self.iter().map(|number| number.map(|number| number * unit)).collect())
    }

    /// The lengths as Rust has them; `None` for NA, and for what Rust cannot hold: negative or infinite.
    ///
    /// # Errors
    /// Those of [`unit`](Duration::unit).
    pub fn to_spans(&self) -> Result<Vec<Option<Span>>> {
        let span = |seconds: Option<f64>| Span::try_from_secs_f64(seconds?).ok();
        Ok(self.to_seconds()?.into_iter().map(span).collect())
    }
}
