use rbindgen_runtime::prelude::*;

#[derive(Clone, Copy, PartialEq, Eq, RFactor)]
enum Dose {
    #[r(name = "low")]
    Low,
}

fn main() {}
