use rbindgen_runtime::prelude::*;

#[derive(Clone, Copy, PartialEq, Eq, RFactor)]
enum Dose {
    Low,
    High(u8),
}

fn main() {}
