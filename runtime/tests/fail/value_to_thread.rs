use rbindgen_runtime::prelude::*;

fn main() {
    let _ = R::with(|r| {
        let x = r.eval("1:3")?;
        std::thread::scope(|scope| {
            scope.spawn(|| x.len());
        });
        Ok(())
    });
}
