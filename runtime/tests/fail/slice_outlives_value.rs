use rbindgen_runtime::prelude::*;

fn main() {
    let _ = R::with(|r| {
        let slice = {
            let x = Double::new(r, [1.0])?;
            x.as_slice()
        };
        println!("{slice:?}");
        Ok(())
    });
}
