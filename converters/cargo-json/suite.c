/* suite.c - a program of tests. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "cargo.h"

static const struct alz_diag cut = {
    ALZ_ERROR, "cargo-json/truncated",
    "a test program began and did not end: it crashed, or the input is cut", 4};

void cargo_suite_open(struct cargo *state, struct alz_out *out)
{
    if (state->suite != 0)
        return;
    state->suite = alz_begin(out, 0, ALZ_SUITE);
    state->failed = false;
    alz_set_text(out, state->suite, ALZ_NAME, alz_text_str(&state->program));
    alz_set_text(out, state->suite, ALZ_FRAMEWORK, ALZ_STR("libtest"));
    alz_set_text(out, state->suite, ALZ_LANGUAGE, ALZ_STR("rust"));
    alz_text_clear(&state->program);
}

static void end_suite(struct cargo *state, struct alz_out *out)
{
    alz_map_done(&state->tests);
    alz_end(out, state->suite);
    state->suite = 0;
}

/* A test that crashes takes its program along. */
void cargo_suite_cut(struct cargo *state, struct alz_out *out, bool told)
{
    struct cargo_test *test = alz_map_next(&state->tests, NULL);

    if (state->suite == 0)
        return;
    for (; test != NULL; test = alz_map_next(&state->tests, test))
        alz_set_status(out, test->ref, ALZ_STATUS_NONE, ALZ_INCOMPLETE);
    if (!told)
        alz_report(out, &cut, ALZ_STR(""));
    end_suite(state, out);
}

/* A verdict that belongs to no test. */
static void tell_broken(struct cargo *state, struct alz_out *out,
                        struct alz_str message)
{
    alz_ref ref = alz_begin(out, state->suite, ALZ_TEST);

    alz_set_text(out, ref, ALZ_NAME, ALZ_STR("(suite)"));
    alz_set_status(out, ref, ALZ_BROKEN, ALZ_SYNTHETIC);
    alz_set_text(out, ref, ALZ_MESSAGE, message);
    alz_end(out, ref);
}

void cargo_suite_crashed(struct cargo *state, struct alz_out *out,
                         struct alz_str message)
{
    struct cargo_test *test = alz_map_next(&state->tests, NULL);

    if (state->suite == 0)
        return;
    if (test == NULL)
        tell_broken(state, out, message);
    for (; test != NULL; test = alz_map_next(&state->tests, test)) {
        alz_set_status(out, test->ref, ALZ_BROKEN, 0);
        alz_set_text(out, test->ref, ALZ_MESSAGE, message);
    }
    end_suite(state, out);
}

void cargo_suite(struct cargo *state, struct alz_out *out)
{
    struct alz_str event = cargo_said(state, CARGO_EVENT);

    if (alz_str_is(event, "started")) {
        cargo_suite_cut(state, out, false);
        cargo_suite_open(state, out);
        alz_add(out, state->suite, ALZ_TOTAL, ALZ_STR("tests"),
                cargo_said(state, CARGO_TEST_COUNT));
        return;
    }
    if (state->suite == 0)
        return;
    if (alz_map_next(&state->tests, NULL) != NULL) {
        cargo_suite_cut(state, out, false);
        return;
    }
    if (alz_str_is(event, "failed") && !state->failed)
        tell_broken(state, out,
                    ALZ_STR("the program failed, but no test of it"));
    end_suite(state, out);
}
