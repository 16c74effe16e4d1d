#!/bin/sh
# memory.sh - guard: memory does not grow with the number of tests or lines.
# SPDX-License-Identifier: Apache-2.0
#
# usage: memory.sh ALLURIZE BENCH_GEN BENCH_GEN_LOG
set -eu

allurize=$1
limit_kib=24576
here=$(cd "$(dirname "$0")" && pwd)
top=$(mktemp -d)
trap 'rm -rf "$top"' EXIT

number=0
failed=0

# peak NAME INPUT OPTION...: the largest resident set (%M), in KiB, to NAME.
peak() {
    name=$1 input=$2
    shift 2
    /usr/bin/time -f %M -o "$top/$name" \
        "$allurize" convert --dry-run -q "$@" "$input" >"$top/log" 2>&1 || {
        cat "$top/log"
        echo "not ok 1 - $input is converted"
        exit 1
    }
    echo "# $name: $(tail -n 1 "$top/$name") KiB"
}

# less NAME KIB TEXT
less() {
    number=$((number + 1))
    if [ "$(tail -n 1 "$top/$1")" -lt "$2" ]; then
        echo "ok $number - $3"
    else
        echo "not ok $number - $3"
        failed=1
    fi
}

"$2" 200000 >"$top/input.xml"
peak junit "$top/input.xml"
less junit $limit_kib "200000 tests take less than 24 MiB of memory"

# logs SHAPE OPTION...
logs() {
    shape=$1
    shift
    "$gen_log" "$shape" 10 >"$top/small.log"
    peak "$shape-10" "$top/small.log" "$@"
    "$gen_log" "$shape" 100 >"$top/large.log"
    peak "$shape-100" "$top/large.log" "$@"
    less "$shape-100" $limit_kib "100 MB of a $shape log take less than 24 MiB"
    less "$shape-100" $(($(tail -n 1 "$top/$shape-10") + 6144)) \
        "and not 6 MiB more than 10 MB of it"
}

gen_log=$3
logs go -f log:go
logs device -f log --rules "$here/device.rules"
echo 1..$number
exit $failed
