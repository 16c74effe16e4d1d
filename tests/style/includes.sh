#!/bin/sh
# includes.sh - the include law of core/README.md.
# SPDX-License-Identifier: Apache-2.0
. "$(dirname "$0")/lib.sh"

# forbidden FILES... : includes that PATTERN (allowed ones) does not fit.
forbidden() {
    allowed=$1
    shift
    [ $# -gt 0 ] || return 0
    grep -nHE '^ *# *include' "$@" |
        grep -vE "# *include *($allowed)" || true
}

public='<allurize/[a-z]+\.h>'
own='"[a-z0-9_]+\.h"' # of the same folder
libc='<[a-z0-9_]+\.h>|<(sys|linux)/[a-z_]+\.h>'

# shellcheck disable=SC2046
check "converters see <allurize/convert.h>, <allurize/read.h>, libc" "$(
    for dir in converters/*/; do
        own=$(cd "$dir" && ls ./*.h 2>/dev/null |
            sed 's|^\./||; s|\.|\\.|g; s|.*|"&"|' | paste -sd '|' -)
        sees=$(sed -n "s/^alz_add_converter($(basename "$dir") SEES \(.*\))/\1/p" \
            converters/CMakeLists.txt)
        forbidden "<allurize/(convert|read)\.h>|<[a-z]+\.h>|<pcre2\.h>${own:+|$own}${sees:+|\"$sees/shared\.h\"}" \
            $(files "$dir" -- '*.c' '*.h')
    done
)"

# A layer's own headers and those of the layers that core/CMakeLists.txt
# names; of libraries, those listed here.
layer() {
    name=$1
    libraries=$2
    sees=$(sed -n "s/^alz_layer($name SEES \([a-z ]*\).*/\1/p" \
        core/CMakeLists.txt | sed 's/ *$//; s/  */|/g')
    # shellcheck disable=SC2046
    forbidden "\"($name${sees:+|$sees})/[a-z0-9_]+\.h\"|$own|$public|$libc${libraries:+|$libraries}" \
        $(files "core/$name" -- '*.c' '*.h')
}
xml='<libxml/[A-Za-z]+\.h>'
yajl='<yajl/[a-z_]+\.h>'
check "every layer of core sees the layers it names" "$(
    layer base ''
    layer read "$xml|$yajl"
    layer record ''
    layer policy ''
    layer check "$yajl"
    layer emit ''
    layer run ''
)"
check "only read/ touches libxml2" "$(
    grep -rlE '# *include *<libxml' core converters tools |
        grep -v '^core/read/' || true
)"

# shellcheck disable=SC2046
check "tools see <allurize/...> and their own headers" "$(
    forbidden "$own|$public|$libc|$yajl|<archive[a-z_]*\.h>" \
        $(files tools -- '*.c' '*.h')
)"
finish
