/* attrs.c - attributes of a test case, and what each is. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "attrs.h"

/* ---- words for a verdict ------------------------------------------------ */

static const struct {
    const char *word;
    enum alz_status status;
    const char *message;
} verdict_words[] = {
    {"notrun",     ALZ_SKIPPED, "not run" },
    {"disabled",   ALZ_SKIPPED, "disabled"},
    {"suppressed", ALZ_SKIPPED, "disabled"},
    {"skipped",    ALZ_SKIPPED, ""        },
    {"skip",       ALZ_SKIPPED, ""        },
    {"ignored",    ALZ_SKIPPED, "ignored" },
    {"pending",    ALZ_SKIPPED, "pending" },
    {"fail",       ALZ_FAILED,  ""        },
    {"failed",     ALZ_FAILED,  ""        },
    {"failure",    ALZ_FAILED,  ""        },
    {"error",      ALZ_BROKEN,  ""        },
    {"errored",    ALZ_BROKEN,  ""        },
};

/* status and result count only when no child element says more. */
static void take_verdict(struct junit *state, struct alz_out *out,
                         struct alz_str name, struct alz_str value)
{
    const size_t count = sizeof(verdict_words) / sizeof(verdict_words[0]);

    (void)out;
    (void)name;
    for (size_t i = 0; i < count; i++)
        if (alz_str_is_nocase(alz_str_trim(value), verdict_words[i].word)) {
            state->test.attr_status = verdict_words[i].status;
            state->test.attr_message = verdict_words[i].message;
        }
}

/* ---- the others --------------------------------------------------------- */

static void take_duration(struct junit *state, struct alz_out *out,
                          struct alz_str name, struct alz_str value)
{
    int64_t ms = junit_duration(out, value);

    (void)name;
    if (ms != JUNIT_NO_TIME)
        state->test.main.duration_ms = ms;
}

static void take_start(struct junit *state, struct alz_out *out,
                       struct alz_str name, struct alz_str value)
{
    (void)name;
    state->test.main.start_ms = junit_start_ms(state, out, value);
}

static void take_tag(struct junit *state, struct alz_out *out,
                     struct alz_str name, struct alz_str value)
{
    (void)name;
    junit_property_apply(state, out, state->test.ref, ALZ_STR("tag"), value);
}

static void take_url(struct junit *state, struct alz_out *out,
                     struct alz_str name, struct alz_str value)
{
    if (alz_str_starts(value, "http"))
        alz_add(out, state->test.ref, ALZ_LINK, name, value);
    else
        alz_add(out, state->test.ref, ALZ_EXCLUDED, name, value);
}

/* NULL: said elsewhere, or a repetition of what a child says. */
static const struct {
    const char *name;
    void (*take)(struct junit *state, struct alz_out *out, struct alz_str name,
                 struct alz_str value);
} rows[] = {
    {"name",                      NULL         },
    {"classname",                 NULL         },
    {"time",                      take_duration},
    {"class",                     NULL         },
    {"file",                      NULL         },
    {"filename",                  NULL         },
    {"line",                      NULL         },
    {"failure",                   NULL         },
    {"noNamespaceSchemaLocation", NULL         },
    {"duration",                  take_duration},
    {"timestamp",                 take_start   },
    {"status",                    take_verdict },
    {"result",                    take_verdict },
    {"group",                     take_tag     },
    {"url",                       take_url     },
};

/* Anything else follows the conventions of properties. */
static void take_attr(struct junit *state, struct alz_out *out,
                      const struct alz_xml_attr *attr)
{
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        if (alz_str_is(attr->name, rows[i].name)) {
            if (rows[i].take)
                rows[i].take(state, out, attr->name, attr->value);
            return;
        }
    if (attr->value.len)
        junit_property_apply(state, out, state->test.ref, attr->name,
                             attr->value);
}

/* pytest counts lines from 0. */
static void put_line_number(struct junit *state, struct alz_str line,
                            struct alz_text *ret)
{
    uint64_t number;

    if (!alz_number_parse(alz_str_trim(line), &number))
        return;
    if (state->dialect->traits & JUNIT_LINE_FROM_ZERO)
        number++;
    junit_put(state, ret, ALZ_STR(":"));
    junit_put_number(state, ret, number);
}

static void tell_source(struct junit *state, struct alz_out *out,
                        const struct alz_xml_element *element)
{
    struct alz_str file = alz_xml_attr(element, "file");
    struct alz_text *source = &state->scratch[0];

    if (!file.len)
        file = alz_xml_attr(element, "filename");
    file = alz_str_trim(file);
    if (!file.len)
        return;
    alz_text_clear(source);
    junit_put(state, source, file);
    put_line_number(state, alz_xml_attr(element, "line"), source);
    alz_set_text(out, state->test.ref, ALZ_SOURCE, alz_text_str(source));
}

void junit_attrs_tell(struct junit *state, struct alz_out *out,
                      const struct alz_xml_element *element)
{
    tell_source(state, out, element);
    for (size_t i = 0; i < element->attr_count; i++)
        take_attr(state, out, &element->attrs[i]);
}

/* ---- an element kept for later ------------------------------------------ */

void junit_attrs_keep(struct junit *state, struct junit_attrs *kept,
                      const struct alz_xml_element *element)
{
    alz_text_clear(&kept->bytes);
    kept->count = 0;
    for (size_t i = 0; i < element->attr_count && i < JUNIT_ATTRS_MAX; i++) {
        const struct alz_xml_attr *attr = &element->attrs[i];
        size_t name_at = kept->bytes.len;
        junit_put(state, &kept->bytes, attr->name);
        size_t value_at = kept->bytes.len;
        junit_put(state, &kept->bytes, attr->value);
        if (kept->bytes.full)
            break;
        kept->at[kept->count].name_at = name_at;
        kept->at[kept->count].name_len = attr->name.len;
        kept->at[kept->count].value_at = value_at;
        kept->at[kept->count++].value_len = attr->value.len;
    }
}

void junit_attrs_element(const struct junit_attrs *kept,
                         struct alz_xml_attr *attrs,
                         struct alz_xml_element *ret)
{
    struct alz_str all = alz_text_str(&kept->bytes);

    for (size_t i = 0; i < kept->count; i++) {
        attrs[i].name = (struct alz_str){all.ptr + kept->at[i].name_at,
                                         kept->at[i].name_len};
        attrs[i].value = (struct alz_str){all.ptr + kept->at[i].value_at,
                                          kept->at[i].value_len};
    }
    *ret = (struct alz_xml_element){.name = ALZ_STR("testcase"),
                                    .parent = ALZ_STR(""),
                                    .attrs = attrs,
                                    .attr_count = kept->count,
                                    .depth = 2};
}
