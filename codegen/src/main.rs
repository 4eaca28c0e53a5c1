//! The command `rbindgen`; all of it is in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    rbindgen::cli::main()
}
