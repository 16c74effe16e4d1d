#!/bin/sh
# run.sh - runs one case of the command: cmd against stdout, stderr, exit.
# SPDX-License-Identifier: Apache-2.0
#
# usage: run.sh [--accept] ALLURIZE CASE
#
# cmd is a shell script. It runs in an empty directory with $ALLURIZE (the
# command), $FIXTURES (fixtures/) and $CASE (the case's folder). A missing
# file of expectation means: nothing printed, or exit status 0. Exit status 77
# skips the case; its reason is on stderr.
set -eu

accept=
if [ "$1" = --accept ]; then
    accept=yes
    shift
fi
ALLURIZE=$(realpath "$1")
CASE=$(realpath "$2")
FIXTURES=$(realpath "$CASE/../../../fixtures")
export ALLURIZE FIXTURES CASE
export LC_ALL=C.UTF-8 TZ=UTC
unset ALLURE_RESULTS ALLURE_RESULTS_DIR NO_COLOR FORCE_COLOR CI || true

top=$(mktemp -d)
trap 'chmod -R u+w "$top"; rm -rf "$top"' EXIT
mkdir "$top/cwd" "$top/got" "$top/want"

status=0
(cd "$top/cwd" && exec sh "$CASE/cmd") \
    </dev/null >"$top/out" 2>"$top/err" || status=$?
if [ "$status" -eq 77 ]; then
    echo "1..0 # SKIP $(head -n 1 "$top/err")"
    exit 77
fi

# What differs from run to run or from tree to tree gets a fixed name.
normalise() {
    sed -E \
        -e "s|$top/cwd|TMP|g" \
        -e "s|$FIXTURES|FIXTURES|g" \
        -e "s|$CASE|CASE|g" \
        -e 's/\b[0-9]+ bytes in /N bytes in /g' \
        -e 's/[0-9]+\.[0-9]+ s\b/N s/g' \
        -e 's/"(seconds|bytesWritten)": ?[0-9.e+-]+/"\1":N/g' \
        -e 's/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/UUID/g'
}
normalise <"$top/out" >"$top/got/stdout"
normalise <"$top/err" >"$top/got/stderr"
echo "$status" >"$top/got/exit"

if [ -n "$accept" ]; then
    for part in stdout stderr exit; do
        rm -f "$CASE/$part"
        [ -s "$top/got/$part" ] && cp "$top/got/$part" "$CASE/$part"
    done
    [ "$status" -ne 0 ] || rm -f "$CASE/exit"
    exit 0
fi

echo 1..3
failed=0
number=0
for part in stdout stderr exit; do
    number=$((number + 1))
    if [ -e "$CASE/$part" ]; then
        cp "$CASE/$part" "$top/want/$part"
    elif [ $part = exit ]; then
        echo 0 >"$top/want/$part"
    else
        : >"$top/want/$part"
    fi
    if diff -u "$top/want/$part" "$top/got/$part" >"$top/diff"; then
        echo "ok $number - $part"
    else
        echo "not ok $number - $part"
        sed 's/^/# /' "$top/diff"
        failed=1
    fi
done
exit $failed
