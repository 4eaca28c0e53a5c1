//! Dates and times of the standard library and of the runtime.

use std::time::{Duration, SystemTime};

use super::Scalar;
use super::scalar::element_error;
#[cfg(any(feature = "chrono", feature = "jiff"))]
use crate::error::Error;
use crate::error::Result;
use crate::r::R;
use crate::scalar_conversions;
use crate::value::{self, CivilDate, Date, DateTime, Value};

/// A `difftime` in seconds; one of any unit is read. R's can be negative, which is an error here.
impl Scalar for Duration {
    const NAME: &'static str = "a difftime";

    fn write<'a, 'r>(
        r: R<'r>,
        items: impl ExactSizeIterator<Item = Option<&'a Duration>> + Clone,
    ) -> Result<Value<'r>> {
        value::Duration::from_spans(r, items.map(Option::<&Duration>::copied)).map(Value::from)
    }

    fn read(value: &Value<'_>) -> Result<Vec<Option<Duration>>> {
        let durations = value::Duration::try_from(value.clone())?;
        let element = |(index, seconds): (usize, Option<f64>)| {
            let Some(seconds) = seconds else { return Ok(None) };
            let what = format_args!("{seconds} seconds");
            Duration::try_from_secs_f64(seconds)
                .map(Some)
                .map_err(|_| element_error("a difftime that is not negative", value, index, what))
        };
        durations.to_seconds()?.into_iter().enumerate().map(element).collect()
    }
}

/// A `POSIXct`, which counts seconds from 1970 in a double: today that is exact to a microsecond or less. `POSIXlt` is read, too.
impl Scalar for SystemTime {
    const NAME: &'static str = "a date-time (POSIXct)";

    fn write<'a, 'r>(
        r: R<'r>,
        items: impl ExactSizeIterator<Item = Option<&'a SystemTime>> + Clone,
    ) -> Result<Value<'r>> {
        DateTime::new(r, items.map(Option::<&SystemTime>::copied), None).map(Value::from)
    }

    fn read(value: &Value<'_>) -> Result<Vec<Option<SystemTime>>> {
        let times = DateTime::try_from(value.clone())?;
        let element = |(index, seconds): (usize, Option<f64>)| {
            let Some(seconds) = seconds else { return Ok(None) };
            let time = times.get(index)?;
            time.map(Some).ok_or_else(|| element_error(Self::NAME, value, index, seconds))
        };
        times.iter_seconds().enumerate().map(element).collect()
    }
}

/// A `Date`. A fraction of a day is ignored, as R does when it prints; an infinite number of days is an error.
impl Scalar for CivilDate {
    const NAME: &'static str = "a Date vector";

    fn write<'a, 'r>(
        r: R<'r>,
        items: impl ExactSizeIterator<Item = Option<&'a CivilDate>> + Clone,
    ) -> Result<Value<'r>> {
        Date::new(r, items.map(Option::<&CivilDate>::copied)).map(Value::from)
    }

    fn read(value: &Value<'_>) -> Result<Vec<Option<CivilDate>>> {
        days(value, CivilDate::from_days)
    }
}

/// The elements of a `Date`, each made of its number of whole days since 1970.
pub(super) fn days<T>(value: &Value<'_>, make: impl Fn(i64) -> Option<T>) -> Result<Vec<Option<T>>> {
    let dates = Date::try_from(value.clone())?;
    let element = |(index, days): (usize, Option<f64>)| {
        let Some(days) = days else { return Ok(None) };
        // Beyond this no calendar goes; within it the conversion is exact.
        let whole = Some(days.floor()).filter(|days| days.abs() < 1e12);
        let date = whole.and_then(|days| make(days as i64));
        date.map(Some).ok_or_else(|| {
            element_error(
                "a Date vector",
                value,
                index,
                format_args!("{days} days since 1970, which is no date"),
            )
        })
    };
    dates.iter_days().enumerate().map(element).collect()
}

/// The elements of a `POSIXct` or `POSIXlt`, each made of its whole seconds since 1970 and the nanoseconds after them.
#[cfg(any(feature = "chrono", feature = "jiff"))]
pub(super) fn seconds<T>(value: &Value<'_>, make: impl Fn(i64, u32) -> Option<T>) -> Result<Vec<Option<T>>> {
    let times = DateTime::try_from(value.clone())?;
    let element = |(index, number): (usize, Option<f64>)| {
        let Some(number) = number else { return Ok(None) };
        let time = split(number).and_then(|(seconds, nanos)| make(seconds, nanos));
        time.map(Some).ok_or_else(|| {
            let what = format_args!("{number} seconds since 1970, which is no time");
            element_error("a date-time vector (POSIXct)", value, index, what)
        })
    };
    times.iter_seconds().enumerate().map(element).collect()
}

/// Whole seconds, and nanoseconds that count forward. R's double is exact to a microsecond at best; what is closer to one is
/// taken for it.
#[cfg(any(feature = "chrono", feature = "jiff"))]
fn split(number: f64) -> Option<(i64, u32)> {
    if !number.is_finite() || number.abs() >= 1e15 {
        return None;
    }
    let whole = number.floor();
    let micros = ((number - whole) * 1e6).round() as u32;
    Some((whole as i64 + i64::from(micros / 1_000_000), micros % 1_000_000 * 1000))
}

/// The time zone that R shows the times in, for a value that names one.
#[cfg(any(feature = "chrono", feature = "jiff"))]
pub(super) fn zone_of(value: &Value<'_>) -> Result<Option<String>> {
    Ok(DateTime::try_from(value.clone())?.zone())
}

/// The error for a zone that the other side does not know.
#[cfg(any(feature = "chrono", feature = "jiff"))]
pub(super) fn unknown_zone(zone: &str) -> Error {
    Error::wrong_type("a time zone of the IANA database", format!("{zone:?}"))
}

scalar_conversions!([] Duration);
scalar_conversions!([] SystemTime);
scalar_conversions!([] CivilDate);
