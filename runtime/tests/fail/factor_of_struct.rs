use rbindgen_runtime::prelude::*;

#[derive(Clone, Copy, PartialEq, Eq, RFactor)]
struct Level;

fn main() {}
