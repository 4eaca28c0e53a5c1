//! A data frame of a million rows as an Arrow record batch, and back.

use std::hint::black_box;
use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::{Float64Type, Int32Type};
use arrow_array::{
    ArrayRef, DictionaryArray, Float64Array, Int32Array, PrimitiveArray, RecordBatch, StringArray,
};
use rbindgen_runtime::Result;
use rbindgen_runtime::prelude::*;

use crate::harness::{Comparison, Plan};

const BY_HAND: &str = "by hand: each column copied with arrow-rs";

const FRAME: &str = "{
    n <- 1e6
    data.frame(
        x = seq_len(n) / 7, y = seq_len(n) / 11, i = rev(seq_len(n)), text = sprintf('key %d', seq_len(n)),
        f = factor(c('low', 'middle', 'high')[seq_len(n) %% 3 + 1])
    )
}";

pub fn compare(r: R<'_>) -> Result<Vec<Comparison>> {
    let frame: DataFrame = r.eval(FRAME)?.try_into()?;
    let batch: RecordBatch = frame.to()?;
    assert!(batch == to_arrow(&frame)?, "both ways give the same batch");
    let back = Value::from(from_arrow(r, &batch)?);
    assert!((&batch).into_r(r)?.identical(&back)? && frame.identical(&back)?);
    let collect = r.function("base", "gc")?;

    let plan = |name| Plan { name, peer_name: BY_HAND, target: 1.1, rounds: 15, repeats: 1 };
    let to = plan("1 million rows to Arrow").run(
        || drop(black_box(frame.to::<RecordBatch>().expect("every column has a type"))),
        || drop(black_box(to_arrow(&frame).expect("every column has a type"))),
    );
    // What R collects meanwhile is nobody's time.
    let clean = || drop(collect.call(()).expect("gc works"));
    clean();
    let from = plan("1 million rows from Arrow").run(
        || drop(black_box((&batch).into_r(r).expect("R has memory"))),
        || drop(black_box(from_arrow(r, &batch).expect("R has memory"))),
    );
    Ok(vec![to, from])
}

/// What a program would do that knows the columns.
fn to_arrow(frame: &DataFrame<'_>) -> Result<RecordBatch> {
    let doubles = |name| -> Result<ArrayRef> {
        let column: Double = frame.column(name)?;
        Ok(Arc::new(Float64Array::from_iter(column.iter())))
    };
    let integers: Integer = frame.column("i")?;
    let texts: Character = frame.column("text")?;
    let factor: Factor = frame.column("f")?;
    let keys = factor.codes().iter().map(|code| code.map(|code| code - 1));
    let levels = factor.levels()?;
    let levels = StringArray::from_iter(levels.to_strs()?);
    let keys = PrimitiveArray::<Int32Type>::from_iter(keys);
    let columns: [(&str, ArrayRef); 5] = [
        ("x", doubles("x")?),
        ("y", doubles("y")?),
        ("i", Arc::new(Int32Array::from_iter(integers.iter()))),
        ("text", Arc::new(StringArray::from_iter(texts.to_strs()?))),
        ("f", Arc::new(DictionaryArray::new(keys, Arc::new(levels)))),
    ];
    let columns = columns.map(|(name, array)| (name, array, true));
    Ok(RecordBatch::try_from_iter_with_nullable(columns).expect("the columns are of one length"))
}

fn from_arrow<'r>(r: R<'r>, batch: &RecordBatch) -> Result<DataFrame<'r>> {
    let doubles = |index| -> Result<Value<'r>> {
        let array = batch.column(index).as_primitive::<Float64Type>();
        let numbers: Vec<f64> = array.iter().map(|number| number.unwrap_or(NA_REAL)).collect();
        Ok(Double::new(r, numbers)?.into())
    };
    let integers: Vec<RInt> = batch.column(2).as_primitive::<Int32Type>().iter().map(RInt::from).collect();
    let texts = Character::from_options(r, batch.column(3).as_string::<i32>())?;
    let factor = batch.column(4).as_dictionary::<Int32Type>();
    let codes: Vec<RInt> = factor.keys().iter().map(|key| RInt::from(key.map(|key| key + 1))).collect();
    let levels: Vec<&str> = factor.values().as_string::<i32>().iter().flatten().collect();
    DataFrame::new(
        r,
        [
            ("x", doubles(0)?),
            ("y", doubles(1)?),
            ("i", Integer::new(r, integers)?.into()),
            ("text", texts.into()),
            ("f", Factor::from_codes(r, &codes, &levels, false)?.into()),
        ],
    )
}
