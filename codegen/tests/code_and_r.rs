//! R's own functions, as text that R wrote: our reader makes of it the tree that R makes of it, and R reads what we write.

mod support;

use std::fmt::Write;
use std::process::Command;

use rbindgen::introspect::rds::{self, Data, Tagged, Value};
use rbindgen::ir::code::{Expr, deparse, one_line, parse, parse_all};
use support::Sandbox;

/// For each function its text, and the tree that R reads from the text.
const ASK: &str = r#"
packages <- commandArgs(TRUE)
options(keep.source = FALSE, warn = -1)
texts <- unlist(lapply(packages, function(package) {
  space <- asNamespace(package)
  functions <- Filter(is.function, mget(sort(ls(space, all.names = TRUE)), space))
  lapply(functions, function(one) {
    if (is.primitive(one)) return(NULL)
    paste(deparse(one, control = c("keepNA", "keepInteger", "digits17")), collapse = "\n")
  })
}))
# What R itself cannot read again: functions in which a value stands that has no text.
trees <- lapply(texts, function(text) tryCatch(parse(text = text)[[1L]], error = function(e) NULL))
read <- !vapply(trees, is.null, NA)
saveRDS(list(names = names(texts)[read], texts = unname(texts[read]), trees = unname(trees[read])),
        "asked.rds", version = 3, compress = FALSE)
"#;

/// Whether R reads the texts that we wrote as the trees it has.
const CHECK: &str = r#"
options(keep.source = FALSE, warn = -1)
asked <- readRDS("asked.rds")
ours <- strsplit(paste(readLines("ours.txt", encoding = "UTF-8"), collapse = "\n"), "\n#----\n", fixed = TRUE)[[1L]]
stopifnot(length(ours) == length(asked$texts))
same <- mapply(function(text, tree) identical(parse(text = text)[[1L]], tree), ours, asked$trees)
cat(asked$names[!same], sep = "\n")
"#;

fn r(here: &Sandbox, script: &str, arguments: &[&str]) -> String {
    let r = rbindgen_runtime::locate::find().expect("R is installed where the tests run");
    here.write("script.R", script);
    let output = Command::new(r.home.join("bin/Rscript"))
        .args(["--vanilla", "script.R"])
        .args(arguments)
        .current_dir(here.path("."))
        .env("R_HOME", &r.home)
        .env("LC_ALL", "C.UTF-8")
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn both_read_the_same() {
    let here = Sandbox::new();
    let packages =
        std::env::var("RBINDGEN_TEST_PACKAGES").unwrap_or_else(|_| "base stats tools utils".to_owned());
    r(&here, ASK, &packages.split(' ').collect::<Vec<_>>());
    let bytes = std::fs::read(here.path("asked.rds")).unwrap();
    let (mut ours, mut different, mut count) = (Vec::new(), Vec::new(), 0);
    rds::with(&bytes, |decoded| {
        let part = |name| decoded.root.element(name).unwrap();
        let strings = |name| part(name).strings().unwrap();
        for ((name, text), tree) in
            strings("names").iter().zip(strings("texts")).zip(part("trees").elements().unwrap())
        {
            let (name, text) = (name.as_deref().unwrap(), text.as_deref().unwrap());
            count += 1;
            let expr = match parse(text) {
                Ok(expr) => expr,
                Err(error) => panic!("{name}: {error}\n{text}"),
            };
            let (mut expected, mut found) = (String::new(), String::new());
            of_r(tree, &mut expected);
            of_ours(&expr, &mut found);
            if expected != found {
                let at = expected.bytes().zip(found.bytes()).take_while(|(a, b)| a == b).count();
                let near =
                    |text: &str| text.chars().skip(at.saturating_sub(60)).take(120).collect::<String>();
                different.push(format!("{name}\n  R:    {}\n  ours: {}", near(&expected), near(&found)));
            }
            let written = deparse(&expr);
            let mut again = String::new();
            of_ours(&parse(&written).unwrap(), &mut again);
            assert_eq!(again, found, "{name}: {written}");
            assert!(one_line(&expr, 80).chars().count() <= 80);
            ours.push(written);
        }
    })
    .unwrap();
    assert!(different.is_empty(), "{} of {count}\n{}", different.len(), different.join("\n"));
    assert!(count > 2_000, "{count}");

    here.write("ours.txt", &ours.join("\n#----\n"));
    assert_eq!(r(&here, CHECK, &[]).trim(), "", "R reads these as something else");
    assert_eq!(parse_all(&ours.join("\n")).map(|all| all.len()), Ok(count));
}

/// A tree of R in Polish notation.
fn of_r(value: &Value, out: &mut String) {
    match &value.data {
        Data::Null => out.push_str("NULL"),
        Data::MissingArgument => out.push_str("<empty>"),
        Data::Symbol(name) => _ = write!(out, "`{name}`"),
        Data::Language(cells) => match &cells[..] {
            [Tagged { value: Value { data: Data::Symbol(name), .. }, .. }, formals, body, ..]
                if &**name == "function" =>
            {
                out.push_str("(function");
                if let Data::Pairlist(formals) = &formals.value.data {
                    tagged(formals, out);
                }
                out.push_str(" : ");
                of_r(&body.value, out);
                out.push(')');
            }
            cells => {
                out.push('(');
                tagged(cells, out);
                out.push(')');
            }
        },
        Data::Logical(all) if all[0] == i32::MIN => out.push_str("NA"),
        Data::Logical(all) => _ = write!(out, "{}", all[0] != 0),
        Data::Integer(all) if all[0] == i32::MIN => out.push_str("NA L"),
        Data::Integer(all) => _ = write!(out, "{}L", all[0]),
        Data::Double(all) if is_na(all[0]) => out.push_str("NA d"),
        Data::Double(all) => _ = write!(out, "{:?}", all[0]),
        Data::Complex(all) if is_na(all[0].0) => out.push_str("NA i"),
        Data::Complex(all) => _ = write!(out, "{:?}", all[0]),
        Data::Character(all) => _ = write!(out, "{:?}", all[0].as_deref()),
        other => _ = write!(out, "{other:?}"),
    }
}

/// R's NA among doubles: a NaN with 1954 in its lower half.
fn is_na(number: f64) -> bool {
    number.is_nan() && number.to_bits() as u32 == 1954
}

fn tagged(cells: &[Tagged], out: &mut String) {
    for cell in cells {
        _ = write!(out, " {}=", cell.tag);
        of_r(&cell.value, out);
    }
}

/// The same for a tree of our own.
fn of_ours(expr: &Expr, out: &mut String) {
    let part = |name: &str, value: Option<&Expr>, out: &mut String| {
        _ = write!(out, " {name}=");
        match value {
            Some(value) => of_ours(value, out),
            None => out.push_str("<empty>"),
        }
    };
    match expr {
        Expr::Null => out.push_str("NULL"),
        Expr::Symbol(name) => _ = write!(out, "`{name}`"),
        Expr::Call(call) => {
            out.push('(');
            part("", Some(&call.callee), out);
            for arg in &call.args {
                part(arg.name.as_deref().unwrap_or_default(), arg.value.as_ref(), out);
            }
            out.push(')');
        }
        Expr::Function(lambda) => {
            out.push_str("(function");
            for formal in &lambda.formals {
                part(&formal.name, formal.default.as_ref(), out);
            }
            out.push_str(" : ");
            of_ours(&lambda.body, out);
            out.push(')');
        }
        Expr::Logical(None) => out.push_str("NA"),
        Expr::Logical(Some(value)) => _ = write!(out, "{value}"),
        Expr::Integer(None) => out.push_str("NA L"),
        Expr::Integer(Some(number)) => _ = write!(out, "{number}L"),
        Expr::Double(None) => out.push_str("NA d"),
        Expr::Double(Some(number)) => _ = write!(out, "{number:?}"),
        Expr::Complex(None) => out.push_str("NA i"),
        Expr::Complex(Some(number)) => _ = write!(out, "{number:?}"),
        Expr::String(text) => _ = write!(out, "{:?}", text.as_deref()),
        Expr::Vector(_) | Expr::Opaque(_) => _ = write!(out, "{expr:?}"),
    }
}
