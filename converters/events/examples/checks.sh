#!/bin/sh
# checks.sh - runs three checks and tells them as events.
# SPDX-License-Identifier: Apache-2.0
#
# usage: sh checks.sh | allurize convert -f events -
set -u

# Text as a JSON string: quotes and backslashes escaped, line ends as \n.
json() {
    printf '%s' "$1" | awk '
        BEGIN { printf "\"" }
        NR > 1 { printf "\\n" }
        { gsub(/\\/, "\\\\"); gsub(/"/, "\\\""); gsub(/\t/, "\\t"); printf "%s", $0 }
        END { printf "\"" }'
}

number=0
# check NAME COMMAND...: one test, passed when the command succeeds.
check() {
    number=$((number + 1))
    name=$1
    shift
    echo "{\"begin\":\"test\",\"ref\":$number,\"in\":\"suite\"}"
    echo "{\"text\":\"name\",\"ref\":$number,\"value\":$(json "$name")}"
    if output=$("$@" 2>&1); then
        echo "{\"status\":\"passed\",\"ref\":$number}"
    else
        echo "{\"status\":\"failed\",\"ref\":$number}"
        echo "{\"text\":\"message\",\"ref\":$number,\"value\":$(json "$output")}"
    fi
    echo "{\"end\":$number}"
}

no_such_user() {
    echo "no user named \"nobody-of-that-name\""
    return 1
}

echo '{"begin":"suite","ref":"suite"}'
echo '{"text":"name","ref":"suite","value":"host checks"}'
check "there is a root directory" test -d /
check "awk can count" awk 'BEGIN { exit 1 + 1 != 2 }'
check "the user is there" no_such_user
echo '{"end":"suite"}'
