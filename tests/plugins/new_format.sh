#!/bin/sh
# new_format.sh - what tools/dev/new-format writes works at once.
# SPDX-License-Identifier: Apache-2.0
#
# usage: new_format.sh [--accept] ALLURIZE CMAKE CC
#
# In a copy of the tree, formats are made of each skeleton, one with a short
# name and one with a long one; the copy is built. Each must pass all that the
# fixture runner asserts, and the same source as a plugin of ALLURIZE, which
# has no such converter, must write the same bytes. --accept takes what comes
# out for what the skeletons expect.
set -eu
accept=
if [ "$1" = --accept ]; then
    accept=yes
    shift
fi
allurize=$(realpath "$1")
cmake=$2
cc=$3
root=$(cd "$(dirname "$0")/../.." && pwd)
top=$(mktemp -d)
trap 'rm -rf "$top"' EXIT
mkdir "$top/tree" "$top/tree/fixtures"
cd "$root"
for entry in CMakeLists.txt .clang-format .ci core converters schemas tests \
    tools; do
    [ ! -e $entry ] || cp -R $entry "$top/tree"
done
cd "$top/tree"

number=0
failed=0
# check TITLE COMMAND...: what it says is shown when it fails.
check() {
    number=$((number + 1))
    title=$1
    shift
    if "$@" >"$top/log" 2>&1; then
        echo "ok $number - $title"
    else
        echo "not ok $number - $title"
        tail -n 60 "$top/log" | sed 's/^/# /'
        failed=1
    fi
}

long=zz-to-the-greatest-length
readers='lines xml json'
formats=
for reader in $readers; do
    formats="$formats a-$reader $long-$reader"
done

state_of_tree() {
    find converters fixtures -type f -exec cksum {} + | LC_ALL=C sort
}

# refused WORD...: exit status 2, one line, and nothing has changed.
refused() {
    state_of_tree >"$top/before"
    status=0
    tools/dev/new-format "$@" >"$top/out" 2>"$top/err" || status=$?
    cat "$top/out" "$top/err"
    state_of_tree | diff "$top/before" - && [ $status -eq 2 ] &&
        [ ! -s "$top/out" ] && [ "$(wc -l <"$top/err")" -eq 1 ]
}

for name in '' Upper 1st a--b a- -a a_b 'a b' a/b ../a "$long-a-little-more"; do
    check "no good name: '$name'" refused "$name"
done
check "a name that is taken" refused junit
check "a reader that is none" refused own yaml
check "no name" refused
for reader in $readers; do
    check "a format of $reader" tools/dev/new-format "a-$reader" "$reader"
    check "with a long name" tools/dev/new-format "$long-$reader" "$reader"
    check "not again" refused "a-$reader" "$reader"
done
mkdir fixtures/own
check "where a fixture is" refused own

sorted_names() {
    sed -n 's/^alz_add_converter(\([^ )]*\).*/\1/p' converters/CMakeLists.txt \
        >"$top/names"
    LC_ALL=C sort -c "$top/names" || return 1
    for format in $formats; do
        [ "$(grep -cx "$format" "$top/names")" -eq 1 ] || return 1
    done
}
check "the list is in order, with each of them once" sorted_names

tidy() {
    for format in $formats; do
        clang-format --dry-run --Werror "converters/$format/$format.c" ||
            return 1
    done
}
if command -v clang-format >/dev/null; then
    check "they keep the style" tidy
fi

# The other formats only take time: the new ones meet them as plugins.
leave_out_others() {
    list=converters/CMakeLists.txt
    awk -v ours="^alz_add_converter\\\\((a|$long)-" '
        /^alz_add_converter\(/ { inside = 1 }
        /^$/ { inside = 0 }
        !inside || $0 ~ ours' $list >"$top/list"
    cp "$top/list" $list
}

build() {
    leave_out_others
    "$cmake" -S . -B "$top/build" -DCMAKE_C_COMPILER="$cc" \
        -DCMAKE_BUILD_TYPE=Debug -DCMAKE_C_FLAGS_DEBUG=-O0 -DALZ_WERROR=ON
    # shellcheck disable=SC2046
    "$cmake" --build "$top/build" -j "$(nproc)" --target allurize \
        fixture_runner $(printf 'alz_plugin_%s ' $formats)
}
check "they are built without a warning, in the tree and as plugins" build

same_as_plugin() {
    run="convert --run-id same -q"
    # shellcheck disable=SC2086
    {
        "$top/build/tools/allurize" $run -o "$top/$1.in-tree" "$2"/input.*
        "$allurize" $run --plugin "$top/build/converters/$1.so" \
            -o "$top/$1.plugin" "$2"/input.*
    } || return 1
    diff -r "$top/$1.in-tree" "$top/$1.plugin" &&
        [ "$(find "$top/$1.plugin" -name '*-result.json' | wc -l)" -eq 3 ]
}

for format in $formats; do
    case=$top/tree/fixtures/$format/verdicts
    if [ -n "$accept" ]; then
        "$top/build/tests/fixture_runner" --accept "$case"
        continue
    fi
    check "$format: the fixture" "$top/build/tests/fixture_runner" "$case"
    check "$format: the same as a plugin" same_as_plugin "$format" "$case"
done
echo "1..$number"
[ -n "$accept" ] || exit $failed

rm -f "$root/tools/dev/skeleton/results"/*
for reader in $readers; do
    made=fixtures/a-$reader/verdicts
    for file in events.txt $(cd "$made" && echo results/*); do
        target=$reader/fixture/$file
        case $file in results/*) target=$file ;; esac
        sed "s/a-$reader/skeleton/g" "$made/$file" \
            >"$root/tools/dev/skeleton/$target"
    done
done
