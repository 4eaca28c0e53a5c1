//! The decoder against what R itself writes.

use std::process::{Command, Stdio};

use super::value::NA_INTEGER;
use super::*;

/// What R writes for an expression, in binary (`xdr = FALSE`) or XDR form and as text that R deparsed.
fn serialized(expression: &str, xdr: bool, version: u8) -> Vec<u8> {
    let r = rbindgen_runtime::locate::find().expect("R is installed where the tests run");
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("value");
    let xdr = if xdr { "TRUE" } else { "FALSE" };
    let script = format!(
        "x <- {{ {expression} }}\ncon <- file(commandArgs(TRUE)[1], 'wb')\n\
         serialize(x, con, xdr = {xdr}, version = {version})\nclose(con)\n"
    );
    let path = folder.path().join("script.R");
    std::fs::write(&path, script).unwrap();
    let status = Command::new(r.program())
        .envs(r.child_env())
        .args(["--no-echo", "--no-restore", "--no-save", "-f"])
        .arg(&path)
        .arg("--args")
        .arg(&file)
        .stdin(Stdio::null())
        .status()
        .unwrap();
    assert!(status.success(), "{expression}");
    std::fs::read(file).unwrap()
}

fn check(expression: &str, test: impl Fn(&Decoded) + Send + Sync) {
    for (xdr, version) in [(false, 3), (true, 3), (true, 2)] {
        let bytes = serialized(expression, xdr, version);
        with(&bytes, &test).unwrap_or_else(|error| panic!("{expression}: {error}"));
    }
}

fn text(value: &Value) -> String {
    let strings = value.strings().expect("a character vector");
    strings.iter().map(|one| one.as_deref().unwrap_or("<NA>")).collect::<Vec<_>>().join("|")
}

#[test]
fn vectors() {
    check(
        "list(l = c(TRUE, NA, FALSE), i = c(1L, NA), d = c(0.1, NA, NaN, -Inf), z = 1+2i, r = as.raw(0:3), \
         s = c('a', NA, 'NA', ''), u = '\\u00e9', b = local({ x <- '\\xe9'; Encoding(x) <- 'latin1'; x }))",
        |decoded| {
            let get = |name: &str| &decoded.root.element(name).unwrap().data;
            assert_eq!(*get("l"), Data::Logical(vec![1, NA_INTEGER, 0]));
            assert_eq!(*get("i"), Data::Integer(vec![1, NA_INTEGER]));
            let Data::Double(numbers) = get("d") else { panic!() };
            assert_eq!(numbers[0].to_bits(), 0.1f64.to_bits());
            assert!(number::is_na(numbers[1]) && !number::is_na(numbers[2]) && numbers[2].is_nan());
            assert_eq!(*get("z"), Data::Complex(vec![(1.0, 2.0)]));
            assert_eq!(*get("r"), Data::Raw(vec![0, 1, 2, 3]));
            assert_eq!(text(decoded.root.element("s").unwrap()), "a|<NA>|NA|");
            assert_eq!(text(decoded.root.element("u").unwrap()), "é");
            assert_eq!(text(decoded.root.element("b").unwrap()), "é");
        },
    );
}

#[test]
fn altrep() {
    check(
        "w <- c(2, 1); w <- sort(w); list(1:5, 3:1, as.numeric(1:4), as.character(1:3), \
         as.character(c(0.1, 1e-20, 123456, 1e5, 1/3, 1e15, 1234567.125, NA, 100, 1e300)), w, structure(1:2, class = 'k'))",
        |decoded| {
            let elements = decoded.root.elements().unwrap();
            assert_eq!(elements[0].data, Data::Integer(vec![1, 2, 3, 4, 5]));
            assert_eq!(elements[1].data, Data::Integer(vec![3, 2, 1]));
            assert_eq!(elements[2].data, Data::Double(vec![1.0, 2.0, 3.0, 4.0]));
            assert_eq!(text(&elements[3]), "1|2|3");
            assert_eq!(
                text(&elements[4]),
                "0.1|1e-20|123456|1e+05|0.333333333333333|1e+15|1234567.125|<NA>|100|1e+300"
            );
            assert_eq!(elements[5].data, Data::Double(vec![1.0, 2.0]));
            assert_eq!(elements[6].attribute("class").unwrap().string(), Some("k"));
        },
    );
}

#[test]
fn language_closures_and_environments() {
    check(
        "e <- new.env(); e$self <- e; f <- function(x, y = 2, ...) x + y; environment(f) <- e; \
         g <- compiler::cmpfun(f); list(f, g, quote(f(x, y = 1)), e, globalenv(), asNamespace('stats'), emptyenv(), \
         baseenv(), .BaseNamespaceEnv, as.environment('package:stats'), sum, `if`, expression(a, 1), pairlist(a = 1, 2), \
         y ~ x, quote(expr = ), as.name('q'))",
        |decoded| {
            let elements = decoded.root.elements().unwrap();
            let body = |value: &Value| match &value.data {
                Data::Closure { formals, body, environment } => {
                    let Data::Pairlist(formals) = &formals.data else { panic!() };
                    assert_eq!(formals.iter().map(|one| &*one.tag).collect::<Vec<_>>(), ["x", "y", "..."]);
                    assert!(matches!(environment.data, Data::Environment(_)));
                    match &body.data {
                        Data::Bytecode(expression) => (**expression).clone(),
                        _ => (**body).clone(),
                    }
                }
                other => panic!("{other:?}"),
            };
            let Data::Language(call) = body(&elements[0]).data else { panic!() };
            assert_eq!(call[0].value.data, Data::Symbol("+".into()));
            let Data::Language(compiled) = body(&elements[1]).data else { panic!() };
            assert_eq!(call, compiled);
            let Data::Language(call) = &elements[2].data else { panic!() };
            assert_eq!(&*call[2].tag, "y");
            assert!(matches!(elements[3].data, Data::Environment(EnvId(_))));
            assert_eq!(elements[4].data, Data::GlobalEnv);
            assert!(matches!(&elements[5].data, Data::Namespace(name) if &*name[0] == "stats"));
            assert_eq!(elements[6].data, Data::EmptyEnv);
            assert_eq!(elements[7].data, Data::BaseEnv);
            assert_eq!(elements[8].data, Data::BaseNamespace);
            assert!(matches!(&elements[9].data, Data::Package(name) if &*name[0] == "package:stats"));
            assert_eq!(elements[10].data, Data::Builtin("sum".into()));
            assert_eq!(elements[11].data, Data::Special("if".into()));
            assert!(matches!(&elements[12].data, Data::Expression(all) if all.len() == 2));
            assert!(matches!(&elements[13].data, Data::Pairlist(all) if &*all[0].tag == "a"));
            assert_eq!(elements[14].attribute("class").unwrap().string(), Some("formula"));
            assert_eq!(elements[15].data, Data::MissingArgument);
            assert_eq!(elements[16].data, Data::Symbol("q".into()));
        },
    );
}

#[test]
fn s4_and_pointers() {
    check(
        "setClass('P', slots = c(x = 'numeric')); p <- methods::new('P', x = 1); list(p, \
         methods::getClass('P'), environment(methods::getClass), as.POSIXlt('2020-01-01', tz = 'UTC'))",
        |decoded| {
            let elements = decoded.root.elements().unwrap();
            assert_eq!(elements[0].data, Data::S4);
            assert_eq!(elements[0].attribute("x").unwrap().number(), Some(1.0));
        },
    );
}

#[test]
fn whole_namespaces_decode() {
    // Every closure of base's biggest relatives, compiled as they are: byte code with shared cells.
    for package in ["stats", "utils", "methods", "tools"] {
        let bytes = serialized(&format!("as.list(asNamespace('{package}'), all.names = TRUE)"), false, 3);
        let compiled = with(&bytes, |decoded| {
            let elements = decoded.root.elements().unwrap();
            let is_compiled = |value: &&Value| match &value.data {
                Data::Closure { body, .. } => matches!(body.data, Data::Bytecode(_)),
                _ => false,
            };
            elements.iter().filter(is_compiled).count()
        });
        assert!(compiled.unwrap() > 100, "{package}");
    }
}

#[test]
fn deep_values_end_in_an_error() {
    let deep = "x <- NULL; for (i in 1:200) x <- list(x); x";
    assert!(with(&serialized(deep, false, 3), |_| ()).is_ok());
    let mut bytes = b"X\n\0\0\0\x02\0\0\0\0\0\0\0\0".to_vec();
    for _ in 0..100_000 {
        bytes.extend_from_slice(&[0, 0, 0, 19, 0, 0, 0, 1]);
    }
    let error = with(&bytes, |_| ()).unwrap_err();
    assert!(error.reason.contains("nest deeper"), "{error}");
}

#[test]
fn damage_is_an_error_and_never_a_panic() {
    let bytes = serialized(
        "list(1:3, mtcars[1:2, 1:2], c(a = 'x'), function(x) { for (i in x) print(i); x }, \
         compiler::cmpfun(function(x) { if (x) x + x else x * 2 }), new.env(), y ~ x)",
        true,
        3,
    );
    for end in 0..bytes.len() {
        assert!(with(&bytes[..end], |_| ()).is_err(), "cut at {end}");
    }
    // A cheap generator: the same damage on every run.
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut next = move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state
    };
    for _ in 0..3_000 {
        let mut damaged = bytes.clone();
        for _ in 0..1 + next() % 4 {
            let place = (next() as usize) % damaged.len();
            damaged[place] = next() as u8;
        }
        let _ = with(&damaged, |_| ());
    }
}

#[test]
fn announced_lengths_are_not_believed() {
    for word in [13u8, 14, 15, 16, 19, 24] {
        let mut bytes = b"X\n\0\0\0\x02\0\0\0\0\0\0\0\0\0\0\0".to_vec();
        bytes.push(word);
        bytes.extend_from_slice(&[0x7f, 0xff, 0xff, 0xff]);
        assert!(with(&bytes, |_| ()).is_err());
        bytes.truncate(18);
        bytes.extend_from_slice(&[0xff, 0xff, 0xff, 0xff, 0, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]);
        assert!(with(&bytes, |_| ()).is_err());
    }
}
