#!/usr/bin/env bash
# Scores the inferred types against published signatures, and writes the figures into docs/inference.md.
#
# The signatures are not part of this repository: TYPEDECL names the folder with them and with their scorer.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

typedecl=${TYPEDECL:-../shared/typedecl}
[ -x "$typedecl/score.py" ] && [ -d "$typedecl/published" ] || {
    echo "score: there are no published signatures in $typedecl: name their folder with TYPEDECL" >&2
    exit 1
}

# What is scored has to be installed. Debian's packages are named r-cran-NAME in small letters.
R_HOME=$(scripts/r-home.sh)
export R_HOME
missing=()
for file in "$typedecl"/published/*; do
    package=$(basename "$file")
    "$R_HOME/bin/Rscript" --vanilla -e "quit(status = !nzchar(system.file(package = '$package')))" ||
        missing+=("r-cran-$(tr '[:upper:]' '[:lower:]' <<<"$package")")
done
if [ ${#missing[@]} -gt 0 ]; then
    command -v apt-get >/dev/null || {
        echo "score: not installed, and there is no apt-get here: ${missing[*]}" >&2
        exit 1
    }
    root=()
    [ "$(id -u)" -eq 0 ] || root=(sudo)
    echo "score: installing ${missing[*]} with apt-get" >&2
    "${root[@]}" apt-get update -qq
    "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
fi

python=.venv/bin/python
[ -x "$python" ] || python=python3
exec "$python" scripts/score.py "$typedecl" "${CARGO_TARGET_DIR:-target}/release/rbindgen" docs/inference.md
