//! Dates and times of crate chrono.

use chrono::{DateTime, NaiveDate, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;

use super::Scalar;
use super::scalar::element_error;
use super::time::{days, seconds, unknown_zone, zone_of};
use crate::error::Result;
use crate::r::R;
use crate::scalar_conversions;
use crate::value::{self, Value};

/// The day from which R counts.
const EPOCH: NaiveDate = NaiveDate::from_ymd_opt(1970, 1, 1).expect("a day");

/// A `Date`. A fraction of a day is ignored, as R does when it prints.
impl Scalar for NaiveDate {
    const NAME: &'static str = "a Date vector";

    fn write<'a, 'r>(
        r: R<'r>,
        items: impl ExactSizeIterator<Item = Option<&'a NaiveDate>> + Clone,
    ) -> Result<Value<'r>> {
        let day = |item: Option<&NaiveDate>| Some(item?.signed_duration_since(EPOCH).num_days() as f64);
        value::Date::from_days(r, items.map(day)).map(Value::from)
    }

    fn read(value: &Value<'_>) -> Result<Vec<Option<NaiveDate>>> {
        days(value, |days| EPOCH.checked_add_signed(TimeDelta::try_days(days)?))
    }
}

fn since_epoch<Z: TimeZone>(time: &DateTime<Z>) -> f64 {
    time.timestamp() as f64 + f64::from(time.timestamp_subsec_nanos()) / 1e9
}

/// A `POSIXct` that R shows in UTC; one of any zone is read. R keeps times to about a microsecond.
impl Scalar for DateTime<Utc> {
    const NAME: &'static str = "a date-time vector (POSIXct)";

    fn write<'a, 'r>(
        r: R<'r>,
        items: impl ExactSizeIterator<Item = Option<&'a DateTime<Utc>>> + Clone,
    ) -> Result<Value<'r>> {
        let times = items.map(|item| item.map(since_epoch));
        value::DateTime::from_seconds(r, times, Some("UTC")).map(Value::from)
    }

    fn read(value: &Value<'_>) -> Result<Vec<Option<DateTime<Utc>>>> {
        seconds(value, DateTime::from_timestamp)
    }
}

/// A `POSIXct` with its zone. R has one zone for a whole vector: that of the first element, which does not change when the others are.
///
/// A value without a zone, which R shows in the session's, is read as UTC.
impl Scalar for DateTime<Tz> {
    const NAME: &'static str = "a date-time vector (POSIXct)";

    fn write<'a, 'r>(
        r: R<'r>,
        items: impl ExactSizeIterator<Item = Option<&'a DateTime<Tz>>> + Clone,
    ) -> Result<Value<'r>> {
        let zone = items.clone().flatten().next().map_or(Tz::UTC, DateTime::timezone);
        let times = items.map(|item| item.map(since_epoch));
        value::DateTime::from_seconds(r, times, Some(zone.name())).map(Value::from)
    }

    fn read(value: &Value<'_>) -> Result<Vec<Option<DateTime<Tz>>>> {
        let zone: Tz = match zone_of(value)? {
            Some(zone) if !zone.is_empty() => zone.parse().map_err(|_| unknown_zone(&zone))?,
            _ => Tz::UTC,
        };
        seconds(value, |seconds, nanos| Some(DateTime::from_timestamp(seconds, nanos)?.with_timezone(&zone)))
    }
}

/// A `difftime` in seconds; one of any unit is read.
impl Scalar for TimeDelta {
    const NAME: &'static str = "a difftime";

    fn write<'a, 'r>(
        r: R<'r>,
        items: impl ExactSizeIterator<Item = Option<&'a TimeDelta>> + Clone,
    ) -> Result<Value<'r>> {
        let lengths = items.map(|item| item.map(|item| item.as_seconds_f64()));
        value::Duration::new(r, lengths, value::DurationUnit::Seconds).map(Value::from)
    }

    fn read(value: &Value<'_>) -> Result<Vec<Option<TimeDelta>>> {
        let lengths = value::Duration::try_from(value.clone())?.to_seconds()?;
        let element = |(index, seconds): (usize, Option<f64>)| {
            let Some(seconds) = seconds else { return Ok(None) };
            let whole = Some(seconds.trunc()).filter(|whole| whole.abs() < 9e15);
            let nanos = (seconds.fract() * 1e9).round() as i64;
            let length = whole.and_then(|whole| {
                TimeDelta::try_seconds(whole as i64)?.checked_add(&TimeDelta::nanoseconds(nanos))
            });
            let what = format_args!("{seconds} seconds");
            length.map(Some).ok_or_else(|| element_error(Self::NAME, value, index, what))
        };
        lengths.into_iter().enumerate().map(element).collect()
    }
}

scalar_conversions!([] NaiveDate);
scalar_conversions!([] DateTime<Utc>);
scalar_conversions!([] DateTime<Tz>);
scalar_conversions!([] TimeDelta);
