#!/bin/sh
# endings.sh - however a command ends, run ends so, and the results say so.
# SPDX-License-Identifier: Apache-2.0
. "$(dirname "$0")/lib.sh"

run() {
    status "$ALLURIZE" run -q -f tap -o "$@"
}

for code in 1 2 3 42 77 100 124 125 126 127 128 129 130 137 139 143 159 192 \
    200 254 255; do
    is "exit status $code" "$(run "exit-$code" -- "$ACTOR" exit $code)" $code
    is "exit status $code: the test and the run" "$(results "exit-$code")" 2
done
is "exit status 0" "$(run exit-0 -- "$ACTOR" exit 0)" 0
is "exit status 0: the test alone" "$(results exit-0)" 1
is "exit status 3 is told in the globals" "$(having exit-3 \
    '"errors":.*failed with exit status 3 while no test failed')" 1
is "exit status 3 is a broken result" "$(having exit-3 \
    '"name":"(run)".*"status":"broken"')" 1

for signal in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15; do
    out=signal-$signal
    is "signal $signal" "$(run $out -- "$ACTOR" signal $signal)" \
        $((128 + signal))
    is "signal $signal: the test and the run" "$(results $out)" 2
    is "signal $signal is told in the globals" \
        "$(having $out "\"errors\":.*killed by signal $signal (SIG")" 1
    ok "signal $signal: valid" valid $out
done

is "as many failed tests as the status says" \
    "$(run many -- "$ACTOR" failed 139)" 139
is "these are no signal" "$(results many)" 139
is "a failed test explains status 1" "$(run one -- "$ACTOR" failed 1 1)" 1
is "there is nothing to add" "$(results one)" 1
is "a shell's word for a signal" \
    "$(run shell -- sh -c "\"$ACTOR\" signal 11; exit \$?")" 139
is "is believed" "$(having shell 'as after signal 11 (SIGSEGV)')" 2

is "no such command: 127" "$(run missing -- ./no-such-command)" 127
is "no such command is told" "$(having missing '"name":"(run)"')" 1
: >plain-file
is "may not be run: 126" "$(run refused -- ./plain-file)" 126
is "a directory may not be run: 126" "$(run refused-2 -- "$top")" 126
is "words are passed as they are" "$("$ALLURIZE" run -q --stream none \
    -o words -- printf '<%s>' 'a b' '$HOME' '*' '' '`x`' 2>err)" \
    '<a b><$HOME><*><><`x`>'

# Reports that are no reports of this run.
echo '<testsuite><testcase name="old"/></testsuite>' >old.xml
is "a stale report is an error" \
    "$(run stale -f junit --report old.xml -- true)" 4
is "and no result" "$(having stale '"name":"old"')" 0
is "but a broken run" "$(having stale '"name":"(run)"')" 1
is "a report that is not written" \
    "$(run none -f junit --report new.xml -- true)" 3
is "is a broken run" "$(having none '"name":"(run)"')" 1
is "a report written anew" "$(run fresh -f junit --report old.xml -- \
    sh -c 'echo "<testsuite><testcase name=\"new\"/></testsuite>" >old.xml')" 0
is "is read" "$(having fresh '"name":"new"')" 1
is "a stream and a report" "$(run two --report late.xml -- sh -c \
    'echo 1..1; echo ok 1 - a; cp old.xml late.xml')" 0
is "are both read" "$(results two)" 2

# A plan that is not met names what is missing.
is "missing points" \
    "$(run plan --expect 4 -- printf '1..4\nok 1 - a\nok 3 - c\n')" 4
is "are named" "$(having plan 'planned 4, ran 2: missing 2, 4')" 2
is "are counted" "$(grep -c '4 tests were expected, 2 were read' err)" 1
finish
