#!/bin/sh
# merge.sh - a GoogleTest's console and its report: one result for each test.
# SPDX-License-Identifier: Apache-2.0
. "$(dirname "$0")/lib.sh"

# What googletest 1.12 prints and writes for three tests, the second of which
# fails.
cat >console <<'END'
Running main() from ./googletest/src/gtest_main.cc
[==========] Running 3 tests from 2 test suites.
[----------] Global test environment set-up.
[----------] 2 tests from Maths
[ RUN      ] Maths.Adds
adding
[       OK ] Maths.Adds (7 ms)
[ RUN      ] Maths.Divides
maths.cc:5: Failure
Expected equality of these values:
  7 / 2
    Which is: 3
  4
rounding
[  FAILED  ] Maths.Divides (0 ms)
[----------] 2 tests from Maths (0 ms total)

[----------] 1 test from Risky
[ RUN      ] Risky.Boom
last words
END
cat >console-end <<'END'
[       OK ] Risky.Boom (0 ms)
[----------] 1 test from Risky (0 ms total)

[----------] Global test environment tear-down
[==========] 3 tests from 2 test suites ran. (0 ms total)
[  PASSED  ] 2 tests.
[  FAILED  ] 1 test, listed below:
[  FAILED  ] Maths.Divides

 1 FAILED TEST
END
cat >brief <<'END'
Running main() from ./googletest/src/gtest_main.cc
maths.cc:5: Failure
Expected equality of these values:
  7 / 2
    Which is: 3
  4
rounding
[  FAILED  ] Maths.Divides (0 ms)
[==========] 3 tests from 2 test suites ran. (0 ms total)
END
cat >written <<'END'
{
  "tests": 3,
  "failures": 1,
  "disabled": 0,
  "errors": 0,
  "timestamp": "2026-11-21T15:28:37Z",
  "time": "0s",
  "name": "AllTests",
  "testsuites": [
    {
      "name": "Maths",
      "tests": 2,
      "failures": 1,
      "disabled": 0,
      "errors": 0,
      "timestamp": "2026-11-21T15:28:37Z",
      "time": "0s",
      "testsuite": [
        {
          "name": "Adds",
          "file": "maths.cc",
          "line": 4,
          "status": "RUN",
          "result": "COMPLETED",
          "timestamp": "2026-11-21T15:28:37Z",
          "time": "0.007s",
          "classname": "Maths"
        },
        {
          "name": "Divides",
          "file": "maths.cc",
          "line": 5,
          "status": "RUN",
          "result": "COMPLETED",
          "timestamp": "2026-11-21T15:28:37Z",
          "time": "0s",
          "classname": "Maths",
          "failures": [
            {
              "failure": "maths.cc:5\nExpected equality of these values:\n  7 \/ 2\n    Which is: 3\n  4\nrounding",
              "type": ""
            }
          ]
        }
      ]
    },
    {
      "name": "Risky",
      "tests": 1,
      "failures": 0,
      "disabled": 0,
      "errors": 0,
      "timestamp": "2026-11-21T15:28:37Z",
      "time": "0s",
      "testsuite": [
        {
          "name": "Boom",
          "file": "maths.cc",
          "line": 6,
          "status": "RUN",
          "result": "COMPLETED",
          "timestamp": "2026-11-21T15:28:37Z",
          "time": "0s",
          "classname": "Risky"
        }
      ]
    }
  ]
}
END

# merged OUT SCRIPT: the status of run, with the report that the script writes.
merged() {
    rm -f report.json
    status "$ALLURIZE" run -f gtest --report report.json --run-id merge \
        -o "$1" -- sh -c "$2"
}
# with OUT STATUS: results of that status.
with() {
    having "$1" "\"status\":\"$2\""
}

is "all there: the command's status" "$(merged whole \
    'cat console console-end; cp written report.json; exit 1')" 1
is "one result a test" "$(results whole)" 3
is "of its verdict" "$(with whole passed) $(with whole failed)" '2 1'
is "nothing is said" "$(grep -c '\[' err)" 0
is "the output comes from the console" "$(having whole '"name":"stdout"')" 2
is "places come from the report" "$(having whole 'maths.cc:4')" 1
is "the console is passed on" "$(cat console console-end | cmp - out && echo y)" y
ok "valid" valid whole

is "brief: the command's status" \
    "$(merged brief-out 'cat brief; cp written report.json; exit 1')" 1
is "the report has them all" "$(results brief-out)" 3
is "and nothing is missing" "$(grep -c '\[' err)" 0

is "killed: 139" "$(merged killed 'cat console; kill -SEGV $$')" 139
is "what had ended, and what was running" "$(results killed)" 3
is "is broken" "$(having killed '"message":"killed by signal 11 (SIGSEGV) while this test was running","trace":"last words"')" 1
is "the run has no result beside it" "$(having killed '"name":"(run)"')" 0
is "but an error" \
    "$(having killed '"errors":.*command was killed by signal 11')" 1
ok "valid" valid killed

is "live, without a report" "$(status "$ALLURIZE" run -f gtest-console \
    -o live -- sh -c 'cat console; kill -SEGV $$')" 139
is "the test that was running has the signal" \
    "$(having live 'killed by signal 11 (SIGSEGV) while this test')" 1
is "and the run has no result" "$(having live '"name":"(run)"')" 0

is "the end in the middle of a test" \
    "$(merged exit 'cat console; exit 0')" 3
is "is no success" "$(having exit \
    '"message":"ended with exit status 0 while this test was running"')" 1
is "a shell's word for a signal" \
    "$(merged shell 'cat console; exit 134')" 134
is "is told, too" "$(having shell \
    'exit status 134, as after signal 6 (SIGABRT) while this test was')" 1
is "a timeout" "$(status "$ALLURIZE" run -f gtest --report report.json \
    --timeout 0.5 -o late -- sh -c 'cat console; exec sleep 60')" 143
is "is the verdict of the test that was running" "$(having late \
    '"message":"ran longer than 0.5 s and was stopped while this test was')" 1

is "missing: an error" "$(merged missing 'cat console console-end')" 3
is "every test is there, and the run" "$(results missing)" 4
is "which says what is missing" \
    "$(having missing 'no report of this run fits report.json')" 2

cp written report.json
is "stale: an error" "$(status "$ALLURIZE" run -f gtest --report report.json \
    -o stale -- cat console console-end)" 4
is "every test is there, and the run" "$(results stale)" 4
is "nothing comes from the old report" "$(having stale 'maths.cc:4')" 0

is "cut: an error" \
    "$(merged cut 'cat console console-end; head -c 900 written >report.json')" 4
is "one result a test" "$(results cut)" 3
is "of its verdict" "$(with cut passed) $(with cut failed)" '2 1'

is "repeated" "$(merged again 'cat console console-end; echo
echo "Repeating all tests (iteration 2) . . ."; cat console console-end
cp written report.json; exit 1')" 1
is "one result a test and iteration" "$(results again)" 6
is "the report is of the last one" "$(grep -l maths.cc:4 again/*-result.json |
    xargs grep -c '"name":"iteration","value":"2"')" 1

is "named by its console" "$(rm report.json; status "$ALLURIZE" run \
    -f gtest-console --report report.json -o console-format -- sh -c \
    'cat console console-end; cp written report.json; exit 1')" 1
is "one result a test" "$(results console-format)" 3
is "without the console" "$(rm report.json; status "$ALLURIZE" run -f gtest \
    --stream none --report report.json -o no-console -- sh -c \
    'cat console console-end; cp written report.json; exit 1')" 1
is "three tests without output" \
    "$(results no-console) $(having no-console '"name":"stdout"')" '3 0'

# Told to stop, what is held is still told.
rm -f report.json
"$ALLURIZE" run -q -f gtest --report report.json -o stopped -- \
    sh -c 'cat console; : >ready; exec sleep 60' >out 2>err &
pid=$!
await test -e ready
kill -TERM $pid
code=0
wait $pid || code=$?
is "told to stop" $code 143
is "what was held is told" "$(results stopped)" 3
is "with the signal" "$(having stopped \
    'killed by signal 15 (SIGTERM) while this test was running')" 1

# A log's rules know a test that has begun, too.
is "a log" "$(status "$ALLURIZE" run -f log:go -o log -- sh -c \
    'echo "=== RUN   TestBoom"; kill -ABRT $$')" 134
is "has the signal where it was" \
    "$(having log 'killed by signal 6 (SIGABRT) while this test was')" 1
is "and no other result" "$(results log)" 1
finish
