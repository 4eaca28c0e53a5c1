//! Arrow arrays as R's vectors.

use std::collections::BTreeMap;

use arrow_array::cast::AsArray;
use arrow_array::types::{
    ArrowDictionaryKeyType, ArrowTemporalType, Date32Type, Date64Type, DurationMicrosecondType,
    DurationMillisecondType, DurationNanosecondType, DurationSecondType, Float16Type, Float32Type,
    Float64Type, Int8Type, Int16Type, Int32Type, Int64Type, TimestampMicrosecondType,
    TimestampMillisecondType, TimestampNanosecondType, TimestampSecondType, UInt8Type, UInt16Type,
    UInt32Type, UInt64Type,
};
use arrow_array::{Array, ArrayRef, ArrowPrimitiveType, RecordBatch};
use arrow_schema::{DataType, TimeUnit};

use super::memory::Integers;
use crate::convert::ToR;
use crate::derive::frame;
use crate::error::{Error, Result};
use crate::na::{NA_REAL, RBool, RInt};
use crate::r::R;
use crate::value::{
    Character, Date, DateTime, Double, Duration, DurationUnit, Integer, List, Logical, Raw, Value,
};

/// An Arrow array as an R vector: see the [module](crate::arrow). Null is NA.
///
/// `Float64`, `Int32` and `UInt8` without nulls are not copied: the R vector keeps the array's buffer.
///
/// ```
/// use std::sync::Arc;
///
/// use arrow_array::{ArrayRef, Float64Array};
/// use rbindgen_runtime::arrow::from_array;
/// use rbindgen_runtime::prelude::*;
///
/// R::with(|r| {
///     let array: ArrayRef = Arc::new(Float64Array::from(vec![1.0, 2.0]));
///     assert_eq!(r.function("base", "sum")?.call((from_array(r, &array)?,))?.to::<f64>()?, 3.0);
///     Ok(())
/// })?;
/// # Ok::<(), Error>(())
/// ```
///
/// # Errors
/// [`Error::Type`] for a type that R has no vectors of, and for 64-bit integers that no R number holds; [`Error::Condition`] when R has no
/// memory.
pub fn from_array<'r>(r: R<'r>, array: &ArrayRef) -> Result<Value<'r>> {
    match array.data_type() {
        DataType::Null => Logical::new(r, vec![RBool::NA; array.len()]).map(Value::from),
        DataType::Boolean => {
            let truths: Vec<RBool> = array.as_boolean().iter().map(RBool::from).collect();
            Logical::new(r, truths).map(Value::from)
        }
        DataType::Int8 => whole::<Int8Type>(r, array),
        DataType::Int16 => whole::<Int16Type>(r, array),
        DataType::Int32 => integers(r, array),
        DataType::Int64 => whole::<Int64Type>(r, array),
        DataType::UInt8 => bytes(r, array),
        DataType::UInt16 => whole::<UInt16Type>(r, array),
        DataType::UInt32 => whole::<UInt32Type>(r, array),
        DataType::UInt64 => whole::<UInt64Type>(r, array),
        DataType::Float16 => floats::<Float16Type>(r, array, |x| f64::from(f32::from(x))),
        DataType::Float32 => floats::<Float32Type>(r, array, f64::from),
        DataType::Float64 => doubles(r, array),
        DataType::Utf8 => Character::from_options(r, array.as_string::<i32>().iter()).map(Value::from),
        DataType::LargeUtf8 => Character::from_options(r, array.as_string::<i64>().iter()).map(Value::from),
        DataType::Utf8View => Character::from_options(r, array.as_string_view().iter()).map(Value::from),
        DataType::Binary => raws(r, array.as_binary::<i32>().iter()),
        DataType::LargeBinary => raws(r, array.as_binary::<i64>().iter()),
        DataType::BinaryView => raws(r, array.as_binary_view().iter()),
        DataType::Dictionary(key, _) => match **key {
            DataType::Int8 => factor::<Int8Type>(r, array),
            DataType::Int16 => factor::<Int16Type>(r, array),
            DataType::Int32 => factor::<Int32Type>(r, array),
            DataType::Int64 => factor::<Int64Type>(r, array),
            DataType::UInt8 => factor::<UInt8Type>(r, array),
            DataType::UInt16 => factor::<UInt16Type>(r, array),
            DataType::UInt32 => factor::<UInt32Type>(r, array),
            _ => factor::<UInt64Type>(r, array),
        },
        DataType::Date32 => Date::from_days(r, numbers::<Date32Type>(array, 1.0)).map(Value::from),
        DataType::Date64 => {
            let days = numbers::<Date64Type>(array, 86_400_000.0).map(|days| days.map(f64::floor));
            Date::from_days(r, days).map(Value::from)
        }
        DataType::Timestamp(unit, zone) => {
            // Without a zone these are wall-clock times, which R shows unchanged as UTC.
            let zone = Some(zone.as_deref().unwrap_or("UTC"));
            let times: Vec<Option<f64>> = match unit {
                TimeUnit::Second => numbers::<TimestampSecondType>(array, 1.0).collect(),
                TimeUnit::Millisecond => numbers::<TimestampMillisecondType>(array, 1e3).collect(),
                TimeUnit::Microsecond => numbers::<TimestampMicrosecondType>(array, 1e6).collect(),
                TimeUnit::Nanosecond => numbers::<TimestampNanosecondType>(array, 1e9).collect(),
            };
            DateTime::from_seconds(r, times, zone).map(Value::from)
        }
        DataType::Duration(unit) => {
            let lengths: Vec<Option<f64>> = match unit {
                TimeUnit::Second => numbers::<DurationSecondType>(array, 1.0).collect(),
                TimeUnit::Millisecond => numbers::<DurationMillisecondType>(array, 1e3).collect(),
                TimeUnit::Microsecond => numbers::<DurationMicrosecondType>(array, 1e6).collect(),
                TimeUnit::Nanosecond => numbers::<DurationNanosecondType>(array, 1e9).collect(),
            };
            Duration::new(r, lengths, DurationUnit::Seconds).map(Value::from)
        }
        DataType::List(_) => lists(r, array.as_list::<i32>().iter()),
        DataType::LargeList(_) => lists(r, array.as_list::<i64>().iter()),
        DataType::FixedSizeList(..) => lists(r, array.as_fixed_size_list().iter()),
        DataType::Struct(fields) => {
            let columns = fields.iter().zip(array.as_struct().columns());
            let columns = columns.map(|(field, column)| (field.name().as_str(), column, false));
            columns_to_frame(r, columns, array.len())
        }
        other => Err(Error::wrong_type("an Arrow type that R has vectors of", other.to_string())),
    }
}

/// A record batch as a data frame, its columns as [`from_array`] makes them.
///
/// # Errors
/// Those of [`from_array`], as [`Error::Part`] with the name of the column.
pub fn data_frame<'r>(r: R<'r>, batch: &RecordBatch) -> Result<Value<'r>> {
    let schema = batch.schema();
    let columns = schema.fields().iter().zip(batch.columns());
    let columns = columns.map(|(field, column)| {
        let ordered = field.dict_is_ordered() == Some(true);
        (field.name().as_str(), column, ordered)
    });
    columns_to_frame(r, columns, batch.num_rows())
}

fn columns_to_frame<'a, 'r>(
    r: R<'r>,
    columns: impl Iterator<Item = (&'a str, &'a ArrayRef, bool)>,
    rows: usize,
) -> Result<Value<'r>> {
    let (mut names, mut values) = (Vec::new(), Vec::new());
    for (name, column, ordered) in columns {
        let value = from_array(r, column).map_err(|error| error.within(|| format!("column `{name}`")))?;
        if ordered {
            value.set_attr_in_place("class", &["ordered", "factor"].as_slice().to_r(r)?)?;
        }
        names.push(name);
        values.push(value);
    }
    frame(r, &names, &values, rows)
}

fn doubles<'r>(r: R<'r>, array: &ArrayRef) -> Result<Value<'r>> {
    let array = array.as_primitive::<Float64Type>();
    if array.null_count() == 0 {
        return Double::from_owner(r, array.values().clone()).map(Value::from);
    }
    let elements: Vec<f64> = array.iter().map(|x| x.unwrap_or(NA_REAL)).collect();
    Double::new(r, elements).map(Value::from)
}

fn integers<'r>(r: R<'r>, array: &ArrayRef) -> Result<Value<'r>> {
    let numbers = array.as_primitive::<Int32Type>();
    // R's NA is a number to Arrow: a vector that has it becomes a double.
    match numbers.null_count() == 0 && !numbers.values().contains(&i32::MIN) {
        true => Integer::from_owner(r, Integers(numbers.values().clone())).map(Value::from),
        false => whole::<Int32Type>(r, array),
    }
}

fn bytes<'r>(r: R<'r>, array: &ArrayRef) -> Result<Value<'r>> {
    let bytes = array.as_primitive::<UInt8Type>();
    match bytes.null_count() == 0 {
        true => Raw::from_owner(r, bytes.values().clone()).map(Value::from),
        // R's bytes have no NA, its integers do.
        false => {
            let numbers: Vec<RInt> = bytes.iter().map(|x| RInt::from(x.map(i32::from))).collect();
            Integer::new(r, numbers).map(Value::from)
        }
    }
}

/// Integers where all fit, else doubles where all are exact.
fn whole<'r, T>(r: R<'r>, array: &ArrayRef) -> Result<Value<'r>>
where
    T: ArrowPrimitiveType,
    i128: From<T::Native>,
{
    let numbers: Vec<Option<i128>> = array.as_primitive::<T>().iter().map(|x| x.map(i128::from)).collect();
    crate::convert::whole_numbers(r, numbers.into_iter())
}

fn floats<'r, T: ArrowPrimitiveType>(
    r: R<'r>,
    array: &ArrayRef,
    widen: impl Fn(T::Native) -> f64,
) -> Result<Value<'r>> {
    let array = array.as_primitive::<T>();
    let elements: Vec<f64> = array.iter().map(|x| x.map_or(NA_REAL, &widen)).collect();
    Double::new(r, elements).map(Value::from)
}

/// The numbers of a temporal array in R's unit, which is `scale` times larger.
fn numbers<T>(array: &ArrayRef, scale: f64) -> impl Iterator<Item = Option<f64>> + '_
where
    T: ArrowTemporalType,
    i64: From<T::Native>,
{
    array.as_primitive::<T>().iter().map(move |x| Some(i64::from(x?) as f64 / scale))
}

fn factor<'r, K: ArrowDictionaryKeyType>(r: R<'r>, array: &ArrayRef) -> Result<Value<'r>> {
    let dictionary = array.as_dictionary::<K>();
    let values: Vec<Option<&str>> = match dictionary.values().data_type() {
        DataType::Utf8 => dictionary.values().as_string::<i32>().iter().collect(),
        DataType::LargeUtf8 => dictionary.values().as_string::<i64>().iter().collect(),
        DataType::Utf8View => dictionary.values().as_string_view().iter().collect(),
        other => {
            return Err(Error::wrong_type(
                "a dictionary of strings, as a factor is",
                format!("one of {other}"),
            ));
        }
    };
    // Arrow lets a value stand twice, or be null; a level does not.
    let mut levels = Vec::with_capacity(values.len());
    let mut known = BTreeMap::new();
    let mut codes = Vec::with_capacity(values.len());
    for value in values {
        codes.push(value.map(|value| {
            *known.entry(value).or_insert_with(|| {
                levels.push(value);
                levels.len() as i32
            })
        }));
    }
    let code = |key: Option<usize>| RInt::from(key.and_then(|key| codes.get(key).copied().flatten()));
    let elements: Vec<RInt> = dictionary.keys_iter().map(code).collect();
    let factor = Integer::new(r, elements)?;
    factor.set_attr_in_place("levels", &*Character::new(r, levels)?)?;
    factor.set_attr_in_place("class", &r.string("factor")?)?;
    Ok(factor.into())
}

fn raws<'a, 'r>(r: R<'r>, items: impl Iterator<Item = Option<&'a [u8]>>) -> Result<Value<'r>> {
    let raw = |item: Option<&[u8]>| match item {
        Some(bytes) => Raw::new(r, bytes).map(Value::from),
        None => Ok(r.null()),
    };
    List::new(r, items.map(raw).collect::<Result<Vec<_>>>()?).map(Value::from)
}

fn lists<'r>(r: R<'r>, items: impl Iterator<Item = Option<ArrayRef>>) -> Result<Value<'r>> {
    let list = |item: Option<ArrayRef>| match item {
        Some(array) => from_array(r, &array),
        None => Ok(r.null()),
    };
    List::new(r, items.map(list).collect::<Result<Vec<_>>>()?).map(Value::from)
}
