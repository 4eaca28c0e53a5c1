//! Floating point numbers, real and complex.

use super::scalar::element_error;
use super::whole::{self, EXACT};
use super::{Plain, Scalar};
use crate::error::{Error, Result};
use crate::na::{NA_REAL, RComplex, is_na};
use crate::r::R;
use crate::scalar_conversions;
use crate::value::{Complex, Double, Integer, Kind, Logical, Value, Wrapper};

const DOUBLE: &str = "a double vector";

impl Scalar for f64 {
    const NAME: &'static str = DOUBLE;

    fn one(item: Option<&f64>) -> Option<Plain<'_>> {
        Some(Plain::Double(item.copied().unwrap_or(NA_REAL)))
    }

    fn many(items: &[f64]) -> Option<Plain<'_>> {
        Some(Plain::Doubles(items))
    }

    fn write<'a, 'r>(
        r: R<'r>,
        items: impl ExactSizeIterator<Item = Option<&'a f64>> + Clone,
    ) -> Result<Value<'r>> {
        let items: Vec<f64> = items.map(|x| x.copied().unwrap_or(NA_REAL)).collect();
        Double::new(r, items).map(Value::from)
    }

    fn read(value: &Value<'_>) -> Result<Vec<Option<f64>>> {
        match value.kind() {
            Kind::Integer if !value.has_class(c"factor") => {
                Ok(Integer::from_ref(value)?.iter().map(|x| x.map(f64::from)).collect())
            }
            Kind::Logical => {
                Ok(Logical::from_ref(value)?.iter().map(|x| x.map(|x| f64::from(u8::from(x)))).collect())
            }
            Kind::Double if value.has_class(c"integer64") => {
                let exact = |(index, x): (usize, Option<i64>)| match x {
                    Some(x) if x.unsigned_abs() > EXACT => {
                        Err(element_error(DOUBLE, value, index, format_args!("{x}, which no double is")))
                    }
                    x => Ok(x.map(|x| x as f64)),
                };
                whole::read_integer64(value)?.into_iter().enumerate().map(exact).collect()
            }
            _ => Ok(Double::from_ref(value)?.to_vec()),
        }
    }

    fn read_present(value: &Value<'_>) -> Result<Vec<f64>> {
        let copied = match Double::from_ref(value) {
            Ok(doubles) if !value.has_class(c"integer64") => {
                let mut copy = vec![0.0; doubles.len()];
                let count = doubles.region(0, &mut copy)?;
                copy.truncate(count);
                copy
            }
            _ => return present(f64::read(value)?),
        };
        match copied.iter().position(|x| is_na(*x)) {
            Some(index) => Err(Error::Missing { index }),
            None => Ok(copied),
        }
    }
}

fn present<T>(items: Vec<Option<T>>) -> Result<Vec<T>> {
    items.into_iter().enumerate().map(|(index, item)| item.ok_or(Error::Missing { index })).collect()
}

/// R has no such numbers: they become doubles, and are rounded from doubles.
impl Scalar for f32 {
    const NAME: &'static str = DOUBLE;

    fn one(item: Option<&f32>) -> Option<Plain<'_>> {
        Some(Plain::Double(item.map_or(NA_REAL, |x| f64::from(*x))))
    }

    fn write<'a, 'r>(
        r: R<'r>,
        items: impl ExactSizeIterator<Item = Option<&'a f32>> + Clone,
    ) -> Result<Value<'r>> {
        let items: Vec<f64> = items.map(|x| x.map_or(NA_REAL, |x| f64::from(*x))).collect();
        Double::new(r, items).map(Value::from)
    }

    fn read(value: &Value<'_>) -> Result<Vec<Option<f32>>> {
        Ok(f64::read(value)?.into_iter().map(|x| x.map(|x| x as f32)).collect())
    }
}

/// NA is a value of the type: it needs no `Option`.
impl Scalar for RComplex {
    const NAME: &'static str = "a complex vector";

    fn na() -> Option<RComplex> {
        Some(RComplex::NA)
    }

    fn write<'a, 'r>(
        r: R<'r>,
        items: impl ExactSizeIterator<Item = Option<&'a RComplex>> + Clone,
    ) -> Result<Value<'r>> {
        let items: Vec<RComplex> = items.map(|x| x.copied().unwrap_or(RComplex::NA)).collect();
        Complex::new(r, items).map(Value::from)
    }

    fn read(value: &Value<'_>) -> Result<Vec<Option<RComplex>>> {
        match Complex::from_ref(value) {
            Ok(complex) => Ok(complex.to_vec()),
            Err(error) => match f64::read(value) {
                Ok(reals) => Ok(reals.into_iter().map(|x| x.map(|re| RComplex { re, im: 0.0 })).collect()),
                Err(_) => Err(error),
            },
        }
    }
}

scalar_conversions!([] f64);
scalar_conversions!([] f32);
scalar_conversions!([] RComplex);
