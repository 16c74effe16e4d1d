/* test.c - a test of the report. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "gtest.h"

static struct alz_text *const *texts_of(struct gtest_test *test,
                                        struct alz_text *ret[7])
{
    ret[0] = &test->name;
    ret[1] = &test->class_name;
    ret[2] = &test->type_param;
    ret[3] = &test->value_param;
    ret[4] = &test->file;
    ret[5] = &test->reason;
    ret[6] = NULL;
    return ret;
}

static void clear(struct gtest_test *test)
{
    struct alz_text *room[7], *const *text = texts_of(test, room);

    for (; *text; text++)
        alz_text_clear(*text);
    gtest_failures_clear(&test->failures);
    test->ref = 0;
    test->open = test->named = test->nameless = test->identified = false;
    test->disabled = test->has_line = test->never_started = false;
    test->status = test->result = GTEST_UNSAID;
    test->start_ms = test->duration_ms = GTEST_NO_TIME;
}

void gtest_test_done(struct gtest_test *test)
{
    struct alz_text *room[7], *const *text = texts_of(test, room);

    for (; *text; text++)
        alz_text_done(*text);
    gtest_failures_done(&test->failures);
}

void gtest_test_open(void *ctx, struct alz_out *out,
                     const struct alz_json_value *value)
{
    struct gtest *state = ctx;

    (void)out;
    clear(&state->test);
    state->test.open = state->suite.open && value->type == ALZ_JSON_OBJECT;
}

/* The class, as a rule, is the name of the suite, and comes later. */
static void identify(struct gtest *state, struct alz_out *out)
{
    struct gtest_test *test = &state->test;
    const struct alz_text *class_name =
        test->class_name.len ? &test->class_name : &state->suite.name;

    if (test->identified || !test->named)
        return;
    test->identified = true;
    if (test->nameless) {
        gtest_tell_synthetic(&state->room, out, test->ref,
                             state->suite.ref ? alz_text_str(&state->suite.name)
                                              : ALZ_STR(""));
        return;
    }
    alz_set_text(out, test->ref, ALZ_NAME, alz_text_str(&test->name));
    alz_set_text(out, test->ref, ALZ_CLASS, alz_text_str(class_name));
}

alz_ref gtest_test_begin(struct gtest *state, struct alz_out *out)
{
    struct gtest_test *test = &state->test;

    if (!test->ref)
        test->ref = alz_begin(out, gtest_suite_ref(state, out), ALZ_TEST);
    identify(state, out);
    return test->ref;
}

/* ---- keys: names ------------------------------------------------------ */

static bool is_text(const struct alz_json_value *value)
{
    return value->type == ALZ_JSON_STRING;
}

static struct alz_str text_of(struct gtest *state,
                              const struct alz_json_value *value)
{
    return gtest_repair(&state->room, value->text);
}

/* The first text under that key. */
static bool take_text(struct gtest *state, struct alz_text *text,
                      const struct alz_json_value *value)
{
    if (text->len || !is_text(value))
        return false;
    gtest_set(&state->room, text, text_of(state, value));
    return true;
}

static bool take_name(struct gtest *state, struct alz_out *out,
                      const struct alz_json_value *value)
{
    struct gtest_test *test = &state->test;

    (void)out;
    if (test->named || !take_text(state, &test->name, value))
        return false;
    test->named = true;
    test->nameless = test->name.len == 0;
    test->disabled |= gtest_enable(&test->name);
    return true;
}

static bool take_class(struct gtest *state, struct alz_out *out,
                       const struct alz_json_value *value)
{
    struct gtest_test *test = &state->test;

    (void)out;
    if (!take_text(state, &test->class_name, value))
        return false;
    test->disabled |= gtest_enable(&test->class_name);
    return true;
}

static bool take_type_param(struct gtest *state, struct alz_out *out,
                            const struct alz_json_value *value)
{
    (void)out;
    return take_text(state, &state->test.type_param, value);
}

static bool take_value_param(struct gtest *state, struct alz_out *out,
                             const struct alz_json_value *value)
{
    (void)out;
    return take_text(state, &state->test.value_param, value);
}

static bool take_file(struct gtest *state, struct alz_out *out,
                      const struct alz_json_value *value)
{
    (void)out;
    return take_text(state, &state->test.file, value);
}

static bool take_line(struct gtest *state, struct alz_out *out,
                      const struct alz_json_value *value)
{
    struct gtest_test *test = &state->test;

    if (test->has_line || value->type != ALZ_JSON_NUMBER || !test->file.len)
        return false;
    (void)out;
    test->has_line = true;
    gtest_put(&state->room, &test->file, GTEST_TEXT_MAX, ALZ_STR(":"));
    gtest_put(&state->room, &test->file, GTEST_TEXT_MAX, value->text);
    return true;
}

/* ---- keys: verdict and times ------------------------------------------ */

static enum gtest_verdict verdict_of(const struct alz_json_value *value,
                                     enum gtest_verdict from,
                                     enum gtest_verdict to)
{
    static const char *const words[] = {
        [GTEST_RUN] = "RUN",
        [GTEST_NOTRUN] = "NOTRUN",
        [GTEST_COMPLETED] = "COMPLETED",
        [GTEST_SKIPPED] = "SKIPPED",
        [GTEST_SUPPRESSED] = "SUPPRESSED",
    };

    for (; is_text(value) && from <= to; from++)
        if (alz_str_is(value->text, words[from]))
            return from;
    return GTEST_UNSAID;
}

static bool take_verdict(enum gtest_verdict *to, enum gtest_verdict verdict)
{
    if (*to != GTEST_UNSAID || verdict == GTEST_UNSAID)
        return false;
    *to = verdict;
    return true;
}

static bool take_status(struct gtest *state, struct alz_out *out,
                        const struct alz_json_value *value)
{
    (void)out;
    return take_verdict(&state->test.status,
                        verdict_of(value, GTEST_RUN, GTEST_NOTRUN));
}

static bool take_result(struct gtest *state, struct alz_out *out,
                        const struct alz_json_value *value)
{
    (void)out;
    return take_verdict(&state->test.result,
                        verdict_of(value, GTEST_COMPLETED, GTEST_SUPPRESSED));
}

static bool take_timestamp(struct gtest *state, struct alz_out *out,
                           const struct alz_json_value *value)
{
    struct gtest_test *test = &state->test;

    (void)out;
    if (test->never_started || test->start_ms != GTEST_NO_TIME ||
        !is_text(value) ||
        !gtest_time_parse(state, value->text, &test->start_ms))
        return false;
    test->never_started = test->start_ms == GTEST_NO_TIME;
    return true;
}

static bool take_time(struct gtest *state, struct alz_out *out,
                      const struct alz_json_value *value)
{
    struct gtest_test *test = &state->test;

    (void)out;
    return test->duration_ms == GTEST_NO_TIME && is_text(value) &&
           alz_duration_parse(value->text, &test->duration_ms);
}

static const struct gtest_key keys[] = {
    {"name",        take_name       },
    {"classname",   take_class      },
    {"type_param",  take_type_param },
    {"value_param", take_value_param},
    {"file",        take_file       },
    {"line",        take_line       },
    {"status",      take_status     },
    {"result",      take_result     },
    {"timestamp",   take_timestamp  },
    {"time",        take_time       },
    {NULL,          NULL            },
};

/* ---- properties, failures, reasons ------------------------------------ */

/* What a test recorded with RecordProperty. */
static void take_property(struct gtest *state, struct alz_out *out,
                          const struct alz_json_value *value)
{
    alz_ref ref = gtest_test_begin(state, out);
    struct alz_str text = text_of(state, value);

    if (!alz_property_tell(out, ref, value->key, text))
        alz_add(out, ref, ALZ_EXCLUDED, value->key, text);
}

void gtest_test_value(void *ctx, struct alz_out *out,
                      const struct alz_json_value *value)
{
    struct gtest *state = ctx;

    if (!state->test.open || gtest_take_key(keys, state, out, value))
        return;
    if (is_text(value) || value->type == ALZ_JSON_NUMBER)
        take_property(state, out, value);
}

/* The first line of a failure is a place, or says there is none. */
static bool is_location(struct alz_str line)
{
    size_t len = line.len;

    if (alz_str_is(line, "unknown file"))
        return true;
    while (len && line.ptr[len - 1] >= '0' && line.ptr[len - 1] <= '9')
        len--;
    return len > 1 && len < line.len && line.ptr[len - 1] == ':';
}

static struct alz_str split_location(struct alz_str *text)
{
    size_t end = alz_str_find(*text, "\n");
    struct alz_str line = gtest_head(*text, end);

    if (!is_location(line))
        return ALZ_STR("");
    *text = end == SIZE_MAX ? ALZ_STR("") : alz_str_from_offset(*text, end + 1);
    return line;
}

/* "failure" in what GoogleTest writes, "message" or "failures" in what its
 * documentation says. */
void gtest_failure_value(void *ctx, struct alz_out *out,
                         const struct alz_json_value *value)
{
    struct gtest *state = ctx;
    struct alz_str text, location;

    (void)out;
    if (!state->test.open || !is_text(value) || alz_str_is(value->key, "type"))
        return;
    text = text_of(state, value);
    location = split_location(&text);
    gtest_failures_add(&state->test.failures, &state->room, location, text);
}

void gtest_skip_value(void *ctx, struct alz_out *out,
                      const struct alz_json_value *value)
{
    struct gtest *state = ctx;
    struct alz_str text;

    (void)out;
    if (!state->test.open || !is_text(value) || state->test.reason.len)
        return;
    text = text_of(state, value);
    split_location(&text);
    gtest_set(&state->room, &state->test.reason, alz_str_trim(text));
}
