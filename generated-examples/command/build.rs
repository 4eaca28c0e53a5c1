//! Runs `rbindgen datasets`, which writes into OUT_DIR when a build script runs it.
//!
//! The command is the one that RBINDGEN names, else the one that this workspace built, else the one on the PATH.

use std::path::{Path, PathBuf};
use std::process::{Command, exit};

fn main() {
    println!("cargo::rerun-if-env-changed=RBINDGEN");
    println!("cargo::rerun-if-changed=build.rs");

    let command = std::env::var_os("RBINDGEN").map_or_else(built_here, PathBuf::from);
    if command.is_absolute() {
        println!("cargo::rerun-if-changed={}", command.display());
    }
    match Command::new(&command).arg("datasets").status() {
        Ok(status) if status.success() => {}
        Ok(status) => fail(&format!("`{} datasets` failed: {status}", command.display())),
        Err(error) => fail(&format!(
            "{} could not be run ({error}): build it with `make setup`, or set RBINDGEN to its path",
            command.display()
        )),
    }
}

/// `target/release/rbindgen` of the workspace that this example belongs to, where that was built.
fn built_here() -> PathBuf {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    match workspace.join("target/release/rbindgen").canonicalize() {
        Ok(command) => command,
        Err(_) => PathBuf::from("rbindgen"),
    }
}

fn fail(message: &str) -> ! {
    println!("cargo::error={message}");
    exit(1)
}
