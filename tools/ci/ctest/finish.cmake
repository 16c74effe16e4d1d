# finish.cmake - run by CTest behind the tests: converts what they left.
# SPDX-License-Identifier: Apache-2.0
#
# CTest shows what is printed here. When this fails the whole run fails: so it
# never does.
cmake_minimum_required(VERSION 3.25)

# What start.cmake knew of the run; without it, a plain one.
file(GLOB log ${ALLURIZE_BUILD_DIR}/Testing/Temporary/LastTest.log.tmp*)
include(${ALLURIZE_DIR}/run.cmake OPTIONAL)
file(REMOVE ${ALLURIZE_DIR}/run.cmake)
set(blocks "")
if(EXISTS "${log}")
    file(STRINGS ${log} blocks REGEX "^[0-9]+/[0-9]+ Testing: " LIMIT_COUNT 1)
endif()
if(blocks STREQUAL "") # no tests were found, or a list was asked for
    return()
endif()

# ---- the report -------------------------------------------------------------

# In a plain run: the journal, which tests did not run, and the log.
function(allurize_join_logs ret)
    set(disabled ${ALLURIZE_BUILD_DIR}/Testing/Temporary/LastTestsDisabled.log)
    set(files ${ALLURIZE_DIR}/journal)
    if(NOT EXISTS ${files}) # there is no /proc
        file(WRITE ${files} "journal of allurize-ctest-launch\n")
    endif()
    # CTest leaves that of an earlier run when every test has run.
    if(EXISTS ${disabled} AND ${disabled} IS_NEWER_THAN ${files})
        list(APPEND files ${disabled})
    endif()
    set(${ret} ${ALLURIZE_DIR}/journal.log PARENT_SCOPE)
    execute_process(COMMAND "${ALLURIZE_CMAKE}" -E cat ${files} ${log}
        OUTPUT_FILE ${ALLURIZE_DIR}/journal.log)
endfunction()

if(log MATCHES "/LastTest_([0-9-]+)\\.log")
    set(input ${ALLURIZE_BUILD_DIR}/Testing/${CMAKE_MATCH_1}/Test.xml)
    set(format ctest)
else()
    allurize_join_logs(input)
    set(format ctest-console)
endif()

# ---- the results ------------------------------------------------------------

set(output "${ALLURIZE_RESULTS_DIR}")
if(output STREQUAL "" AND "$ENV{ALLURE_RESULTS}$ENV{ALLURE_RESULTS_DIR}"
        STREQUAL "")
    set(output ${ALLURIZE_BUILD_DIR}/allure-results)
endif()
set(words -f ${format})
if(NOT output STREQUAL "")
    list(APPEND words -o "${output}")
endif()
execute_process(
    COMMAND "${ALLURIZE_COMMAND}" convert ${words}
        ${ALLURIZE_OPTIONS} ${input}
    WORKING_DIRECTORY ${ALLURIZE_BUILD_DIR} RESULT_VARIABLE status)
if(NOT status STREQUAL "0")
    message(NOTICE "allurize: error: these results are not all of the run's"
        " (${ALLURIZE_COMMAND}: ${status})")
endif()
