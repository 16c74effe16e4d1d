/* gtest.c - the converter of GoogleTest's JSON: descriptor, rows, life. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "gtest.h"

static const struct alz_diag memory = {ALZ_ERROR, "gtest/memory",
                                       "out of memory", 70};
static const struct alz_diag listing = {
    ALZ_ERROR, "gtest/list",
    "this is a list of tests, none of them has run; give it with --list", 3};
static const struct alz_diag option = {
    ALZ_ERROR, "gtest/option", "gtest-time is one of local, utc, auto", 2};

#define RUN "/testsuites"
#define SUITE RUN "/[]"
#define TEST SUITE "/testsuite/[]"

/* An array at the top is no such report: it holds no list of suites. */
static const struct alz_json_row rows[] = {
    {"",                    NULL,              NULL,                gtest_run_close  },
    {"/*",                  gtest_suites_open, gtest_run_value,     NULL             },
    {SUITE,                 gtest_suite_open,  NULL,                gtest_suite_close},
    {SUITE "/*",            NULL,              gtest_suite_value,   NULL             },
    {TEST,                  gtest_test_open,   NULL,                gtest_test_close },
    {TEST "/*",             NULL,              gtest_test_value,    NULL             },
    {TEST "/failures/[]",   NULL,              gtest_failure_value, NULL             },
    {TEST "/failures/[]/*", NULL,              gtest_failure_value, NULL             },
    {TEST "/skipped/[]",    NULL,              gtest_skip_value,    NULL             },
    {TEST "/skipped/[]/*",  NULL,              gtest_skip_value,    NULL             },
    {NULL,                  NULL,              NULL,                NULL             },
};

static int start(void *ctx, struct alz_out *out, const struct alz_input *in)
{
    struct gtest *state = ctx;

    state->in = in;
    state->cursor_ms = GTEST_NO_TIME;
    if (gtest_time_option(state))
        return 0;
    alz_report(out, &option, ALZ_STR(""));
    return -1;
}

/* The input was cut: what is known of the test that is open is told. */
static void end_open(struct gtest *state, struct alz_out *out)
{
    if (state->test.open && state->test.named && !state->listed)
        gtest_test_tell(state, out, true);
    if (state->suite.open)
        gtest_suite_close(state, out);
    gtest_run_close(state, out);
}

static void finish(void *ctx, struct alz_out *out, enum alz_ending ending)
{
    struct gtest *state = ctx;

    end_open(state, out);
    if (state->listed)
        alz_report(out, &listing, ALZ_STR(""));
    else if (ending == ALZ_COMPLETE && !state->seen && !state->foreign)
        gtest_foreign_report(state, out);
    if (state->room.starved)
        alz_report(out, &memory, ALZ_STR(""));
}

static void done(void *ctx)
{
    struct gtest *state = ctx;

    gtest_test_done(&state->test);
    alz_text_done(&state->suite.name);
    alz_text_done(&state->suite.tests);
    alz_text_done(&state->suite.failures);
    alz_text_done(&state->tests);
    alz_text_done(&state->failures);
    alz_text_done(&state->seed);
    gtest_room_done(&state->room);
}

static const struct alz_converter_option options[] = {
    {"gtest-time", "local|utc|auto",
     "what GoogleTest's timestamps are: of this machine's zone (default), "
     "of UTC, or of the one that fits the file's time better"},
    {NULL,         NULL,             NULL                    },
};

const struct alz_converter alz_converter_gtest = {
    .abi = ALZ_CONVERTER_ABI,
    .name = "gtest",
    .title = "GoogleTest JSON (--gtest_output=json:FILE)",
    .reader = ALZ_READ_JSON,
    .table = rows,
    .state_size = sizeof(struct gtest),
    .probe = gtest_probe,
    .start = start,
    .finish = finish,
    .done = done,
    .options = options,
    .console = "gtest-console",
};
