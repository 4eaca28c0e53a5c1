use rbindgen_runtime::prelude::*;

#[derive(FromDataFrame)]
enum Row {
    A,
}

fn main() {}
