//! The conversions between Rust's own types and R's: what becomes what, and what an error says.

#![allow(clippy::disallowed_types)]

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::time::{Duration, SystemTime};

use rbindgen_runtime::convert::{FromOption, IntoOption, Iter};
use rbindgen_runtime::prelude::*;
use rbindgen_runtime::value::CivilDate;

#[derive(Clone, Copy, Debug, PartialEq, Eq, RFactor)]
enum Dose {
    #[r(level = "low")]
    Low,
    #[r(level = "high")]
    High,
}

/// Whether `value` becomes what `code` evaluates to, to the bit, and comes back the same.
#[track_caller]
fn both_ways<T>(value: T, code: &str)
where
    T: IntoR + Clone + PartialEq + std::fmt::Debug + for<'r> FromR<'r>,
{
    let place = std::panic::Location::caller();
    R::with(|r| {
        let made = value.clone().into_r(r)?;
        let shown: String = r.function("base", "deparse")?.call((&made,))?.to::<Vec<String>>()?.join(" ");
        assert!(made.identical(&r.eval(code)?)?, "{place}: {value:?} became {shown}, not {code}");
        assert_eq!(made.to::<T>()?, value, "{place}");
        Ok(())
    })
    .unwrap();
}

#[track_caller]
fn refused<T: for<'r> FromR<'r> + std::fmt::Debug>(code: &str) -> String {
    R::with(|r| Ok(r.eval(code)?.to::<T>().unwrap_err().to_string())).unwrap()
}

#[track_caller]
fn refused_by_r(value: impl IntoR) -> String {
    R::with(|r| Ok(value.into_r(r).unwrap_err().to_string())).unwrap()
}

#[test]
fn whole_numbers_take_the_smallest_type_that_holds_them() {
    both_ways(7_i8, "7L");
    both_ways(-7_i16, "-7L");
    both_ways(u16::MAX, "65535L");
    both_ways(7_i64, "7L");
    both_ways(vec![1_i64, 2], "c(1L, 2L)");
    both_ways(vec![1_i64, i64::from(i32::MAX) + 1], "c(1, 2147483648)");
    both_ways(u32::MAX, "4294967295");
    both_ways(vec![Some(3_usize), None], "c(3L, NA)");
    both_ways(vec![Some(1_u64 << 40), None], "c(2^40, NA)");
    both_ways(1_i64 << 53, "2^53");
    // R's integer NA is the smallest 32-bit number.
    both_ways(i64::from(i32::MIN), "-2147483648");
    assert_eq!(
        refused_by_r(vec![1, (1_i64 << 53) + 1]),
        "expected whole numbers that R's integers or, exactly, its doubles can hold, found 9007199254740993 as element 1 \
         (counted from 0); convert to `f64` to round it"
    );
}

#[test]
fn whole_numbers_from_r_have_to_fit() {
    assert_eq!(
        refused::<Vec<u8>>("c(1, 300)"),
        "expected a raw vector, found a double vector of length 2 whose element 1 (counted from 0) is 300, which does \
         not fit `u8`"
    );
    assert_eq!(
        refused::<u32>("-1L"),
        "expected an integer vector, found an integer vector of length 1 whose element 0 (counted from 0) is -1, \
         which does not fit `u32`"
    );
    assert_eq!(
        refused::<Vec<i64>>("c(1, 1.5)"),
        "expected an integer vector, found a double vector of length 2 whose element 1 (counted from 0) is 1.5"
    );
    assert!(refused::<i64>("2^60").contains("1152921504606847"));
    assert!(refused::<i32>("factor('a')").contains("a factor; read its codes or its labels"));
    assert!(refused::<i32>("TRUE").contains("found a logical vector of length 1"));
}

#[test]
fn integer64_is_read_by_its_bits() {
    // What package bit64 makes of c(1, NA, 2^60): 64-bit integers in the memory of doubles.
    let code = "structure(c(4.94065645841247e-324, -0, 1.2882297539194267e-231), class = 'integer64')";
    R::with(|r| {
        let x = r.eval(code)?;
        assert_eq!(x.to::<Vec<Option<i64>>>()?, [Some(1), None, Some(1 << 60)]);
        assert!(x.to::<Vec<f64>>().is_err()); // NA
        Ok(())
    })
    .unwrap();
    assert_eq!(
        refused::<Vec<i32>>("structure(1.2882297539194267e-231, class = 'integer64')"),
        "expected an integer vector, found an object of class `integer64` whose element 0 (counted from 0) is \
         1152921504606846976, which does not fit `i32`"
    );
}

#[test]
fn na_is_an_error_without_option() {
    let message = |index| {
        format!(
            "element {index} (counted from 0) is NA; read the vector with `iter` or `get`, which give `None` for NA"
        )
    };
    assert_eq!(refused::<f64>("NA_real_"), message(0));
    assert_eq!(refused::<Vec<f64>>("c(1, 2, NA)"), message(2));
    assert_eq!(refused::<Vec<f64>>("c(1L, NA)"), message(1));
    assert_eq!(refused::<Vec<String>>("c('a', NA)"), message(1));
    assert_eq!(refused::<Vec<bool>>("c(TRUE, NA)"), message(1));
    assert_eq!(refused::<Vec<u64>>("c(1, NA)"), message(1));
    assert_eq!(refused::<[Dose; 2]>("factor(c('low', NA))"), message(1));
    // NaN is a number.
    R::with(|r| {
        assert!(r.eval("NaN")?.to::<Option<f64>>()?.unwrap().is_nan());
        Ok(())
    })
    .unwrap();
}

#[test]
fn options_of_scalars_are_na_and_null() {
    both_ways(None::<f64>, "NA_real_");
    both_ways(None::<i64>, "NA_integer_");
    both_ways(None::<bool>, "NA");
    both_ways(None::<String>, "NA_character_");
    both_ways(None::<char>, "NA_character_");
    both_ways(None::<Dose>, "factor(NA, levels = c('low', 'high'))");
    R::with(|r| {
        assert_eq!(r.null().to::<Option<f64>>()?, None);
        assert_eq!(r.null().to::<Option<String>>()?, None);
        Ok(())
    })
    .unwrap();
    assert!(refused_by_r(None::<u8>).contains("R's raw vectors have no NA"));
}

#[test]
fn options_of_anything_else_are_null() {
    both_ways(None::<Vec<f64>>, "NULL");
    both_ways(Some(vec![1.5]), "1.5");
    both_ways(None::<BTreeMap<String, f64>>, "NULL");
    R::with(|r| {
        assert!(r.null().to::<Option<Double>>()?.is_none());
        assert!(r.null().to::<Option<Matrix<Double>>>()?.is_none());
        let x: Option<Double> = r.eval("2.5")?.to()?;
        assert_eq!(x.as_ref().unwrap().as_slice(), [2.5]);
        assert!(x.into_r(r)?.identical(&r.eval("2.5")?)?);
        assert!(None::<&Double>.into_r(r)?.is_null());
        Ok(())
    })
    .unwrap();
}

#[test]
fn a_type_of_ones_own_may_be_optional() {
    #[derive(Debug, PartialEq)]
    struct Celsius(f64);
    impl FromR<'_> for Celsius {
        fn from_r(value: Value<'_>) -> Result<Self, Error> {
            value.to().map(Celsius)
        }
    }
    impl IntoR for Celsius {
        fn into_r<'r>(self, r: R<'r>) -> Result<Value<'r>, Error> {
            self.0.into_r(r)
        }
    }
    impl IntoR for &Celsius {
        fn into_r<'r>(self, r: R<'r>) -> Result<Value<'r>, Error> {
            self.0.into_r(r)
        }
    }
    impl FromOption<'_> for Celsius {}
    impl IntoOption for Celsius {}
    R::with(|r| {
        assert_eq!(r.eval("20")?.to::<Option<Celsius>>()?, Some(Celsius(20.0)));
        assert_eq!(r.null().to::<Option<Celsius>>()?, None);
        assert!(None::<Celsius>.into_r(r)?.is_null());
        Ok(())
    })
    .unwrap();
}

#[test]
fn text_in_every_form() {
    both_ways("a".to_owned(), "'a'");
    both_ways(Cow::Borrowed("ü"), "'\\u00fc'");
    both_ways("b".to_owned().into_boxed_str(), "'b'");
    both_ways('ß', "'\\u00df'");
    both_ways(vec![Some('x'), None], "c('x', NA)");
    both_ways(vec![Cow::Borrowed("a"), Cow::Borrowed("")], "c('a', '')");
    R::with(|r| {
        assert!(Some("a").into_r(r)?.identical(&r.eval("'a'")?)?);
        assert!(None::<&str>.into_r(r)?.identical(&r.eval("NA_character_")?)?);
        assert!(vec![Some("a"), None].into_r(r)?.identical(&r.eval("c('a', NA)")?)?);
        assert!(std::path::Path::new("/tmp").into_r(r)?.identical(&r.eval("'/tmp'")?)?);
        assert_eq!(
            r.eval("factor(c('b', NA, 'a'))")?.to::<Vec<Option<String>>>()?,
            [Some("b".to_owned()), None, Some("a".to_owned())]
        );
        Ok(())
    })
    .unwrap();
    assert_eq!(
        refused_by_r("a\0b"),
        "string 0 (counted from 0) has a NUL inside, which no R string can have"
    );
    assert_eq!(
        refused::<Vec<char>>("c('a', 'bc')"),
        "expected a character vector of single characters, found a character vector of length 2 whose element 1 \
         (counted from 0) is \"bc\""
    );
}

#[test]
fn bytes_are_raw() {
    both_ways(7_u8, "as.raw(7)");
    both_ways(b"abc".to_vec(), "charToRaw('abc')");
    both_ways(*b"ab", "charToRaw('ab')");
    R::with(|r| {
        assert_eq!(r.eval("c(1, 255)")?.to::<Vec<u8>>()?, [1, 255]);
        assert!(b"ab"[..].into_r(r)?.identical(&r.eval("charToRaw('ab')")?)?);
        Ok(())
    })
    .unwrap();
}

#[test]
fn rs_own_element_types_hold_na_themselves() {
    both_ways(vec![RInt::from(Some(1)), RInt::NA], "c(1L, NA)");
    both_ways(vec![RBool::TRUE, RBool::NA], "c(TRUE, NA)");
    both_ways(RInt::NA, "NA_integer_");
    both_ways(RBool::NA, "NA");
    both_ways(vec![RComplex { re: 1.0, im: -1.0 }], "1-1i");
    R::with(|r| {
        assert!(r.eval("NA_complex_")?.to::<RComplex>()?.is_na());
        Ok(())
    })
    .unwrap();
}

#[test]
fn enumerations_are_factors() {
    both_ways(Dose::High, "factor('high', levels = c('low', 'high'))");
    both_ways(
        vec![Some(Dose::High), None, Some(Dose::Low)],
        "factor(c('high', NA, 'low'), levels = c('low', 'high'))",
    );
    both_ways(vec![Dose::Low], "factor('low', levels = c('low', 'high'))");
    R::with(|r| {
        // The order of the levels is not that of the enumeration, and one is not used.
        let x = r.eval("factor(c('high', 'low'), levels = c('none', 'high', 'low'))")?;
        assert_eq!(x.to::<Vec<Dose>>()?, [Dose::High, Dose::Low]);
        assert_eq!(r.eval("'low'")?.to::<Dose>()?, Dose::Low);
        Ok(())
    })
    .unwrap();
    assert_eq!(
        refused::<Vec<Dose>>("factor(c('low', 'huge'))"),
        "expected a factor with the levels low, high, found an object of class `factor` whose element 1 (counted from 0) \
         is \"huge\""
    );
    assert!(refused::<Dose>("1L").contains("found an integer vector of length 1"));
}

#[test]
fn times_of_the_standard_library() {
    both_ways(Duration::from_millis(1500), "as.difftime(1.5, units = 'secs')");
    both_ways(
        SystemTime::UNIX_EPOCH + Duration::from_secs(86_400),
        "structure(86400, class = c('POSIXct', 'POSIXt'))",
    );
    both_ways(
        SystemTime::UNIX_EPOCH - Duration::from_secs(1),
        "structure(-1, class = c('POSIXct', 'POSIXt'))",
    );
    both_ways(vec![None, Some(Duration::ZERO)], "structure(c(NA, 0), class = 'difftime', units = 'secs')");
    R::with(|r| {
        assert_eq!(r.eval("as.difftime(2, units = 'hours')")?.to::<Duration>()?, Duration::from_secs(7200));
        Ok(())
    })
    .unwrap();
    both_ways(CivilDate::new(2024, 2, 29).unwrap(), "as.Date('2024-02-29')");
    R::with(|r| {
        let time: SystemTime = r.eval("as.POSIXlt('1970-01-02', tz = 'UTC')")?.to()?;
        assert_eq!(time, SystemTime::UNIX_EPOCH + Duration::from_secs(86_400));
        Ok(())
    })
    .unwrap();
    assert!(refused::<CivilDate>("as.Date(Inf)").contains("is inf days since 1970, which is no date"));
    assert!(refused::<Duration>("as.difftime(-1, units = 'secs')").contains("is -1 seconds"));
    assert!(refused::<Duration>("1").contains("expected a difftime"));
    assert!(refused::<SystemTime>("1").contains("expected a date-time vector (POSIXct)"));
}

#[test]
fn sequences_of_every_kind() {
    both_ways([1.0, 2.0], "c(1, 2)");
    both_ways(vec![1.0, 2.0].into_boxed_slice(), "c(1, 2)");
    both_ways(Vec::<f64>::new(), "numeric(0)");
    both_ways(vec![vec![1.0], vec![]], "list(1, numeric(0))");
    both_ways(vec![Some(vec![1]), None], "list(1L, NULL)");
    both_ways(vec![vec![vec![Some(true), None]]], "list(list(c(TRUE, NA)))");
    both_ways([[1, 2], [3, 4]], "list(1:2, 3:4)");
    R::with(|r| {
        assert!([Some(1.0), None][..].into_r(r)?.identical(&r.eval("c(1, NA)")?)?);
        assert!((&[true, false][..]).into_r(r)?.identical(&r.eval("c(TRUE, FALSE)")?)?);
        let mixed = vec![r.eval("1")?, r.eval("'a'")?];
        assert!(mixed.into_r(r)?.identical(&r.eval("list(1, 'a')")?)?);
        assert_eq!(r.eval("list(1, sum)")?.to::<Vec<Value>>()?.len(), 2);
        let words = Iter("b a".split(' ')).into_r(r)?;
        assert!(words.identical(&r.eval("c('b', 'a')")?)?);
        Ok(())
    })
    .unwrap();
    assert_eq!(
        refused::<[f64; 3]>("c(1, 2)"),
        "expected 3 elements, found a double vector of length 2 with 2 elements"
    );
    assert_eq!(
        refused::<Vec<Vec<f64>>>("list(1, c(2, NA))"),
        "element 1 (counted from 0): element 1 (counted from 0) is NA; read the vector with `iter` or `get`, which give \
         `None` for NA"
    );
}

#[test]
fn maps_are_named_lists() {
    both_ways(
        BTreeMap::from([("b".to_owned(), vec![1.0]), ("a".to_owned(), vec![])]),
        "list(a = numeric(0), b = 1)",
    );
    both_ways(HashMap::from([("z".to_owned(), 1), ("a".to_owned(), 2)]), "list(a = 2L, z = 1L)");
    R::with(|r| {
        let x: BTreeMap<String, f64> = r.eval("c(a = 1, b = 2)")?.to()?;
        assert_eq!(x["b"], 2.0);
        let x: HashMap<String, Value> = r.eval("list(f = sum, x = 1)")?.to()?;
        assert_eq!(x["f"].kind(), Kind::Function);
        Ok(())
    })
    .unwrap();
    assert_eq!(
        refused::<BTreeMap<String, f64>>("list(a = 1, b = 'x')"),
        "element `b` is a character vector of length 1, not a double vector"
    );
    assert!(
        refused::<BTreeMap<String, f64>>("list(a = 1, 2)")
            .contains("whose element 1 (counted from 0) has no name")
    );
    assert!(refused::<BTreeMap<String, f64>>("list(a = 1, a = 2)").contains("the name `a` twice"));
    assert!(refused::<BTreeMap<String, f64>>("sum").contains("a list"));
}

#[test]
fn arguments_of_calls_take_all_of_them() {
    R::with(|r| {
        let c = r.function("base", "c")?;
        let x = c.call((1_i64, vec![Some(2.5)], None::<f64>, [true]))?;
        assert_eq!(x.to::<Vec<Option<f64>>>()?, [Some(1.0), Some(2.5), None, Some(1.0)]);
        assert!(r.function("base", "is.null")?.call((None::<Vec<f64>>,))?.to::<bool>()?);
        assert!(r.function("base", "is.na")?.call((named("x", None::<f64>),))?.to::<bool>()?);
        Ok(())
    })
    .unwrap();
}
