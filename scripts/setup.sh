#!/usr/bin/env bash
# Brings a checkout to where everything runs: system packages, .venv, the command, the Python distribution.
#
# Each step asks first whether it is needed, so a second run is silent and takes a moment. Nothing outside
# the checkout is changed except by installing missing system packages with apt-get.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

export CARGO_TARGET_DIR="$PWD/target"

say() { printf 'setup: %s\n' "$*" >&2; }
die() {
    printf 'setup: error: %s\n' "$*" >&2
    exit 1
}

# Runs a command whose output matters only when it fails.
silently() {
    local output
    output=$("$@" 2>&1) || {
        printf '%s\n' "$output" >&2
        die "this command failed: $*"
    }
}

# A stamp holds the hash of what a step was made from. Contents count, not times: a fresh clone, or a switch of
# branches and back, must not rebuild.
hash_of() {
    # Folders that git keeps only while something is in them may be missing.
    { find "$@" \( -name __pycache__ -o -name '*.so' -o -name snapshots \) -prune -o -type f -print0 2>/dev/null || true; } |
        LC_ALL=C sort -z | xargs -0 cksum | cksum
}
is_stamped() { [ -f "$1" ] && [ "$(<"$1")" = "$2" ]; }
# With the hash from before the step: what is edited meanwhile must count as changed.
stamp() { printf '%s\n' "$2" >"$1"; }

# --- system packages -------------------------------------------------------------------------------------------

# The Python that .venv is made from: PYTHON, else the first on the PATH that is new enough.
find_python() {
    local candidate
    for candidate in ${PYTHON:+"$PYTHON"} python3 python3.14 python3.13 python3.12 python3.11; do
        if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            printf '%s\n' "$candidate"
            return
        fi
    done
    die "Python 3.11 or later is needed; found $(python3 --version 2>/dev/null || echo none)." \
        "Install one (Debian 12: apt-get install python3), or name it: make setup PYTHON=/path/to/python"
}

can_make_venv() { "$1" -c 'import venv, ensurepip' 2>/dev/null; }

install_system_packages() {
    local -a missing=() root=()
    command -v cc >/dev/null || missing+=(gcc libc6-dev)
    scripts/r-home.sh >/dev/null || missing+=(r-base-core)
    if [ ! -x .venv/bin/python ] && ! can_make_venv "$python"; then
        # Only Debian's own Python has the module in a package of its own.
        case $("$python" -c 'import sys; print(sys.base_prefix)') in
            /usr) missing+=("$("$python" -c 'import sys; print("python3.%d-venv" % sys.version_info[1])')") ;;
            *) die "$python has no module venv or ensurepip; install a complete Python 3.11 or later" ;;
        esac
    fi
    [ ${#missing[@]} -gt 0 ] || return 0

    command -v apt-get >/dev/null ||
        die "missing: ${missing[*]} (Debian's names). There is no apt-get here: install them and run again." \
            "R has to be 4.2 or later, built with --enable-R-shlib."
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null ||
            die "missing: ${missing[*]}. Ask an administrator to run: apt-get install ${missing[*]}"
        root=(sudo)
    fi
    say "installing ${missing[*]} with apt-get"
    silently "${root[@]}" apt-get update
    silently "${root[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y --no-install-recommends "${missing[@]}"
}

# --- the virtual environment -----------------------------------------------------------------------------------

make_venv() {
    # A .venv whose Python has gone (an upgrade, a moved checkout) cannot be mended in place.
    if ! .venv/bin/python -c '' 2>/dev/null; then
        say "creating .venv"
        rm -rf .venv
        "$python" -m venv .venv
    fi
    local hash
    hash=$(hash_of scripts/requirements-dev.txt)
    if ! is_stamped .venv/requirements.stamp "$hash"; then
        say "installing scripts/requirements-dev.txt into .venv"
        .venv/bin/python -m pip install --quiet --disable-pip-version-check -r scripts/requirements-dev.txt
        stamp .venv/requirements.stamp "$hash"
    fi
}

# --- what the checkout builds ----------------------------------------------------------------------------------

build_command() {
    local hash
    local -a quiet=()
    hash=$(hash_of codegen runtime macros templates Cargo.toml Cargo.lock)
    # Cargo has the last word on what is fresh; the stamp only keeps it silent when nothing changed.
    if is_stamped target/release/rbindgen.stamp "$hash"; then
        quiet=(--quiet)
    else
        say "building target/release/rbindgen"
    fi
    cargo build --release -p rbindgen "${quiet[@]}"
    stamp target/release/rbindgen.stamp "$hash"
}

build_distribution() {
    local hash
    hash=$(hash_of python runtime macros Cargo.toml Cargo.lock)
    if ! is_stamped .venv/distribution.stamp "$hash"; then
        say "building the Python distribution and installing it into .venv"
        rm -rf target/wheels
        .venv/bin/maturin build --release --manifest-path python/Cargo.toml \
            --interpreter .venv/bin/python --out target/wheels
        .venv/bin/python -m pip install --quiet --disable-pip-version-check \
            --no-index --no-deps --force-reinstall target/wheels/rbindgen-*.whl
        stamp .venv/distribution.stamp "$hash"
    fi
}

command -v cargo >/dev/null || die "cargo is missing: install Rust with rustup, then run again"
python=$(find_python)
install_system_packages
make_venv
build_command
build_distribution
