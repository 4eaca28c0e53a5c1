//! Symbols, calls, formulas and expressions: code as values.

use rbindgen_runtime::prelude::*;

fn with_r(body: impl for<'r> FnOnce(R<'r>) -> Result<(), Error>) {
    R::with(body).unwrap();
}

#[test]
fn symbols_have_any_name() {
    with_r(|r| {
        for name in ["x", "a b", "ü", "if", "...", ".hidden", "\u{1f600}"] {
            let symbol = Symbol::new(r, name)?;
            assert_eq!(symbol.name(), name);
            assert!(symbol.identical(&r.function("base", "as.name")?.call((name,))?)?);
        }
        assert!(matches!(Symbol::new(r, "a\0b"), Err(Error::Text { .. })));
        assert!(matches!(Symbol::new(r, ""), Err(Error::Condition { .. })));
        assert!(matches!(Symbol::new(r, &"x".repeat(20_000)), Err(Error::Condition { .. })));
        Ok(())
    });
}

#[test]
fn calls_are_built_taken_apart_and_evaluated() {
    with_r(|r| {
        let inner = Language::new(r, Symbol::new(r, "+")?, (Symbol::new(r, "a")?, 1.0))?;
        let outer = Language::new(r, Symbol::new(r, "list")?, (named("x y", &inner), "text", Missing))?;
        assert_eq!(outer.deparse()?, "list(`x y` = a + 1, \"text\", )");
        let arguments = outer.arguments();
        assert_eq!(arguments.len(), 3);
        assert_eq!(arguments[0].0.as_deref(), Some("x y"));
        assert!(arguments[0].1.identical(&inner)?);
        assert!(arguments[2].1.to::<Symbol>()?.is_missing_argument());
        let env: Environment = r.eval("list2env(list(a = 41))")?.try_into()?;
        assert_eq!(inner.eval_in(&env)?.to::<f64>()?, 42.0);
        // From parts of another call.
        let mut parts = Args::new(r);
        for (name, value) in r.eval("quote(f(1, n = b))")?.to::<Language>()?.arguments() {
            parts = match name {
                Some(name) => parts.named(&name, value)?,
                None => parts.push(value)?,
            };
        }
        assert!(Language::new(r, Symbol::new(r, "g")?, parts)?.identical(&r.eval("quote(g(1, n = b))")?)?);
        // A function itself, and `pkg::fun`, can be called.
        assert_eq!(Language::new(r, r.eval("sum")?, (1, 2))?.eval()?.to::<i32>()?, 3);
        assert_eq!(r.eval("quote(base::sum(1, 2))")?.to::<Language>()?.function().deparse()?, "base::sum");
        assert!(matches!(
            Language::new(r, Symbol::new(r, "f")?, (named("a\0", 1),)),
            Err(Error::Text { .. })
        ));
        let error = r.eval("quote(stop('no'))")?.eval().unwrap_err();
        assert!(error.to_string().ends_with("no"), "{error}");
        Ok(())
    });
}

#[test]
fn a_formula_is_checked_and_keeps_its_environment() {
    with_r(|r| {
        let formula = Formula::parse(r, "mpg ~ wt")?;
        assert!(formula.identical(&r.eval("mpg ~ wt")?)?);
        assert!(formula.environment()?.unwrap().identical(&r.global_env())?);
        let env: Environment = r.eval("new.env()")?.try_into()?;
        let formula = Formula::parse_in(r, "~ log(x) + `odd name`", &env)?;
        assert!(formula.lhs().is_none());
        assert_eq!(formula.rhs().deparse()?, "log(x) + `odd name`");
        assert_eq!(formula.variables()?, ["x", "odd name"]);
        assert!(formula.environment()?.unwrap().identical(&env)?);
        assert_eq!(r.eval("a ~ b")?.to::<Formula>()?.lhs().unwrap().to::<Symbol>()?.name(), "a");
        for text in ["y + x", "y", "1", "'~'", "f(y ~ x)"] {
            assert!(matches!(Formula::parse(r, text), Err(Error::Type { .. })), "{text}");
        }
        for text in ["y ~", "y ~ x; stop()", "", "y ~ x\n z"] {
            assert!(matches!(Formula::parse(r, text), Err(Error::Condition { .. })), "{text}");
        }
        // The model functions take it.
        let fit = r
            .function("stats", "lm")?
            .call((Formula::parse(r, "mpg ~ wt")?, r.get_exported("datasets", "mtcars")?))?;
        let slope = r.function("stats", "coef")?.call((fit,))?.to::<Vec<f64>>()?[1];
        assert!((slope + 5.344).abs() < 0.001);
        Ok(())
    });
}

#[test]
fn expressions_are_parsed_and_evaluated_in_order() {
    with_r(|r| {
        let env: Environment = r.eval("new.env()")?.try_into()?;
        let code = Expression::parse(r, "a <- 1\nb <- a + 1\nb")?;
        assert_eq!(
            code.iter().map(|part| part.deparse().unwrap()).collect::<Vec<_>>(),
            ["a <- 1", "b <- a + 1", "b"]
        );
        assert_eq!(code.eval_in(&env)?.to::<f64>()?, 2.0);
        assert_eq!(env.keys()?, ["a", "b"]);
        assert!(Expression::parse(r, "")?.is_empty() && Expression::parse(r, "")?.eval()?.is_null());
        assert!(matches!(code.get(3), Err(Error::Index { .. })));
        let error = Expression::parse(r, "x <- (1\ny ]").unwrap_err().to_string();
        assert!(error.contains("2:1"), "{error}");
        Ok(())
    });
}

#[test]
fn a_pairlist_by_position_and_name() {
    with_r(|r| {
        let formals: Pairlist = r.eval("formals(function(x, ..., n = 2L, `o dd` = NULL) 1)")?.try_into()?;
        let names: Vec<_> = formals.entries().into_iter().map(|(name, _)| name.unwrap()).collect();
        assert_eq!(names, ["x", "...", "n", "o dd"]);
        assert_eq!(formals.get(2)?.to::<i32>()?, 2);
        assert!(formals.get(3)?.is_null());
        assert!(matches!(formals.get(4), Err(Error::Index { index: 4, length: 4, .. })));
        let error = formals.get_named("m").unwrap_err();
        assert_eq!(error.to_string(), "there is nothing by the name `m`; the names are x, ..., n, o dd");
        Ok(())
    });
}

#[test]
fn values_go_to_bytes_and_back() {
    with_r(|r| {
        let codes = [
            "NULL",
            "1:10",
            "c(a = 1, b = NA)",
            "letters",
            "list(1, list('x', NULL), quote(a + b))",
            "mtcars",
            "function(x, y = 2) x + y",
            "y ~ x",
            "c('\\u00fc', NA)",
            "complex(real = 1, imaginary = NA)",
            "as.raw(0:255)",
            "expression(a, b)",
            "factor(c('a', 'b'))",
            "globalenv()",
            "pairlist(a = 1)",
            "raw(5e6)",
        ];
        let serialize = r.function("base", "serialize")?;
        for code in codes {
            let value = r.eval(code)?;
            let bytes = value.serialize()?;
            assert!(r.unserialize(&bytes)?.identical(&value)?, "{code}");
            // To the byte what R writes, and R reads it.
            let raw: Raw = serialize.call((&value, ()))?.try_into()?;
            assert!(raw.as_slice() == bytes, "{code}");
        }
        let ascii: Raw = serialize.call((r.eval("list(1, 'a')")?, (), named("ascii", true)))?.try_into()?;
        assert!(r.unserialize(ascii.as_slice())?.identical(&r.eval("list(1, 'a')")?)?);
        let bytes = r.eval("mtcars")?.serialize()?;
        for length in [0, 1, 2, 14, 100, bytes.len() - 1] {
            assert!(
                matches!(r.unserialize(&bytes[..length]), Err(Error::Condition { .. })),
                "{length} bytes"
            );
        }
        let error = r.unserialize(&bytes[..100]).unwrap_err().to_string();
        assert!(error.contains("end before the value does"), "{error}");
        assert!(matches!(r.unserialize(b"no such thing at all"), Err(Error::Condition { .. })));
        Ok(())
    });
}
