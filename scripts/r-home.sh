#!/bin/sh
# Prints R's home folder, or fails when there is no R. Starts nothing but `R RHOME`.
#
# The order is that of rbindgen_runtime::locate: R_HOME, the R on the PATH, the usual places.
# With --off-path it answers only for an R that neither R_HOME nor the PATH leads to: the Makefile
# exports that answer as R_HOME, because build scripts of dependencies know no usual places.
set -u

if [ -n "${R_HOME:-}" ]; then
    [ "${1:-}" != --off-path ] || exit 1
    printf '%s\n' "$R_HOME"
    exit
fi
if command -v R >/dev/null 2>&1; then
    [ "${1:-}" != --off-path ] || exit 1
    R RHOME 2>/dev/null | tail -n 1
    exit
fi
newest_in_opt=$(printf "%s\n" /opt/R/*/lib/R | sort -rV | head -n 1)
for home in ${CONDA_PREFIX:+"$CONDA_PREFIX/lib/R"} \
    /usr/lib/R /usr/lib64/R /usr/local/lib/R /usr/local/lib64/R \
    /Library/Frameworks/R.framework/Resources /opt/homebrew/opt/r/lib/R /usr/local/opt/r/lib/R \
    "$newest_in_opt"; do
    if [ -x "$home/bin/R" ]; then
        printf '%s\n' "$home"
        exit
    fi
done
exit 1
