#!/usr/bin/env bash
# Writes what Go cells complete after a package's name: the exported names of the packages that the
# front end knows, each with its line of `go doc`. Run by hand when packages are added; the Go
# toolchain must be that of the model.
set -euo pipefail
cd "$(dirname "$0")/../../.."
grep -v '^#' golang/gofront/std/PACKAGES | awk 'NF {print $1}' | while read -r package; do
  echo "package $package"
  # Constants and variables in groups end in "..."; their names follow one by one.
  go doc -short "$package" 2>/dev/null | sed 's/^ *//' | grep -E '^(func|type|const|var) ' || true
done > kernel/src/main/resources/paniclab/kernel/go-packages.txt
