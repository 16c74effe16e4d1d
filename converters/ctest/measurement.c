/* measurement.c - CTest's own measurements and those of the test. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "ctest.h"

#include <stddef.h>

static const struct alz_diag missing_file = {
    ALZ_WARNING, "ctest/no-file", "CTest could not attach a file", 0};

void ctest_measurement_done(struct ctest_measurement *measurement)
{
    alz_text_done(&measurement->name);
    alz_text_done(&measurement->type);
    alz_text_done(&measurement->file_name);
    alz_text_done(&measurement->value);
}

/* ---- what CTest measures ------------------------------------------------ */

static void take_duration(struct ctest *state, struct alz_out *out,
                          struct alz_str value)
{
    int64_t ms;

    (void)out;
    if (alz_duration_parse(value, &ms))
        state->test.duration_ms = ms;
}

/* One is what every test has. */
static void take_processors(struct ctest *state, struct alz_out *out,
                            struct alz_str value)
{
    if (value.len && !alz_str_is(value, "1"))
        alz_add(out, state->test.ref, ALZ_EXCLUDED, ALZ_STR("Processors"),
                value);
}

/* The command is told from FullCommandLine. */
static void drop(struct ctest *state, struct alz_out *out, struct alz_str value)
{
    (void)state;
    (void)out;
    (void)value;
}

/* May hold paths of the machine and secrets. */
static void take_environment(struct ctest *state, struct alz_out *out,
                             struct alz_str value)
{
    size_t group = alz_str_find(value, "#CTEST_RESOURCE_GROUP_COUNT=");

    if (group < value.len)
        value.len = group;
    value = alz_str_trim(value);
    if (state->keep_environment && value.len)
        alz_add(out, state->test.ref, ALZ_EXCLUDED, ALZ_STR("Environment"),
                value);
}

#define FIELD(field) offsetof(struct ctest_test, field)

/* Either a text to keep for the verdict, or something to do with it. */
static const struct own {
    const char *name, *type;
    size_t field; /* when take is NULL */
    void (*take)(struct ctest *state, struct alz_out *out,
                 struct alz_str value);
} owns[] = {
    {"Exit Code",         "text/string",    FIELD(exit_code),   NULL            },
    {"Exit Value",        "text/string",    FIELD(exit_value),  NULL            },
    {"Fail Reason",       "text/string",    FIELD(fail_reason), NULL            },
    {"Pass Reason",       "text/string",    FIELD(pass_reason), NULL            },
    {"Completion Status", "text/string",    FIELD(completion),  NULL            },
    {"Execution Time",    "numeric/double", 0,                  take_duration   },
    {"Processors",        "numeric/double", 0,                  take_processors },
    {"Command Line",      "text/string",    0,                  drop            },
    {"Environment",       "text/string",    0,                  take_environment},
};

static bool take_own(struct ctest *state, struct alz_out *out,
                     struct alz_str name, struct alz_str type,
                     struct alz_str value)
{
    for (size_t i = 0; i < sizeof(owns) / sizeof(*owns); i++) {
        if (!alz_str_is(name, owns[i].name) || !alz_str_is(type, owns[i].type))
            continue;
        if (owns[i].take)
            owns[i].take(state, out, value);
        else
            ctest_set(state, out,
                      (struct alz_text *)((char *)&state->test + owns[i].field),
                      value);
        return true;
    }
    return false;
}

/* ---- what the test measures --------------------------------------------- */

static void as_parameter(struct ctest *state, struct alz_out *out,
                         struct alz_str name, struct alz_str value)
{
    alz_add(out, state->test.ref, ALZ_EXCLUDED, name, value);
}

static void as_link(struct ctest *state, struct alz_out *out,
                    struct alz_str name, struct alz_str value)
{
    alz_add(out, state->test.ref, ALZ_LINK, name, value);
}

/* By the beginning of the type; "" fits all. */
static const struct kind {
    const char *type;
    void (*tell)(struct ctest *state, struct alz_out *out, struct alz_str name,
                 struct alz_str value);
} kinds[] = {
    {"text/link", as_link     },
    {"",          as_parameter},
};

static void tell_value(struct ctest *state, struct alz_out *out)
{
    const struct ctest_measurement *measurement = &state->measurement;
    struct alz_str type = alz_text_str(&measurement->type);
    struct alz_str name = alz_text_str(&measurement->name);
    struct alz_str value;
    const struct kind *kind = kinds;

    alz_text_clear(&state->scratch);
    ctest_repair(state, out, alz_str_trim(alz_text_str(&measurement->value)),
                 &state->scratch);
    value = alz_text_str(&state->scratch);
    if (measurement->problem) {
        alz_report(out, &missing_file, value);
        return;
    }
    if (take_own(state, out, name, type, value))
        return;
    while (!alz_str_starts(type, kind->type))
        kind++;
    kind->tell(state, out, name, value);
}

/* ---- elements ----------------------------------------------------------- */

void ctest_measurement_open(void *ctx, struct alz_out *out,
                            const struct alz_xml_element *element)
{
    struct ctest *state = ctx;
    struct ctest_measurement *measurement = &state->measurement;
    struct alz_str encoding = alz_xml_attr(element, "encoding");

    if (!state->test.open)
        return;
    ctest_test_begin(state, out);
    measurement->open = true;
    ctest_set(state, out, &measurement->name, alz_xml_attr(element, "name"));
    ctest_set(state, out, &measurement->type, alz_xml_attr(element, "type"));
    ctest_set(state, out, &measurement->file_name,
              alz_xml_attr(element, "filename"));
    alz_text_clear(&measurement->value);
    measurement->base64 = alz_str_is(encoding, "base64");
    measurement->packed =
        alz_str_find(alz_xml_attr(element, "compression"), "tar") != SIZE_MAX;
    measurement->problem =
        alz_str_is(encoding, "none") || alz_xml_attr(element, "text").ptr;
    if (measurement->base64)
        ctest_file_open(state);
}

void ctest_value_text(void *ctx, struct alz_out *out, struct alz_str piece)
{
    struct ctest *state = ctx;

    if (!state->measurement.open)
        return;
    if (state->measurement.base64)
        ctest_file_text(state, piece);
    else
        ctest_add(state, out, &state->measurement.value, piece);
}

void ctest_measurement_close(void *ctx, struct alz_out *out,
                             struct alz_str text, size_t cut)
{
    struct ctest *state = ctx;

    (void)text;
    (void)cut;
    if (!state->measurement.open)
        return;
    state->measurement.open = false;
    if (state->measurement.base64)
        ctest_file_close(state, out);
    else
        tell_value(state, out);
}
