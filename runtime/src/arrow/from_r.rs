//! R's vectors as Arrow arrays.

use std::sync::Arc;

use arrow_array::types::{
    Date32Type, DurationMicrosecondType, Float64Type, Int32Type, Int64Type, TimestampMicrosecondType,
    UInt8Type,
};
use arrow_array::{
    Array, ArrayRef, ArrowPrimitiveType, BooleanArray, DictionaryArray, LargeStringArray, NullArray,
    PrimitiveArray, RecordBatch, RecordBatchOptions, StringArray, StructArray,
};
use arrow_buffer::{BooleanBuffer, Buffer, NullBuffer, NullBufferBuilder, OffsetBuffer};
use arrow_schema::{ArrowError, Field, Fields, Schema};

use super::memory::buffer_of;
use crate::error::{Error, Result};
use crate::na::is_na;
use crate::value::{
    Character, DataFrame, Date, DateTime, Double, Duration, Factor, Integer, Kind, Logical, Raw, Value,
    Wrapper,
};

/// A vector as an Arrow array, by its class and type: see the [module](crate::arrow). NA is null.
///
/// Doubles, integers and bytes are not copied: the array keeps the R object, and may go to other threads.
///
/// ```
/// use rbindgen_runtime::arrow::to_array;
/// use rbindgen_runtime::prelude::*;
/// use arrow_array::Array;
///
/// R::with(|r| {
///     let array = to_array(&r.eval("c(1, NA, NaN)")?)?;
///     assert_eq!((array.len(), array.null_count()), (3, 1));
///     Ok(())
/// })?;
/// # Ok::<(), Error>(())
/// ```
///
/// # Errors
/// [`Error::Type`] for a value without a type in Arrow; [`Error::Text`] for a string that cannot be read.
pub fn to_array(value: &Value<'_>) -> Result<ArrayRef> {
    Ok(match value.kind() {
        Kind::Null => Arc::new(NullArray::new(0)),
        Kind::List if value.inherits("data.frame") => {
            Arc::new(StructArray::from(record_batch(&DataFrame::try_from(value.clone())?)?))
        }
        Kind::List if value.inherits("POSIXlt") => timestamps(value)?,
        Kind::Integer | Kind::Double if value.inherits("Date") => dates(value)?,
        Kind::Integer | Kind::Double if value.inherits("POSIXct") => timestamps(value)?,
        Kind::Integer | Kind::Double if value.inherits("difftime") => durations(value)?,
        Kind::Integer if value.inherits("factor") => dictionary(value)?,
        Kind::Integer => integers(value)?,
        Kind::Double if value.inherits("integer64") => integers64(value)?,
        Kind::Double => doubles(value)?,
        Kind::Raw => {
            // SAFETY: bytes are bytes.
            let bytes = unsafe { buffer_of::<u8, _>(Raw::from_ref(value)?)? };
            Arc::new(PrimitiveArray::<UInt8Type>::new(bytes, None))
        }
        Kind::Logical => logicals(value)?,
        Kind::Character => strings(Character::from_ref(value)?)?,
        _ => return Err(Error::wrong_type("a vector that has a type in Arrow", value.describe())),
    })
}

/// A data frame as a record batch, its columns as [`to_array`] makes them. Row names are left behind.
///
/// # Errors
/// [`Error::Type`], or [`Error::Part`] with the name of the column that has no type in Arrow or is no column of as many rows.
pub fn record_batch(frame: &DataFrame<'_>) -> Result<RecordBatch> {
    let rows = frame.nrow();
    let names = frame.names().unwrap_or_default();
    let (mut fields, mut arrays) = (Vec::with_capacity(names.len()), Vec::with_capacity(names.len()));
    for (name, column) in names.into_iter().zip(frame.as_list().iter()) {
        let name = name.unwrap_or_default();
        let array = to_array(&column).and_then(|array| match array.len() == rows {
            true => Ok(array),
            false => Err(Error::wrong_type(format!("a column of {rows} rows"), column.describe())),
        });
        let array = array.map_err(|error| error.within(|| format!("column `{name}`")))?;
        let field = Field::new(name, array.data_type().clone(), true);
        fields.push(field.with_dict_is_ordered(column.inherits("ordered")));
        arrays.push(array);
    }
    let schema = Arc::new(Schema::new(Fields::from(fields)));
    let options = RecordBatchOptions::new().with_row_count(Some(rows));
    RecordBatch::try_new_with_options(schema, arrays, &options).map_err(|error| refused(&error))
}

/// What Arrow says about arrays that do not fit together.
pub(super) fn refused(error: &ArrowError) -> Error {
    Error::Other { message: format!("Arrow: {error}") }
}

/// The validity of elements, unless all are valid.
fn validity(length: usize, is_valid: impl FnMut(usize) -> bool) -> Option<NullBuffer> {
    let nulls = NullBuffer::new(BooleanBuffer::collect_bool(length, is_valid));
    (nulls.null_count() > 0).then_some(nulls)
}

fn doubles(value: &Value<'_>) -> Result<ArrayRef> {
    // SAFETY: every bit pattern is an `f64`.
    let elements = unsafe { buffer_of::<f64, _>(Double::from_ref(value)?)? };
    let nulls = validity(elements.len(), |index| !is_na(elements[index]));
    Ok(Arc::new(PrimitiveArray::<Float64Type>::new(elements, nulls)))
}

fn integers(value: &Value<'_>) -> Result<ArrayRef> {
    // SAFETY: every bit pattern is an `i32`.
    let elements = unsafe { buffer_of::<i32, _>(Integer::from_ref(value)?)? };
    let nulls = validity(elements.len(), |index| elements[index] != i32::MIN);
    Ok(Arc::new(PrimitiveArray::<Int32Type>::new(elements, nulls)))
}

/// Package bit64's integers lie in the memory of doubles.
fn integers64(value: &Value<'_>) -> Result<ArrayRef> {
    // SAFETY: every bit pattern is an `i64`.
    let elements = unsafe { buffer_of::<i64, _>(Double::from_ref(value)?)? };
    let nulls = validity(elements.len(), |index| elements[index] != i64::MIN);
    Ok(Arc::new(PrimitiveArray::<Int64Type>::new(elements, nulls)))
}

fn logicals(value: &Value<'_>) -> Result<ArrayRef> {
    Ok(Arc::new(Logical::from_ref(value)?.iter().collect::<BooleanArray>()))
}

/// The texts are written one after the other as they are read, with no list of them in between.
fn strings(vector: &Character<'_>) -> Result<ArrayRef> {
    let mut bytes = Vec::new();
    let mut ends: Vec<i64> = Vec::with_capacity(vector.len() + 1);
    let mut nulls = NullBufferBuilder::new(vector.len());
    ends.push(0);
    for text in vector.iter() {
        let text = text?;
        nulls.append(text.is_some());
        bytes.extend_from_slice(text.as_deref().unwrap_or_default().as_bytes());
        ends.push(bytes.len() as i64);
    }
    let (nulls, bytes) = (nulls.finish(), Buffer::from_vec(bytes));
    // The offsets of `Utf8` are 32-bit numbers.
    let array: ArrayRef = if i32::try_from(bytes.len()).is_ok() {
        let ends: Vec<i32> = ends.into_iter().map(|end| end as i32).collect();
        Arc::new(
            StringArray::try_new(OffsetBuffer::new(ends.into()), bytes, nulls)
                .map_err(|error| refused(&error))?,
        )
    } else {
        Arc::new(
            LargeStringArray::try_new(OffsetBuffer::new(ends.into()), bytes, nulls)
                .map_err(|error| refused(&error))?,
        )
    };
    Ok(array)
}

fn dictionary(value: &Value<'_>) -> Result<ArrayRef> {
    let factor = Factor::from_ref(value)?;
    let levels = factor.levels()?;
    let count = levels.len() as i32;
    // A code beyond the levels, which no factor has, is as NA.
    let key = |code: Option<i32>| code.filter(|code| (1..=count).contains(code)).map(|code| code - 1);
    let keys: PrimitiveArray<Int32Type> = factor.codes().iter().map(key).collect();
    let values: StringArray = levels.to_vec()?.into_iter().collect();
    let dictionary = DictionaryArray::try_new(keys, Arc::new(values)).map_err(|error| refused(&error))?;
    Ok(Arc::new(dictionary))
}

/// Numbers that were counted in a unit of Arrow's, which holds what is `scale` times larger.
fn scaled<T>(
    value: &Value<'_>,
    numbers: impl ExactSizeIterator<Item = Option<f64>>,
    scale: f64,
    make: impl Fn(f64) -> Option<T::Native>,
) -> Result<PrimitiveArray<T>>
where
    T: ArrowPrimitiveType,
{
    let element = |(index, number): (usize, Option<f64>)| {
        let Some(number) = number else { return Ok(None) };
        make(number * scale).map(Some).ok_or_else(|| {
            let found = format!("{} whose element {index} (counted from 0) is {number}", value.describe());
            Error::wrong_type(format!("numbers that Arrow's {} can hold", T::DATA_TYPE), found)
        })
    };
    let elements = numbers.enumerate().map(element).collect::<Result<Vec<Option<T::Native>>>>()?;
    Ok(PrimitiveArray::from_iter(elements))
}

fn dates(value: &Value<'_>) -> Result<ArrayRef> {
    let days = |days: f64| (days.abs() < f64::from(i32::MAX)).then(|| days.floor() as i32);
    let dates = Date::try_from(value.clone())?;
    Ok(Arc::new(scaled::<Date32Type>(value, dates.iter_days(), 1.0, days)?))
}

/// A whole number of microseconds.
fn microseconds(number: f64) -> Option<i64> {
    (number.abs() < 9e18).then(|| number.round() as i64)
}

fn timestamps(value: &Value<'_>) -> Result<ArrayRef> {
    let times = DateTime::try_from(value.clone())?;
    let zone = times.zone().filter(|zone| !zone.is_empty());
    let array = scaled::<TimestampMicrosecondType>(value, times.iter_seconds(), 1e6, microseconds)?;
    Ok(Arc::new(array.with_timezone_opt(zone)))
}

fn durations(value: &Value<'_>) -> Result<ArrayRef> {
    let seconds = Duration::try_from(value.clone())?.to_seconds()?;
    Ok(Arc::new(scaled::<DurationMicrosecondType>(value, seconds.into_iter(), 1e6, microseconds)?))
}
