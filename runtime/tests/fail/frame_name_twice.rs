use rbindgen_runtime::prelude::*;

#[derive(FromDataFrame)]
struct Row {
    x: f64,
    #[r(name = "x")]
    y: f64,
}

fn main() {}
