#!/bin/sh
# work.sh - guard: instructions for each test and byte, counted, not timed.
# SPDX-License-Identifier: Apache-2.0
#
# usage: work.sh ALLURIZE BENCH_GEN BENCH_GEN_LOG
#
# The difference of two sizes leaves out what starting costs. The bounds are
# what was counted with gcc 12 -O3 on x86-64, and 15 % more.
set -eu

allurize=$1
each_test=40000
each_kilobyte=5000 # of a log; a processor without AVX2 needs 4800
here=$(cd "$(dirname "$0")" && pwd)
top=$(mktemp -d)
trap 'rm -rf "$top"' EXIT

if [ "$(uname -m)" != x86_64 ]; then
    echo "1..0 # SKIP the bounds are for x86-64"
    exit 77
fi

# count INPUT OPTION...
count() {
    input=$1
    shift
    valgrind --tool=callgrind --callgrind-out-file=/dev/null \
        "$allurize" convert --dry-run -q --writers 1 "$@" "$input" 2>&1 |
        sed -n 's/.*Collected : //p'
}

number=0
failed=0

# judge GOT BOUND TEXT
judge() {
    number=$((number + 1))
    echo "# $1"
    if [ "$1" -gt 0 ] && [ "$1" -le "$2" ]; then
        echo "ok $number - at most $2 instructions for each $3"
    else
        echo "not ok $number - at most $2 instructions for each $3"
        failed=1
    fi
}

"$2" 2000 >"$top/small.xml"
"$2" 4000 >"$top/large.xml"
judge $((($(count "$top/large.xml") - $(count "$top/small.xml")) / 2000)) \
    $each_test test

"$3" device 2 >"$top/small.log"
"$3" device 6 >"$top/large.log"
rules="-f log --rules $here/device.rules"
# shellcheck disable=SC2086
judge $((($(count "$top/large.log" $rules) - $(count "$top/small.log" $rules)) / 4000)) \
    $each_kilobyte "1000 bytes of a log"
echo 1..$number
exit $failed
