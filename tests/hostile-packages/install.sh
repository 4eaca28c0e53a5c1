#!/bin/sh
# Installs the packages beside this script into the library LIB and damages some of them: sh install.sh LIB [PACKAGE...]
#
# Nothing is loaded after installation, because some packages cannot be.
set -eu
[ $# -ge 1 ] || {
    echo "usage: install.sh LIB [PACKAGE...]" >&2
    exit 2
}
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$1"
library=$(cd "$1" && pwd)
shift
home=$("$here/../../scripts/r-home.sh") || {
    echo "install.sh: no R was found" >&2
    exit 1
}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for package in "$here"/hostile.*/; do cp -R "${package%/}" "$work/"; done

# A help page of a megabyte, with a list nested as deep as R's parser takes it.
large=$work/hostile.help/man/large.Rd
{
    printf '\\name{large}\\alias{large}\\title{Large}\\usage{large(x)}\\arguments{\\item{x}{a number}}\\description{\n'
    line='Words \code{and} more words, *\/ and \emph{so """ on}, for ever and ever and ever.'
    yes "$line" | head -n 12000
    printf '}\n'
} >"$large"
{
    printf '\\name{nested}\\alias{nested}\\title{Nested}\\usage{nested(x)}\\arguments{\\item{x}{a number}}\\description{\n'
    yes '\itemize{\item a' | head -n 500
    yes '}' | head -n 500
    printf '}\n'
} >"$work/hostile.help/man/nested.Rd"

install() {
    log=$work/log.$1
    shift
    if ! (cd "$work" && R_LIBS="$library" "$home/bin/R" CMD INSTALL --library="$library" --no-test-load --no-byte-compile \
        --no-staged-install --no-html --no-lock "$@") >"$log" 2>&1; then
        cat "$log" >&2
        return 1
    fi
}
if [ $# -gt 0 ]; then
    install 1 "$@"
    exit
fi
# Two at a time: what is large in one, the others in the other.
install 1 hostile.names hostile.many hostile.deep hostile.loops hostile.latin1 &
first=$!
install 2 hostile.text hostile.bindings hostile.onload hostile.child hostile.masks hostile.hangs hostile.dependency \
    hostile.import hostile.nothing hostile.damaged hostile.data hostile.help
wait "$first"

rm -r "$library/hostile.dependency"
# Cut the data off in the middle; spoil help and one function.
truncate -s 20 "$library/hostile.damaged/data/Rdata.rdb"
truncate -s 10 "$library/hostile.damaged/help/hostile.damaged.rdb"
# Scripts that fail while they are installed could not be installed.
echo 'stop("pwned_marker */")' >"$library/hostile.data/data/stops.R"
echo '# nothing' >"$library/hostile.data/data/nothing.R"
echo 'stop(structure(class = c("evil", "error", "condition"), list(message = list(1, "*/"), call = quote(f()))))' \
    >"$library/hostile.data/data/conditions.R"
