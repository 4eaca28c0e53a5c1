//! Whole numbers.
//!
//! R has 32-bit integers, of which the smallest is NA. Wider numbers become integers where all of a vector fit, else doubles
//! where all are exact, else an error. From R, an integer vector, a double vector of whole numbers, and package bit64's
//! `integer64` are read.

use super::scalar::element_error;
use super::{Plain, Scalar};
use crate::error::{Error, Result};
use crate::na::{NA_REAL, RInt};
use crate::r::R;
use crate::scalar_conversions;
use crate::value::{Double, Integer, Kind, Raw, Value, Wrapper};

/// Up to here every whole number is a double.
pub(super) const EXACT: u64 = 1 << 53;

const INTEGER: &str = "an integer vector";

/// The elements of package bit64's vector: 64-bit integers in the memory of doubles; the smallest is NA.
pub(super) fn read_integer64(value: &Value<'_>) -> Result<Vec<Option<i64>>> {
    let doubles = Double::from_ref(value)?;
    let mut bits = vec![0.0; doubles.len()];
    let count = doubles.region(0, &mut bits)?;
    Ok(bits[..count].iter().map(|x| Some(x.to_bits() as i64).filter(|x| *x != i64::MIN)).collect())
}

/// The elements of a vector of whole numbers, each as `T`.
fn read<T: TryFrom<i64>>(value: &Value<'_>, expected: &str) -> Result<Vec<Option<T>>> {
    let element = |(index, number): (usize, Option<i64>)| {
        let Some(number) = number else { return Ok(None) };
        match T::try_from(number) {
            Ok(number) => Ok(Some(number)),
            Err(_) => {
                let what = format_args!("{number}, which does not fit `{}`", std::any::type_name::<T>());
                Err(element_error(expected, value, index, what))
            }
        }
    };
    match value.kind() {
        Kind::Double if value.has_class(c"integer64") => {
            read_integer64(value)?.into_iter().enumerate().map(element).collect()
        }
        Kind::Double => {
            let whole = |(index, number): (usize, Option<f64>)| match number {
                None => Ok(None),
                Some(x) if x.fract() == 0.0 && x.abs() <= EXACT as f64 => element((index, Some(x as i64))),
                Some(x) => Err(element_error(expected, value, index, x)),
            };
            Double::from_ref(value)?.iter().enumerate().map(whole).collect()
        }
        Kind::Integer if value.has_class(c"factor") => {
            Err(Error::wrong_type(expected, "a factor; read its codes or its labels"))
        }
        _ => Integer::from_ref(value)?.iter().map(|x| x.map(i64::from)).enumerate().map(element).collect(),
    }
}

/// A vector of the smallest type of R that holds all the numbers.
pub(crate) fn write<'r>(
    r: R<'r>,
    numbers: impl ExactSizeIterator<Item = Option<i128>> + Clone,
) -> Result<Value<'r>> {
    if numbers.clone().all(|x| x.is_none_or(|x| fits_integer(x).is_some())) {
        let integers: Vec<RInt> = numbers.map(|x| RInt::from(x.and_then(fits_integer))).collect();
        return Integer::new(r, integers).map(Value::from);
    }
    let exact = |(index, x): (usize, Option<i128>)| match x {
        None => Ok(NA_REAL),
        Some(x) if x.unsigned_abs() <= u128::from(EXACT) => Ok(x as f64),
        Some(x) => Err(Error::wrong_type(
            "whole numbers that R's integers or, exactly, its doubles can hold",
            format!("{x} as element {index} (counted from 0); convert to `f64` to round it"),
        )),
    };
    let doubles: Vec<f64> = numbers.enumerate().map(exact).collect::<Result<_>>()?;
    Double::new(r, doubles).map(Value::from)
}

/// The number as an integer of R; its smallest is NA.
fn fits_integer(x: i128) -> Option<i32> {
    i32::try_from(x).ok().filter(|x| *x != i32::MIN)
}

macro_rules! whole {
    ($($type:ident)*) => {
        $(impl Scalar for $type {
            const NAME: &'static str = INTEGER;

            fn one(item: Option<&$type>) -> Option<Plain<'_>> {
                let Some(item) = item else { return Some(Plain::Int(RInt::NA)) };
                fits_integer(*item as i128).map(|item| Plain::Int(RInt::from(Some(item))))
            }

            fn write<'a, 'r>(
                r: R<'r>,
                items: impl ExactSizeIterator<Item = Option<&'a $type>> + Clone,
            ) -> Result<Value<'r>> {
                write(r, items.map(|x| x.map(|x| *x as i128)))
            }

            fn read(value: &Value<'_>) -> Result<Vec<Option<$type>>> {
                read(value, INTEGER)
            }
        }

        scalar_conversions!([] $type);)*
    };
}

whole!(i8 i16 u16 u32 i64 u64 isize usize);

impl Scalar for i32 {
    const NAME: &'static str = INTEGER;

    fn one(item: Option<&i32>) -> Option<Plain<'_>> {
        (item != Some(&i32::MIN)).then(|| Plain::Int(RInt::from(item.copied())))
    }

    fn many(items: &[i32]) -> Option<Plain<'_>> {
        Plain::ints(items)
    }

    fn write<'a, 'r>(
        r: R<'r>,
        items: impl ExactSizeIterator<Item = Option<&'a i32>> + Clone,
    ) -> Result<Value<'r>> {
        if items.clone().any(|x| x == Some(&i32::MIN)) {
            return Err(Error::wrong_type("an integer that R can hold", format!("{} (R's NA)", i32::MIN)));
        }
        let items: Vec<RInt> = items.map(|x| RInt::from(x.copied())).collect();
        Integer::new(r, items).map(Value::from)
    }

    fn read(value: &Value<'_>) -> Result<Vec<Option<i32>>> {
        read(value, INTEGER)
    }
}

scalar_conversions!([] i32);

/// NA is a value of the type: it needs no `Option`.
impl Scalar for RInt {
    const NAME: &'static str = INTEGER;

    fn na() -> Option<RInt> {
        Some(RInt::NA)
    }

    fn one(item: Option<&RInt>) -> Option<Plain<'_>> {
        Some(Plain::Int(item.copied().unwrap_or(RInt::NA)))
    }

    fn write<'a, 'r>(
        r: R<'r>,
        items: impl ExactSizeIterator<Item = Option<&'a RInt>> + Clone,
    ) -> Result<Value<'r>> {
        let items: Vec<RInt> = items.map(|x| x.copied().unwrap_or(RInt::NA)).collect();
        Integer::new(r, items).map(Value::from)
    }

    fn read(value: &Value<'_>) -> Result<Vec<Option<RInt>>> {
        Ok(i32::read(value)?.into_iter().map(|x| x.map(|x| RInt::from(Some(x)))).collect())
    }
}

scalar_conversions!([] RInt);

/// A byte is an element of a raw vector, which has no NA: `None` is an error.
impl Scalar for u8 {
    const NAME: &'static str = "a raw vector";

    fn write<'a, 'r>(
        r: R<'r>,
        items: impl ExactSizeIterator<Item = Option<&'a u8>> + Clone,
    ) -> Result<Value<'r>> {
        let byte = |(index, byte): (usize, Option<&u8>)| {
            byte.copied().ok_or_else(|| {
                let found = format!("`None` as element {index} (counted from 0)");
                Error::wrong_type("bytes: R's raw vectors have no NA", found)
            })
        };
        let bytes: Vec<u8> = items.enumerate().map(byte).collect::<Result<_>>()?;
        Raw::new(r, bytes).map(Value::from)
    }

    fn read(value: &Value<'_>) -> Result<Vec<Option<u8>>> {
        match value.kind() {
            Kind::Integer | Kind::Double => read(value, Self::NAME),
            _ => Ok(Raw::from_ref(value)?.to_vec()),
        }
    }
}

scalar_conversions!([] u8);
