#!/usr/bin/env bash
# Every test: Rust, Python, and whether the crates can be published. All run even when one fails; the exit code tells.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit

failed=()
step() {
    printf '\n==> %s\n' "$*"
    "$@" </dev/null || failed+=("$*")
}

step cargo test --workspace --no-fail-fast
# The conversions that are behind features. What is not, has been tested above.
step cargo test -p rbindgen-runtime --features chrono,jiff,ndarray,arrow --no-fail-fast \
    --test chrono --test jiff --test ndarray --test arrow
step .venv/bin/python -m pytest tests/python
step cargo package --quiet --allow-dirty -p rbindgen-macros -p rbindgen-runtime -p rbindgen

if [ ${#failed[@]} -gt 0 ]; then
    printf '\ntest: failed:\n' >&2
    printf '  %s\n' "${failed[@]}" >&2
    exit 1
fi
printf '\ntest: everything passed\n'
