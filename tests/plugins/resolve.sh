#!/bin/sh
# resolve.sh - a plugin finds every function of read.h in the command.
# SPDX-License-Identifier: Apache-2.0
#
# usage: resolve.sh ALLURIZE CC
set -eu
cd "$(dirname "$0")/../.."
include=$(pwd)/core/include
allurize=$(realpath "$1")
cc=$2
top=$(mktemp -d)
trap 'rm -rf "$top"' EXIT
cd "$top"

if ! command -v ctags >/dev/null; then
    echo "1..0 # SKIP ctags is not installed"
    exit 77
fi

result() {
    if [ "$1" -eq 0 ]; then
        echo "ok $2"
    else
        echo "not ok $2"
        sed 's/^/# /' log
        failed=1
    fi
}
failed=0

# Prototypes: functions that are defined in the header need no command.
ctags -x --language-force=C --kinds-C=p "$include/allurize/read.h" |
    awk '{ print $1 }' | LC_ALL=C sort -u >declared

# One that calls them all.
{
    echo '#include <allurize/read.h>'
    echo 'void (*calls[])(void);'
    echo 'void (*calls[])(void) = {'
    sed 's/.*/(void (*)(void))&,/' declared
    echo '};'
    echo 'static const struct alz_line_row rows[] = {{"", 0}};'
    echo 'const struct alz_converter allurize_converter = {'
    echo '.abi = ALZ_CONVERTER_ABI, .name = "calls", .title = "calls all",'
    echo '.reader = ALZ_READ_LINES, .table = rows};'
} >calls.c
status=0
"$cc" -std=c11 -I"$include" -shared -fPIC -o calls.so calls.c >log 2>&1 &&
    "$allurize" formats --plugin calls.so 2>>log |
    grep -q '^calls  *calls all$' || status=1
result $status "1 - all $(wc -l <declared) functions are there"

# Those of read.h are about thirty; and nothing else of ours is exported.
nm -D --defined-only "$allurize" | awk '$3 ~ /^alz_/ { print $3 }' |
    LC_ALL=C sort >exported
status=0
diff -u declared exported >log && [ "$(wc -l <declared)" -gt 20 ] || status=1
result $status "2 - nothing else of the library is exported"
echo 1..2
exit $failed
