#!/bin/sh
# run.sh - runs a recipe of README.md on its files: exit status and results.
# SPDX-License-Identifier: Apache-2.0
#
# usage: run.sh [--accept] ALLURIZE NAME [COMMAND...]
#
# Without one of the commands that the recipe needs it is skipped.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
accept=
if [ "$1" = --accept ]; then
    accept=yes
    shift
fi
allurize=$(realpath "$1")
name=$2
shift 2

for command in jq "$@"; do
    if ! command -v "$command" >/dev/null; then
        echo "1..0 # SKIP $command is not installed"
        exit 77
    fi
done

top=$(mktemp -d)
trap 'rm -rf "$top"' EXIT
cp -R "$here/$name" "$top/files"
mkdir "$top/bin"
ln -s "$allurize" "$top/bin/allurize"
PATH=$top/bin:$top/files/bin:$PATH
LC_ALL=C.UTF-8
export PATH LC_ALL
unset ALLURE_RESULTS ALLURE_RESULTS_DIR NODE_OPTIONS NODE_TEST_CONTEXT \
    HARNESS_ACTIVE HARNESS_OPTIONS || true

awk -v marker="<!-- recipe: $name -->" '
    $0 == marker { found = 1; next }
    found && /^```sh$/ { inside = 1; next }
    inside && /^```$/ { exit }
    inside
' "$here/README.md" >"$top/recipe"
[ -s "$top/recipe" ] || {
    echo "Bail out! no recipe $name in README.md"
    exit 1
}

status=0
(cd "$top/files" && exec sh "$top/recipe") >"$top/out" 2>"$top/err" \
    </dev/null || status=$?
{
    echo "exit $status"
    find "$top/files/allure-results" -name '*-result.json' -exec \
        jq -r '"\(.status) \(.fullName)"' {} + | LC_ALL=C sort -k 2
} >"$top/got"

if [ -n "$accept" ]; then
    cp "$top/got" "$here/$name/expect"
    exit 0
fi
valid=0
allurize validate -q "$top/files/allure-results" >>"$top/err" 2>&1 || valid=$?
if diff -u "$here/$name/expect" "$top/got" >"$top/diff"; then
    echo "ok 1 - exit status and results of $name"
else
    echo "not ok 1 - exit status and results of $name"
    sed 's/^/# /' "$top/diff" "$top/err"
    valid=1
fi
if [ "$valid" -eq 0 ]; then
    echo "ok 2 - they are valid"
else
    echo "not ok 2 - they are valid"
    sed 's/^/# /' "$top/err"
fi
echo 1..2
[ "$valid" -eq 0 ]
