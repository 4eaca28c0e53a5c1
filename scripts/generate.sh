#!/usr/bin/env bash
# Writes the committed bindings of generated-examples/ again, each as its rbindgen.toml says.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../generated-examples"

for config in */rbindgen.toml; do
    (cd "$(dirname "$config")" && ../../target/release/rbindgen)
done
