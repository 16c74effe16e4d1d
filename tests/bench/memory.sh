#!/bin/sh
# memory.sh - guard: memory does not grow with the number of tests.
# SPDX-License-Identifier: Apache-2.0
#
# usage: memory.sh ALLURIZE BENCH_GEN
set -eu

limit_kib=24576
top=$(mktemp -d)
trap 'rm -rf "$top"' EXIT

"$2" 200000 >"$top/input.xml"
# %M: the largest resident set, in KiB.
/usr/bin/time -f %M -o "$top/kib" \
    "$1" convert --dry-run -q "$top/input.xml" >"$top/log" 2>&1 || {
    cat "$top/log"
    echo "not ok 1 - 200000 tests convert"
    exit 1
}
kib=$(tail -n 1 "$top/kib")
echo "# $kib KiB"
if [ "$kib" -lt $limit_kib ]; then
    echo "ok 1 - 200000 tests take less than 24 MiB of memory"
else
    echo "not ok 1 - 200000 tests take less than 24 MiB of memory"
    exit 1
fi
echo 1..1
