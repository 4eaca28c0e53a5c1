#!/usr/bin/env bash
# Builds both sides of the benchmarks and runs them; benches/README.md says what is compared.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$PWD/target}"
# extendr's build script wants R on the PATH, or here.
R_HOME=$(scripts/r-home.sh)
export R_HOME

cargo build --quiet --release -p rbindgen-benches
# A workspace of its own: extendr and libR-sys cannot be in one.
cargo build --quiet --release --locked --manifest-path benches/extendr/Cargo.toml

"$CARGO_TARGET_DIR/release/rbindgen-bench" "$CARGO_TARGET_DIR/release/rbindgen-bench-extendr"
