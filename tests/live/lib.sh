# lib.sh - what the live tests share: TAP, a folder, and waiting.
# SPDX-License-Identifier: Apache-2.0
#
# usage of each test: NAME.sh ALLURIZE ACTOR
set -eu
ALLURIZE=$(realpath "$1")
ACTOR=$(realpath "$2")
LC_ALL=C.UTF-8
TZ=UTC
export LC_ALL TZ
unset ALLURE_RESULTS ALLURE_RESULTS_DIR NO_COLOR FORCE_COLOR || true

top=$(mktemp -d)
trap 'rm -rf "$top"' EXIT
cd "$top"
number=0
failed=0

# ok TITLE COMMAND...: passes when the command does.
ok() {
    title=$1
    shift
    number=$((number + 1))
    if "$@"; then
        echo "ok $number - $title"
    else
        echo "not ok $number - $title"
        failed=1
    fi
}

# is TITLE GOT WANT
is() {
    number=$((number + 1))
    if [ "$2" = "$3" ]; then
        echo "ok $number - $1"
    else
        echo "not ok $number - $1"
        printf '%s\n' "got: $2" "expected: $3" | sed 's/^/# /'
        failed=1
    fi
}

finish() {
    echo "1..$number"
    exit $failed
}

# status COMMAND...: its exit status, whatever it prints.
status() {
    code=0
    "$@" >out 2>err || code=$?
    echo $code
}

# Results in a folder, and those with some text.
results() {
    find "$1" -name '*-result.json' 2>/dev/null | wc -l | tr -d ' '
}
having() {
    # shellcheck disable=SC2046
    grep -l -e "$2" $(find "$1" -name '*.json') /dev/null | wc -l | tr -d ' '
}
valid() {
    "$ALLURIZE" validate -q "$1"
}

# await COMMAND...: until it is true, for as long as any machine may need.
await() {
    tries=600
    until "$@"; do
        tries=$((tries - 1))
        [ $tries -gt 0 ] || return 1
        sleep 0.1
    done
}
has_results() {
    [ "$(results "$1")" -ge "$2" ]
}
is_gone() {
    ! kill -0 "$1" 2>/dev/null
}
