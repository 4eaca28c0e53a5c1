#!/usr/bin/env bash
# Every check of format and style. All of them run; the exit code tells whether all passed.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit

failed=()
check() {
    printf '\n==> %s\n' "$*"
    "$@" || failed+=("$*")
}

check cargo fmt --all --check
check cargo clippy --workspace --all-targets -- -D warnings
check cargo clippy -p rbindgen-runtime --all-targets --all-features -- -D warnings
check .venv/bin/ruff check .
check .venv/bin/ruff format --check .
mapfile -t shell_scripts < <(find scripts tests .ci -name '*.sh' -o -path .ci/run)
check .venv/bin/shellcheck "${shell_scripts[@]}"

if [ ${#failed[@]} -gt 0 ]; then
    printf '\nlint: failed:\n' >&2
    printf '  %s\n' "${failed[@]}" >&2
    exit 1
fi
printf '\nlint: all checks passed\n'
