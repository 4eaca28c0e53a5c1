use rbindgen_runtime::prelude::*;

fn main() {
    let _x = R::with(|r| r.eval("1:3")).unwrap();
}
