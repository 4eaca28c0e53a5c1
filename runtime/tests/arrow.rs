//! Arrow: arrays and record batches both ways, and whose memory they are.
#![cfg(feature = "arrow")]

use std::sync::Arc;

use arrow_array::builder::{ListBuilder, StringBuilder};
use arrow_array::cast::AsArray;
use arrow_array::types::{Float64Type, Int32Type, Int64Type};
use arrow_array::{
    Array, ArrayRef, BinaryArray, BooleanArray, Date32Array, Date64Array, DictionaryArray,
    DurationMillisecondArray, Float32Array, Float64Array, Int8Array, Int32Array, Int64Array,
    LargeStringArray, NullArray, RecordBatch, StringArray, StringViewArray, StructArray, Time32SecondArray,
    TimestampMicrosecondArray, TimestampNanosecondArray, UInt8Array, UInt32Array, UInt64Array,
};
use arrow_schema::{DataType, Field, Schema, TimeUnit};
use rbindgen_runtime::arrow::{from_array, to_array};
use rbindgen_runtime::prelude::*;

/// Whether the array becomes what `code` evaluates to, to the bit.
#[track_caller]
fn becomes(array: impl Array + 'static, code: &str) {
    let place = std::panic::Location::caller();
    let array: ArrayRef = Arc::new(array);
    R::with(|r| {
        let value = from_array(r, &array)?;
        let shown: Vec<String> = r.function("base", "deparse")?.call((&value,))?.to()?;
        assert!(value.identical(&r.eval(code)?)?, "{place}: {}", shown.join(" "));
        Ok(())
    })
    .unwrap();
}

/// Whether the value of `code` becomes the array.
#[track_caller]
fn gives<A: Array + 'static>(code: &str, expected: A) {
    let array = R::with(|r| to_array(&r.eval(code)?)).unwrap();
    let expected: ArrayRef = Arc::new(expected);
    assert_eq!(&array, &expected);
}

#[test]
fn vectors_become_arrays() {
    gives("c(1, NA, 2.5)", Float64Array::from(vec![Some(1.0), None, Some(2.5)]));
    gives("c(1L, NA)", Int32Array::from(vec![Some(1), None]));
    gives("1:3", Int32Array::from(vec![1, 2, 3]));
    gives("numeric()", Float64Array::from(Vec::<f64>::new()));
    gives("c(TRUE, NA, FALSE)", BooleanArray::from(vec![Some(true), None, Some(false)]));
    gives("as.raw(c(1, 255))", UInt8Array::from(vec![1, 255]));
    gives("c('a', NA, '\\u00fc')", StringArray::from(vec![Some("a"), None, Some("ü")]));
    gives("as.character(1:3)", StringArray::from(vec!["1", "2", "3"]));
    gives("NULL", NullArray::new(0));
    gives("as.Date(c('1970-01-02', NA, '1969-12-31'))", Date32Array::from(vec![Some(1), None, Some(-1)]));
    gives(
        ".POSIXct(c(1.5, NA), 'Europe/Vienna')",
        TimestampMicrosecondArray::from(vec![Some(1_500_000), None]).with_timezone("Europe/Vienna"),
    );
    gives(".POSIXct(-1.5)", TimestampMicrosecondArray::from(vec![-1_500_000]));
    gives(
        "factor(c('b', NA, 'a'), levels = c('b', 'a', 'unused'))",
        DictionaryArray::<Int32Type>::try_new(
            Int32Array::from(vec![Some(0), None, Some(1)]),
            Arc::new(StringArray::from(vec!["b", "a", "unused"])),
        )
        .unwrap(),
    );
    R::with(|r| {
        // NaN is a number.
        let array: Float64Array = r.eval("c(NaN, NA)")?.to()?;
        assert!(array.is_valid(0) && array.value(0).is_nan() && array.is_null(1));
        let array: Int64Array = r.eval("structure(c(4.94065645841247e-324, -0), class = 'integer64')")?.to()?;
        assert_eq!(array.iter().collect::<Vec<_>>(), [Some(1), None]);
        let array = to_array(&r.eval("as.difftime(2, units = 'mins')")?)?;
        assert_eq!(array.data_type(), &DataType::Duration(TimeUnit::Microsecond));
        let error = r.eval("'x'")?.to::<Float64Array>().unwrap_err();
        assert_eq!(
            error.to_string(),
            "expected a vector that becomes a Float64Array, found a character vector of length 1, which becomes Utf8"
        );
        let error = to_array(&r.eval("1i")?).unwrap_err();
        assert!(error.to_string().contains("a vector that has a type in Arrow"), "{error}");
        Ok(())
    })
    .unwrap();
}

#[test]
fn numbers_share_rs_memory_and_keep_it() {
    let (array, sum) = R::with(|r| {
        let x: Double = r.eval("as.numeric(1:100000) + 0")?.to()?;
        let array = to_array(&x)?;
        let memory = array.as_primitive::<Float64Type>().values().as_ptr();
        assert_eq!(memory, x.as_slice().as_ptr());
        // R writes to a copy of its own: somebody else refers to the object.
        let env: Environment = r.eval("new.env()")?.to()?;
        env.set("x", x)?;
        r.eval_in("x[1] <- -1", &env)?;
        Ok((array, 5_000_050_000.0))
    })
    .unwrap();
    // Without R, on another thread, after R has collected what it could.
    R::with(|r| r.eval("gc()").map(drop)).unwrap();
    std::thread::spawn(move || {
        let array = array.as_primitive::<Float64Type>();
        assert_eq!(array.values().iter().sum::<f64>(), sum);
    })
    .join()
    .unwrap();
    // The handle was dropped over there; R goes on.
    R::with(|r| r.eval("invisible(gc())").map(drop)).unwrap();
}

#[test]
fn arrays_become_vectors() {
    becomes(Float64Array::from(vec![Some(1.0), None]), "c(1, NA)");
    becomes(Float64Array::from(vec![1.0, f64::NAN]), "c(1, NaN)");
    becomes(Float32Array::from(vec![Some(0.5), None]), "c(0.5, NA)");
    becomes(Int8Array::from(vec![Some(-1), None]), "c(-1L, NA)");
    becomes(Int32Array::from(vec![1, 2]), "1:2");
    // R's integer NA is a number to Arrow.
    becomes(Int32Array::from(vec![1, i32::MIN]), "c(1, -2147483648)");
    becomes(Int64Array::from(vec![Some(1), None]), "c(1L, NA)");
    becomes(Int64Array::from(vec![1, 1 << 40]), "c(1, 2^40)");
    becomes(UInt8Array::from(vec![1, 255]), "as.raw(c(1, 255))");
    becomes(UInt8Array::from(vec![Some(1), None]), "c(1L, NA)");
    becomes(UInt32Array::from(vec![u32::MAX]), "4294967295");
    becomes(BooleanArray::from(vec![Some(true), None]), "c(TRUE, NA)");
    becomes(StringArray::from(vec![Some("ü"), None]), "c('\\u00fc', NA)");
    becomes(LargeStringArray::from(vec!["a"]), "'a'");
    becomes(
        StringViewArray::from(vec![Some("a string of more than twelve bytes"), None]),
        "c('a string of more than twelve bytes', NA)",
    );
    becomes(BinaryArray::from(vec![Some(b"a".as_slice()), None]), "list(charToRaw('a'), NULL)");
    becomes(NullArray::new(2), "c(NA, NA)");
    becomes(Date32Array::from(vec![Some(-1), None]), "as.Date(c('1969-12-31', NA))");
    becomes(Date64Array::from(vec![86_400_000]), "as.Date('1970-01-02')");
    becomes(TimestampNanosecondArray::from(vec![Some(1_500_000_000), None]), ".POSIXct(c(1.5, NA), 'UTC')");
    becomes(
        TimestampMicrosecondArray::from(vec![-500_000]).with_timezone("Europe/Vienna"),
        ".POSIXct(-0.5, 'Europe/Vienna')",
    );
    becomes(DurationMillisecondArray::from(vec![1500]), "as.difftime(1.5, units = 'secs')");
    let mut lists = ListBuilder::new(StringBuilder::new());
    lists.append_value([Some("a"), None]);
    lists.append_null();
    becomes(lists.finish(), "list(c('a', NA), NULL)");
    let field = |name: &str, kind| Arc::new(Field::new(name, kind, true));
    becomes(
        StructArray::from(vec![
            (field("x", DataType::Int32), Arc::new(Int32Array::from(vec![1, 2])) as ArrayRef),
            (field("y", DataType::Utf8), Arc::new(StringArray::from(vec!["a", "b"])) as ArrayRef),
        ]),
        "data.frame(x = 1:2, y = c('a', 'b'))",
    );
}

#[test]
fn a_slice_of_an_array_is_its_own_part_only() {
    let array = Float64Array::from(vec![1.0, 2.0, 3.0, 4.0]);
    becomes(array.slice(1, 2), "c(2, 3)");
    becomes(Int32Array::from(vec![Some(1), None, Some(3)]).slice(1, 2), "c(NA, 3L)");
    becomes(StringArray::from(vec!["a", "b", "c"]).slice(2, 1), "'c'");
}

#[test]
fn dictionaries_become_factors() {
    let dictionary = |keys: Vec<Option<i64>>, values: Vec<Option<&str>>| {
        DictionaryArray::<Int64Type>::try_new(Int64Array::from(keys), Arc::new(StringArray::from(values)))
            .unwrap()
    };
    becomes(
        dictionary(vec![Some(1), None, Some(0)], vec![Some("x"), Some("a")]),
        "factor(c('a', NA, 'x'), levels = c('x', 'a'))",
    );
    // What Arrow allows and R does not: a value that stands twice, one that is null.
    becomes(
        dictionary(vec![Some(0), Some(1), Some(2), Some(3)], vec![Some("x"), Some("a"), Some("x"), None]),
        "factor(c('x', 'a', 'x', NA), levels = c('x', 'a'))",
    );
}

#[test]
fn numbers_without_nulls_are_arrows_memory() {
    let array = Float64Array::from_iter_values((0..100_000).map(f64::from));
    let memory = array.values().as_ptr();
    R::with(|r| {
        let value: Double = array.into_r(r)?.to()?;
        assert_eq!(value.as_slice().as_ptr(), memory);
        assert_eq!(r.function("base", "sum")?.call((&value,))?.to::<f64>()?, 4_999_950_000.0);
        // And there again without a copy.
        let back: Float64Array = value.to()?;
        assert_eq!(back.values().as_ptr(), memory);
        let numbers = Int32Array::from(vec![5; 1000]);
        let memory = numbers.values().as_ptr();
        let value: Integer = (&numbers).into_r(r)?.to()?;
        assert_eq!(value.as_slice().as_ptr().cast::<i32>(), memory);
        Ok(())
    })
    .unwrap();
}

#[test]
fn data_frames_and_record_batches() {
    R::with(|r| {
        let code = "data.frame(d = c(1.5, NA), i = 1:2, s = c('a', NA), f = factor(c('u', 'v')), \
                    o = factor(c('lo', 'hi'), levels = c('lo', 'hi'), ordered = TRUE), l = c(TRUE, NA), \
                    t = .POSIXct(c(0, 1), 'UTC'), day = as.Date('2024-01-01'), check.names = FALSE)";
        let frame = r.eval(code)?;
        let batch: RecordBatch = frame.to()?;
        assert_eq!((batch.num_rows(), batch.num_columns()), (2, 8));
        let schema = batch.schema();
        assert_eq!(schema.field_with_name("o").unwrap().dict_is_ordered(), Some(true));
        assert_eq!(schema.field_with_name("f").unwrap().dict_is_ordered(), Some(false));
        assert!(batch.into_r(r)?.identical(&frame)?);

        let empty: RecordBatch = r.eval("data.frame(row.names = 1:3)")?.to()?;
        assert_eq!((empty.num_rows(), empty.num_columns()), (3, 0));
        assert!((&empty).into_r(r)?.identical(&r.eval("data.frame(row.names = 1:3)")?)?);

        let error = r.eval("data.frame(x = 1, z = 1i)")?.to::<RecordBatch>().unwrap_err();
        assert_eq!(
            error.to_string(),
            "column `z` is a complex vector of length 1, not a vector that has a type in Arrow"
        );
        let schema = Schema::new(vec![Field::new("t", DataType::Time32(TimeUnit::Second), true)]);
        let times: ArrayRef = Arc::new(Time32SecondArray::from(vec![1]));
        let error = RecordBatch::try_new(Arc::new(schema), vec![times]).unwrap().into_r(r).unwrap_err();
        assert_eq!(error.to_string(), "column `t` is Time32(s), not an Arrow type that R has vectors of");
        let error = UInt64Array::from(vec![u64::MAX]).to_value(r).unwrap_err();
        assert!(error.to_string().contains("18446744073709551615 as element 0"), "{error}");
        Ok(())
    })
    .unwrap();
}

/// An array as a value.
trait ToValue {
    fn to_value<'r>(self, r: R<'r>) -> rbindgen_runtime::Result<Value<'r>>;
}

impl<A: Array + 'static> ToValue for A {
    fn to_value<'r>(self, r: R<'r>) -> rbindgen_runtime::Result<Value<'r>> {
        let array: ArrayRef = Arc::new(self);
        from_array(r, &array)
    }
}
