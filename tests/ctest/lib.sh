# lib.sh - for tests that run ctest: projects, and what results say.
# SPDX-License-Identifier: Apache-2.0
#
# Wants ../live/lib.sh before it, and $modules, where AllurizeCTest.cmake is.
unset CTEST_OUTPUT_ON_FAILURE CTEST_PARALLEL_LEVEL CTEST_PROGRESS_OUTPUT \
    CTEST_INTERACTIVE_DEBUG_MODE CMAKE_GENERATOR CMAKE_BUILD_TYPE \
    MAKEFLAGS MFLAGS MAKELEVEL CFLAGS CXXFLAGS LDFLAGS || true

# configure PROJECT BUILD OPTION...: and builds.
configure() {
    project=$1
    build=$2
    shift 2
    cmake -S "$project" -B "$build" -DALLURIZE_COMMAND="$ALLURIZE" \
        -DCMAKE_MODULE_PATH="$modules" "$@" >log 2>&1 &&
        cmake --build "$build" >>log 2>&1 || {
        sed 's/^/# /' log
        echo "Bail out! the project cannot be built"
        exit 1
    }
}

# select RESULTS FILTER [NAME]: by jq, of every result, or of one test's.
select_from() {
    find "$1" -name '*-result.json' -exec jq -r --arg name "${3-}" \
        'select($name == "" or .fullName == $name) | '"$2" {} +
}

# A line for each result, as the tables of verdicts have them.
shown() {
    select_from "$1" '"\(.status) \(.fullName)"' | LC_ALL=C sort
}
histories() {
    select_from "$1" .historyId "${2-}" | sort -u
}
message() {
    select_from "$1" .statusDetails.message "$2"
}
tags() {
    select_from "$1" '.labels[] | select(.name == "tag" or .name == "owner") |
        "\(.name)=\(.value)"' "$2" | LC_ALL=C sort | paste -sd ' ' -
}
