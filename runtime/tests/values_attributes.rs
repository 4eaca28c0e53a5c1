//! Attributes and elements are set on values: nobody else sees it.

use rbindgen_runtime::prelude::*;

fn with_r(body: impl for<'r> FnOnce(R<'r>) -> Result<(), Error>) {
    R::with(body).unwrap();
}

#[test]
fn every_setter_does_what_r_does() {
    with_r(|r| {
        let x = || r.eval("c(1, 2, 3, 4)");
        let cases = [
            (x()?.with_names(["a", "b", "c", "d"])?, "c(a = 1, b = 2, c = 3, d = 4)"),
            (x()?.with_names(["a"])?, "structure(c(1, 2, 3, 4), names = c('a', NA, NA, NA))"),
            (x()?.with_dim(&[2, 2])?, "matrix(c(1, 2, 3, 4), 2)"),
            (
                x()?.with_dim(&[2, 2])?.with_dimnames([Some(vec!["a", "b"]), None])?,
                "matrix(c(1, 2, 3, 4), 2, dimnames = list(c('a', 'b'), NULL))",
            ),
            (x()?.with_class(["mine", "yours"])?, "structure(c(1, 2, 3, 4), class = c('mine', 'yours'))"),
            (x()?.with_attr("note", "hello")?, "structure(c(1, 2, 3, 4), note = 'hello')"),
            (x()?.with_class(["mine"])?.with_class(Vec::<&str>::new())?, "c(1, 2, 3, 4)"),
            (x()?.with_names(["a", "b", "c", "d"])?.without_attr("names")?, "c(1, 2, 3, 4)"),
            (x()?.with_attr("tsp", [1.0, 4.0, 1.0])?, "structure(c(1, 2, 3, 4), tsp = c(1, 4, 1))"),
        ];
        for (made, code) in cases {
            assert!(made.identical(&r.eval(code)?)?, "{code}");
        }
        Ok(())
    });
}

#[test]
fn nobody_else_sees_the_change() {
    with_r(|r| {
        let env: Environment = r.eval("new.env()")?.try_into()?;
        // Bound to a name in R, in a list, behind another handle, behind a global handle.
        r.eval_in("x <- c(1, 2); held <- list(x)", &env)?;
        let bound = env.get("x")?.unwrap();
        let changed = bound.with_names(["a", "b"])?;
        assert_eq!(changed.names().unwrap().len(), 2);
        assert_eq!(env.get("x")?.unwrap().names(), None);
        assert_eq!(List::try_from(env.get("held")?.unwrap())?.get(0)?.names(), None);

        let one = Double::new(r, [1.0, 2.0])?;
        let other = one.clone();
        let changed = one.with_attr("note", 1)?;
        assert!(other.attr("note")?.is_none() && changed.attr("note")?.is_some());

        let kept = other.clone().to::<Value>()?.global();
        let changed = other.with_class(["mine"])?;
        assert!(kept.get(r).class().is_empty() && changed.inherits("mine"));

        // As an attribute and as an element of another value.
        let inner = Double::new(r, [1.0])?;
        let outer = List::new(r, [inner.to::<Value>()?])?.with_attr("also", &inner)?;
        inner.with_names(["a"])?;
        assert_eq!(outer.get(0)?.names(), None);
        assert_eq!(outer.attr("also")?.unwrap().names(), None);
        Ok(())
    });
}

#[test]
fn an_only_handle_is_not_copied() {
    with_r(|r| {
        let x = Double::new(r, vec![0.0; 1000])?;
        let address = x.sexp();
        let x = x.with_names((0..1000).map(|i| i.to_string()))?.with_attr("note", "n")?;
        assert_eq!(x.sexp(), address);
        let y = x.clone().with_attr("note", "other")?;
        assert_ne!(y.sexp(), address);
        // Of a list only the list itself is copied.
        let list = List::named(r, [("x", &x)])?;
        let other = list.clone().with_attr("note", 1)?;
        assert_ne!(other.sexp(), list.sexp());
        assert_eq!(other.get(0)?.sexp(), list.get(0)?.sexp());
        assert_eq!(x.attr("note")?.unwrap().to::<String>()?, "n");
        Ok(())
    });
}

#[test]
fn writing_elements_copies_what_is_shared() {
    with_r(|r| {
        let env: Environment = r.eval("new.env()")?.try_into()?;
        r.eval_in("x <- c(1, 2, 3)", &env)?;
        let mut x: Double = env.get("x")?.unwrap().try_into()?;
        x.as_mut_slice()?[0] = 9.0;
        assert_eq!(x.as_slice(), [9.0, 2.0, 3.0]);
        assert_eq!(env.get("x")?.unwrap().to::<Vec<f64>>()?, [1.0, 2.0, 3.0]);
        // Its own by now: no second copy.
        let address = x.sexp();
        x.as_mut_slice()?[1] = 8.0;
        assert_eq!(x.sexp(), address);
        // A handle's copy with another attribute shares elements until one of them is written.
        let mut long = Double::new(r, vec![1.0; 1000])?;
        let named = long.clone().with_attr("note", "n")?;
        long.as_mut_slice()?[0] = 5.0;
        assert_eq!((named.as_slice()[0], long.as_slice()[0]), (1.0, 5.0));
        let mut named = named;
        named.as_mut_slice()?[1] = 6.0;
        assert_eq!((named.as_slice()[1], long.as_slice()[1]), (6.0, 1.0));
        // A sequence becomes a vector with memory.
        let mut sequence: Integer = r.eval("1:5")?.try_into()?;
        sequence.as_mut_slice()?[0] = RInt::NA;
        assert_eq!(sequence.to_vec(), [None, Some(2), Some(3), Some(4), Some(5)]);
        assert_eq!(r.eval("1:5")?.to::<Vec<i32>>()?, [1, 2, 3, 4, 5]);
        // The constant in code is not touched.
        let f: Function = r.eval("function() c(1, 2)")?.try_into()?;
        let constant: Function = r.eval("compiler::cmpfun(function() 42)")?.try_into()?;
        let mut value: Double = constant.call(())?.try_into()?;
        value.as_mut_slice()?[0] = 0.0;
        assert_eq!(constant.call(())?.to::<f64>()?, 42.0);
        let mut value: Double = f.call(())?.try_into()?;
        value.as_mut_slice()?[0] = 0.0;
        assert_eq!(f.call(())?.to::<Vec<f64>>()?, [1.0, 2.0]);
        assert!(Raw::new(r, b"")?.as_mut_slice()?.is_empty());
        Ok(())
    });
}

#[test]
fn what_cannot_have_the_attribute_says_so() {
    with_r(|r| {
        for code in ["NULL", "quote(x)", "sum"] {
            let error = r.eval(code)?.with_attr("note", 1).unwrap_err();
            assert!(matches!(error, Error::Type { .. }), "{code}: {error}");
        }
        assert!(r.eval("attributes(sum)")?.is_null());
        let error = Double::new(r, [1.0])?.with_dim(&[2]).unwrap_err();
        assert!(matches!(error, Error::Condition { .. }), "{error}");
        let error = Double::new(r, [1.0])?.with_dim(&[1 << 40]).unwrap_err();
        assert!(matches!(error, Error::Type { .. }), "{error}");
        let error = Double::new(r, [1.0])?.with_names(["a", "b"]).unwrap_err();
        assert!(error.to_string().contains("must be the same length as the vector"), "{error}");
        let error = Double::new(r, [1.0])?.with_attr("a\0b", 1).unwrap_err();
        assert!(matches!(error, Error::Text { .. }), "{error}");
        // A factor without its class is no factor any more.
        let factor = Factor::new(r, [Some("a")], &["a"])?;
        assert!(matches!(factor.without_attr("class"), Err(Error::Type { .. })));
        Ok(())
    });
}

#[test]
fn environments_are_changed_where_they_are() {
    with_r(|r| {
        let env: Environment = r.eval("new.env()")?.try_into()?;
        let other = env.clone();
        env.with_attr("note", 1)?;
        assert!(other.attr("note")?.is_some());
        Ok(())
    });
}

#[test]
fn what_is_built_is_what_r_builds() {
    with_r(|r| {
        let frame = DataFrame::new(
            r,
            [
                ("id", Value::from(Integer::new(r, [RInt::from(Some(1)), RInt::NA])?)),
                ("when", Date::from_days(r, [Some(0.0), None])?.into()),
                ("m", Matrix::<Double>::new(r, 2, 2, [1.0, 2.0, 3.0, 4.0])?.into_inner().into()),
                ("kind", Factor::ordered(r, [Some("lo"), Some("hi")], &["lo", "hi"])?.into()),
            ],
        )?;
        let same = r.eval(
            "data.frame(id = c(1L, NA), when = as.Date(c(0, NA), origin = '1970-01-01'), m = I(matrix(c(1, 2, 3, 4), 2)),
                        kind = factor(c('lo', 'hi'), levels = c('lo', 'hi'), ordered = TRUE))",
        )?;
        // `I()` marks the matrix; without the mark `data.frame` would take it apart.
        let same: List = same.try_into()?;
        for name in ["id", "when", "kind"] {
            assert!(frame.as_list().get_named(name)?.identical(&same.get_named(name)?)?, "{name}");
        }
        assert_eq!((frame.nrow(), frame.ncol()), (2, 4));
        assert_eq!(frame.row_names()?, RowNames::Automatic(2));
        let checked = r.function("base", "dim")?.call((&frame,))?;
        assert_eq!(checked.to::<Vec<i32>>()?, [2, 4]);

        let empty = DataFrame::new(r, Vec::<(&str, Value)>::new())?;
        assert!(empty.identical(&r.eval("data.frame()")?)?);

        let error = DataFrame::new(r, [("a", vec![1.0, 2.0]), ("b", vec![1.0])]).unwrap_err();
        assert_eq!(
            error.to_string(),
            "column `b` is a double vector of length 1, not a column of 2 rows, as `a` is"
        );
        let error = DataFrame::new(r, [("f", r.eval("sum")?)]).unwrap_err();
        assert!(matches!(error, Error::Type { .. }), "{error}");
        let named = frame.clone().with_row_names(["r1", "r2"])?;
        assert_eq!(named.row_names()?, RowNames::Character(vec!["r1".into(), "r2".into()]));
        assert_eq!(frame.row_names()?, RowNames::Automatic(2));
        assert!(frame.with_row_names(["only one"]).is_err());

        let array: Array<Integer> = Array::new(r, &[2, 3, 4], (1..=24).collect::<Vec<i32>>())?;
        assert!(array.identical(&r.eval("array(1:24, 2:4)")?)?);
        let series: TimeSeries<Matrix<Double>> =
            TimeSeries::new(r, Matrix::<Double>::new(r, 3, 2, [1.0; 6])?, 2000.0, 12.0)?;
        assert!(series.inherits("mts"));
        assert_eq!(series.end(), 2000.0 + 2.0 / 12.0);
        assert!(TimeSeries::<Double>::new(r, [1.0], 2000.0, 0.0).is_err());
        assert!(List::named(r, Vec::<(&str, i32)>::new())?.is_empty());
        Ok(())
    });
}

#[test]
fn factors_are_checked_when_they_are_made() {
    with_r(|r| {
        let error = Factor::new(r, [Some("c")], &["a", "b"]).unwrap_err();
        assert_eq!(error.to_string(), "expected one of the levels a, b, found \"c\"");
        assert!(Factor::new(r, [Some("a")], &["a", "a"]).is_err());
        for code in [0, 3, -1] {
            let codes = [RInt::from(Some(code))];
            assert!(matches!(Factor::from_codes(r, &codes, &["a", "b"], false), Err(Error::Index { .. })));
        }
        let ordered = Factor::ordered(r, [Some("b"), None], &["a", "b"])?;
        assert!(ordered.is_ordered());
        assert!(ordered.identical(&r.eval("factor(c('b', NA), levels = c('a', 'b'), ordered = TRUE)")?)?);
        Ok(())
    });
}
