/* summary.c - the lists at the end, compared with what was told. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "console.h"

static const struct alz_diag unseen = {
    ALZ_ERROR, "gtest-console/unseen",
    "a test is listed as failed whose result was not seen", 4};
static const struct alz_diag disabled = {
    ALZ_NOTE, "gtest-console/disabled",
    "disabled tests are not named on the console", 0};

/* "13 tests, listed below:" */
static bool is_count(struct alz_str text)
{
    uint64_t count;

    return gtcon_take_number(&text, &count) && alz_str_starts(text, " test");
}

static void take_suite(struct gtcon *state, struct alz_out *out,
                       struct alz_str name)
{
    struct gtcon_suite *suite;

    if (gtcon_names_has(&state->failed_suites, name))
        return;
    suite = gtcon_suite_enter(state, out, name);
    if (suite)
        gtcon_suite_failed(state, out, suite, NULL);
    gtcon_suite_leave(state, out);
}

static void take_test(struct gtcon *state, struct alz_out *out,
                      struct alz_str text)
{
    size_t where = alz_str_find(text, ", where ");
    struct alz_str name = gtest_head(text, where);
    struct gtcon_test *test;

    if (alz_str_find(name, " ") != SIZE_MAX ||
        alz_str_find(name, ".") == SIZE_MAX ||
        gtcon_names_has(&state->failed, name))
        return;
    alz_report(out, &unseen, name);
    test = gtcon_test_begin(state, out, name, 0);
    if (test)
        gtcon_test_end(state, out, test, GTCON_FAILED,
                       alz_str_from_offset(text, name.len), 0);
    gtcon_suite_leave(state, out);
}

static void take_failed(struct gtcon *state, struct alz_out *out)
{
    static const char *const ends[] = {": SetUpTestSuite or TearDownTestSuite",
                                       ": SetUpTestCase or TearDownTestCase"};
    struct alz_str text = state->rest;

    for (size_t i = 0; i < sizeof(ends) / sizeof(*ends); i++) {
        if (!alz_str_ends(text, ends[i]))
            continue;
        take_suite(state, out, gtest_head(text, text.len - strlen(ends[i])));
        return;
    }
    if (!is_count(text))
        take_test(state, out, text);
}

/* "  YOU HAVE 2 DISABLED TESTS" */
static bool take_count_of_disabled(struct gtcon *state, struct alz_out *out)
{
    static const char lead[] = "YOU HAVE ";
    struct alz_str text = alz_str_trim(state->plain);
    uint64_t count;

    if (!alz_str_starts(text, lead))
        return false;
    text = alz_str_from_offset(text, sizeof(lead) - 1);
    if (!gtcon_take_number(&text, &count) ||
        !alz_str_starts(text, " DISABLED TEST"))
        return false;
    if (count > state->disabled_run) {
        alz_text_clear(&state->name);
        gtest_put_number(&state->room, &state->name,
                         count - state->disabled_run);
        alz_report(out, &disabled, alz_text_str(&state->name));
    }
    state->disabled_run = count;
    return true;
}

/* A line that was cut may name another test. */
bool gtcon_take_summary(void *ctx, struct alz_out *out,
                        const struct alz_line *line)
{
    struct gtcon *state = ctx;

    if (!state->summary)
        return false;
    if (state->mark == GTCON_FAILED && !line->unterminated)
        take_failed(state, out);
    return state->mark != GTCON_TEXT || take_count_of_disabled(state, out);
}
