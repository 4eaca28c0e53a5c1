//! What live R says about packages that come with it.

use std::collections::BTreeSet;
use std::sync::LazyLock;
use std::time::Duration;

use rbindgen::diagnostics::Diagnostics;
use rbindgen::introspect::{Introspect, Live};
use rbindgen::ir::{self, Package, Snapshot};

fn look(package: &str) -> Package {
    let live = Live::new(&[], Duration::from_secs(120)).expect("R is installed");
    live.introspect(package, &mut Diagnostics::default()).expect("the package loads").package
}

static STATS: LazyLock<Package> = LazyLock::new(|| look("stats"));
static METHODS: LazyLock<Package> = LazyLock::new(|| look("methods"));

#[test]
fn functions_have_formals_bodies_and_pages() {
    let function = |name: &str| STATS.functions.iter().find(|one| one.name == name).expect("it is there");
    let rnorm = function("rnorm");
    let formals: Vec<&str> = rnorm.formals.iter().map(|one| &*one.name).collect();
    assert_eq!(formals, ["n", "mean", "sd"]);
    assert!(rnorm.exported && rnorm.body.is_some());
    assert_eq!(rnorm.topic.as_deref(), Some("Normal"));
    assert!(!function("print.lm").exported);
    let page = STATS.pages.iter().find(|one| one.topic == "t.test").expect("it has a page");
    assert!(page.usage.contains("t.test(x, ...)"), "{}", page.usage);
    assert!(page.methods.contains(&("t.test".into(), "formula".into())));
    assert!(page.arguments.iter().any(|one| one.names == ["alternative"]));
    assert!(page.components.iter().any(|one| one.names == ["p.value"]));
}

#[test]
fn methods_come_from_the_table() {
    let has = |generic: &str, class: &str| {
        STATS.s3_methods.iter().any(|one| one.generic == generic && one.class == class)
    };
    assert!(has("print", "lm") && has("[", "ts") && has("t.test", "default"));
    // t.test is a generic, not the method of t for the class test.
    assert!(!has("t", "test"));
    let names: BTreeSet<&str> = STATS.functions.iter().map(|one| one.name.as_str()).collect();
    assert!(STATS.s3_methods.iter().all(|one| names.contains(one.function.as_str())));
}

#[test]
fn imports_are_those_that_the_code_uses() {
    let import = |name: &str| STATS.imports.iter().find(|one| one.name == name);
    assert_eq!(import("axis").map(|one| one.package.as_str()), Some("graphics"));
    assert!(import("lapply").is_none());
}

#[test]
fn s4_has_classes_generics_and_methods() {
    let class = METHODS.s4_classes.iter().find(|one| one.name == "MethodDefinition").expect("it is there");
    assert!(class.slots.iter().any(|slot| slot.name == "target" && slot.class == "signature"));
    assert_eq!(class.contains[0], "function");
    let show = METHODS.s4_generics.iter().find(|one| one.name == "show").expect("it is there");
    assert_eq!(show.signature, ["object"]);
    assert!(
        METHODS
            .s4_methods
            .iter()
            .any(|one| one.generic == "show" && one.signature[0].class == "classRepresentation")
    );
    assert!(METHODS.reference_classes.iter().any(|one| one.name == "envRefClass"));
}

#[test]
fn a_snapshot_is_read_back_as_it_was_written() {
    let snapshot = Snapshot::new(vec![METHODS.clone()]);
    let text = ir::write(&snapshot);
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("methods.json");
    std::fs::write(&path, &text).expect("it can be written");
    let read = ir::read(&path).expect("it can be read");
    assert_eq!(ir::write(&read), text);
    assert!(!text.contains(folder.path().parent().and_then(|path| path.to_str()).unwrap_or("/tmp/")));
}
