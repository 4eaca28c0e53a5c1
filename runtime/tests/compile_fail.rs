//! What must not compile, and what the compiler says then.

/// With the features on, the compiler lists other types than the messages here do.
#[test]
#[cfg_attr(any(feature = "arrow", feature = "chrono", feature = "jiff", feature = "ndarray"), ignore)]
fn wrong_uses_are_explained() {
    let cases = trybuild::TestCases::new();
    cases.compile_fail("tests/fail/*.rs");
}
