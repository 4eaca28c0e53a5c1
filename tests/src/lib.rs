//! Tests that cross the crates of rbindgen, and what they share.
//!
//! The tests themselves are in `tests/tests`; the oracle that they compare with is `tests/oracle`.

pub mod dump;
pub mod oracle;

/// The chapters of the guide, whose examples are run as documentation tests.
#[cfg(doctest)]
mod guide {
    #[doc = include_str!("../../docs/guide/calling-r-from-rust.md")]
    struct CallingRFromRust;
}
