//! What R counts in days or seconds: a double vector, or an integer one.

use super::{Double, Integer, Value, Wrapper};
use crate::error::{Error, Result};

/// Whether the storage is one of the two.
pub(super) fn is_numbers(value: &Value<'_>) -> bool {
    value.kind() == super::Kind::Double || value.kind() == super::Kind::Integer
}

/// The number at `index`; `None` for what `is.na` calls missing: NA and NaN.
pub(super) fn get(value: &Value<'_>, index: usize) -> Result<Option<f64>> {
    if let Some(numbers) = Double::from_ref_if(value) {
        return Ok(numbers.get(index)?.filter(|number| !number.is_nan()));
    }
    match Integer::from_ref_if(value) {
        Some(numbers) => Ok(numbers.get(index)?.map(f64::from)),
        None => Err(Error::wrong_type("a double or integer vector", value.describe())),
    }
}

/// The numbers; `None` for NA and NaN.
pub(super) fn iter<'a>(value: &'a Value<'_>) -> Box<dyn ExactSizeIterator<Item = Option<f64>> + 'a> {
    match (Double::from_ref_if(value), Integer::from_ref_if(value)) {
        (Some(numbers), _) => Box::new(numbers.iter().map(|number| number.filter(|number| !number.is_nan()))),
        (_, Some(numbers)) => Box::new(numbers.iter().map(|number| number.map(f64::from))),
        _ => Box::new(std::iter::empty()),
    }
}

/// A double vector of numbers, NA for `None`.
pub(super) fn build<'r>(
    r: crate::R<'r>,
    numbers: impl IntoIterator<Item = Option<f64>>,
) -> Result<Value<'r>> {
    let numbers: Vec<f64> = numbers.into_iter().map(|number| number.unwrap_or(crate::na::NA_REAL)).collect();
    Double::new(r, numbers).map(Value::from)
}
