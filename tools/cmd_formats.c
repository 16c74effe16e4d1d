/* cmd_formats.c - allurize formats: what can be read. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "commands.h"
#include "json.h"

enum { FORMAT_MAX = 80 }; /* two names and a colon */

/* One line, or one object when gen is there. */
static void put(yajl_gen gen, const char *name, const char *title)
{
    if (!gen) {
        printf("%-10s %s\n", name, title);
        return;
    }
    yajl_gen_map_open(gen);
    json_text(gen, "name", alz_str_from(name));
    json_text(gen, "title", alz_str_from(title));
    yajl_gen_map_close(gen);
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
}

static void put_alias(yajl_gen gen, const struct alz_format_alias *alias)
{
    char title[FORMAT_MAX];

    snprintf(title, sizeof(title), "the same as %s", alias->format);
    put(gen, alias->name, title);
}

int cmd_formats(const struct args *args)
{
    yajl_gen gen = args->json ? yajl_gen_alloc(NULL) : NULL;
    const struct alz_format_alias *alias = alz_format_aliases();
    const struct alz_converter *at;

    if (args->json && !gen)
        return ALZ_EXIT_MEMORY;
    if (gen)
        yajl_gen_array_open(gen);
    for (size_t i = 0; (at = alz_converter_at(args->plugins.items, i)); i++)
        put_converter(gen, at);
    for (; alias->name; alias++)
        put_alias(gen, alias);
    if (!gen)
        return ALZ_EXIT_OK;
    yajl_gen_array_close(gen);
    return json_print(gen, stdout) ? ALZ_EXIT_OUTPUT : ALZ_EXIT_OK;
}
