#!/bin/sh
# run.sh - speed and memory beside public tools, as ratios of one run.
# SPDX-License-Identifier: Apache-2.0
#
# usage: run.sh BUILD [TESTS]
#
# BUILD is a release build (.build/release). Every number is the best of five
# alternated rounds (Python: of one); files go to /dev/shm, and deleting them
# is not measured.
set -eu

build=$(cd "$1" && pwd)
tests=${2:-200000}
here=$(cd "$(dirname "$0")" && pwd)
consumers=$here/../../.build/consumers
allurize=$build/tools/allurize
top=$(mktemp -d -p /dev/shm allurize-bench-XXXXXX)
trap 'rm -rf "$top"' EXIT

rounds=5
input=$top/input.xml
"$build/tests/bench_gen" "$tests" >"$input"

# measure NAME COMMAND...: adds "seconds KiB" to the lines of NAME.
measure() {
    name=$1
    shift
    /usr/bin/time -a -o "$top/$name.times" -f '%e %M' "$@" \
        >"$top/$name.out" 2>&1 || {
        cat "$top/$name.out"
        exit 1
    }
}

# own NAME COMMAND...: the same for commands that time themselves.
own() {
    name=$1
    shift
    "$@" >>"$top/$name.times"
}

round=0
while [ $round -lt $rounds ]; do
    round=$((round + 1))
    measure dry "$allurize" convert -q --dry-run "$input"
    measure xmllint xmllint --stream --noout "$input"
    measure one "$allurize" convert -q --writers 1 -o "$top/one$round" "$input"
    measure convert "$allurize" convert -q -o "$top/out$round" "$input"
    own replay "$build/tests/bench_replay" "$top/out$round" "$top/re$round"
    if [ -d "$consumers" ]; then
        own allure3 sh "$here/../consumers/node.sh" "$consumers" \
            "$here/allure3_reader.mjs" "$input"
    fi
    rm -rf "$top/one$round" "$top/out$round" "$top/re$round"
done
if command -v python3 >/dev/null; then
    measure python python3 "$here/element_tree.py" "$input" "$top/python"
fi

best() {
    sort -n "$top/$1.times" | awk 'NR == 1 { print $1 }'
}

# row TITLE NAME BASE
row() {
    [ -s "$top/$2.times" ] || return 0
    awk -v title="$1" -v a="$(best "$2")" -v b="$(best "$3")" -v base="$3" \
        'BEGIN { printf "%-34s %7.2f s %6.2f x %s\n", title, a, a / b, base }'
}

echo "$tests tests, $(wc -c <"$input") bytes, $(nproc) processors"
row "convert --dry-run" dry xmllint
row "xmllint --stream --noout" xmllint xmllint
row "convert" convert replay
row "convert --writers 1" one replay
row "replay: the same files, 1 thread" replay replay
row "Allure 3's reader, in memory" allure3 convert
row "Python ElementTree, same files" python convert
awk '$2 > kib { kib = $2 } END { printf "%-34s %7.1f MiB\n", "peak memory of convert", kib / 1024 }' \
    "$top/convert.times" "$top/one.times"

echo
echo "each format, its largest fixture, nothing written:"
"$build/tests/bench_formats" "$here/../../fixtures"

echo
echo "long logs, one line in a hundred is a result:"
sh "$here/logs.sh" "$build" 200
