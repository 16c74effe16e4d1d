# start.cmake - read by CTest itself, in front of the tests.
# SPDX-License-Identifier: Apache-2.0
#
# Notes for finish.cmake what kind of run this is.

# The log that this process writes says what it is: of a plain run, or of
# -T Test, with a tag. Nobody else knows while it runs.
function(allurize_find_log ret)
    set(log "")
    file(GLOB files /proc/self/fd/*)
    foreach(file ${files})
        set(target "")
        if(IS_SYMLINK ${file})
            file(READ_SYMLINK ${file} target)
        endif()
        if(target MATCHES
            "/Testing/Temporary/LastTest(_[0-9-]+)?\\.log\\.tmp[0-9a-f]*$")
            set(log ${target})
        endif()
    endforeach()
    set(${ret} "${log}" PARENT_SCOPE)
endfunction()

set(allurize_words "")
if(EXISTS /proc/self/cmdline)
    file(STRINGS /proc/self/cmdline allurize_words)
endif()
allurize_find_log(allurize_log)
if("${allurize_words}" MATCHES ";(-N|--show-only[^;]*|--print-labels)(;|$)")
    set(allurize_log "")
endif()
if(allurize_log)
    file(WRITE ${ALLURIZE_DIR}/run.cmake "set(log [==[${allurize_log}]==])\n")
endif()
# Of a run with a tag Test.xml will tell all.
if(allurize_log MATCHES "/LastTest\\.log")
    cmake_policy(PUSH)
    cmake_policy(VERSION 3.25)
    include(${CMAKE_CURRENT_LIST_DIR}/wrap.cmake)
    cmake_policy(POP)
endif()
