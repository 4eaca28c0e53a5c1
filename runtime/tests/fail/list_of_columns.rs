use rbindgen_runtime::prelude::*;

#[derive(IntoList)]
#[r(columns)]
struct Control {
    maxit: i32,
}

fn main() {}
