/* cmd_formats.c - allurize formats: what can be read. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "commands.h"

#include <stdio.h>

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
        separator = ",";
    }
    if (args->json)
        fputs("]\n", stdout);
    return ALZ_EXIT_OK;
}
