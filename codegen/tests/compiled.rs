//! The Rust of `golden.rs` compiles, and without a warning.
#![deny(warnings, missing_docs)]

/// The generated modules.
#[path = "golden/rust/mod.rs"]
pub mod golden;

#[test]
fn the_contract_is_the_runtimes() {
    // That this file compiles is the test; the contract is checked while it does.
    let _: fn(rbindgen_runtime::generated::R<'_>) -> rbindgen_runtime::Result<golden::frames::Iris<'_>> =
        golden::frames::iris;
}
