# Converters as plugins: the same sources, loaded by --plugin.
alz_add_test(NAME plugins/resolve LABELS plugins
    COMMAND sh ${CMAKE_CURRENT_SOURCE_DIR}/plugins/resolve.sh
    $<TARGET_FILE:allurize> ${CMAKE_C_COMPILER})

# alz_add_plugin_test(script argument...)
function(alz_add_plugin_test script)
    alz_add_test(NAME plugins/${script} LABELS plugins once
        COMMAND sh ${CMAKE_CURRENT_SOURCE_DIR}/plugins/${script}.sh
        $<TARGET_FILE:allurize> ${ARGN})
endfunction()
alz_add_plugin_test(readme ${CMAKE_C_COMPILER})
alz_add_plugin_test(new_format ${CMAKE_COMMAND} ${CMAKE_C_COMPILER})

# A command that has no converter of its own, and all converters as plugins:
# built for the test that compares them with the command.
file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tools/*.c)
alz_test_program(bare_allurize ${sources} plugins/none.c)
alz_plugin_host(bare_allurize)
target_link_libraries(bare_allurize PRIVATE PkgConfig::YAJL)
set_target_properties(bare_allurize PROPERTIES EXCLUDE_FROM_ALL ON)

list(TRANSFORM ALZ_FORMATS PREPEND alz_plugin_ OUTPUT_VARIABLE plugins)
list(SORT plugins) # --help and formats are in the order of the names
list(TRANSFORM plugins REPLACE "(.+)" "$<TARGET_FILE:\\1>"
    OUTPUT_VARIABLE plugin_files)
add_custom_target(plugins DEPENDS bare_allurize ${plugins})
alz_add_test(NAME plugins/build LABELS plugins once
    COMMAND ${CMAKE_COMMAND} --build ${CMAKE_BINARY_DIR} --target plugins -j 2)
alz_add_plugin_test(same $<TARGET_FILE:bare_allurize>
    ${CMAKE_SOURCE_DIR}/fixtures ${plugin_files})
set_tests_properties(plugins/build PROPERTIES FIXTURES_SETUP plugins)
set_tests_properties(plugins/same PROPERTIES FIXTURES_REQUIRED plugins)
# These start first, and alone: they compile.
set_tests_properties(plugins/build plugins/new_format PROPERTIES
    PROCESSORS 2 COST 50)
