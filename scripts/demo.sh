#!/usr/bin/env bash
# The demonstration: a new project in target/demo, bindings for R's datasets, a Rust and a Python program that use them.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
demo=$root/target/demo
examples=$root/generated-examples

# Shows a command as one would type it, then runs it.
run() {
    local word shown=""
    for word in "$@"; do
        case $word in
            *[!A-Za-z0-9_./=-]*) shown+=" ${word@Q}" ;;
            *) shown+=" $word" ;;
        esac
    done
    printf '\n$%s\n' "$shown"
    "$@"
}
rbindgen() { "$root/target/release/rbindgen" "$@"; }
cargo() { command cargo "$@" --target-dir "$root/target"; }
python() { "$root/.venv/bin/python" "$@"; }

rm -rf "$demo"
mkdir -p "$demo/src"
cp "$examples/committed/src/main.rs" "$demo/src/"
cp "$examples/python/report.py" "$demo/"
cp "$root/Cargo.lock" "$demo/"
cat >"$demo/Cargo.toml" <<TOML
[package]
name = "demo"
edition = "2024"

[dependencies]
rbindgen-runtime = { path = "$root/runtime" }

[workspace]
TOML
cd "$demo"

printf '# A new project in target/demo: src/main.rs and report.py, and no bindings yet.\n'
run rbindgen datasets --rust src/bindings --python bindings
run grep -B 1 -A 2 'fn mpg' src/bindings/datasets.rs
run grep -A 1 'def mpg' bindings/datasets.pyi
run cargo run --quiet
run python report.py
