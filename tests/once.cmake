# Tests that do not depend on how the library was built run in one build only:
# ctest -LE once leaves them out.
set(ALZ_CONSUMERS_DIR ${CMAKE_SOURCE_DIR}/.build/consumers CACHE PATH
    "Where the real readers are installed (npm ci)")
find_program(ALZ_NODE NAMES node nodejs)

# ---- style ------------------------------------------------------------------
file(GLOB checks CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/style/*.sh)
foreach(check ${checks})
    get_filename_component(name ${check} NAME_WE)
    if(name STREQUAL "lib")
        continue()
    endif()
    alz_add_test(NAME style/${name} LABELS style once
        COMMAND sh ${check} $<TARGET_FILE:allurize>)
endforeach()

# ---- the real readers -------------------------------------------------------
set(consumers ${CMAKE_CURRENT_SOURCE_DIR}/consumers)
alz_add_test(NAME consumers/setup LABELS consumers once
    COMMAND sh ${consumers}/setup.sh ${ALZ_CONSUMERS_DIR})
set_tests_properties(consumers/setup PROPERTIES
    FIXTURES_SETUP consumers TIMEOUT 600)

# alz_add_consumer_test(name script arg...)
function(alz_add_consumer_test name script)
    alz_add_test(NAME consumers/${name} LABELS consumers once
        COMMAND sh ${consumers}/node.sh ${ALZ_CONSUMERS_DIR}
        ${consumers}/${script} $<TARGET_FILE:allurize> ${ARGN})
    set_tests_properties(consumers/${name} PROPERTIES
        FIXTURES_REQUIRED consumers)
endfunction()

# Every case of every format, some at a time: starting is what takes long. Lists
# of tests are no inputs; cases of other formats have them (with-list).
set(ALZ_CONSUMER_CASES 20)
foreach(format ${ALZ_FORMATS})
    set(cases ${ALZ_CASES})
    list(FILTER cases INCLUDE REGEX "^fixtures/${format}/")
    list(FILTER cases EXCLUDE REGEX "^fixtures/[a-z]*-list")
    list(TRANSFORM cases PREPEND "${CMAKE_SOURCE_DIR}/")
    set(number 0)
    while(cases)
        math(EXPR number "${number} + 1")
        list(SUBLIST cases 0 ${ALZ_CONSUMER_CASES} some)
        list(REMOVE_ITEM cases ${some})
        alz_add_consumer_test(${format}-${number} check.mjs ${some})
    endwhile()
endforeach()
foreach(format ${ALZ_FORMATS})
    set(readme ${CMAKE_SOURCE_DIR}/converters/${format}/README.md)
    if(EXISTS ${readme})
        file(STRINGS ${readme} marker REGEX "<!-- compare -->")
        if(marker)
            alz_add_consumer_test(compare-${format} compare.mjs ${readme})
            set_tests_properties(consumers/compare-${format} PROPERTIES
                COST 100) # starts first: it takes longest
        endif()
    endif()
endforeach()
alz_add_consumer_test(browser browser.mjs)
alz_add_consumer_test(live live.mjs $<TARGET_FILE:live_actor>)

# ---- real runners -----------------------------------------------------------
# They leave results, which the readers show next.
set(results "")
foreach(runner ctest gtest)
    alz_add_test(NAME runners/${runner} LABELS runners once
        COMMAND sh ${CMAKE_CURRENT_SOURCE_DIR}/${runner}/run.sh
        $<TARGET_FILE:allurize> ${CMAKE_SOURCE_DIR}/tools/ci
        ${CMAKE_BINARY_DIR}/runners/${runner} ${CMAKE_BINARY_DIR})
    set_tests_properties(runners/${runner} PROPERTIES
        FIXTURES_SETUP runners COST 50)
    list(APPEND results ${CMAKE_BINARY_DIR}/runners/${runner})
endforeach()
alz_add_consumer_test(runners runners.mjs ${results})
set_tests_properties(consumers/runners PROPERTIES
    FIXTURES_REQUIRED "consumers;runners")

# ---- memory and work --------------------------------------------------------
alz_test_program(bench_gen bench/gen.c)
alz_test_program(bench_gen_log bench/gen_log.c)
alz_test_program(bench_replay bench/replay.c)
alz_test_program(bench_formats bench/formats.c)
foreach(guard memory work)
    alz_add_test(NAME bench/${guard} LABELS bench once
        COMMAND sh ${CMAKE_CURRENT_SOURCE_DIR}/bench/${guard}.sh
        $<TARGET_FILE:allurize> $<TARGET_FILE:bench_gen>
        $<TARGET_FILE:bench_gen_log>)
endforeach()
