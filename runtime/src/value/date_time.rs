//! Points in time.

use std::time::{Duration as Span, SystemTime};

use super::civil::{CivilDate, CivilDateTime};
use super::numbers;
use super::wrapper::wrapper;
use super::{Character, Double, Integer, List, WithAttributes, Wrapper};
use crate::error::Result;
use crate::r::R;

wrapper! {
    /// Points in time (R's class `POSIXct`): seconds since 1970-01-01 00:00 UTC, in a double or an integer vector.
    ///
    /// The attribute `tzone` says in which time zone R shows them; it does not change which points they are. Values of class
    /// `POSIXlt`, which hold calendar fields, are converted with R's `as.POSIXct` by `try_into` and `to` (not by
    /// `Wrapper::from_ref`, which cannot). NA and NaN are `None`.
    ///
    /// ```
    /// use rbindgen_runtime::prelude::*;
    ///
    /// R::with(|r| {
    ///     let x: DateTime = r.eval("as.POSIXlt('2024-03-10 12:00', tz = 'Europe/Vienna')")?.try_into()?;
    ///     assert_eq!(x.zone().as_deref(), Some("Europe/Vienna"));
    ///     assert_eq!(x.seconds(0)?, Some(1_710_068_400.0));
    ///     assert_eq!(x.to_civil()?[0].unwrap().to_string(), "2024-03-10 12:00:00");
    ///     Ok(())
    /// })?;
    /// # Ok::<(), Error>(())
    /// ```
    DateTime, "a date-time vector (POSIXct)",
    |value| numbers::is_numbers(value) && value.has_class(c"POSIXct"),
    from |value| if value.has_class(c"POSIXlt") {
        value.r().base_call("as.POSIXct", &[(None, &value)])?
    } else {
        value
    }
}

impl<'r> DateTime<'r> {
    /// New points in time, `None` for NA, shown in `zone` (`"UTC"`, `"Europe/Vienna"`), or in the session's where that is `None`.
    ///
    /// R's double keeps them to about a microsecond.
    ///
    /// # Errors
    /// [`Error::Condition`](crate::Error::Condition) when R has no memory for them.
    pub fn new(
        r: R<'r>,
        times: impl IntoIterator<Item = Option<SystemTime>>,
        zone: Option<&str>,
    ) -> Result<DateTime<'r>> {
        DateTime::from_seconds(r, times.into_iter().map(|time| time.map(since_epoch)), zone)
    }

    /// New points in time from seconds since 1970-01-01 00:00 UTC.
    ///
    /// # Errors
    /// As [`new`](DateTime::new).
    pub fn from_seconds(
        r: R<'r>,
        seconds: impl IntoIterator<Item = Option<f64>>,
        zone: Option<&str>,
    ) -> Result<DateTime<'r>> {
        let value = numbers::build(r, seconds)?.with_class(["POSIXct", "POSIXt"])?;
        DateTime::from_value(match zone {
            Some(zone) => value.with_attr("tzone", zone)?,
            None => value,
        })
    }

    /// The seconds since 1970-01-01 00:00 UTC of the point at `index`; `None` for NA.
    ///
    /// # Errors
    /// [`Error::Index`](crate::Error::Index) beyond the end.
    pub fn seconds(&self, index: usize) -> Result<Option<f64>> {
        numbers::get(self, index)
    }

    /// The seconds since 1970-01-01 00:00 UTC; `None` for NA.
    pub fn iter_seconds(&self) -> impl ExactSizeIterator<Item = Option<f64>> + '_ {
        numbers::iter(self)
    }

    /// The point at `index`; `None` for NA, and for what a `SystemTime` cannot hold (infinite).
    ///
    /// # Errors
    /// [`Error::Index`](crate::Error::Index) beyond the end.
    pub fn get(&self, index: usize) -> Result<Option<SystemTime>> {
        Ok(self.seconds(index)?.and_then(after_epoch))
    }

    /// The points; `None` as in [`get`](DateTime::get).
    pub fn iter(&self) -> impl ExactSizeIterator<Item = Option<SystemTime>> + '_ {
        self.iter_seconds().map(|seconds| seconds.and_then(after_epoch))
    }

    /// A copy of the points; `None` as in [`get`](DateTime::get).
    pub fn to_vec(&self) -> Vec<Option<SystemTime>> {
        self.iter().collect()
    }

    /// The time zone in which R shows the points; `None` where it is the session's.
    pub fn zone(&self) -> Option<String> {
        let zone: Character<'_> = self.attr("tzone").ok()??.try_into().ok()?;
        zone.get_lossy(0).map(|zone| zone.into_owned()).filter(|zone| !zone.is_empty())
    }

    /// What a calendar and a clock in the points' time zone show (R's `as.POSIXlt`); `None` for NA and infinite points.
    ///
    /// # Errors
    /// [`Error::Condition`](crate::Error::Condition) when R cannot tell.
    pub fn to_civil(&self) -> Result<Vec<Option<CivilDateTime>>> {
        let fields: List<'r> = self.r().base_call("as.POSIXlt", &[(None, self)])?.try_into()?;
        let whole = |name: &str| -> Result<Vec<Option<i32>>> {
            Ok(Integer::from_value(fields.get_named(name)?)?.to_vec())
        };
        let (years, months, days) = (whole("year")?, whole("mon")?, whole("mday")?);
        let (hours, minutes) = (whole("hour")?, whole("min")?);
        let seconds = Double::from_value(fields.get_named("sec")?)?.to_vec();
        let at = |index: usize| -> Option<CivilDateTime> {
            let small = |field: &[Option<i32>]| u8::try_from((*field.get(index)?)?).ok();
            let year = (*years.get(index)?)?.checked_add(1900)?;
            Some(CivilDateTime {
                date: CivilDate::new(year, small(&months)? + 1, small(&days)?)?,
                hour: small(&hours)?,
                minute: small(&minutes)?,
                second: (*seconds.get(index)?)?,
            })
        };
        Ok((0..self.len()).map(at).collect())
    }
}

/// Seconds after the epoch, negative before it.
fn since_epoch(time: SystemTime) -> f64 {
    match time.duration_since(SystemTime::UNIX_EPOCH) {
        Ok(span) => span.as_secs_f64(),
        Err(before) => -before.duration().as_secs_f64(),
    }
}

/// The point that is so many seconds after the epoch.
fn after_epoch(seconds: f64) -> Option<SystemTime> {
    let span = Span::try_from_secs_f64(seconds.abs()).ok()?;
    if seconds < 0.0 {
        SystemTime::UNIX_EPOCH.checked_sub(span)
    } else {
        SystemTime::UNIX_EPOCH.checked_add(span)
    }
}
