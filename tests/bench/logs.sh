#!/bin/sh
# logs.sh - long logs with few results, beside wc -l and grep -cP.
# SPDX-License-Identifier: Apache-2.0
#
# usage: logs.sh BUILD [MEGABYTES]
#
# BUILD is a release build. One line in a hundred is a result. grep counts the
# lines that the rules for tests match. Every number is the best of three
# alternated rounds; files go to /dev/shm.
set -eu

build=$(cd "$1" && pwd)
size=${2:-1000}
here=$(cd "$(dirname "$0")" && pwd)
profiles=$here/../../converters/log/profiles
allurize=$build/tools/allurize
gen=$build/tests/bench_gen_log
top=$(mktemp -d -p /dev/shm allurize-logs-XXXXXX)
trap 'rm -rf "$top"' EXIT
rounds=3

# pattern RULES: what its rules for tests match, as one regular expression.
pattern() {
    awk '
        function end() {
            if (event == "test" || event == "test.end") {
                sub(/^\^/, "^(?:" prefix ")?", match_)
                all = all (all == "" ? "(?J)" : "|") match_
            }
            event = match_ = ""
        }
        /^\[/ { end() }
        /^prefix = / { prefix = substr($0, 10) }
        /^match = / { match_ = substr($0, 9) }
        /^event = / { event = $3 }
        END { end(); print all }' "$1"
}

# measure NAME COMMAND...: adds "seconds KiB" to the lines of NAME. A log
# without its last line is cut (4).
measure() {
    times=$top/$1.times out=$top/$1.out
    shift
    status=0
    /usr/bin/time -a -q -o "$times" -f '%e %M' "$@" >"$out" 2>&1 || status=$?
    [ $status -eq 0 ] || [ $status -eq 4 ] || {
        cat "$out"
        exit 1
    }
}

# best NAME FIELD: 1 for seconds, 2 for KiB
best() {
    sort -n -k "$2" "$top/$1.times" | awk -v field="$2" 'NR == 1 { print $field }'
}

# row TITLE NAME
row() {
    awk -v title="$1" -v a="$(best "$2" 1)" -v wc="$(best wc 1)" \
        -v grep="$(best grep 1)" -v lines="$lines" '
        function some(seconds) { return seconds > 0.01 ? seconds : 0.01 }
        BEGIN {
            printf "  %-20s %6.2f s %6.2f x wc -l %6.2f x grep -cP", title, a,
                some(a) / some(wc), some(a) / some(grep)
            printf " %6.1f M lines/s\n", lines / some(a) / 1e6
        }'
}

# shape NAME RULES OPTION...
shape() {
    shape=$1 rules=$2
    shift 2
    "$gen" "$shape" "$size" >"$top/input.log"
    "$gen" "$shape" $((size / 10)) >"$top/small.log"
    rm -f "$top"/*.times
    pattern "$rules" >"$top/pattern"
    round=0
    while [ $round -lt $rounds ]; do
        round=$((round + 1))
        measure wc wc -l "$top/input.log"
        measure grep grep -cP -f "$top/pattern" "$top/input.log"
        measure dry "$allurize" convert -q -n "$@" "$top/input.log"
        measure small "$allurize" convert -q -n "$@" "$top/small.log"
        measure files "$allurize" convert -q -o "$top/out" "$@" "$top/input.log"
        results=$(find "$top/out" -name '*-result.json' | wc -l)
        rm -rf "$top/out"
    done
    lines=$(awk '{ print $1 }' "$top/wc.out")
    echo "$shape: $size MB, $lines lines, $results results," \
        "$(cat "$top/grep.out") counted by grep"
    row "wc -l" wc
    row "grep -cP" grep
    row "convert --dry-run" dry
    row "convert" files
    awk -v all="$(best dry 2)" -v tenth="$(best small 2)" 'BEGIN {
        printf "  %-20s %6.1f MiB, of a tenth of the log %.1f MiB\n",
            "peak memory", all / 1024, tenth / 1024 }'
}

shape go "$profiles/go.rules" -f log:go
shape pytest "$profiles/pytest.rules" -f log:pytest
shape device "$here/device.rules" -f log --rules "$here/device.rules"
