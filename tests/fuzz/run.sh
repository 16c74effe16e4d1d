#!/bin/sh
# run.sh - fuzzes for a while, from the inputs of fixtures/.
# SPDX-License-Identifier: Apache-2.0
#
# usage: run.sh FUZZ_CONVERT SECONDS
#
# SEED in the environment starts elsewhere; without it every run begins the
# same way, so that what it finds can be found again.
#
# Formats are numbered as they are registered: sorted by name. What is found
# stays in .build/findings.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
root=$here/../..
target=$(realpath "$1")
seconds=$2
top=$(mktemp -d)
trap 'rm -rf "$top"' EXIT
mkdir -p "$top/seeds" "$top/grown" "$root/.build/findings"

# seed FORMAT_NUMBER FILE: format and read size, then the input.
number=0
seeds=0
for dir in "$root"/converters/*/; do
    format=$(basename "$dir")
    for file in "$root/fixtures/$format"/*/input.*; do
        [ -f "$file" ] || continue
        [ "$(wc -c <"$file")" -le 65536 ] || continue
        seeds=$((seeds + 1))
        {
            printf '%b' "\\0$(printf %o $number)\\0$(printf %o 192)"
            cat "$file"
        } >"$top/seeds/$seeds"
    done
    number=$((number + 1))
done

# With leaks found by LeakSanitizer, limits for memory and for one input.
if "$target" -max_total_time="$seconds" -seed="${SEED:-1}" -max_len=8192 -timeout=10 \
    -rss_limit_mb=2048 -dict="$here/dictionary.txt" -print_final_stats=1 \
    -artifact_prefix="$root/.build/findings/" \
    "$top/grown" "$top/seeds" >"$top/log" 2>&1; then
    grep -E 'number_of_executed_units|peak_rss' "$top/log" | sed 's/^/# /'
    echo "ok 1 - $seconds s of fuzzing from $seeds seeds find nothing"
else
    tail -n 60 "$top/log" | sed 's/^/# /'
    echo "not ok 1 - $seconds s of fuzzing from $seeds seeds find nothing"
    exit 1
fi
echo 1..1
