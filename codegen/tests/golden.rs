//! One small package for each rule of the emitters, and what comes out: `golden/rust` and `golden/python`.
//!
//! The files are real: `compiled.rs` compiles the Rust, and type checkers can be pointed at the Python. After a change,
//! `RBINDGEN_UPDATE=1 cargo test -p rbindgen --test golden` writes them anew; read the diff before it is committed.

mod packages;

use std::path::Path;

use rbindgen::diagnostics::Diagnostics;
use rbindgen::names::Language;
use rbindgen::output::Output;
use rbindgen::pipeline;

fn check(language: Language, folder: &str) -> Diagnostics {
    let mut diagnostics = Diagnostics::default();
    let files = pipeline::generate(&packages::all(), language, &mut diagnostics);
    let mut output = Output::default();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(folder);
    output.add(&folder, files).unwrap();
    if std::env::var_os("RBINDGEN_UPDATE").is_some() {
        output.write().unwrap();
    }
    let drift = output.check();
    assert!(drift.is_empty(), "generated code has changed: {drift:#?}");
    diagnostics
}

#[test]
fn rust() {
    let diagnostics = check(Language::Rust, "rust");
    insta::assert_snapshot!(diagnostics.to_string());
}

#[test]
fn python() {
    let diagnostics = check(Language::Python, "python");
    insta::assert_snapshot!(diagnostics.to_string());
}

#[test]
fn generation_is_repeatable() {
    let mut packages = packages::all();
    let once = pipeline::generate(&packages, Language::Rust, &mut Diagnostics::default());
    for package in &mut packages {
        package.datasets.reverse();
    }
    let again = pipeline::generate(&packages, Language::Rust, &mut Diagnostics::default());
    assert_eq!(once, again);
}
