#!/bin/sh
# format.sh - clang-format has nothing to change.
# SPDX-License-Identifier: Apache-2.0
. "$(dirname "$0")/lib.sh"

check "clang-format has nothing to change" "$(
    files core converters tools tests -- '*.c' '*.h' | while read -r file; do
        clang-format "$file" | cmp -s - "$file" || echo "$file"
    done
)"
finish
