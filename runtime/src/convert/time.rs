//! The standard library's times.

use std::time::{Duration, SystemTime};

use super::scalar::element_error;
use super::{Scalar, has_class};
use crate::error::{Error, Result};
use crate::na::NA_REAL;
use crate::r::R;
use crate::scalar_conversions;
use crate::value::{Double, Value};

/// A `difftime` in seconds; one of any unit is read. R's can be negative, which is an error here.
impl Scalar for Duration {
    const NAME: &'static str = "a difftime";

    fn write<'a, 'r>(
        r: R<'r>,
        items: impl ExactSizeIterator<Item = Option<&'a Duration>> + Clone,
    ) -> Result<Value<'r>> {
        let seconds: Vec<f64> = items.map(|item| item.map_or(NA_REAL, Duration::as_secs_f64)).collect();
        let value = Double::new(r, seconds)?;
        value.set_attr_in_place("class", &r.string("difftime")?)?;
        value.set_attr_in_place("units", &r.string("secs")?)?;
        Ok(value.into())
    }

    fn read(value: &Value<'_>) -> Result<Vec<Option<Duration>>> {
        let units = value.attr("units")?.map(|units| units.to::<String>()).transpose()?;
        let unit = match (has_class(value, c"difftime"), units.as_deref()) {
            (true, Some("secs")) => 1.0,
            (true, Some("mins")) => 60.0,
            (true, Some("hours")) => 3600.0,
            (true, Some("days")) => 86_400.0,
            (true, Some("weeks")) => 604_800.0,
            _ => return Err(Error::wrong_type(Self::NAME, value.describe())),
        };
        let element = |(index, number): (usize, Option<f64>)| {
            let Some(number) = number else { return Ok(None) };
            Duration::try_from_secs_f64(number * unit)
                .map(Some)
                .map_err(|_| element_error("a difftime that is not negative", value, index, number))
        };
        f64::read(value)?.into_iter().enumerate().map(element).collect()
    }
}

/// A `POSIXct`, which counts seconds from 1970 in a double: today that is exact to a microsecond or less.
impl Scalar for SystemTime {
    const NAME: &'static str = "a date-time (POSIXct)";

    fn write<'a, 'r>(
        r: R<'r>,
        items: impl ExactSizeIterator<Item = Option<&'a SystemTime>> + Clone,
    ) -> Result<Value<'r>> {
        let seconds = |item: Option<&SystemTime>| {
            let Some(item) = item else { return NA_REAL };
            match item.duration_since(SystemTime::UNIX_EPOCH) {
                Ok(after) => after.as_secs_f64(),
                Err(before) => -before.duration().as_secs_f64(),
            }
        };
        let seconds: Vec<f64> = items.map(seconds).collect();
        posixct(r, seconds, None)
    }

    fn read(value: &Value<'_>) -> Result<Vec<Option<SystemTime>>> {
        let element = |(index, number): (usize, Option<f64>)| {
            let Some(number) = number else { return Ok(None) };
            let distance = Duration::try_from_secs_f64(number.abs()).ok();
            let time = distance.and_then(|distance| match number < 0.0 {
                true => SystemTime::UNIX_EPOCH.checked_sub(distance),
                false => SystemTime::UNIX_EPOCH.checked_add(distance),
            });
            time.map(Some).ok_or_else(|| element_error(Self::NAME, value, index, number))
        };
        seconds(value, Self::NAME)?.into_iter().enumerate().map(element).collect()
    }
}

/// The numbers of a `POSIXct`: seconds from 1970.
pub(crate) fn seconds(value: &Value<'_>, expected: &str) -> Result<Vec<Option<f64>>> {
    match has_class(value, c"POSIXct") {
        true => f64::read(value),
        false => Err(Error::wrong_type(expected, value.describe())),
    }
}

/// A `POSIXct` of seconds from 1970, shown in a time zone.
pub(crate) fn posixct<'r>(r: R<'r>, seconds: Vec<f64>, zone: Option<&str>) -> Result<Value<'r>> {
    let value = Double::new(r, seconds)?;
    value.set_attr_in_place("class", &super::IntoR::into_r(["POSIXct", "POSIXt"], r)?)?;
    if let Some(zone) = zone {
        value.set_attr_in_place("tzone", &r.string(zone)?)?;
    }
    Ok(value.into())
}

scalar_conversions!([] Duration);
scalar_conversions!([] SystemTime);
