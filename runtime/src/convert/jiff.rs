//! Dates and times of crate jiff.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, Zoned};

use super::Scalar;
use super::scalar::element_error;
use super::time::{days, seconds, unknown_zone, zone_of};
use crate::error::{Error, Result};
use crate::r::R;
use crate::scalar_conversions;
use crate::value::{self, Value};

/// The day from which R counts.
const EPOCH: Date = Date::constant(1970, 1, 1);

/// A `Date`. A fraction of a day is ignored, as R does when it prints.
impl Scalar for Date {
    const NAME: &'static str = "a Date vector";

    fn write<'a, 'r>(
        r: R<'r>,
        items: impl ExactSizeIterator<Item = Option<&'a Date>> + Clone,
    ) -> Result<Value<'r>> {
        let day = |item: Option<&Date>| Some(item?.duration_since(EPOCH).as_secs() as f64 / 86_400.0);
        value::Date::from_days(r, items.map(day)).map(Value::from)
    }

    fn read(value: &Value<'_>) -> Result<Vec<Option<Date>>> {
        days(value, |days| EPOCH.checked_add(SignedDuration::from_hours(24 * days)).ok())
    }
}

fn since_epoch(time: Timestamp) -> f64 {
    time.as_second() as f64 + f64::from(time.subsec_nanosecond()) / 1e9
}

/// A `POSIXct` that R shows in UTC; one of any zone is read. R keeps times to about a microsecond.
impl Scalar for Timestamp {
    const NAME: &'static str = "a date-time vector (POSIXct)";

    fn write<'a, 'r>(
        r: R<'r>,
        items: impl ExactSizeIterator<Item = Option<&'a Timestamp>> + Clone,
    ) -> Result<Value<'r>> {
        let times = items.map(|item| item.copied().map(since_epoch));
        value::DateTime::from_seconds(r, times, Some("UTC")).map(Value::from)
    }

    fn read(value: &Value<'_>) -> Result<Vec<Option<Timestamp>>> {
        seconds(value, |seconds, nanos| Timestamp::new(seconds, i32::try_from(nanos).ok()?).ok())
    }
}

/// A `POSIXct` with its zone. R has one zone for a whole vector, that of the first element; which points in time the others are does not
/// change. A zone without a name of the IANA database, such as a fixed offset, is an error towards R.
///
/// A value without a zone, which R shows in the session's, is read as UTC.
impl Scalar for Zoned {
    const NAME: &'static str = "a date-time vector (POSIXct)";

    fn write<'a, 'r>(
        r: R<'r>,
        items: impl ExactSizeIterator<Item = Option<&'a Zoned>> + Clone,
    ) -> Result<Value<'r>> {
        let zone = match items.clone().flatten().next() {
            None => "UTC",
            Some(first) => first.time_zone().iana_name().ok_or_else(|| {
                Error::wrong_type("a time zone with a name, as R needs", format!("{:?}", first.time_zone()))
            })?,
        };
        let times = items.clone().map(|item| item.map(|item| since_epoch(item.timestamp())));
        value::DateTime::from_seconds(r, times, Some(zone)).map(Value::from)
    }

    fn read(value: &Value<'_>) -> Result<Vec<Option<Zoned>>> {
        let zone = match zone_of(value)? {
            Some(zone) if !zone.is_empty() => TimeZone::get(&zone).map_err(|_| unknown_zone(&zone))?,
            _ => TimeZone::UTC,
        };
        seconds(value, |seconds, nanos| {
            Some(Timestamp::new(seconds, i32::try_from(nanos).ok()?).ok()?.to_zoned(zone.clone()))
        })
    }
}

/// A `difftime` in seconds; one of any unit is read.
impl Scalar for SignedDuration {
    const NAME: &'static str = "a difftime";

    fn write<'a, 'r>(
        r: R<'r>,
        items: impl ExactSizeIterator<Item = Option<&'a SignedDuration>> + Clone,
    ) -> Result<Value<'r>> {
        let lengths = items.map(|item| item.map(SignedDuration::as_secs_f64));
        value::Duration::new(r, lengths, value::DurationUnit::Seconds).map(Value::from)
    }

    fn read(value: &Value<'_>) -> Result<Vec<Option<SignedDuration>>> {
        let lengths = value::Duration::try_from(value.clone())?.to_seconds()?;
        let element = |(index, seconds): (usize, Option<f64>)| {
            let Some(seconds) = seconds else { return Ok(None) };
            let what = format_args!("{seconds} seconds");
            SignedDuration::try_from_secs_f64(seconds)
                .map(Some)
                .map_err(|_| element_error(Self::NAME, value, index, what))
        };
        lengths.into_iter().enumerate().map(element).collect()
    }
}

scalar_conversions!([] Date);
scalar_conversions!([] Timestamp);
scalar_conversions!([] Zoned);
scalar_conversions!([] SignedDuration);
