#!/bin/sh
# words.sh - calls that the library must not make.
# SPDX-License-Identifier: Apache-2.0
. "$(dirname "$0")/lib.sh"

# Comments are blanked by the preprocessor; line numbers stay.
calls() {
    pattern=$1
    shift
    for file in "$@"; do
        cc -fpreprocessed -dD -E -x c "$file" 2>/dev/null |
            awk -v file="$file" '
                /^# [0-9]+ "/ { line = $2 - 1; next }
                { line++; print file ":" line ": " $0 }' |
            grep -E "(^|[^A-Za-z0-9_])($pattern) *\\(" || true
    done
}

library=$(files core converters -- '*.c' '*.h')

# shellcheck disable=SC2086
{
check "no unsafe or locale-bound call" "$(calls \
    'strtok|strcpy|strcat|v?sprintf|atoi|atol|atoll|gets|alloca|tmpnam|mktemp|setlocale|localtime|gmtime|ctime|asctime' \
    $library)"
check "the library never prints, exits or starts programs" "$(calls \
    'printf|puts|putchar|perror|exit|_exit|abort|system|popen|fork' \
    $library)"
check "no parser call that opens files, recurses or builds trees" "$(calls \
    'xmlReadFile|xmlReadMemory|xmlParseFile|xmlReaderFor[A-Za-z]*|xmlSubstituteEntitiesDefault|yajl_tree_parse' \
    $library)"
}
finish
