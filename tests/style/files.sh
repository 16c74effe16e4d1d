#!/bin/sh
# files.sh - how files begin, how wide they are, where they lie.
# SPDX-License-Identifier: Apache-2.0
. "$(dirname "$0")/lib.sh"

sources=$(files core converters tools tests -- '*.c' '*.h')
scripts=$(files tests tools .ci -- '*.sh' '*.mjs' '*.py'
    find tools .ci -type f -perm -u+x)

check "the first line says what the file is for" "$(
    for file in $sources; do
        head -n 1 "$file" | grep -qF "/* $(basename "$file") - " ||
            echo "$file"
    done
    for file in $scripts; do
        head -n 2 "$file" | grep -qE "^(#|//) $(basename "$file") - " ||
            echo "$file"
    done
)"

check "the licence is named at the top" "$(
    for file in $sources $scripts; do
        head -n 3 "$file" | grep -q 'SPDX-License-Identifier: Apache-2.0' ||
            echo "$file"
    done
)"

# shellcheck disable=SC2086
# Rows of tables are as wide as clang-format aligns them.
check "no line of C is wider than 80 columns" "$(
    awk 'FNR == 1 { off = 0 }
         /clang-format off/ { off = 1 }
         /clang-format on/ { off = 0 }
         !off && length > 80 && !/^ *[{"]/ && !/} *,? *$/ {
             print FILENAME ":" FNR ": " $0
         }' $sources
)"

check "the root holds nothing but its entries" "$(
    find . -mindepth 1 -maxdepth 1 | sed 's|^\./||' | LC_ALL=C sort |
        grep -vxE 'CMakeLists\.txt|CMakePresets\.json|LICENSE|README\.md|converters|core|fixtures|schemas|tests|tools|\.ci|\.github|\.build|\.git|\.gitignore|\.clang-format|\.clang-tidy|\.editorconfig' ||
        true
)"

check "every fixture says where its input comes from" "$(
    for dir in fixtures/*/*/; do
        [ ! -d "$dir" ] || [ -s "${dir}README.md" ] || echo "$dir"
    done
)"

check "every converter has a README" "$(
    for dir in converters/*/; do
        [ -s "${dir}README.md" ] || echo "$dir"
    done
)"

check "no path of somebody's machine" "$(
    files . -- '*' | grep -v '^\./fixtures/' | tr '\n' '\0' |
        xargs -0 grep -nIE '(^|[^A-Za-z0-9_.-])/(home|work|Users)/[a-z]' |
        grep -v '^\./tests/style/files\.sh' || true
)"

check "no trailing blank, no tab in C" "$(
    # shellcheck disable=SC2086
    grep -nE '[ 	]$|	' $sources || true
)"
finish
