//! Writes the bindings of package `datasets` into OUT_DIR.

fn main() -> Result<(), rbindgen::Error> {
    rbindgen::Builder::new().package("datasets").generate()?.write_to_out_dir()
}
