use rbindgen_runtime::prelude::*;

struct Degrees(f64);

fn main() {
    let _ = R::with(|r| {
        let x = r.function("base", "sin")?.call((Degrees(90.0),))?;
        x.to::<Degrees>()
    });
}
