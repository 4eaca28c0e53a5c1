rbindgen_runtime::contract!(0);

fn main() {}
