//! Tests that cross the crates of rbindgen, and what they share.
//!
//! The tests themselves are in `tests/tests`; the oracle that they compare with is `tests/oracle`.

pub mod dump;
pub mod oracle;
