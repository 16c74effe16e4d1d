/* cmd_formats.c - allurize formats: what can be read. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "commands.h"
#include "json.h"

enum { FORMAT_MAX = 80 }; /* two names and a colon */

/* One line, or one object when gen is there. */
static void put(yajl_gen gen, const char *name, const char *title)
{
    if (!gen) {
        printf("%-17s %s\n", name, title);
        return;
    }
    yajl_gen_map_open(gen);
    json_text(gen, "name", alz_str_from(name));
    json_text(gen, "title", alz_str_from(title));
    yajl_gen_map_close(gen);
}

/* "log:gtest" stands with the profiles that it looks like. */
static void put_aliases(yajl_gen gen, const struct alz_converter *converter)
{
    const struct alz_format_alias *alias = alz_format_aliases();
    size_t len = strlen(converter->name);
    char title[FORMAT_MAX];

    for (; alias->name; alias++) {
        if (strncmp(alias->name, converter->name, len) != 0 ||
            alias->name[len] != ':')
            continue;
        snprintf(title, sizeof(title), "the same as %s", alias->format);
        put(gen, alias->name, title);
    }
}

/* "log:go" is a ready-made profile of a converter. */
static void put_converter(yajl_gen gen, const struct alz_converter *converter)
{
    const struct alz_converter_profile *at = converter->profiles;

    put(gen, converter->name, converter->title);
    for (; at && at->name; at++) {
        char name[FORMAT_MAX];

        snprintf(name, sizeof(name), "%s:%s", converter->name, at->name);
        put(gen, name, at->title);
    }
    put_aliases(gen, converter);
}

int cmd_formats(const struct args *args)
{
    yajl_gen gen = args->json ? yajl_gen_alloc(NULL) : NULL;
    const struct alz_converter *at;

    if (args->operands.count) {
        fprintf(stderr,
                "allurize: error: formats takes no %s (see allurize formats "
                "--help) [args/usage]\n",
                args->operands.items[0]);
        return ALZ_EXIT_USAGE;
    }
    if (args->json && !gen)
        return ALZ_EXIT_MEMORY;
    if (gen)
        yajl_gen_array_open(gen);
    for (size_t i = 0; (at = alz_converter_at(args->plugins.items, i)); i++)
        put_converter(gen, at);
    if (!gen)
        return ALZ_EXIT_OK;
    yajl_gen_array_close(gen);
    return json_print(gen, stdout) ? ALZ_EXIT_OUTPUT : ALZ_EXIT_OK;
}
