#!/bin/sh
# help.sh - the option table of the README is the one of --help.
# SPDX-License-Identifier: Apache-2.0
#
# usage: help.sh ALLURIZE
. "$(dirname "$0")/lib.sh"

# What stands between <!-- options --> and <!-- /options -->, unfenced.
table=$(sed -n '/<!-- options -->/,/<!-- \/options -->/p' README.md |
    grep -vE '^(<!--|```)')
help=$("$1" --help)

check "README.md holds the output of --help" "$(
    printf '%s\n' "$table" >"${TMPDIR:-/tmp}/readme.$$"
    printf '%s\n' "$help" |
        diff -u "${TMPDIR:-/tmp}/readme.$$" - || true
    rm -f "${TMPDIR:-/tmp}/readme.$$"
)"
finish
