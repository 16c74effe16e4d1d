# Converters as shared objects, and programs that load them.

# The functions that a plugin may call: all that read.h declares.
set(header ${CMAKE_SOURCE_DIR}/core/include/allurize/read.h)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${header})
file(READ ${header} text)
string(REGEX MATCHALL "\n[a-z][a-z0-9_ ]*[ *]alz_[a-z0-9_]+\\(" matches
    "${text}")
list(FILTER matches EXCLUDE REGEX "static")
list(TRANSFORM matches REPLACE ".*[ *](alz_[a-z0-9_]+)\\(" "\\1")
set_property(GLOBAL PROPERTY ALZ_PLUGIN_FUNCTIONS ${matches})

# alz_plugin_host(<target>): the program holds these functions, whether it
# calls them itself or not, and exports them; the rest of it stays hidden.
function(alz_plugin_host target)
    get_property(functions GLOBAL PROPERTY ALZ_PLUGIN_FUNCTIONS)
    list(TRANSFORM functions PREPEND LINKER:--undefined=)
    target_link_options(${target} PRIVATE ${functions})
    set_target_properties(${target} PROPERTIES ENABLE_EXPORTS ON)
    target_link_libraries(${target} PRIVATE ${CMAKE_DL_LIBS})
endfunction()

# alz_add_plugin(<name>): the sources of a converter once more, as <name>.so,
# in which the descriptor has the name that a plugin's must have.
function(alz_add_plugin name)
    set(converter alz_converter_${name})
    set(plugin alz_plugin_${name})
    string(REPLACE "-" "_" symbol ${converter})
    add_library(${plugin} MODULE EXCLUDE_FROM_ALL
        $<TARGET_PROPERTY:${converter},SOURCES>)
    alz_target(${plugin})
    target_compile_definitions(${plugin} PRIVATE ${symbol}=allurize_converter)
    target_include_directories(${plugin} PRIVATE
        $<TARGET_PROPERTY:${converter},INCLUDE_DIRECTORIES>)
    get_target_property(libraries ${converter} LINK_LIBRARIES)
    target_link_libraries(${plugin} PRIVATE ${libraries})
    get_target_property(sees ${converter} ALZ_SEES)
    if(sees) # what it shares is in there
        set(sibling alz_converter_${sees})
        get_target_property(libraries ${sibling} LINK_LIBRARIES)
        target_link_libraries(${plugin} PRIVATE ${libraries}
            $<TARGET_OBJECTS:${sibling}>)
    endif()
    if(ALZ_IPO) # nothing is inlined across its border
        set_target_properties(${plugin} PROPERTIES
            INTERPROCEDURAL_OPTIMIZATION_RELEASE OFF)
        target_link_options(${plugin} PRIVATE -fno-lto)
    endif()
    set_target_properties(${plugin} PROPERTIES PREFIX "" OUTPUT_NAME ${name})
    add_dependencies(${plugin} ${converter}) # makes what sources are made
endfunction()
