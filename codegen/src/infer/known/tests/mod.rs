//! The data can be read, it fits the R that is installed, and rules give what R gives.

use std::path::Path;
use std::process::Command;

use super::*;
use crate::ir::code;
use crate::ir::types::{Atomic, Term};

#[test]
fn every_line_is_read() {
    for text in table::FILES {
        for line in table::read(text) {
            if let Err(error) = line {
                panic!("{error}");
            }
        }
    }
    for class in table::classes(include_str!("../classes.types")) {
        if let Err(error) = class {
            panic!("{error}");
        }
    }
    assert!(names().count() > 1000);
}

/// Runs a script with lines in, lines out.
fn run(script: &str, lines: &[String]) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let (input, output) = (folder.path().join("in"), folder.path().join("out"));
    std::fs::write(&input, lines.join("\n") + "\n").unwrap();
    let r = rbindgen_runtime::locate::find().expect("R is installed where the tests run");
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/infer/known/tests").join(script);
    let ended = Command::new(r.home.join("bin/R"))
        .args(["--vanilla", "--no-echo", "-f"])
        .arg(script)
        .arg("--args")
        .args([&input, &output])
        .env("R_HOME", &r.home)
        .current_dir(folder.path())
        .output()
        .unwrap();
    assert!(ended.status.success(), "{}", String::from_utf8_lossy(&ended.stderr));
    let lines: Vec<String> = std::fs::read_to_string(output).unwrap().lines().map(str::to_owned).collect();
    lines
}

/// Functions that R has had only since some version after 4.2.
const LATER: &[&str] = &["%||%", "grepv", "array2DF", "sha256sum", "use"];

/// The data follow the formals of R 4.2; later versions drop and add some.
#[test]
fn functions_and_their_parameters_exist() {
    let version = rbindgen_runtime::locate::find().expect("R is installed where the tests run").version;
    if (version.major, version.minor) != (4, 2) {
        return;
    }
    let all: Vec<(&str, &str)> = names().map(|name| (package(name).unwrap(), name)).collect();
    let lines: Vec<String> = all.iter().map(|(package, name)| format!("{package}\t{name}")).collect();
    let mut wrong = Vec::new();
    for ((package, name), formals) in all.iter().zip(run("formals.R", &lines)) {
        if formals == "?" {
            if !LATER.contains(name) {
                wrong.push(format!("{package} has no function {name}"));
            }
            continue;
        }
        // A primitive without formals.
        if formals == "*" {
            continue;
        }
        let formals: Vec<&str> = formals.split('\t').skip(1).collect();
        let known = parameters(name).unwrap();
        // What is not listed stands in for the rest.
        let open = known.iter().any(|one| one.name == "...");
        for parameter in known {
            if parameter.name != "..."
                && !formals.contains(&parameter.name.as_str())
                && !formals.contains(&"...")
            {
                wrong.push(format!("{package}::{name} has no parameter {}", parameter.name));
            }
        }
        for formal in formals {
            if !open && !known.iter().any(|one| one.name == formal) {
                wrong.push(format!("{package}::{name}: the parameter {formal} is left out"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What is known of an argument, less and less.
fn weaker(ty: &Type, step: usize) -> Type {
    match step {
        0 | 1 => ty.clone(),
        2 => ty.clone().vectors().map(|term| match term {
            Term::Vector(mut vector) => {
                vector.na = true;
                if vector.atomic == Atomic::Integer {
                    vector.atomic = Atomic::Double;
                }
                Term::Vector(vector)
            }
            Term::Matrix(_) => Term::Matrix(None),
            other => other,
        }),
        3 => ty.clone().or_null(),
        _ => Type::Any,
    }
}

/// Calls whose result is another where nothing is known about the operand, by convention.
const LIBERTIES: &[&str] = &["sum(span)"];

/// Calls that give something else than what is usual.
const UNUSUAL: &[&str] = &["bytes & bytes", "max(ss)", "range(ss)", "nrow(is)"];

/// Whether a value is of a type; an object that inherits from matrix is a matrix.
fn takes(ty: &Type, value: &Type) -> bool {
    let matrix =
        matches!(value.only(), Some(Term::Class(names)) if names.iter().any(|name| name == "matrix"));
    ty.takes(value) || (matrix && ty.takes(&Term::Matrix(None).into()))
}

#[test]
fn results_are_what_r_gives() {
    let calls: Vec<String> = include_str!("calls.R").lines().map(str::to_owned).collect();
    let mut wrong = Vec::new();
    let mut unknown = Vec::new();
    for (text, line) in calls.iter().zip(run("describe.R", &calls)) {
        let mut types = line.split('\t');
        let value = types.next().unwrap();
        if value.starts_with('!') {
            wrong.push(format!("{text} stops: {value}"));
            continue;
        }
        let value: Type = value.parse().unwrap_or_else(|error| panic!("{text}: {value}: {error}"));
        let code = code::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
        let call = code.call().unwrap();
        let name = call.name().unwrap();
        let types: Vec<&str> = types.collect();
        assert_eq!(types.len(), call.args.len(), "{text}: {line}");
        for step in 0..5 {
            let operands: Vec<Operand<'_>> = call
                .args
                .iter()
                .zip(&types)
                .map(|(arg, ty)| Operand {
                    name: arg.name.as_deref(),
                    ty: match *ty {
                        "-" => Type::never(),
                        "?" => Type::Any,
                        ty => weaker(&ty.parse().unwrap(), step),
                    },
                    code: arg.value.as_ref().filter(|_| step == 0),
                })
                .collect();
            // A guess is about vectors only.
            let guess =
                (step == 4 && types.iter().all(|ty| ty.ends_with("[]"))).then(|| likely(name, &operands));
            if let Some(Some(ty)) = guess
                && !takes(&ty.clone().vectors(), &value)
                && !UNUSUAL.contains(&text.as_str())
            {
                wrong.push(format!("{text}: {value}, usually {ty}"));
            }
            match result(name, &operands) {
                Some(_) if step == 4 && LIBERTIES.contains(&text.as_str()) => {}
                Some(ty) if !takes(&ty, &value) => {
                    let given: Vec<String> = operands.iter().map(|one| one.ty.to_string()).collect();
                    wrong.push(format!("{text}: {value}, not {ty}, of {}", given.join("; ")));
                }
                None if step == 0 => unknown.push(text.as_str()),
                _ => {}
            }
        }
        if let Some(ty) = returns(name)
            && !takes(&ty, &value)
        {
            wrong.push(format!("{text}: {value}, not {ty}, whatever the operands"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    println!("unknown: {}", unknown.join("; "));
    assert!(unknown.len() * 10 < calls.len());
}

/// Values of `hard.R`, with their types.
const VALUES: &[(&str, &str)] = &[
    ("number", "double"),
    ("whole", "integer"),
    ("text", "character"),
    ("flag", "logical"),
    ("null", "null"),
    ("matrix", "matrix<double>"),
    ("list", "list<double>"),
    ("fun", "class<`function`>"),
    ("env", "env"),
    ("name", "expression"),
    ("call", "expression"),
    ("raw", "raw"),
    ("many", "double[]"),
    ("texts", "character[]"),
    ("complex", "complex"),
    ("names", "struct<`a`: character>"),
    ("factor", "class<`factor`>"),
    ("day", "class<`Date`>"),
    ("frame", "class<`data.frame`>"),
    ("array", "class<`array`>"),
    ("span", "class<`difftime`>"),
    ("series", "class<`ts`>"),
];

/// What is not called with wrong arguments: it would end R, or look at memory.
const LEFT_OUT: &[&str] =
    &["lazyLoadDBfetch", ".Internal", "dyn.load", "dyn.unload", "system", "quit", "q", "setwd"];

#[test]
fn r_stops_at_what_a_hard_parameter_does_not_take() {
    let mut lines = Vec::new();
    for name in names().filter(|name| !LEFT_OUT.contains(name)) {
        let all = parameters(name).unwrap();
        for hard in all.iter().filter(|one| one.hard) {
            for (wrong, _) in VALUES.iter().filter(|(_, ty)| !hard.ty.takes(&ty.parse().unwrap())) {
                let others: Option<Vec<String>> = all
                    .iter()
                    .filter(|one| one.name == hard.name || !one.optional)
                    .map(|one| {
                        let fits = |(_, ty): &&(&str, &str)| one.ty.takes(&ty.parse().unwrap());
                        let value = if one.name == hard.name { wrong } else { VALUES.iter().find(fits)?.0 };
                        Some(format!("{}={value}", one.name))
                    })
                    .collect();
                if let Some(others) = others {
                    lines.push(format!("{}\t{name}\t{}", package(name).unwrap(), others.join("\t")));
                }
            }
        }
    }
    assert!(lines.len() > 1000);
    let works: Vec<String> = lines
        .iter()
        .zip(run("hard.R", &lines))
        .filter(|(_, found)| found == "works")
        .map(|(line, _)| line.replace('\t', " "))
        .collect();
    assert!(works.is_empty(), "R takes:\n{}", works.join("\n"));
}

/// An object of each class whose elements are known.
const OBJECTS: &[(&str, &str)] = &[
    ("eigen", "eigen(dm)"),
    ("qr", "qr(dm)"),
    ("det", "determinant(dm)"),
    ("rle", "rle(ss)"),
    ("htest", "t.test(ds)"),
    ("htest", "chisq.test(table(f, f))"),
    ("density", "density(ds)"),
    ("lm", "lm(b ~ a, df)"),
    ("glm", "glm(b ~ a, data = df)"),
    ("family", "binomial()"),
    ("hclust", "hclust(dist(1:4))"),
    ("kmeans", "kmeans(c(1, 2, 8, 9), 2)"),
    ("kmeans", "kmeans(c(1, 2, 8, 9), 2, algorithm = 'Lloyd')"),
    ("prcomp", "prcomp(dm)"),
    ("integrate", "integrate(dnorm, -1, 1)"),
    ("histogram", "hist(ds, plot = FALSE)"),
    ("loess", "loess(dist ~ speed, cars)"),
];

#[test]
fn objects_have_the_elements_that_their_class_promises() {
    let calls: Vec<String> = OBJECTS.iter().map(|(_, call)| format!("unclass({call})")).collect();
    let mut wrong = Vec::new();
    for ((class, call), line) in OBJECTS.iter().zip(run("describe.R", &calls)) {
        let found = line.split('\t').next().unwrap();
        let Ok(found) = found.parse::<Type>() else { panic!("{call}: {found}") };
        let has = |name: &str| match found.only() {
            Some(Term::Record(fields)) => fields.iter().any(|(one, _)| one == name),
            _ => false,
        };
        let here = fields(class).unwrap().iter().filter(|(name, ty)| has(name) || !ty.takes_null());
        let promised: Type = Term::Record(here.cloned().collect()).into();
        if !promised.takes(&found) {
            wrong.push(format!("{call}: {found}, not {promised}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
