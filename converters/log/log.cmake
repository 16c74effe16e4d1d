# What the converter log needs besides: PCRE2, and its profiles embedded.
set(profiles_source ${CMAKE_BINARY_DIR}/log_profiles.c)
file(GLOB profiles CONFIGURE_DEPENDS ${CMAKE_CURRENT_LIST_DIR}/profiles/*.rules)
add_custom_command(
    OUTPUT ${profiles_source}
    COMMAND ${CMAKE_COMMAND} -DOUT=${profiles_source} "-DPROFILES=${profiles}"
        -P ${CMAKE_CURRENT_LIST_DIR}/embed.cmake
    DEPENDS ${profiles} ${CMAKE_CURRENT_LIST_DIR}/embed.cmake
    VERBATIM)
target_sources(alz_converter_log PRIVATE ${profiles_source})
target_link_libraries(alz_converter_log PRIVATE PkgConfig::PCRE2)
