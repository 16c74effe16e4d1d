#!/bin/sh
# stop.sh - signals, time-outs, silence and children that stay behind.
# SPDX-License-Identifier: Apache-2.0
. "$(dirname "$0")/lib.sh"

# ---- convert - -------------------------------------------------------------

# A stream that stays open: the first point is over, the second one is open.
feed() {
    mkfifo "$1.fifo"
    "$ACTOR" plain "$ALLURIZE" convert -q -f tap -o "$1" - \
        <"$1.fifo" 2>"$1.err" &
    pid=$!
    exec 8>"$1.fifo"
    printf '1..3\nok 1 - one\nnot ok 2 - two\n  ---\n  message: why\n' >&8
    await has_results "$1" 1
}
for name in TERM:143 INT:130 HUP:129; do
    signal=${name%:*}
    out=convert-$signal
    feed $out
    is "$signal: the finished test is there before" "$(results $out)" 1
    kill -"$signal" $pid
    code=0
    wait $pid || code=$?
    exec 8>&-
    is "$signal ends convert as it would end cat" "$code" "${name#*:}"
    is "$signal: the failed test is not lost" "$(having $out \
        '"name":"two".*"status":"failed"')" 1
    ok "$signal: valid" valid $out
done
feed end
exec 8>&-
code=0
wait $pid || code=$?
is "the end of the pipe is an early end" "$code" 4
is "what is missing is named" "$(having end 'ran 2: missing 3')" 2

# timeout(1) tells its child, then its group: no reason to drop things.
feed twice
kill -TERM $pid
kill -TERM $pid 2>kill.err || :
code=0
wait $pid || code=$?
exec 8>&-
is "the same signal twice" "$code" 143
is "is one wish" "$(having twice '"name":"two".*"status":"failed"')" 1

# Nothing comes for a while: what is complete is told while the pipe is open.
mkfifo silent.fifo
"$ALLURIZE" convert -q -f tap -o silent - <silent.fifo 2>err &
pid=$!
exec 8>silent.fifo
printf '1..2\nok 1 - one\n' >&8
ok "silence ends a point" await has_results silent 1
sleep 1
printf 'ok 2 - two\n' >&8
ok "and the next" await has_results silent 2
exec 8>&-
code=0
wait $pid || code=$?
is "silence is no error" "$code" 0

# ---- run --------------------------------------------------------------------

for name in HUP:1 INT:2 QUIT:3 TERM:15 USR1:10 USR2:12; do
    signal=${name%:*}
    out=run-$signal
    "$ACTOR" plain "$ALLURIZE" run -q -f tap -o $out -- "$ACTOR" catch \
        >$out.out 2>$out.err </dev/null &
    pid=$!
    await has_results $out 1
    kill -"$signal" $pid
    code=0
    wait $pid || code=$?
    is "$signal is passed on" "$code" $((40 + ${name#*:}))
    is "$signal: the command's last word is copied" \
        "$(tail -n 1 $out.out)" "# got ${name#*:}"
done

# Ignored signals stay ignored, for us and for the command.
(
    trap '' HUP
    exec "$ALLURIZE" run -q -f tap -o nohup -- sh -c \
        'echo 1..1; echo ok 1 - a; kill -HUP $$; sleep 1; exit 5' >out 2>err
) &
pid=$!
await has_results nohup 1
kill -HUP $pid
code=0
wait $pid || code=$?
is "nohup reaches the command" "$code" 5

is "a command that ignores SIGTERM is killed" "$(status "$ALLURIZE" run -q \
    -f tap --timeout 1 --kill-after 1 -o stubborn -- "$ACTOR" stubborn)" 137
is "its tests are kept" "$(having stubborn '"status":"passed"')" 2
is "the time-out is told" "$(having stubborn \
    '"errors":.*ran longer than 1 s and was stopped; .*(SIGKILL)')" 1
is "one that does not: SIGTERM is enough" "$(status "$ALLURIZE" run -q \
    -f tap --timeout 1 -o timeout -- sh -c 'echo 1..1; echo ok 1; sleep 600')" \
    143
is "--timeout in time" "$(status "$ALLURIZE" run -q -f tap --timeout 600 \
    -o in-time -- "$ACTOR" exit 0)" 0
for bad in 0 -1 x 5s; do
    is "--timeout $bad" "$(status "$ALLURIZE" run --timeout $bad -o bad -- \
        true)" 2
    is "--kill-after $bad" "$(status "$ALLURIZE" run --kill-after $bad -o bad \
        -- true)" 2
done

# Who insists gets SIGKILL.
"$ACTOR" plain "$ALLURIZE" run -q -f tap -o insist -- "$ACTOR" stubborn \
    >out 2>err </dev/null &
pid=$!
await has_results insist 1
kill -TERM $pid
sleep 0.2
kill -TERM $pid
sleep 0.5
ok "SIGTERM twice at once is one wish" kill -0 $pid
sleep 3
kill -TERM $pid
code=0
wait $pid || code=$?
is "a second SIGTERM, later" "$code" 137

# A child of the command that keeps its streams open for a minute.
before=$(date +%s)
is "a grandchild that stays" "$(status "$ALLURIZE" run -q -f tap -o hold -- \
    "$ACTOR" hold 60)" 0
ok "is not waited for" [ $(($(date +%s) - before)) -lt 30 ]
is "its run is complete" "$(results hold)" 1
finish
