#!/usr/bin/env bash
# The runtime's tests against several versions of R: one build, every R.
#
#     scripts/test-matrix.sh [SUITE...]        default: bookworm trixie sid (R 4.2, 4.5, 4.6)
#
# A suite is a release of Debian. The one that this machine runs is used as it is. For another, a small Debian with
# r-base-core is made once in target/matrix/SUITE and used again; remove that folder to get the suite's newest R.
# The test binaries are compiled here, once, with this machine's R, and run unchanged everywhere: the
# symbols of libR are looked up when R starts, and glibc runs on a newer release what was built on an older
# one (so run this on the oldest). What cannot come along: doctests, which rustdoc compiles as they run, and
# the tests of what must not compile, which need cargo. `make test` runs both with this machine's R.
#
# That the sources also compile where another R is installed is checked here too: libR-sys has declarations of its
# own for each version of R and chooses them when it is built.
#
# Debian's packages come from the mirror of this machine's apt, or from DEBIAN_MIRROR. All mounts are made in a
# mount namespace of their own, so nothing stays mounted, however this ends.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

checkout=$PWD
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$checkout/target}
matrix=$CARGO_TARGET_DIR/matrix
features=(--all-features)
needs_cargo=(compile_fail)
time_limit=600

say() { printf 'test-matrix: %s\n' "$*" >&2; }
die() {
    printf 'test-matrix: error: %s\n' "$*" >&2
    exit 1
}

# --- a Debian in a folder --------------------------------------------------------------------------------------

# The mirror of Debian proper: not that of its security updates, nor one of another origin.
mirror() {
    if [ -n "${DEBIAN_MIRROR:-}" ]; then
        printf '%s\n' "$DEBIAN_MIRROR"
        return
    fi
    # apt's own placeholders, not the shell's.
    # shellcheck disable=SC2016
    apt-get indextargets --format '$(ORIGIN)|$(LABEL)|$(REPO_URI)' 'Created-By: Packages' |
        sed -n 's/^Debian|Debian|//p' | head -n 1
}

# Runs a command with mounts that end with it.
apart() { unshare --mount --propagation private -- "$@"; }

# Inside `apart`: what programs in the folder expect to find.
mount_system() {
    mount -t proc proc "$1/proc"
    mount --bind /dev "$1/dev"
    mount -t tmpfs tmpfs "$1/tmp"
}

# Inside `apart`.
make_root() {
    local suite=$1 root=$2 mirror=$3
    # --force-check-gpg: without the archive's keys this fails rather than going on unchecked.
    debootstrap --force-check-gpg --variant=minbase --include=ca-certificates "$suite" "$root" "$mirror"
    mount_system "$root"
    cp -L /etc/resolv.conf "$root/etc/resolv.conf"
    # A mirror that lags behind offers a signed list of sid that has expired.
    chroot "$root" apt-get -o Acquire::Check-Valid-Until=false update
    chroot "$root" env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y --no-install-recommends r-base-core tzdata
    chroot "$root" apt-get clean
}

provide_root() {
    local suite=$1 root=$matrix/$1 from
    [ ! -d "$root" ] || return 0
    from=$(mirror)
    [ -n "$from" ] || die "apt knows no mirror of Debian here; name one: DEBIAN_MIRROR=http://... make test-matrix"
    say "making $root, a Debian $suite with R (once)"
    rm -rf "$root.part"
    mkdir -p "$root.part"
    # apt's proxy is for everything that is fetched here.
    eval "$(apt-config shell http_proxy Acquire::http::Proxy)"
    [ -z "${http_proxy:-}" ] || export http_proxy
    apart "$0" --make-root "$suite" "$root.part" "$from" >"$root.log" 2>&1 || {
        tail -n 15 "$root.log" >&2
        die "Debian $suite could not be made; the whole story is in $root.log"
    }
    mv "$root.part" "$root"
}

# Inside `apart`: runs a command in the folder, with the checkout and the test binaries at their own places, to
# be read only.
run_in_root() {
    local root=$1 folder
    shift
    mount_system "$root"
    for folder in "$checkout" "$CARGO_TARGET_DIR/debug"; do
        mkdir -p "$root$folder"
        mount --bind "$folder" "$root$folder"
        mount -o remount,bind,ro "$root$folder"
    done
    exec chroot "$root" /usr/bin/env -i PATH=/usr/local/bin:/usr/bin:/bin HOME=/root LANG=C.UTF-8 RUST_BACKTRACE=1 \
        "$@"
}

case "${1:-}" in
    --make-root | --run-in-root)
        step=${1#--}
        shift
        "${step//-/_}" "$@"
        exit
        ;;
esac

# --- one suite -------------------------------------------------------------------------------------------------

# shellcheck source=/dev/null
is_here() { [ "$1" = "$(. /etc/os-release 2>/dev/null && printf '%s' "${VERSION_CODENAME:-}")" ]; }

on() {
    local suite=$1
    shift
    if is_here "$suite"; then
        "$@"
    else
        apart "$checkout/scripts/test-matrix.sh" --run-in-root "$matrix/$suite" "$@"
    fi
}

r_version() {
    local r=R
    ! is_here "$1" || r=$(scripts/r-home.sh)/bin/R
    on "$1" "$r" --version </dev/null | sed -n '1s/^R version \([0-9.]*\).*/\1/p'
}

# Runs one test binary; prints what goes into the table.
outcome() {
    local suite=$1 binary=$2 log=$3 status=0 passed failed
    on "$suite" timeout "$time_limit" "$binary" </dev/null >"$log" 2>&1 || status=$?
    passed=$(sed -n 's/^test result: .* \([0-9]*\) passed;.*/\1/p' "$log")
    failed=$(sed -n 's/^test result: .* \([0-9]*\) failed;.*/\1/p' "$log")
    if [ "$status" -eq 0 ] && [ -n "$passed" ]; then
        printf '%s passed\n' "$passed"
    elif [ -n "$failed" ] && [ "$failed" != 0 ]; then
        printf '%s FAILED of %s\n' "$failed" "$((passed + failed))"
    elif [ "$status" -eq 124 ]; then
        printf 'FAILED: no end in %s s\n' "$time_limit"
    else
        printf 'FAILED: exit %s\n' "$status"
    fi
}

# Whether the sources compile with libR-sys's declarations for a version of R.
compiles() {
    local version=$1 log=$2
    # In a folder of its own: cargo does not know that the variable changes what libR-sys's build makes.
    if LIBRSYS_R_VERSION=$version CARGO_TARGET_DIR=$matrix/check-$version \
        cargo check --quiet -p rbindgen-runtime "${features[@]}" >"$log" 2>&1; then
        printf 'yes\n'
    else
        printf 'FAILED\n'
    fi
}

# --- all of it -------------------------------------------------------------------------------------------------

suites=("$@")
[ ${#suites[@]} -gt 0 ] || suites=(bookworm trixie sid)

needs_root=no
for suite in "${suites[@]}"; do
    is_here "$suite" || needs_root=yes
done
if [ "$needs_root" = yes ]; then
    [ "$(uname -s)" = Linux ] || die "this needs Linux: it runs the releases of Debian side by side"
    [ "$(id -u)" -eq 0 ] || die "this needs root, for debootstrap and chroot. Run it as root, or name the suite of this" \
        "machine alone: scripts/test-matrix.sh SUITE"
    for tool in debootstrap unshare chroot; do
        command -v "$tool" >/dev/null || die "$tool is missing (Debian: apt-get install debootstrap util-linux coreutils)"
    done
fi

say "building the runtime's tests"
messages=$(cargo test --quiet -p rbindgen-runtime "${features[@]}" --lib --tests --no-run --message-format=json) ||
    die "the runtime's tests do not compile: cargo test -p rbindgen-runtime ${features[*]} --no-run"
mapfile -t binaries < <(sed -n 's/.*"executable":"\([^"]*\)".*/\1/p' <<<"$messages" | sort)

row() { printf '%-24s' "$1" && shift && printf '%-26s' "$@" && printf '\n'; }
failures=()
declare -A version cell
for suite in "${suites[@]}"; do
    is_here "$suite" || provide_root "$suite"
    version[$suite]=$(r_version "$suite")
    [ -n "${version[$suite]}" ] || die "there is no R in $suite"
    mkdir -p "$matrix/logs/$suite"
    say "$suite, R ${version[$suite]}"
    log=$matrix/logs/$suite/compiles.log
    cell[$suite,compiles]=$(compiles "${version[$suite]}" "$log")
    [ "${cell[$suite,compiles]}" = yes ] || failures+=("$log")
    for binary in "${binaries[@]}"; do
        name=$(basename "$binary")
        name=${name%-*}
        if [[ " ${needs_cargo[*]} " == *" $name "* ]]; then
            cell[$suite,$name]="left out (cargo)"
            continue
        fi
        log=$matrix/logs/$suite/$name.log
        cell[$suite,$name]=$(outcome "$suite" "$binary" "$log")
        [[ ${cell[$suite,$name]} != *FAILED* ]] || failures+=("$log")
    done
done

heads=()
for suite in "${suites[@]}"; do
    heads+=("$suite, R ${version[$suite]}")
done
printf '\n'
row 'tests of the runtime' "${heads[@]}"
for binary in compiles- "${binaries[@]}"; do
    name=$(basename "$binary")
    name=${name%-*}
    cells=()
    for suite in "${suites[@]}"; do
        cells+=("${cell[$suite,$name]}")
    done
    row "$name" "${cells[@]}"
done
printf '\n'

for log in "${failures[@]}"; do
    printf '%s\n' "--- $log" >&2
    tail -n 30 "$log" >&2
done
[ ${#failures[@]} -eq 0 ] || die "${#failures[@]} failed; the logs are in $matrix/logs"
say "passed on every R. Doctests ran nowhere here: they are compiled as they run (make test)."
