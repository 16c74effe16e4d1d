/* cmd_schema.c - allurize schema: prints the embedded schemas. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "commands.h"

#include <stdio.h>

static int print_names(void)
{
    const char *name;

    for (size_t i = 0; (name = alz_schema_name(i)); i++)
        puts(name);
    return ALZ_EXIT_OK;
}

int cmd_schema(const struct args *args)
{
    if (args->operands.count == 0)
        return print_names();
    for (size_t i = 0; i < args->operands.count; i++) {
        struct alz_str text = alz_schema_json(args->operands.items[i]);

        if (!text.ptr) {
            fprintf(stderr,
                    "allurize: error: no such schema: %s [schema/name]\n",
                    args->operands.items[i]);
            return ALZ_EXIT_USAGE;
        }
        fwrite(text.ptr, 1, text.len, stdout);
    }
    return ALZ_EXIT_OK;
}
