#!/bin/sh
# run.sh - ctest in a project that includes AllurizeCTest: every verdict.
# SPDX-License-Identifier: Apache-2.0
#
# usage: run.sh ALLURIZE MODULE_DIR OUTPUT BUILD
#
# BUILD is allurize's own, to install from.
# OUTPUT is left with results, and what must be in them beside: the real
# readers show them next (../consumers/runners.mjs).
set -eu
here=$(cd "$(dirname "$0")" && pwd)
modules=$(realpath "$2")
output=$(realpath -m "$3")
own_build=$(realpath "$4")
. "$here/../live/lib.sh"
. "$here/lib.sh"
rm -rf "$output"
mkdir -p "$output"

# counted CONSOLE: passed, failed and skipped tests, as CTest prints them.
counted() {
    awk '/^ *[0-9]+\/[0-9]+ Test +#[0-9]+: / {
            if (/ Passed +[0-9.]+ sec/) passed++
            else if (/\*\*\*Skipped|\*\*\*Not Run \(Disabled\)/) skipped++
            else failed++
        }
        END { print passed + 0, failed + 0, skipped + 0 }' "$1"
}
counted_results() {
    shown "$1" | awk '
        { count[$1 == "broken" ? "failed" : $1]++; sum++ }
        END {
            print count["passed"] + 0, count["failed"] + 0, count["skipped"] + 0
        }'
}

# check WHAT RESULTS STATUS: all verdicts, CTest's own counts, its status.
check() {
    is "$1: ctest fails as ever" "$3" 8
    is "$1: every verdict" "$(shown "$2")" "$(LC_ALL=C sort "$here/verdicts")"
    is "$1: as many as CTest prints" "$(counted_results "$2")" "$(counted out)"
    ok "$1: they are valid" valid "$2"
}

# ---- a plain ctest -----------------------------------------------------------

cp -R "$here/project" source
configure source build
results=build/allure-results
check "ctest" "$results" "$(status ctest --test-dir build)"
is "a crash names its signal" "$(message $results crash)" \
    "killed by signal 11 (SIGSEGV)"
is "a time-out says so" "$(message $results timeout | sed 's/1\.[0-9]/1.N/')" \
    "Timeout after 1.N s"
is "and leaves no process behind" \
    "$(pgrep -f "^$top/build/ends sleep" | wc -l | tr -d ' ')" 0
is "labels of a test and of its directory" "$(tags $results pass)" \
    "owner=somebody tag=all tag=fast"
is "labels of a test that did not run" "$(tags $results disabled)" "tag=all"
is "the output of a test is kept" \
    "$(cat $(grep -lx 'signal SEGV' $results/*))" "signal SEGV"

cp -R $results "$output/plain"
LC_ALL=C sort "$here/verdicts" >"$output/plain.expected"

once=$(histories $results)
rm build/second-run
is "a second run" "$(status ctest --test-dir build -j4)" 8
is "adds to the results" "$(results $results)" $((2 * $(wc -l <"$here/verdicts")))
is "and every test has its history" "$(histories $results)" "$once"

# ---- other ways to run it ----------------------------------------------------

# into_results COMMAND...: its exit status; the results are in results.
into_results() {
    rm -rf build/second-run "$top/results"
    ALLURE_RESULTS=$top/results status "$@"
}
check "ctest -T Test" results "$(into_results ctest --test-dir build -T Test)"
is "ctest -T Test: the same histories" "$(histories results)" "$once"
is "ctest -T Test: the same labels" "$(tags results pass)" \
    "owner=somebody tag=all tag=fast"
into_results cmake --build build --target test >/dev/null
is "the target test: every verdict" "$(shown results)" \
    "$(LC_ALL=C sort "$here/verdicts")"

is "ctest -R: its status" \
    "$(into_results ctest --test-dir build -R '^(pass|crash)$' -j2)" 8
is "ctest -R: these tests" "$(shown results)" "$(printf 'broken crash\npassed pass')"
is "ctest --repeat: its status" "$(into_results ctest --test-dir build \
    -R 'flaky|pass|inner|not' -j4 --repeat until-pass:2)" 0
is "ctest --repeat: attempts and tests" "$(shown results | grep flaky)" \
    "$(printf 'failed flaky\npassed flaky')"
is "ctest --repeat: of one test" "$(histories results flaky | wc -l | tr -d ' ')" 1
is "no test fits: its status" "$(into_results ctest --test-dir build -R nothing)" 0
is "no test fits: no results, no word" "$(results results) $(grep -c allurize out err)" \
    "0 out:0
err:0"

is "a list is a list" "$(into_results ctest --test-dir build --show-only=json-v1)" 0
is "and names the tests' own commands" \
    "$(jq -r '.tests[] | select(.name == "pass").command[1:] | join(" ")' out)" "exit 0"
is "nothing was run" "$(results results)" 0

# ---- a project that knows nothing of it --------------------------------------

PRESET_DIR=$top/preset
export PRESET_DIR
(cd source && cmake --preset plain -DALLURIZE_COMMAND="$ALLURIZE" \
    -DCMAKE_PROJECT_TOP_LEVEL_INCLUDES="$modules/AllurizeCTest.cmake" \
    >../log 2>&1 && cmake --build --preset plain >>../log 2>&1) ||
    sed 's/^/# /' log
ctest_preset() {
    (cd source && ctest --preset plain)
}
check "ctest --preset" preset/allure-results "$(status ctest_preset)"

if command -v ninja >/dev/null; then
    configure source multi -G "Ninja Multi-Config" -DCMAKE_DEFAULT_BUILD_TYPE=Release
    check "several configurations" multi/allure-results \
        "$(status ctest --test-dir multi -C Release -j4)"
fi

# ---- what the project has of its own, and what goes wrong --------------------

rm -rf results build/second-run
cat >build/CTestCustom.cmake <<'END'
set(CTEST_CUSTOM_PRE_TEST "cmake -E touch before")
set(CTEST_CUSTOM_POST_TEST "cmake -E touch after")
END
configure source build
configure source build
(cd build && rm -rf allure-results && ctest -R '^pass$') >out 2>err
ok "the project's CTestCustom.cmake is kept" \
    test -e build/before -a -e build/after
is "and ours is behind it, once" "$(results build/allure-results) \
$(grep -c allurize/custom build/CTestCustom.cmake)" "1 1"

configure source build -DALLURIZE_OPTIONS="--label;layer=unit;--variant;os=linux" \
    -DALLURIZE_RESULTS_DIR="$top/elsewhere"
is "options" "$(into_results ctest --test-dir build -R '^pass$')" 0
is "are the converter's, and the directory is the one that is set" \
    "$(having elsewhere '"name":"layer","value":"unit"')" 1

configure source build -DALLURIZE_OPTIONS=--no-such-option
is "a wrong option: the status of ctest" \
    "$(into_results ctest --test-dir build -R '^pass$')" 0
is "a wrong option is told" "$(cat out err | grep -c 'allurize: error: ')" 2

configure source build -DALLURIZE_OPTIONS= -DALLURIZE_RESULTS_DIR= -DALLURIZE_LAUNCHER=
is "started by ctest alone: its status" "$(into_results ctest --test-dir build)" 8
is "started by ctest alone: crashes and time-outs are failed, no more differs" \
    "$(shown results)" "$(sed '
        s/^broken \(crash\|abort\|killed.*\|command.*\|timeout\)$/failed \1/
        ' "$here/verdicts" | LC_ALL=C sort)"

# ---- as it is installed ------------------------------------------------------

is "it installs" "$(status cmake --install "$own_build" --prefix prefix)" 0
rm -rf build
cmake -S source -B build -DCMAKE_MODULE_PATH="$(dirname \
    "$(find "$top/prefix" -name AllurizeCTest.cmake)")" >log 2>&1 &&
    cmake --build build >>log 2>&1 || sed 's/^/# /' log
is "the module finds its command" \
    "$(sed -n 's/^ALLURIZE_COMMAND:FILEPATH=//p' build/CMakeCache.txt)" \
    "$top/prefix/bin/allurize"
is "and both work" "$(into_results ctest --test-dir build -R '^crash$')" 8
is "as they did where they were built" "$(shown results)" "broken crash"
finish
