#!/bin/sh
# same.sh - a converter does as a plugin what it does built in.
# SPDX-License-Identifier: Apache-2.0
#
# usage: same.sh ALLURIZE BARE FIXTURES PLUGIN...
#
# BARE is the command without a built-in converter; the PLUGINs, <name>.so,
# are all of them. Every case is converted with both commands: exit status,
# messages and every byte of the results are compared, and the format is found
# among plugins as it is among built-in converters.
set -eu
allurize=$(realpath "$1")
bare=$(realpath "$2")
fixtures=$(realpath "$3")
shift 3
export LC_ALL=C.UTF-8 TZ=UTC
unset ALLURE_RESULTS ALLURE_RESULTS_DIR || true
top=$(mktemp -d)
trap 'rm -rf "$top"' EXIT

plugins=
for plugin in "$@"; do
    plugins="$plugins --plugin $(realpath "$plugin")"
done

number=0
failed=0
# result TITLE: good when nothing was found.
result() {
    number=$((number + 1))
    if [ -s "$top/found" ]; then
        echo "not ok $number - $1"
        head -n 50 "$top/found" | sed 's/^/# /'
        failed=1
    else
        echo "ok $number - $1"
    fi
    : >"$top/found"
}

# run SIDE COMMAND... : what it prints, and its exit status, goes to $top/SIDE.*,
# its results to $top/SIDE.
run() {
    side=$1
    shift
    rm -rf "$top/results" "$top/$side"
    status=0
    "$@" >"$top/out" 2>"$top/err" || status=$?
    # Seconds differ from run to run.
    {
        cat "$top/out"
        echo "exit $status"
        sed -E 's/[0-9]+\.[0-9]+ s$//' "$top/err"
    } >"$top/$side.said"
    mkdir -p "$top/results"
    mv "$top/results" "$top/$side"
}

# compare COMMAND ARGUMENT...: in the current directory; differences go to
# $top/found.
compare() {
    command=$1
    shift
    run builtin "$allurize" "$command" "$@"
    # shellcheck disable=SC2086
    run plugin "$bare" "$command" $plugins "$@"
    {
        diff -u "$top/builtin.said" "$top/plugin.said" ||
            echo "said in $(pwd)"
        diff -r "$top/builtin" "$top/plugin" || echo "made in $(pwd)"
    } >>"$top/found" 2>&1
}

# The options and inputs of a case, as words of a command line.
compare_case() {
    set -- -v --run-id fixture -o "$top/results"
    if [ -e options ]; then
        while read -r name value; do
            case $name in
            @list) set -- "$@" --list "$value" ;;
            '' | '#'* | @*) ;;
            *) set -- "$@" "--$name" "$value" ;;
            esac
        done <options
        inputs=$(sed -n 's/^@input //p' options)
    else
        inputs=
    fi
    # shellcheck disable=SC2086
    compare convert "$@" ${inputs:-input.*}
}

: >"$top/found"
cd "$top"
compare formats --json
result "the same formats"
compare convert --help
result "the same help"

for plugin in "$@"; do
    format=$(basename "$plugin" .so)
    cases=0
    results=0
    for case in "$fixtures/$format"/*/; do
        [ -d "$case" ] || continue
        cd "$case"
        compare_case
        cases=$((cases + 1))
        results=$((results + $(find "$top/plugin" -type f | wc -l)))
    done
    [ $cases -gt 0 ] || echo "no fixture" >>"$top/found"
    result "$format: $cases cases, $results files"
done
echo "1..$number"
exit $failed
