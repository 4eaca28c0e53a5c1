//! Tests that cross the crates of rbindgen.
