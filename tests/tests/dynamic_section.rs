//! No binary of ours names libR among the libraries that the loader must find: R is opened when it is needed.

use std::path::{Path, PathBuf};
use std::process::Command;

/// The libraries that an ELF file says it needs.
fn needed(file: &Path) -> Vec<String> {
    let output =
        Command::new("readelf").args(["--dynamic", "--wide"]).arg(file).output().expect("binutils' readelf");
    assert!(
        output.status.success(),
        "readelf {}: {}",
        file.display(),
        String::from_utf8_lossy(&output.stderr)
    );
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    text.lines()
        .filter(|line| line.contains("(NEEDED)"))
        .filter_map(|line| Some(line.split_once('[')?.1.split_once(']')?.0.to_owned()))
        .collect()
}

fn checkout() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the checkout").to_owned()
}

/// The extension modules in `.venv`.
fn extension_modules() -> Vec<PathBuf> {
    let find = Command::new("find")
        .arg(checkout().join(".venv"))
        .args(["-path", "*/site-packages/rbindgen/*.so"])
        .output()
        .expect("find");
    String::from_utf8_lossy(&find.stdout).lines().map(PathBuf::from).collect()
}

#[test]
fn no_binary_needs_libr() {
    let here = std::env::current_exe().expect("this test");
    let mut binaries = vec![here.clone(), checkout().join("target/release/rbindgen")];
    // The programs of generated-examples stand beside the folder of this test.
    let folder = here.ancestors().nth(2).expect("the profile's folder");
    binaries
        .extend(["example-builder", "example-command", "example-committed"].map(|name| folder.join(name)));
    let modules = extension_modules();
    assert_eq!(modules.len(), 1, "one extension module in .venv: {modules:?}; run `make setup`");
    binaries.extend(modules);
    for binary in binaries {
        assert!(binary.is_file(), "{} is missing; run `make test`", binary.display());
        let needed = needed(&binary);
        assert!(
            needed.iter().any(|library| library.starts_with("libc.")),
            "{}: {needed:?}",
            binary.display()
        );
        assert!(
            !needed.iter().any(|library| library.starts_with("libR")),
            "{}: {needed:?}",
            binary.display()
        );
    }
}
