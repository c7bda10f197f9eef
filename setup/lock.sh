#!/bin/sh
# Resolves the locks anew, keeping pinned versions that still fit: sh setup/lock.sh [--upgrade | --upgrade-package NAME]
# The file names no host: where packages come from is the business of each machine's pip configuration.
set -eu
cd "$(dirname "$0")/.."
compile() {
    output=requirements/$1.lock
    shift
    .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
        --no-emit-index-url --no-emit-find-links --output-file "$output" "$@"
}
compile test pyproject.toml --extra kiosk --extra hub --extra test --extra bench "$@"
# The others are held to test.lock, so that one environment satisfies all three.
compile run pyproject.toml --extra kiosk --extra hub --constraint requirements/test.lock "$@"
compile build requirements/build.in --constraint requirements/test.lock "$@"
