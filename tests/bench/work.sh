#!/bin/sh
# work.sh - guard: instructions for each test, counted, not timed.
# SPDX-License-Identifier: Apache-2.0
#
# usage: work.sh ALLURIZE BENCH_GEN
#
# The difference of two sizes leaves out what starting costs. The bound is
# what was counted with gcc 12 -O3 on x86-64, and 15 % more.
set -eu

bound=40000
top=$(mktemp -d)
trap 'rm -rf "$top"' EXIT

if [ "$(uname -m)" != x86_64 ]; then
    echo "1..0 # SKIP the bound is for x86-64"
    exit 77
fi

count() {
    "$2" "$3" >"$top/input.xml"
    valgrind --tool=callgrind --callgrind-out-file=/dev/null \
        "$1" convert --dry-run -q --writers 1 "$top/input.xml" 2>&1 |
        sed -n 's/.*Collected : //p'
}

small=$(count "$1" "$2" 2000)
large=$(count "$1" "$2" 4000)
each=$(((large - small) / 2000))
echo "# $each instructions for each test"
if [ "$each" -gt 0 ] && [ "$each" -le $bound ]; then
    echo "ok 1 - at most $bound instructions for each test"
else
    echo "not ok 1 - at most $bound instructions for each test"
    exit 1
fi
echo 1..1
