/* run.c - the top level of the report. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "gtest.h"

bool gtest_take_key(const struct gtest_key *keys, struct gtest *state,
                    struct alz_out *out, const struct alz_json_value *value)
{
    for (; keys->name; keys++)
        if (alz_str_is(value->key, keys->name))
            return keys->take(state, out, value);
    return false;
}

bool gtest_take_count(struct gtest *state, struct alz_text *count,
                      const struct alz_json_value *value)
{
    if (value->type != ALZ_JSON_NUMBER || count->len)
        return false;
    gtest_set(&state->room, count, value->text);
    return true;
}

static bool take_tests(struct gtest *state, struct alz_out *out,
                       const struct alz_json_value *value)
{
    (void)out;
    state->known |= value->type == ALZ_JSON_NUMBER;
    return gtest_take_count(state, &state->tests, value);
}

static bool take_failures(struct gtest *state, struct alz_out *out,
                          const struct alz_json_value *value)
{
    (void)out;
    return gtest_take_count(state, &state->failures, value);
}

static bool take_seed(struct gtest *state, struct alz_out *out,
                      const struct alz_json_value *value)
{
    (void)out;
    return gtest_take_count(state, &state->seed, value);
}

static bool take_timestamp(struct gtest *state, struct alz_out *out,
                           const struct alz_json_value *value)
{
    int64_t ms;

    (void)out;
    if (value->type != ALZ_JSON_STRING || state->cursor_ms != GTEST_NO_TIME ||
        !gtest_time_parse(state, value->text, &ms))
        return false;
    state->cursor_ms = ms;
    return true;
}

static const struct gtest_key keys[] = {
    {"tests",       take_tests    },
    {"failures",    take_failures },
    {"random_seed", take_seed     },
    {"timestamp",   take_timestamp},
    {NULL,          NULL          },
};

/* What is recorded outside of tests describes the machine: it stays there. */
void gtest_run_value(void *ctx, struct alz_out *out,
                     const struct alz_json_value *value)
{
    struct gtest *state = ctx;

    gtest_foreign_key(state, out, value);
    if (!state->foreign)
        gtest_take_key(keys, state, out, value);
}

void gtest_suites_open(void *ctx, struct alz_out *out,
                       const struct alz_json_value *value)
{
    struct gtest *state = ctx;

    gtest_foreign_key(state, out, value);
    if (alz_str_is(value->key, "testsuites") && value->type == ALZ_JSON_ARRAY)
        state->seen |= !state->foreign;
}

static void add_total(struct alz_out *out, const char *name,
                      struct alz_text *count)
{
    if (count->len)
        alz_add(out, 0, ALZ_TOTAL, alz_str_from(name), alz_text_str(count));
    alz_text_clear(count);
}

/* A list declares tests, too, but nobody ran them. */
void gtest_run_close(void *ctx, struct alz_out *out)
{
    struct gtest *state = ctx;

    if (state->seen && !state->listed) {
        add_total(out, "tests", &state->tests);
        add_total(out, "failed", &state->failures);
    }
    alz_text_clear(&state->tests);
    alz_text_clear(&state->failures);
    alz_text_clear(&state->seed);
    state->known = false;
    state->cursor_ms = GTEST_NO_TIME;
}
