/* suite.c - suites, and what goes wrong around their tests. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "console.h"

#include <stdlib.h>

const struct gtcon_flavour gtcon_flavours[] = {
    {" test(s).",                 "cmocka",     "c"  },
    {"tests from scanned files.", "busted",     "lua"},
    {NULL,                        "googletest", "c++"},
};

void gtcon_tell_origin(const struct gtcon *state, struct alz_out *out,
                       alz_ref ref)
{
    alz_set_text(out, ref, ALZ_FRAMEWORK,
                 alz_str_from(state->flavour->framework));
    alz_set_text(out, ref, ALZ_LANGUAGE,
                 alz_str_from(state->flavour->language));
}

static struct gtcon_suite *new_suite(struct gtcon *state)
{
    struct gtcon_suite *suite = calloc(1, sizeof(*suite));

    if (!suite) {
        state->room.starved = true;
        return NULL;
    }
    suite->next = state->suites;
    state->suites = suite;
    return suite;
}

struct gtcon_suite *gtcon_suite_enter(struct gtcon *state, struct alz_out *out,
                                      struct alz_str raw)
{
    struct gtcon_suite *suite = state->suite;

    if (suite && alz_str_equal(alz_text_str(&suite->raw), raw))
        return suite;
    gtcon_suite_leave(state, out);
    suite = new_suite(state);
    if (!suite)
        return NULL;
    gtest_set(&state->room, &suite->raw, raw);
    gtest_set(&state->room, &suite->name, raw);
    gtest_enable(&suite->name);
    suite->ref =
        gtest_suite_begin(out, alz_text_str(&suite->name), &suite->outer);
    suite->part.node = suite->ref;
    gtcon_tell_origin(state, out, suite->outer);
    state->suite = suite;
    return suite;
}

static void drop(struct gtcon *state, struct gtcon_suite *suite)
{
    struct gtcon_suite **link = &state->suites;

    while (*link != suite)
        link = &(*link)->next;
    *link = suite->next;
    alz_text_done(&suite->raw);
    alz_text_done(&suite->name);
    alz_text_done(&suite->where);
    gtcon_part_done(&suite->part);
    free(suite);
}

void gtcon_suite_failed(struct gtcon *state, struct alz_out *out,
                        struct gtcon_suite *suite, struct gtcon_part *part)
{
    alz_ref ref = alz_begin(out, suite ? suite->ref : 0, ALZ_TEST);

    if (!suite)
        gtcon_tell_origin(state, out, ref);
    gtest_tell_synthetic(&state->room, out, ref,
                         suite ? alz_text_str(&suite->name) : ALZ_STR(""));
    if (state->iteration > 1) {
        alz_text_clear(&state->name);
        gtest_put_number(&state->room, &state->name, state->iteration);
        alz_add(out, ref, ALZ_PARAMETER, ALZ_STR("iteration"),
                alz_text_str(&state->name));
    }
    alz_set_status(out, ref, ALZ_BROKEN, ALZ_SYNTHETIC);
    if (part)
        gtest_failures_tell(&part->failures, &state->room, out, ref);
    else
        alz_set_text(out, ref, ALZ_MESSAGE, ALZ_STR("listed as failed"));
    alz_end(out, ref);
    if (suite)
        gtcon_names_add(state, &state->failed_suites,
                        alz_text_str(&suite->raw));
}

void gtcon_suite_settle(struct gtcon *state, struct alz_out *out,
                        struct gtcon_suite *suite)
{
    if (!suite || !suite->over || suite->open > 0)
        return;
    if (gtest_failures_any(&suite->part.failures))
        gtcon_suite_failed(state, out, suite, &suite->part);
    alz_end(out, suite->outer);
    drop(state, suite);
}

void gtcon_suite_leave(struct gtcon *state, struct alz_out *out)
{
    struct gtcon_suite *suite = state->suite;

    if (!suite)
        return;
    gtcon_block_end(state, gtcon_part_now(state));
    suite->over = true;
    state->suite = NULL;
    gtcon_suite_settle(state, out, suite);
}

void gtcon_suite_leave_all(struct gtcon *state, struct alz_out *out)
{
    while (state->suites) {
        state->suite = state->suites;
        gtcon_suite_leave(state, out);
    }
}

void gtcon_suites_done(struct gtcon *state)
{
    while (state->suites)
        drop(state, state->suites);
    state->suite = NULL;
}
