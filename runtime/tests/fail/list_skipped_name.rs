use rbindgen_runtime::prelude::*;

#[derive(FromList)]
struct Control {
    #[r(skip, name = "max.it")]
    maxit: i32,
}

fn main() {}
