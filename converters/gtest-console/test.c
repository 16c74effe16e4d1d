/* test.c - a test, from its RUN line to its result line. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "console.h"

#include <stdlib.h>

/* ---- names ------------------------------------------------------------ */

/* "a_spec.lua @ 12: outer passes" (busted): the line is no name. */
static bool split_busted(struct alz_str raw, struct alz_str *class_name,
                         struct alz_str *name)
{
    size_t at = alz_str_find(raw, " @ ");
    struct alz_str rest;
    uint64_t line;

    if (at == SIZE_MAX)
        return false;
    rest = alz_str_from_offset(raw, at + strlen(" @ "));
    if (!gtcon_take_number(&rest, &line) || !alz_str_starts(rest, ": "))
        return false;
    *class_name = gtest_head(raw, at);
    *name = alz_str_from_offset(rest, strlen(": "));
    return true;
}

/* "Suite.Name". Names of types may hold dots, so the current suite decides;
 * without any dot (cmocka) there is no class. */
static void split(const struct gtcon *state, struct alz_str raw,
                  struct alz_str *class_name, struct alz_str *name)
{
    size_t dot = alz_str_find(raw, ".");

    if (split_busted(raw, class_name, name))
        return;
    if (state->suite && raw.len > state->suite->raw.len &&
        raw.ptr[state->suite->raw.len] == '.' &&
        alz_str_equal(gtest_head(raw, state->suite->raw.len),
                      alz_text_str(&state->suite->raw)))
        dot = state->suite->raw.len;
    *class_name = dot == SIZE_MAX ? ALZ_STR("") : gtest_head(raw, dot);
    *name = dot == SIZE_MAX ? raw : alz_str_from_offset(raw, dot + 1);
}

/* ---- the beginning ---------------------------------------------------- */

static void tell_name(struct gtcon *state, struct alz_out *out, alz_ref ref,
                      struct alz_str class_name, struct alz_str name)
{
    gtest_set(&state->room, &state->name, name);
    gtest_enable(&state->name);
    alz_set_text(out, ref, ALZ_NAME, alz_text_str(&state->name));
    if (class_name.len) {
        gtest_set(&state->room, &state->name, class_name);
        gtest_enable(&state->name);
        alz_set_text(out, ref, ALZ_CLASS, alz_text_str(&state->name));
    }
    if (state->iteration < 2)
        return;
    alz_text_clear(&state->name);
    gtest_put_number(&state->room, &state->name, state->iteration);
    alz_add(out, ref, ALZ_PARAMETER, ALZ_STR("iteration"),
            alz_text_str(&state->name));
}

static alz_ref begin(struct gtcon *state, struct alz_out *out,
                     struct alz_str raw, struct gtcon_suite **ret_suite)
{
    struct alz_str class_name, name;
    alz_ref ref;

    split(state, raw, &class_name, &name);
    if (class_name.len)
        *ret_suite = gtcon_suite_enter(state, out, class_name);
    else
        gtcon_suite_leave(state, out);
    ref = alz_begin(out, *ret_suite ? (*ret_suite)->ref : 0, ALZ_TEST);
    if (!*ret_suite)
        gtcon_tell_origin(state, out, ref);
    tell_name(state, out, ref, class_name, name);
    if (*ret_suite)
        gtest_tell_params(out, ref, alz_text_str(&(*ret_suite)->where));
    return ref;
}

static void lose_oldest(struct gtcon *state, struct alz_out *out)
{
    struct gtcon_test *test = state->top;
    uint64_t run = state->run;

    while (test->below)
        test = test->below;
    gtcon_test_lost(state, out, test,
                    ALZ_STR("no result of this test was seen"));
    state->run = run;
}

struct gtcon_test *gtcon_test_begin(struct gtcon *state, struct alz_out *out,
                                    struct alz_str raw, int64_t seen_ms)
{
    struct gtcon_test *test = calloc(1, sizeof(*test));

    gtcon_block_end(state, gtcon_part_now(state));
    if (!test) {
        state->room.starved = true;
        return NULL;
    }
    if (state->open >= GTCON_OPEN_MAX)
        lose_oldest(state, out);
    gtest_set(&state->room, &test->raw, raw);
    test->start_ms = seen_ms;
    test->run = state->run;
    test->ref = test->part.node = begin(state, out, raw, &test->suite);
    if (seen_ms)
        alz_set_time(out, test->ref, ALZ_START, seen_ms);
    if (test->suite)
        test->suite->open++;
    test->below = state->top;
    state->top = test;
    state->open++;
    return test;
}

void gtcon_test_disabled(struct gtcon *state, struct alz_out *out,
                         struct alz_str raw)
{
    struct gtcon_suite *suite = NULL;
    alz_ref ref = begin(state, out, raw, &suite);

    alz_set_status(out, ref, ALZ_SKIPPED, 0);
    alz_set_text(out, ref, ALZ_MESSAGE, ALZ_STR("disabled"));
    alz_end(out, ref);
    state->disabled++;
    state->disabled_run++;
}

/* ---- which one -------------------------------------------------------- */

struct gtcon_test *gtcon_test_now(const struct gtcon *state)
{
    return state->top && state->top->run == state->run ? state->top : NULL;
}

struct gtcon_test *gtcon_test_find(struct gtcon *state, struct alz_str text,
                                   struct alz_str *ret_rest)
{
    for (struct gtcon_test *test = state->top; test; test = test->below) {
        struct alz_str raw = alz_text_str(&test->raw);

        if (text.len < raw.len ||
            !alz_str_equal(gtest_head(text, raw.len), raw))
            continue;
        *ret_rest = alz_str_from_offset(text, raw.len);
        if (!ret_rest->len || alz_str_starts(*ret_rest, " (") ||
            alz_str_starts(*ret_rest, ", where "))
            return test;
    }
    return NULL;
}

/* ---- forgetting ------------------------------------------------------- */

static void unlink_test(struct gtcon *state, struct gtcon_test *test)
{
    struct gtcon_test **link = &state->top;

    while (*link != test)
        link = &(*link)->below;
    *link = test->below;
    state->open--;
    alz_text_done(&test->raw);
    gtcon_part_done(&test->part);
    free(test);
}

void gtcon_test_drop(struct gtcon *state, struct alz_out *out,
                     struct gtcon_test *test)
{
    struct gtcon_suite *suite = test->suite;

    state->run = test->run;
    unlink_test(state, test);
    if (suite && --suite->open == 0 && !suite->over && !state->suite)
        state->suite = suite; /* that it has left for another run's */
    gtcon_suite_settle(state, out, suite);
}

void gtcon_tests_done(struct gtcon *state)
{
    while (state->top)
        unlink_test(state, state->top);
}
