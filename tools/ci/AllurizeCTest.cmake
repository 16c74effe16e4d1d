# AllurizeCTest.cmake - every run of ctest leaves Allure results.
# SPDX-License-Identifier: Apache-2.0
#
#     include(AllurizeCTest)
#
# in the top CMakeLists.txt, or without touching the project
#
#     cmake -DCMAKE_PROJECT_TOP_LEVEL_INCLUDES=.../AllurizeCTest.cmake ...
#
# Settings, all of them cache variables:
#   ALLURIZE_COMMAND      allurize; found in PATH and beside this file
#   ALLURIZE_RESULTS_DIR  where results go; empty: $ALLURE_RESULTS of the run,
#                         else allure-results in the build directory
#   ALLURIZE_OPTIONS      more options of `allurize convert`, as a list
#   ALLURIZE_LAUNCHER     starts the tests of a plain ctest, to see how each
#                         of them ends; empty: they are started by ctest alone
#
# README.md beside this file says what happens when.
include_guard(GLOBAL)
cmake_policy(VERSION 3.25)

# Below the prefix: lib/cmake/allurize, or lib/<machine>/cmake/allurize.
set(allurize_prefixes ${CMAKE_CURRENT_LIST_DIR}/../../..
    ${CMAKE_CURRENT_LIST_DIR}/../../../..)
find_program(ALLURIZE_COMMAND allurize
    HINTS ${allurize_prefixes} PATH_SUFFIXES bin
    DOC "The command allurize")
set(ALLURIZE_RESULTS_DIR "" CACHE PATH
    "Allure results of ctest; empty: $ALLURE_RESULTS, or allure-results here")
set(ALLURIZE_OPTIONS "" CACHE STRING "More options of allurize convert")

# Beside the command where both are built, below its prefix where installed.
get_filename_component(allurize_bin "${ALLURIZE_COMMAND}" REALPATH)
get_filename_component(allurize_bin "${allurize_bin}" DIRECTORY)
find_program(ALLURIZE_LAUNCHER allurize-ctest-launch
    HINTS ${allurize_bin} ${allurize_bin}/../libexec/allurize
    NO_DEFAULT_PATH
    DOC "Starts the tests of ctest, to see how they end; empty: ctest does")
mark_as_advanced(ALLURIZE_LAUNCHER)
unset(allurize_bin)
unset(allurize_prefixes)

set_property(GLOBAL PROPERTY ALLURIZE_MODULE_DIR ${CMAKE_CURRENT_LIST_DIR})

# Adds our lines to CTestCustom.cmake, behind those of the project.
function(allurize_add_to_custom file)
    set(content "")
    set(from "# allurize: results of each run\n")
    if(EXISTS ${file})
        file(READ ${file} content)
        string(FIND "${content}" "${from}" at)
        string(SUBSTRING "${content}" 0 ${at} content)
    endif()
    if(content STREQUAL "" AND EXISTS ${CMAKE_BINARY_DIR}/CTestCustom.ctest)
        # CTest reads one of the two.
        set(content "include([==[${CMAKE_BINARY_DIR}/CTestCustom.ctest]==])\n")
    endif()
    file(CONFIGURE OUTPUT ${file} @ONLY
        CONTENT "@content@@from@include([==[@CMAKE_BINARY_DIR@/CMakeFiles/allurize/custom.cmake]==])\n")
endfunction()

# At the end of the project, when its own settings are made.
function(allurize_ctest)
    if(NOT ALLURIZE_COMMAND)
        message(WARNING "allurize was not found: ctest leaves no Allure results"
            " (set ALLURIZE_COMMAND)")
        return()
    endif()
    get_property(module_dir GLOBAL PROPERTY ALLURIZE_MODULE_DIR)
    set(dir ${CMAKE_BINARY_DIR}/CMakeFiles/allurize)
    foreach(step custom start finish)
        file(CONFIGURE OUTPUT ${dir}/${step}.cmake @ONLY CONTENT [===[
# Made by AllurizeCTest.cmake.
set(ALLURIZE_COMMAND [==[@ALLURIZE_COMMAND@]==])
set(ALLURIZE_RESULTS_DIR [==[@ALLURIZE_RESULTS_DIR@]==])
set(ALLURIZE_OPTIONS [==[@ALLURIZE_OPTIONS@]==])
set(ALLURIZE_LAUNCHER [==[@ALLURIZE_LAUNCHER@]==])
set(ALLURIZE_BUILD_DIR [==[@CMAKE_BINARY_DIR@]==])
set(ALLURIZE_DIR [==[@dir@]==])
set(ALLURIZE_CMAKE [==[@CMAKE_COMMAND@]==])
set(ALLURIZE_CTEST [==[@CMAKE_CTEST_COMMAND@]==])
include([==[@module_dir@/ctest/@step@.cmake]==])
]===])
    endforeach()
    # First, so that it sees the tests of all other files.
    get_property(files DIRECTORY PROPERTY TEST_INCLUDE_FILES)
    set_property(DIRECTORY PROPERTY TEST_INCLUDE_FILES
        ${dir}/start.cmake ${files})
    allurize_add_to_custom(${CMAKE_BINARY_DIR}/CTestCustom.cmake)
endfunction()

cmake_language(DEFER DIRECTORY ${CMAKE_SOURCE_DIR} CALL allurize_ctest)
