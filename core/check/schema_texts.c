/* schema_texts.c - finds an embedded schema by its name. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "check/schema.h"

#include <allurize/allurize.h>

const struct alz_schema_text *alz_schema_text_find(const char *name)
{
    const struct alz_schema_text *text = alz_schema_texts;

    while (text->name && (!name || strcmp(text->name, name) != 0))
        text++;
    return text->name ? text : NULL;
}

const char *alz_schema_name(size_t index)
{
    for (size_t i = 0; alz_schema_texts[i].name; i++)
        if (i == index)
            return alz_schema_texts[i].name;
    return NULL;
}

struct alz_str alz_schema_json(const char *name)
{
    const struct alz_schema_text *text = alz_schema_text_find(name);

    return text ? text->json : (struct alz_str){NULL, 0};
}
