#!/usr/bin/env bash
# Runs a command where the loader cannot find libR and the PATH has no R: only R_HOME leads to one.
#
#   tests/hidden-libr.sh COMMAND [ARGUMENT...]
#
# In a mount namespace of its own, an empty file covers every libR.so that the loader knows; R_HOME is a copy with its
# libR.so elsewhere. Exit code: the command's, or 77 where mount namespaces are not permitted.
set -euo pipefail

skip() {
    printf 'hidden-libr: skipped: %s\n' "$*" >&2
    exit 77
}

# Inside the namespace: cover, check that the cover holds, run.
if [ "${1:-}" = --inside ]; then
    empty=$2
    shift 2
    while IFS= read -r library; do
        mount --bind "$empty" "$library"
    done <"$empty.covers"
    while IFS= read -r library; do
        [ ! -s "$library" ] || skip "$library could not be covered"
    done <"$empty.covers"
    exec "$@"
fi

[ $# -gt 0 ] || {
    echo "usage: hidden-libr.sh COMMAND [ARGUMENT...]" >&2
    exit 2
}
[ "$(uname)" = Linux ] || skip "only Linux has mount namespaces"
command -v unshare >/dev/null || skip "there is no program unshare"
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
home=$("$here/../scripts/r-home.sh") || skip "no R was found"

namespace=(unshare --mount)
"${namespace[@]}" true 2>/dev/null || namespace=(unshare --map-root-user --mount)
probe=$(mktemp)
"${namespace[@]}" mount --bind "$probe" "$probe" 2>/dev/null || {
    rm -f "$probe"
    skip "mount namespaces are not permitted here"
}
rm -f "$probe"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# R_HOME, copied with links followed (a distribution's etc is full of relative ones); the packages stay where they are.
mkdir "$work/R"
for folder in bin etc lib modules; do
    cp -RL "$home/$folder" "$work/R/$folder"
done
for folder in library site-library share include doc; do
    [ ! -e "$home/$folder" ] || ln -s "$home/$folder" "$work/R/$folder"
done

# Every libR.so that the loader would find, and the one in the R_HOME that was copied.
: >"$work/empty"
{
    PATH="$PATH:/sbin:/usr/sbin" ldconfig -p | sed -n 's/.*libR\.so .*=> //p'
    printf '%s\n' "$home/lib/libR.so"
} | xargs -n 1 readlink -f | sort -u >"$work/empty.covers"

# The PATH without R, as one folder of links: R lies beside everything else in /usr/bin.
mkdir "$work/bin"
IFS=: read -ra folders <<<"$PATH"
for ((i = ${#folders[@]} - 1; i >= 0; i--)); do
    # The first folder of the PATH comes last, and wins.
    find -L "${folders[i]}" -maxdepth 1 -type f -exec ln -sf -t "$work/bin" {} + 2>/dev/null || true
done
rm -f "$work/bin/R" "$work/bin/Rscript"

unset LD_LIBRARY_PATH R_SHARE_DIR R_INCLUDE_DIR R_DOC_DIR
export R_HOME="$work/R" PATH="$work/bin"
"${namespace[@]}" "$BASH" "$here/hidden-libr.sh" --inside "$work/empty" "$@"
