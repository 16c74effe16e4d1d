#!/bin/sh
# run.sh - a real GoogleTest program, by itself and under CTest: every verdict.
# SPDX-License-Identifier: Apache-2.0
#
# usage: run.sh ALLURIZE MODULE_DIR OUTPUT
#
# OUTPUT is left with a results folder for each way, and what must be in it
# beside: the real readers show them next (../consumers/runners.mjs).
set -eu
here=$(cd "$(dirname "$0")" && pwd)
modules=$(realpath "$2")
output=$(realpath -m "$3")
. "$here/../live/lib.sh"
. "$here/../ctest/lib.sh"
unset $(env | sed -n 's/^\(GTEST_[A-Z_]*\)=.*/\1/p') || true
rm -rf "$output"
mkdir -p "$output"

if ! echo '#include <gtest/gtest.h>' | c++ -E -x c++ - >/dev/null 2>&1; then
    echo "1..0 # SKIP no C++ compiler, or no GoogleTest"
    exit 77
fi

# expect NAME COLUMN: what the table says of the results NAME.
expect() {
    awk -v column="$2" '!/^#/ && $column != "-" { print $column " " $1 }' \
        "$here/verdicts" | LC_ALL=C sort >"$output/$1.expected"
}

# check NAME COLUMN
check() {
    expect "$1" "$2"
    is "$1: every verdict" "$(shown "$output/$1")" "$(cat "$output/$1.expected")"
    ok "$1: they are valid" valid "$output/$1"
}

configure "$here/project" build
died="Segfaults Aborts ExitsWithZero ExitsWithThree Hangs"

# ---- the program itself ------------------------------------------------------

# run_program NAME STATUSES OPTION... -- OPTION...: all tests that come back,
# then each of the others; the exit status is the program's, when it has one.
run_program() {
    name=$1
    want=$2
    report=$3
    got=
    for filter in -Ends.* $died; do
        case $filter in -*) ;; *) filter=Ends.$filter ;; esac
        rm -f report.json
        # shellcheck disable=SC2086
        got="$got $(status "$ALLURIZE" run -o "$output/$name" --timeout 1 \
            $report -- build/verdicts --gtest_filter="$filter" \
            --gtest_output=json:report.json)"
    done
    is "$name: exit statuses" "$got" "$want"
    check "$name" 2
}
set -f
run_program console " 1 139 134 4 3 143" "-f gtest-console"
run_program report " 1 139 134 3 3 143" "-f gtest --report report.json"
set +f
is "a crash names its signal" "$(message "$output/report" Ends.Segfaults)" \
    "killed by signal 11 (SIGSEGV) while this test was running"

# ---- under CTest -------------------------------------------------------------

is "ctest -T Test" "$(cd build && status ctest -T Test -j4)" 8
is "allurize convert BUILD" \
    "$(status "$ALLURIZE" convert -o "$output/test-xml" build)" 0
check test-xml 3
is "allurize run -- ctest -V" "$(cd build &&
    status "$ALLURIZE" run -f ctest-console -o "$output/verbose" -- \
        ctest -V -j4)" 8
check verbose 3

configure "$here/project" build -DINCLUDE_ALLURIZE=ON
is "ctest with AllurizeCTest" \
    "$(ALLURE_RESULTS=$output/include status ctest --test-dir build -j4)" 8
check include 3
is "one test has one history, whoever tells" "$(
    for name in console report test-xml verbose include; do
        histories "$output/$name" Verdicts.Fails
    done | sort -u | wc -l | tr -d ' ')" 1
finish
