use rbindgen_runtime::prelude::*;

struct Degrees(f64);

#[derive(FromDataFrame, IntoDataFrame)]
struct Row {
    angle: Degrees,
}

fn main() {}
