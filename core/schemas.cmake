# Embeds schemas/*.schema.json as alz_schema_texts (check/schema.h).
set(ALZ_SCHEMA_SOURCE ${CMAKE_BINARY_DIR}/schema_texts.c)
file(GLOB ALZ_SCHEMAS CONFIGURE_DEPENDS
    ${CMAKE_SOURCE_DIR}/schemas/*.schema.json)
add_custom_command(
    OUTPUT ${ALZ_SCHEMA_SOURCE}
    COMMAND ${CMAKE_COMMAND} -DOUT=${ALZ_SCHEMA_SOURCE}
        "-DSCHEMAS=${ALZ_SCHEMAS}"
        -P ${CMAKE_CURRENT_SOURCE_DIR}/embed.cmake
    DEPENDS ${ALZ_SCHEMAS} ${CMAKE_CURRENT_SOURCE_DIR}/embed.cmake
    VERBATIM)
