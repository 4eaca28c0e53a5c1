use rbindgen_runtime::prelude::*;

#[derive(Clone, Copy, PartialEq, Eq, RFactor)]
enum Dose {
    #[r(level = "low")]
    Low,
    #[r(level = "low")]
    High,
}

fn main() {}
