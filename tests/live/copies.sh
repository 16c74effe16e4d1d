#!/bin/sh
# copies.sh - what passes through us passes unchanged, whoever reads it.
# SPDX-License-Identifier: Apache-2.0
. "$(dirname "$0")/lib.sh"

# same TITLE STREAM ACT...: each stream is as it is without us.
same() {
    title=$1
    stream=$2
    shift 2
    "$ACTOR" "$@" >want-out 2>want-err
    rm -rf results
    "$ALLURIZE" run -q -f tap --stream "$stream" -o results -- \
        "$ACTOR" "$@" >out 2>err || :
    ok "$title, $stream: standard output" cmp want-out out
    if [ "$stream" = both ] || [ "$stream" = stderr ]; then
        # What is converted there may be complained of.
        head -c "$(wc -c <want-err)" err >err-head
        ok "$title, $stream: standard error" cmp want-err err-head
    else
        ok "$title, $stream: standard error" cmp want-err err
    fi
}
for stream in stdout stderr both none; do
    same "every byte" $stream bytes
    same "two streams" $stream both 3000
    same "many tests" $stream points 2000
done

"$ACTOR" both 3000 >want 2>&1
"$ALLURIZE" run -q -f tap --stream both -o one -- "$ACTOR" both 3000 \
    >got 2>&1
ok "two streams into one file keep their order" cmp want got
"$ALLURIZE" run -q --stream none -o one -- "$ACTOR" both 3000 \
    >got 2>err-of-run 2>&1 || :
ok "unread ones keep their order" cmp want got

"$ACTOR" bytes >want 2>/dev/null
"$ALLURIZE" convert -q -f tap --tee -o tee - <want >got
ok "convert --tee: every byte" cmp want got
is "convert --tee: the tests" "$(results tee)" 2

"$ACTOR" long 100000000 | cksum >want
"$ALLURIZE" run -q -f tap -o long -- "$ACTOR" long 100000000 2>err |
    cksum >got
ok "100 MB on one line" cmp want got
is "100 MB on one line: the tests around it" "$(results long)" 2
"$ACTOR" long 100000000 |
    "$ALLURIZE" convert -q -f tap --tee -o long-tee - 2>err | cksum >got
ok "convert --tee: 100 MB on one line" cmp want got
is "convert --tee: the tests around it" "$(results long-tee)" 2

# A reader that leaves is no reason to stop, or to fail.
left() {
    { "$@" 2>err && echo 0 >code || echo $? >code; } | head -n 1 >line
    cat code
}
"$ACTOR" points 20000 >stream
is "head -1 of run" "$(left "$ALLURIZE" run -q -f tap -o head-run -- \
    cat stream)" 0
is "head -1 of run: every test" "$(results head-run)" 20000
is "head -1 of run: not a word" "$(cat err)" ""
is "head -1 of convert" "$(left "$ALLURIZE" convert -q -f tap --tee \
    -o head-convert - <stream)" 0
is "head -1 of convert: every test" "$(results head-convert)" 20000

# A reader that is slow gets everything.
"$ALLURIZE" run -q -f tap -o slow -- cat stream | { sleep 3; cat; } >got
ok "a reader that is slow" cmp stream got

# So it does of a command that is long gone, with its last words in the pipe.
head -c 150000 stream >end
"$ALLURIZE" run -q -f tap -o slow-end -- cat end 2>err |
    { sleep 3; cat; } >got
ok "a reader that is slow, of a command that has ended" cmp end got

# A reader that reads nothing: what was read before is converted.
mkfifo fifo
"$ALLURIZE" run -q -f tap -o stuck -- cat stream >fifo 2>err &
pid=$!
exec 8<fifo
ok "a reader that does not read: results all the same" \
    await has_results stuck 100
kill -TERM $pid
code=0
wait $pid || code=$?
exec 8<&-
is "a reader that does not read: we can be stopped" "$code" 143
ok "a reader that does not read: valid" valid stuck
"$ALLURIZE" convert -q -f tap --tee -o stuck-tee - <stream >fifo 2>err &
pid=$!
exec 8<fifo
ok "convert --tee: results all the same" await has_results stuck-tee 100
kill -TERM $pid
code=0
wait $pid || code=$?
exec 8<&-
is "convert --tee: we can be stopped" "$code" 143
finish
