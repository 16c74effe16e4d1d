#!/bin/sh
# faults.sh - the output goes away, or there is no room, in the middle.
# SPDX-License-Identifier: Apache-2.0
. "$(dirname "$0")/lib.sh"

mkfifo fifo
for how in convert run; do
    out=gone-$how
    if [ $how = convert ]; then
        "$ALLURIZE" convert -q -f tap -o $out - <fifo >out 2>err &
    else
        "$ALLURIZE" run -q -f tap -o $out -- cat <fifo >out 2>err &
    fi
    pid=$!
    exec 8>fifo
    printf '1..5\nok 1 - one\nok 2 - two\n' >&8
    await has_results $out 1
    rm -rf $out
    printf 'ok 3 - three\nok 4 - four\nok 5 - five\n' >&8
    exec 8>&-
    code=0
    wait $pid || code=$?
    is "$how: a directory that vanishes" "$code" 7
    is "$how: is told once" "$(wc -l <err | tr -d ' ')" 1
    is "$how: and how" "$(grep -c "$out.*No such file or directory" err)" 1
    ok "$how: it stays away" [ ! -e $out ]
done

for how in convert run; do
    if [ $how = convert ]; then
        "$ACTOR" points 100 >stream
        code=0
        "$ALLURIZE" convert -q -f tap --tee -o full-$how - <stream \
            >/dev/full 2>err || code=$?
    else
        code=0
        "$ALLURIZE" run -q -f tap -o full-$how -- "$ACTOR" points 100 \
            >/dev/full 2>err || code=$?
    fi
    is "$how: a copy that does not fit" "$code" 7
    is "$how: is told once" "$(cat err)" \
        "allurize: error: standard output could not be copied: No space left on device [run/tee]"
    is "$how: every test is there" "$(results full-$how)" 100
done
code=0
"$ALLURIZE" run -q -f tap -o full-fail -- "$ACTOR" points 10 0 3 \
    >/dev/full 2>err || code=$?
is "the command's own status comes first" "$code" 3
code=0
"$ALLURIZE" run -q -f tap --stream both -o full-err -- "$ACTOR" both 10 \
    >out 2>/dev/full || code=$?
is "a full standard error" "$code" 7

for how in convert run; do
    code=0
    if [ $how = convert ]; then
        "$ALLURIZE" convert -q -f tap --tee -o closed-$how - <stream \
            >&- 2>err || code=$?
    else
        "$ALLURIZE" run -q -f tap -o closed-$how -- cat stream \
            >&- 2>err || code=$?
    fi
    is "$how: a closed standard output" "$code" 0
    is "$how: every test is there all the same" "$(results closed-$how)" 100
done

is "an output that cannot be: nothing is run" "$(status "$ALLURIZE" run -q \
    -f tap -o /dev/null/x -- touch was-run)" 7
ok "nothing was" [ ! -e was-run ]
finish
