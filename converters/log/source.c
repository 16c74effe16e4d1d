/* source.c - the file of rules that the user named. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "shared.h"

#include <stdio.h>

struct alz_str log_option(const struct alz_input *in, const char *name)
{
    return in->option ? in->option(in, name) : (struct alz_str){NULL, 0};
}

struct alz_str log_source_text(struct log_source *source)
{
    source->name = log_option(source->in, "rules-file");
    if (!source->name.len)
        source->name = ALZ_STR("rules");
    return log_option(source->in, "rules-text");
}

void log_source_complain(void *ctx, struct log_place place, struct alz_str what)
{
    const struct log_source *source = ctx;
    struct alz_text text = {0};
    char numbers[64];

    if (source->in->report_at) {
        source->in->report_at(source->in, source->name, place.line,
                              place.column, source->wrong, what);
        return;
    }
    snprintf(numbers, sizeof(numbers), ":%zu:%zu: ", place.line, place.column);
    alz_text_add(&text, source->name);
    alz_text_add(&text, alz_str_from(numbers));
    alz_text_add(&text, what);
    alz_report(source->out, source->wrong, alz_text_str(&text));
    alz_text_done(&text);
}
