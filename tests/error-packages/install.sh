#!/bin/sh
# Installs the packages beside this script into the library LIB: sh install.sh LIB [FOLDER...]
#
# Packages are not loaded after installation, because most of them cannot be.
set -eu
[ $# -ge 1 ] || {
    echo "usage: install.sh LIB [FOLDER...]" >&2
    exit 2
}
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$1"
library=$(cd "$1" && pwd)
shift
cd "$here"
[ $# -gt 0 ] || set -- */
home=$("$here/../../scripts/r-home.sh") || {
    echo "install.sh: no R was found" >&2
    exit 1
}

log=$(mktemp)
trap 'rm -f "$log"' EXIT
R_LIBS="$library" "$home/bin/R" CMD INSTALL --library="$library" --no-test-load --no-byte-compile --no-staged-install \
    --no-html "$@" >"$log" 2>&1 || {
    cat "$log" >&2
    exit 1
}

# A data set that cannot be loaded cannot be installed either: damage it now.
if [ -f "$library/data.broken/data/broken.R" ]; then
    echo 'stop("the file is damaged")' >"$library/data.broken/data/broken.R"
fi
