/* cmd_formats.c - allurize formats: what can be read. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "commands.h"

#include <stdio.h>

/* "log:go": a ready-made profile of a converter. */
static void print_profiles(const struct alz_converter *converter, bool json)
{
    const struct alz_converter_profile *at = converter->profiles;

    for (; at && at->name; at++) {
        char name[64];

        snprintf(name, sizeof(name), "%s:%s", converter->name, at->name);
        if (json)
            printf(",{\"name\":\"%s\",\"title\":\"%s\"}", name, at->title);
        else
            printf("%-10s %s\n", name, at->title);
    }
}

int cmd_formats(const struct args *args)
{
    const struct alz_converter *const *at = alz_converters();
    const char *separator = "";

    if (args->json)
        fputs("[", stdout);
    for (; *at; at++) {
        if (args->json)
            printf("%s{\"name\":\"%s\",\"title\":\"%s\"}", separator,
                   (*at)->name, (*at)->title);
        else
            printf("%-10s %s\n", (*at)->name, (*at)->title);
        print_profiles(*at, args->json);
        separator = ",";
    }
    if (args->json)
        fputs("]\n", stdout);
    return ALZ_EXIT_OK;
}
