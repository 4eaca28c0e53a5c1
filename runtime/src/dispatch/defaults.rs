//! The entries that are there from the start.

use std::collections::BTreeMap;
use std::time::{Duration, SystemTime};

use super::{Elements, Key, Table, current};
use crate::convert::{FromR, Scalar, ToR};
use crate::error::Result;
use crate::na::{RBool, RComplex, RInt};
use crate::value::{CivilDate, Kind, List, Value, Wrapper};

/// The default table.
pub(super) fn table() -> Table {
    let mut table = Table::new("default");
    macro_rules! scalars {
        ($($type:ty),* $(,)?) => { $( scalar::<$type>(&mut table); )* };
    }
    scalars!(
        bool,
        i8,
        i16,
        i32,
        i64,
        isize,
        u8,
        u16,
        u32,
        u64,
        usize,
        f32,
        f64,
        char,
        String,
        Box<str>,
        RInt,
        RBool,
        RComplex,
        Duration,
        SystemTime,
        CivilDate,
    );
    #[cfg(feature = "chrono")]
    scalars!(
        chrono::NaiveDate,
        chrono::DateTime<chrono::Utc>,
        chrono::DateTime<chrono_tz::Tz>,
        chrono::TimeDelta,
    );
    #[cfg(feature = "jiff")]
    scalars!(jiff::civil::Date, jiff::Timestamp, jiff::Zoned, jiff::SignedDuration);
    #[cfg(feature = "ndarray")]
    {
        arrays::<f64>(&mut table);
        arrays::<i32>(&mut table);
        arrays::<bool>(&mut table);
        arrays::<u8>(&mut table);
        arrays::<String>(&mut table);
    }
    #[cfg(feature = "arrow")]
    table.register::<arrow_array::ArrayRef>().register::<arrow_array::RecordBatch>();
    table.register_from_r(Key::Any, |value: Value<'_>| Ok(value.global()));
    table.register_into_r(|global: &crate::Global<Value<'static>>, r| Ok(global.get(r)));

    table.register_from_r(Kind::Null, |value: Value<'_>| value.to::<()>());
    table.register_into_r(|(): &(), r| Ok(r.null()));
    table.natural(Kind::Logical, |value: Value<'_>| value.to::<Vec<Option<bool>>>());
    table.natural(Kind::Integer, |value: Value<'_>| value.to::<Vec<Option<i32>>>());
    table.natural(Kind::Double, |value: Value<'_>| value.to::<Vec<Option<f64>>>());
    table.natural((Kind::Double, "integer64"), |value: Value<'_>| value.to::<Vec<Option<i64>>>());
    table.natural(Kind::Complex, |value: Value<'_>| value.to::<Vec<RComplex>>());
    table.natural(Kind::Raw, |value: Value<'_>| value.to::<Vec<u8>>());
    table.natural(Kind::Character, |value: Value<'_>| value.to::<Vec<Option<String>>>());
    table.natural((Kind::Integer, "factor"), |value: Value<'_>| value.to::<Vec<Option<String>>>());
    table.natural("POSIXct", |value: Value<'_>| value.to::<Vec<Option<SystemTime>>>());
    table.natural("Date", |value: Value<'_>| value.to::<Vec<Option<CivilDate>>>());
    table.natural(Kind::List, elements);
    table
}

/// A scalar, and what is made of it.
fn scalar<T>(table: &mut Table)
where
    T: Scalar
        + for<'r> FromR<'r>
        + for<'r> crate::convert::FromOption<'r>
        + crate::convert::IntoOption
        + ToR
        + 'static,
{
    table
        .register::<T>()
        .register::<Option<T>>()
        .register::<Vec<T>>()
        .register::<Vec<Option<T>>>()
        .register::<Option<Vec<T>>>()
        .register::<Vec<Vec<T>>>()
        .register::<BTreeMap<String, T>>()
        .register::<BTreeMap<String, Vec<T>>>();
}

/// The elements of a list with their names, each as the table in force has it.
fn elements(value: Value<'_>) -> Result<Elements> {
    let list = List::from_value(value)?;
    let mut names = list.names().unwrap_or_default().into_iter();
    let table = current();
    list.iter().map(|element| Ok((names.next().flatten(), table.any_from_r(element)?))).collect()
}

/// The arrays of an element type.
#[cfg(feature = "ndarray")]
fn arrays<T>(table: &mut Table)
where
    T: Scalar + Clone + 'static,
{
    use ndarray::{Array1, Array2, ArrayD};
    table.register::<Array1<T>>().register::<Array2<T>>().register::<ArrayD<T>>();
    table.register::<Array1<Option<T>>>().register::<Array2<Option<T>>>().register::<ArrayD<Option<T>>>();
}
