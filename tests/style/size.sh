#!/bin/sh
# size.sh - functions and files stay small.
# SPDX-License-Identifier: Apache-2.0
. "$(dirname "$0")/lib.sh"

sources=$(files core converters tools tests -- '*.c')

check "no function is longer than 80 lines" "$(
    # shellcheck disable=SC2086
    ctags --languages=C --kinds-C=f --fields=+ne -f - $sources |
        awk -F '\t' '!/^!/ {
            line = end = 0
            for (i = 4; i <= NF; i++) {
                if ($i ~ /^line:/) line = substr($i, 6)
                if ($i ~ /^end:/) end = substr($i, 5)
            }
            if (end - line + 1 > 80)
                print $2 ": " $1 ": " end - line + 1 " lines"
        }'
)"

check "no source file is longer than 400 lines" "$(
    # shellcheck disable=SC2086
    awk 'FNR == 401 { print FILENAME }' $sources
)"
finish
