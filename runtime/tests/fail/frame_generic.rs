use rbindgen_runtime::prelude::*;

#[derive(FromDataFrame)]
struct Row<T> {
    x: T,
}

fn main() {}
