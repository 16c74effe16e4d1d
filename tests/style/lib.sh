# lib.sh - what the style checks share: the files, and TAP.
# SPDX-License-Identifier: Apache-2.0
set -eu
cd "$(dirname "$0")/../.."

number=0
failed=0

# check TITLE FINDINGS: passes when there are none.
check() {
    number=$((number + 1))
    if [ -z "$2" ]; then
        echo "ok $number - $1"
    else
        echo "not ok $number - $1"
        printf '%s\n' "$2" | sed 's/^/# /'
        failed=1
    fi
}

finish() {
    echo "1..$number"
    exit $failed
}

# files DIR... -- PATTERN...: the project's own files of these names.
files() {
    dirs=
    while [ "$1" != -- ]; do
        dirs="$dirs $1"
        shift
    done
    shift
    for pattern in "$@"; do
        # shellcheck disable=SC2086
        find $dirs -type f -name "$pattern" \
            -not -path './.git/*' -not -path './.build/*' \
            -not -path '*/node_modules/*'
    done | LC_ALL=C sort
}
