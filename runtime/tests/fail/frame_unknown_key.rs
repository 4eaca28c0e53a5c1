use rbindgen_runtime::prelude::*;

#[derive(FromDataFrame)]
struct Row {
    #[r(rename = "Petal.Length")]
    petal_length: f64,
}

fn main() {}
