#!/usr/bin/env bash
# The runtime's tests under valgrind's memcheck: what is lost for good, and what is read or written where it must not be.
#
#     scripts/test-valgrind.sh [FILTER]
#
# FILTER is a part of tests' names, as for `cargo test`. Processes that the tests start from their own binary are
# watched too, others (R's shell script, cargo) are not. What R and the loader do is not ours: scripts/valgrind.supp,
# where each entry has its reason. Memory that is still reachable at the end is no error: R frees nothing then.
#
# memcheck sees malloc, so it sees Rust's memory, and R's long vectors. R's small objects lie in pages of R's own and are
# taken for one block: what goes wrong there is for `make test-gctorture`.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$PWD/target}
logs=$CARGO_TARGET_DIR/valgrind
features=(--all-features)
filter=${1:-}
# What cannot be had under valgrind: cargo, speed, a signal at once (it is handed over late), and long doubles, which
# are 64 bits there (R computes the test's large number with them).
skip=(
    wrong_uses_are_explained
    a_million_strings_are_read
    interrupts_end_the_computation_and_nothing_else
    integer64_is_read_by_its_bits
)
time_limit=900

say() { printf 'test-valgrind: %s\n' "$*" >&2; }
die() {
    printf 'test-valgrind: error: %s\n' "$*" >&2
    exit 1
}

command -v valgrind >/dev/null || die "valgrind is missing (Debian: apt-get install valgrind)"
r_home=$(scripts/r-home.sh) || die "there is no R"

say "building the runtime's tests"
messages=$(cargo test --quiet -p rbindgen-runtime "${features[@]}" --lib --tests --no-run --message-format=json) ||
    die "the runtime's tests do not compile: cargo test -p rbindgen-runtime ${features[*]} --no-run"
mapfile -t binaries < <(sed -n 's/.*"executable":"\([^"]*\)".*/\1/p' <<<"$messages" | sort)

memcheck=(
    valgrind
    --leak-check=full --show-leak-kinds=definite --errors-for-leak-kinds=definite
    # Where an uninitialised value came from costs half of the speed, and is seldom needed to find it.
    --track-origins=no
    --num-callers=40
    "--suppressions=$PWD/scripts/valgrind.supp"
    # An R error jumps over this much of the stack and is not a switch of stacks.
    --max-stackframe=1000000000
    --trace-children=yes "--trace-children-skip=/bin/*,/usr/*,$r_home/*"
)

rm -rf "$logs"
mkdir -p "$logs"
failed=()
for binary in "${binaries[@]}"; do
    name=$(basename "$binary")
    name=${name%-*}
    status=0
    timeout "$time_limit" "${memcheck[@]}" "--log-file=$logs/$name.%p.log" "$binary" ${filter:+"$filter"} --test-threads=1 \
        "${skip[@]/#/--skip=}" </dev/null >"$logs/$name.out" 2>&1 || status=$?
    passed=$(sed -n 's/^test result: .* \([0-9]*\) passed;.*/\1/p' "$logs/$name.out")
    mapfile -t complaints < <(grep -lE 'ERROR SUMMARY: [1-9]|Process terminating' "$logs/$name".*.log)
    printf '%-24s%-12s%s\n' "$name" "${passed:-0} passed" "${#complaints[@]} processes with errors"
    [ "$status" -ne 124 ] || say "$name did not end within $time_limit s"
    [ "$status" -eq 0 ] || failed+=("$logs/$name.out")
    failed+=("${complaints[@]}")
done

for log in "${failed[@]}"; do
    printf '%s\n' "--- $log" >&2
    head -n 100 "$log" >&2
done
[ ${#failed[@]} -eq 0 ] || die "${#failed[@]} failed; the logs are in $logs"
say "no leaks and no invalid accesses"
