use super::*;
use crate::infer::overrides::Changes;
use crate::ir::code::{Expr, Formal, parse};
use crate::ir::{
    Confidence, DataSet, Factor, Field, Function, Kind as Type, Mode, Object, Package, Parameter, Position,
    RecordClass, RecordField, Reexport, RowNames, S3Method, S4Class, S4Method, Signature, Slot, Types,
};

fn position(ty: &str) -> Position {
    Position { ty: ty.parse().unwrap(), confidence: Confidence::Strong, evidence: Vec::new() }
}

/// A function: `x: double, y: logical = TRUE => double`.
fn function(name: &str, text: &str) -> (Function, Signature) {
    let (parameters, returns) = text.split_once(" => ").unwrap();
    let (mut formals, mut typed) = (Vec::new(), Vec::new());
    for one in parameters.split(", ").filter(|one| !one.is_empty()) {
        let (one, default) = match one.split_once(" = ") {
            Some((one, default)) => (one, Some(parse(default).unwrap())),
            None => (one, None),
        };
        let (name, ty) = one.split_once(": ").unwrap_or((one, "any"));
        typed.push(Parameter {
            name: name.into(),
            optional: default.is_some(),
            open: false,
            mode: Mode::Value,
            position: position(ty),
            choices: Vec::new(),
            dots: None,
        });
        formals.push(Formal { name: name.into(), default });
    }
    let function = Function {
        name: name.into(),
        exported: true,
        formals,
        body: Some(Expr::Null),
        ..Function::default()
    };
    (
        function,
        Signature {
            name: name.into(),
            parameters: typed,
            returns: position(returns),
            invisible: false,
            overloads: Vec::new(),
        },
    )
}

fn with(functions: &[(&str, &str)]) -> Corrected {
    let (functions, signatures) = functions.iter().map(|(name, text)| function(name, text)).unzip();
    let package = Package { name: "p".into(), version: "1.0".into(), functions, ..Package::default() };
    Corrected { package, types: Types { signatures, ..Types::default() }, changes: Changes::default() }
}

/// The changes, `!` before those that break.
fn changes(old: Corrected, new: Corrected) -> Vec<String> {
    let found = diff(&[old], &[new]);
    let show = |one: &Change| format!("{}{} {}", if one.breaking { "!" } else { "" }, one.name, one.text);
    found.iter().flat_map(|one| &one.changes).map(show).collect()
}

fn of_function(old: &str, new: &str) -> Vec<String> {
    let strip = |one: String| one.replacen("f ", "", 1);
    changes(with(&[("f", old)]), with(&[("f", new)])).into_iter().map(strip).collect()
}

#[test]
fn nothing() {
    let same = || with(&[("f", "x: double => double")]);
    assert!(diff(&[same()], &[same()]).is_empty());
}

#[test]
fn functions() {
    let mut moved = with(&[("new", " => any")]);
    moved.package.reexports = vec![Reexport { name: "moved".into(), package: "q".into(), original: None }];
    let old = with(&[("gone", " => any"), ("moved", " => any")]);
    assert_eq!(changes(old, moved), ["!gone is gone", "moved comes from the package q now", "new is new"]);
}

#[test]
fn packages() {
    let found = diff(&[with(&[])], &[]);
    assert_eq!((found[0].old.as_deref(), found[0].new.as_deref()), (Some("1.0"), None));
    assert!(found[0].changes[0].breaking);
}

#[test]
fn parameters() {
    for (old, new, said) in [
        ("x, y => any", "x => any", &["!the parameter `y` is gone"][..]),
        ("x => any", "x, y => any", &["!the required parameter `y` is new"]),
        ("x => any", "x, y = 1 => any", &["the optional parameter `y` is new"]),
        ("x => any", "y = 1, x => any", &["!the optional parameter `y` is new and stands before `x`"]),
        ("x, ..., z => any", "x, ..., y = 1, z => any", &["the optional parameter `y` is new"]),
        ("x, y => any", "y, x => any", &["!the parameters are in another order: (x, y) is (y, x) now"]),
        ("x = 1 => any", "x => any", &["!the parameter `x` is required now"]),
        ("x => any", "x = 1 => any", &["the parameter `x` is optional now"]),
        ("x = 1 => any", "x = 2 => any", &["the default of `x` is 2 now, it was 1"]),
    ] {
        assert_eq!(of_function(old, new), said, "{old} / {new}");
    }
}

#[test]
fn types() {
    for (old, new, said) in [
        (
            "x: double[] => any",
            "x: double => any",
            &["!the parameter `x` takes less: double, it was double[]"][..],
        ),
        (
            "x: double => any",
            "x: double | null => any",
            &["the parameter `x` takes more: double | null, it was double"],
        ),
        (
            "x: double => any",
            "x: character => any",
            &["!the parameter `x` takes something else: character, it was double"],
        ),
        ("x: any => any", "x: double => any", &["the parameter `x` is known to take double"]),
        (
            "x: \"a\" | \"b\" => any",
            "x: \"b\" | \"c\" => any",
            &["!the parameter `x` no longer takes `a`", "the parameter `x` takes `c`, too"],
        ),
        (" => double", " => double[]", &["!the result is double[], it was double"]),
        (" => double[]", " => double", &["the result is double, it was double[]"]),
        (" => double", " => any", &["!the result is no longer known to be double"]),
        (" => any", " => double", &["the result is known to be double"]),
    ] {
        assert_eq!(of_function(old, new), said, "{old} / {new}");
    }
}

#[test]
fn deprecated() {
    let mut new = with(&[("f", " => any")]);
    new.package.functions[0].body = Some(parse("{ .Deprecated('g')\n 1 }").unwrap());
    assert_eq!(changes(with(&[("f", " => any")]), new), ["f is deprecated"]);
}

#[test]
fn data_sets() {
    let column = |name: &str, kind| Field {
        name: name.into(),
        object: Object { kind, length: 2, ..Object::default() },
    };
    let factor = |levels: &[&str]| Field {
        name: "g".into(),
        object: Object {
            kind: Type::Integer,
            factor: Some(Factor {
                levels: levels.iter().map(|one| Some((*one).to_owned())).collect(),
                ordered: false,
            }),
            ..Object::default()
        },
    };
    let frame = |rows, fields| {
        let mut package = with(&[]);
        let object = Object {
            kind: Type::List,
            class: vec!["data.frame".into()],
            row_names: Some(RowNames::Automatic),
            rows: Some(rows),
            fields,
            ..Object::default()
        };
        package.package.datasets =
            vec![DataSet { name: "d".into(), lazy: true, object, ..DataSet::default() }];
        package
    };
    let old = frame(2, vec![column("a", Type::Double), column("b", Type::Double), factor(&["x", "y"])]);
    let new = frame(3, vec![column("b", Type::Character), column("c", Type::Double), factor(&["y", "z"])]);
    assert_eq!(
        changes(old, new),
        [
            "d has 3 rows, it had 2 rows",
            "!d the column `a` is gone",
            "!d the column `b`: is a character, it was a double",
            "d the column `c` is new",
            "!d the column `g`: has no level `x` now",
            "d the column `g`: has the new level `z`",
        ]
    );
}

#[test]
fn classes() {
    let package = |slots: &[(&str, &str)], method: &str, field: &str| {
        let mut package = with(&[]);
        let slot = |(name, class): &(&str, &str)| Slot { name: (*name).into(), class: (*class).into() };
        package.package.s4_classes = vec![S4Class {
            name: "S".into(),
            exported: true,
            slots: slots.iter().map(slot).collect(),
            ..S4Class::default()
        }];
        package.package.s4_methods = vec![S4Method {
            generic: method.into(),
            signature: vec![slot(&("x", "S"))],
            ..S4Method::default()
        }];
        package.package.s3_methods =
            vec![S3Method { generic: "print".into(), class: method.into(), function: "f".into() }];
        package.types.records = vec![RecordClass {
            name: "r".into(),
            inherits: Vec::new(),
            fields: vec![RecordField { name: "a".into(), optional: false, position: position(field) }],
            made_by: Vec::new(),
        }];
        package
    };
    assert_eq!(
        changes(
            package(&[("a", "numeric"), ("b", "list")], "show", "double"),
            package(&[("a", "list"), ("c", "list")], "plot", "character"),
        ),
        [
            "print(plot) is new",
            "!print(show) is gone",
            "!r the field `a` is character, it was double",
            "!S the slot `a` is of class list, it was numeric",
            "!S the slot `b` is gone",
            "S the slot `c` is new",
            "plot(S) is new",
            "!show(S) is gone",
        ]
    );
}
