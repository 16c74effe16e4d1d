/* suite.c - a suite of the report. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "gtest.h"

/* Failures outside of all suites are put into one of that name. */
static bool is_none(const struct gtest_suite *suite)
{
    return alz_str_is(alz_text_str(&suite->name), "NonTestSuiteFailure");
}

void gtest_suite_open(void *ctx, struct alz_out *out,
                      const struct alz_json_value *value)
{
    struct gtest *state = ctx;
    struct gtest_suite *suite = &state->suite;

    (void)out;
    alz_text_clear(&suite->name);
    alz_text_clear(&suite->tests);
    alz_text_clear(&suite->failures);
    suite->open = !state->foreign && value->type == ALZ_JSON_OBJECT;
    suite->ref = suite->outer = 0;
    suite->disabled = suite->timed = false;
}

static void tell_origin(const struct gtest_suite *suite, struct alz_out *out)
{
    alz_set_text(out, suite->outer, ALZ_FRAMEWORK, ALZ_STR("googletest"));
    alz_set_text(out, suite->outer, ALZ_LANGUAGE, ALZ_STR("c++"));
}

alz_ref gtest_suite_ref(struct gtest *state, struct alz_out *out)
{
    struct gtest_suite *suite = &state->suite;

    if (suite->ref || is_none(suite))
        return suite->ref;
    suite->ref =
        gtest_suite_begin(out, alz_text_str(&suite->name), &suite->outer);
    tell_origin(suite, out);
    return suite->ref;
}

/* ---- keys ------------------------------------------------------------- */

static bool take_name(struct gtest *state, struct alz_out *out,
                      const struct alz_json_value *value)
{
    struct gtest_suite *suite = &state->suite;

    (void)out;
    if (value->type != ALZ_JSON_STRING || suite->name.len)
        return false;
    gtest_set(&state->room, &suite->name,
              gtest_repair(&state->room, value->text));
    suite->disabled = gtest_enable(&suite->name);
    return true;
}

static bool take_tests(struct gtest *state, struct alz_out *out,
                       const struct alz_json_value *value)
{
    (void)out;
    return gtest_take_count(state, &state->suite.tests, value);
}

static bool take_failures(struct gtest *state, struct alz_out *out,
                          const struct alz_json_value *value)
{
    (void)out;
    return gtest_take_count(state, &state->suite.failures, value);
}

/* Tests of googletest before 1.10 have no times but this one. */
static bool take_timestamp(struct gtest *state, struct alz_out *out,
                           const struct alz_json_value *value)
{
    int64_t ms;

    (void)out;
    if (state->suite.timed || value->type != ALZ_JSON_STRING ||
        !gtest_time_parse(state, value->text, &ms))
        return false;
    state->suite.timed = true;
    if (ms > state->cursor_ms)
        state->cursor_ms = ms;
    return true;
}

static bool take_other(struct gtest *state, struct alz_out *out,
                       const struct alz_json_value *value)
{
    (void)state;
    (void)out;
    return value->type == ALZ_JSON_NUMBER;
}

static bool take_time(struct gtest *state, struct alz_out *out,
                      const struct alz_json_value *value)
{
    (void)state;
    (void)out;
    (void)value;
    return true; /* no property can have this name */
}

static const struct gtest_key keys[] = {
    {"name",      take_name     },
    {"tests",     take_tests    },
    {"failures",  take_failures },
    {"timestamp", take_timestamp},
    {"disabled",  take_other    },
    {"errors",    take_other    },
    {"skipped",   take_other    },
    {"time",      take_time     },
    {NULL,        NULL          },
};

void gtest_suite_value(void *ctx, struct alz_out *out,
                       const struct alz_json_value *value)
{
    struct gtest *state = ctx;

    if (!state->suite.open || gtest_take_key(keys, state, out, value) ||
        value->type != ALZ_JSON_STRING ||
        alz_property_kind(value->key) != ALZ_PROPERTY_OF_ALL ||
        !state->suite.name.len)
        return;
    alz_property_tell(out, gtest_suite_ref(state, out), value->key,
                      gtest_repair(&state->room, value->text));
}

/* ---- the end ---------------------------------------------------------- */

static void add_total(struct gtest_suite *suite, struct alz_out *out,
                      const char *name, const struct alz_text *count)
{
    if (count->len)
        alz_add(out, suite->ref, ALZ_TOTAL, alz_str_from(name),
                alz_text_str(count));
}

void gtest_suite_totals(struct gtest *state, struct alz_out *out)
{
    struct gtest_suite *suite = &state->suite;

    if (!suite->ref)
        return;
    add_total(suite, out, "tests", &suite->tests);
    add_total(suite, out, "failed", &suite->failures);
}

void gtest_suite_close(void *ctx, struct alz_out *out)
{
    struct gtest *state = ctx;

    gtest_suite_totals(state, out);
    if (state->suite.outer)
        alz_end(out, state->suite.outer);
    state->suite.open = false;
    state->suite.ref = state->suite.outer = 0;
}
