#!/bin/sh
# readme.sh - the plugin of converters/README.md, by the commands shown there.
# SPDX-License-Identifier: Apache-2.0
#
# usage: readme.sh ALLURIZE CC
set -eu
cd "$(dirname "$0")/../.."
ALLURIZE=$(pwd)
readme=$ALLURIZE/converters/README.md
allurize=$(realpath "$1")
cc=$(command -v "$2")
export ALLURIZE LC_ALL=C.UTF-8
unset ALLURE_RESULTS ALLURE_RESULTS_DIR || true
top=$(mktemp -d)
trap 'rm -rf "$top"' EXIT
mkdir "$top/bin"
ln -s "$allurize" "$top/bin/allurize"
ln -s "$cc" "$top/bin/cc"
PATH=$top/bin:$PATH
cd "$top"

# block LANGUAGE: what stands between its fences.
block() {
    awk -v fence="\`\`\`$1" '
        $0 == fence { inside = 1; next }
        /^```/ { inside = 0 }
        inside' "$readme"
}

block c >words.c
block sh >commands
status=0
sh -eu commands >log 2>&1 || status=$?
cat allure-results/*-result.json 2>/dev/null |
    grep -oE '"(fullName|status)":"[^"]*"' | LC_ALL=C sort >got || true
printf '"fullName":"adds"\n"fullName":"divides"\n"status":"failed"\n"status":"passed"\n' \
    >want

if [ $status -eq 0 ] && ! grep -q warning log && diff want got >>log; then
    echo "ok 1 - its plugin is built and converts"
else
    echo "not ok 1 - its plugin is built and converts"
    sed 's/^/# /' log
    failed=1
fi
echo 1..1
exit ${failed:-0}
