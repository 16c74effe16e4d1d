#!/bin/sh
# node.sh - runs a script of this folder with the installed readers.
# SPDX-License-Identifier: Apache-2.0
#
# usage: node.sh DIR SCRIPT ARG...
set -eu

ALZ_CONSUMERS_DIR=$(cd "$1" && pwd)
shift
PATH=$ALZ_CONSUMERS_DIR/node_modules/.bin:$PATH
ALLURE_NO_ANALYTICS=1
TZ=UTC
export ALZ_CONSUMERS_DIR PATH ALLURE_NO_ANALYTICS TZ
exec node "$@"
