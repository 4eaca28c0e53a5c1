#!/usr/bin/env bash
# The runtime's tests while R collects garbage far more often than it needs to.
#
#     scripts/test-gctorture.sh [STEP [FILTER]]
#
# An object that Rust forgot to protect usually survives until the next collection, which comes rarely. R collects at
# every STEPth allocation where R_GCTORTURE=STEP is set when it starts (?gctorture). The default, 101, takes about ten times
# as long as without; a prime, because loops allocate in rhythm. 10 takes five minutes and more, 1 hours.
# runtime/tests/gctorture.rs has the torture of every allocation where it matters, and is part of `make test`.
#
# FILTER is a part of tests' names, as for `cargo test`.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

step=${1:-101}
filter=${2:-}
case $step in
    '' | *[!0-9]*)
        printf 'test-gctorture: error: STEP is a number of allocations, not %s\n' "$step" >&2
        exit 2
        ;;
esac

# R's start is R's own business: the first allocations are spared.
export R_GCTORTURE=$step R_GCTORTURE_WAIT=1000
# Without the tests that build crates with cargo, and the one that measures how fast a million strings are.
exec cargo test -p rbindgen-runtime --all-features --lib --tests ${filter:+"$filter"} -- --include-ignored \
    --skip wrong_uses_are_explained --skip a_million_strings_are_read
