use rbindgen_runtime::prelude::*;

#[derive(IntoDataFrame)]
struct Row(f64);

fn main() {}
