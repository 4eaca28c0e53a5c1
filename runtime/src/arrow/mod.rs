//! Arrow: data frames as record batches, vectors as arrays, both ways. Feature `arrow`.
//!
//! | R | Arrow | copied |
//! |---|---|---|
//! | double, integer, raw | `Float64`, `Int32`, `UInt8` | no: the buffer is R's memory |
//! | `integer64` of package bit64 | `Int64` | no |
//! | logical | `Boolean` | yes |
//! | character | `Utf8`, `LargeUtf8` beyond 2 GiB | yes |
//! | factor, ordered | `Dictionary(Int32, Utf8)`, ordered in the schema of a data frame | yes |
//! | `Date` | `Date32` | yes |
//! | `POSIXct`, `POSIXlt` | `Timestamp(Microsecond, zone)` | yes |
//! | `difftime` | `Duration(Microsecond)` | yes |
//! | `NULL` | `Null` | |
//! | data frame | `Struct`, or a `RecordBatch` | as its columns |
//!
//! NA becomes null, with a validity bitmap where there is one; NaN stays a number. Names, row names and other attributes have no place in
//! Arrow and are left behind. Complex vectors, and lists that are no data frames, have no type in Arrow: an error that names the column.
//!
//! The way back takes these types and all widths of integers and floats, `Utf8View`, binary (raw vectors in a list), lists of any
//! of them, and timestamps of every unit. `Float64`, `Int32` and `UInt8` without nulls become ALTREP vectors over
//! Arrow's own memory ([`altrep`](crate::altrep)); everything else is copied. 64-bit integers become integers where all
//! fit, else doubles where all are exact, else an error.
//!
//! A buffer over R's memory keeps its R object, from any thread; R writes to no object that someone else refers to.
//!
//! ```
//! use arrow_array::cast::AsArray;
//! use arrow_array::types::Float64Type;
//! use arrow_array::{Array, RecordBatch};
//! use rbindgen_runtime::prelude::*;
//!
//! R::with(|r| {
//!     let iris = r.get_exported("datasets", "iris")?;
//!     let batch: RecordBatch = iris.to()?;
//!     assert_eq!((batch.num_rows(), batch.num_columns()), (150, 5));
//!     let width = batch.column_by_name("Sepal.Width").unwrap().as_primitive::<Float64Type>();
//!     assert_eq!(width.value(0), 3.5);
//!     let back = (&batch).into_r(r)?;
//!     assert!(back.identical(&iris)?);
//!     Ok(())
//! })?;
//! # Ok::<(), Error>(())
//! ```

mod from_r;
mod into_r;
mod memory;

use std::sync::Arc;

use arrow_array::{Array, ArrayRef, RecordBatch};

use crate::convert::{FromOption, FromR, IntoOption, IntoR, ToR};
use crate::error::{Error, Result};
use crate::r::R;
use crate::value::{DataFrame, Value};

pub use from_r::{record_batch, to_array};
pub use into_r::{data_frame, from_array};

impl<'r> FromR<'r> for ArrayRef {
    fn from_r(value: Value<'r>) -> Result<Self> {
        to_array(&value)
    }
}

impl<'r> FromOption<'r> for ArrayRef {}

impl<'r> FromR<'r> for RecordBatch {
    fn from_r(value: Value<'r>) -> Result<Self> {
        record_batch(&DataFrame::try_from(value)?)
    }
}

impl<'r> FromOption<'r> for RecordBatch {}

impl ToR for ArrayRef {
    fn to_r<'r>(&self, r: R<'r>) -> Result<Value<'r>> {
        from_array(r, self)
    }
}

impl ToR for RecordBatch {
    fn to_r<'r>(&self, r: R<'r>) -> Result<Value<'r>> {
        data_frame(r, self)
    }
}

macro_rules! into_r {
    ($($type:ty),*) => {
        $(impl IntoR for $type {
            fn into_r<'r>(self, r: R<'r>) -> Result<Value<'r>> {
                self.to_r(r)
            }
        }

        impl IntoOption for $type {})*
    };
}

into_r!(ArrayRef, &ArrayRef, RecordBatch, &RecordBatch);

/// Arrays of one type: from R where the value becomes that type, and to R.
macro_rules! arrays {
    ($($name:ident)*) => {
        $(impl<'r> FromR<'r> for arrow_array::$name {
            fn from_r(value: Value<'r>) -> Result<Self> {
                let array = to_array(&value)?;
                array.as_any().downcast_ref::<Self>().cloned().ok_or_else(|| {
                    let found = format!("{}, which becomes {}", value.describe(), array.data_type());
                    Error::wrong_type(concat!("a vector that becomes a ", stringify!($name)), found)
                })
            }
        }

        impl<'r> FromOption<'r> for arrow_array::$name {}

        impl ToR for arrow_array::$name {
            fn to_r<'r>(&self, r: R<'r>) -> Result<Value<'r>> {
                let array: ArrayRef = Arc::new(self.clone());
                from_array(r, &array)
            }
        }

        into_r!(arrow_array::$name, &arrow_array::$name);)*
    };
}

arrays! {
    BooleanArray Int32Array Int64Array Float64Array UInt8Array StringArray Date32Array TimestampMicrosecondArray
    DurationMicrosecondArray
}
