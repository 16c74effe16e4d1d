# wrap.cmake - the commands of CTestTestfile.cmake, with a journal.
# SPDX-License-Identifier: Apache-2.0
#
# Has tests started by ALLURIZE_LAUNCHER, which notes in the journal how they
# end; notes their directories and labels itself. LastTest.log has none of it.
# The journal is read by converters/ctest-console/journal.c.

file(WRITE ${ALLURIZE_DIR}/journal "journal of allurize-ctest-launch\n")

# ---- helpers ----------------------------------------------------------------

# As an argument in CMake's language.
function(allurize_quote ret word)
    string(REGEX REPLACE "([\\\"$@])" "\\\\\\1" word "${word}")
    set(${ret} "\"${word}\"" PARENT_SCOPE)
endfunction()

# Where CTest is while it reads the tests of a directory, and its path below
# the top.
function(allurize_get_directory ret_absolute ret)
    file(READ_SYMLINK /proc/self/cwd absolute)
    file(RELATIVE_PATH dir "${ALLURIZE_BUILD_DIR}" "${absolute}")
    string(REGEX REPLACE "^(\\.\\.(/|$))+" "" dir "${dir}")
    set(${ret_absolute} "${absolute}" PARENT_SCOPE)
    set(${ret} "${dir}" PARENT_SCOPE)
endfunction()

function(allurize_note what name)
    allurize_get_directory(cwd dir)
    set(line "${what}\t\t${dir}\t${name}")
    foreach(field ${ARGN})
        string(APPEND line "\t${field}")
    endforeach()
    file(APPEND ${ALLURIZE_DIR}/journal "${line}\n")
endfunction()

# Whether a command is a path, or one that CTest takes from PATH; any other one
# is left to CTest, which looks in many places and says where.
function(allurize_find_command ret word cwd)
    unset(found)
    if(IS_ABSOLUTE "${word}" OR
        (NOT word MATCHES "/" AND NOT EXISTS "${cwd}/${word}"))
        find_program(found NAMES "${word}" PATHS ENV PATH
            NO_DEFAULT_PATH NO_CACHE)
    endif()
    set(${ret} "${found}" PARENT_SCOPE)
endfunction()

# The tests of a directory. A list of them would not do: names may hold what
# CMake has in lists.
function(allurize_remember cwd name)
    get_property(count GLOBAL PROPERTY "allurize ${cwd}")
    math(EXPR count "0${count} + 1")
    set_property(GLOBAL PROPERTY "allurize ${cwd}" ${count})
    set_property(GLOBAL PROPERTY "allurize ${cwd} ${count}" "${name}")
endfunction()

# ---- the commands of CTestTestfile.cmake ------------------------------------
# From here on CTest's own are called _add_test and so on.

function(add_test name)
    set(words "")
    math(EXPR last "${ARGC} - 1")
    foreach(i RANGE 1 ${last})
        allurize_quote(word "${ARGV${i}}")
        string(APPEND words " ${word}")
    endforeach()
    allurize_get_directory(cwd dir)
    if(NOT dir STREQUAL "")
        allurize_note(test "${name}")
    endif()
    allurize_remember("${cwd}" "${name}")
    allurize_find_command(found "${ARGV1}" "${cwd}")
    set(launch "")
    if(found AND EXISTS "${ALLURIZE_LAUNCHER}")
        foreach(word "${ALLURIZE_LAUNCHER}" "${ALLURIZE_DIR}/journal"
                "${dir}" "${name}")
            allurize_quote(word "${word}")
            string(APPEND launch " ${word}")
        endforeach()
    endif()
    allurize_quote(name "${name}")
    cmake_language(EVAL CODE "_add_test(${name}${launch}${words})")
endfunction()

function(set_tests_properties)
    set(words "")
    set(labels "")
    set(names 0) # so many words are names
    math(EXPR last "${ARGC} - 1")
    foreach(i RANGE ${last})
        allurize_quote(word "${ARGV${i}}")
        string(APPEND words " ${word}")
        math(EXPR next "${i} + 1")
        if(NOT names AND "${ARGV${i}}" STREQUAL "PROPERTIES")
            set(names ${i})
        elseif(names AND "${ARGV${i}}" STREQUAL "LABELS")
            set(labels "${ARGV${next}}")
        endif()
    endforeach()
    foreach(label IN LISTS labels)
        foreach(i RANGE 1 ${names})
            math(EXPR i "${i} - 1")
            allurize_note(label "${ARGV${i}}" "${label}")
        endforeach()
    endforeach()
    cmake_language(EVAL CODE "_set_tests_properties(${words})")
endfunction()

# Those of a directory are those of the tests that it has so far.
function(set_directory_properties)
    cmake_parse_arguments(arg "" "LABELS" "" ${ARGN})
    allurize_get_directory(cwd dir)
    get_property(count GLOBAL PROPERTY "allurize ${cwd}")
    if(arg_LABELS AND count)
        foreach(i RANGE 1 ${count})
            get_property(name GLOBAL PROPERTY "allurize ${cwd} ${i}")
            foreach(label IN LISTS arg_LABELS)
                allurize_note(label "${name}" "${label}")
            endforeach()
        endforeach()
    endif()
    _set_directory_properties(${ARGV})
endfunction()
