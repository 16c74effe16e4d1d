/* verdict.c - what is told of a test when all of it was read. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "gtest.h"

static enum alz_status status_of(const struct gtest_test *test)
{
    if (gtest_failures_any(&test->failures))
        return gtest_failures_status(&test->failures);
    if (test->result == GTEST_SKIPPED || test->result == GTEST_SUPPRESSED ||
        test->status == GTEST_NOTRUN)
        return ALZ_SKIPPED;
    if (test->result == GTEST_COMPLETED || test->status == GTEST_RUN)
        return ALZ_PASSED;
    return ALZ_UNKNOWN;
}

static struct alz_str why_skipped(const struct gtest_test *test, bool disabled)
{
    if (test->result == GTEST_SUPPRESSED || test->status == GTEST_NOTRUN)
        return disabled ? ALZ_STR("disabled") : ALZ_STR("not run");
    if (test->reason.len || !test->never_started)
        return alz_text_str(&test->reason);
    return ALZ_STR("not run");
}

/* What never started has the place it has in the report. */
static void tell_times(struct gtest *state, struct alz_out *out)
{
    struct gtest_test *test = &state->test;
    int64_t ms = test->start_ms;

    if (ms == GTEST_NO_TIME)
        ms = state->cursor_ms;
    if (ms != GTEST_NO_TIME)
        alz_set_time(out, test->ref, ALZ_START,
                     gtest_time_start(state, ms, test->duration_ms));
    if (test->duration_ms != GTEST_NO_TIME)
        alz_set_time(out, test->ref, ALZ_DURATION, test->duration_ms);
}

static void tell_verdict(struct gtest *state, struct alz_out *out, bool cut)
{
    struct gtest_test *test = &state->test;
    enum alz_status status = status_of(test);
    unsigned flags = test->nameless ? ALZ_SYNTHETIC : 0;
    struct alz_str why;

    if (cut) {
        status = status == ALZ_FAILED ? ALZ_FAILED : ALZ_BROKEN;
        flags |= ALZ_INCOMPLETE;
    } else if (test->nameless && status <= ALZ_BROKEN) {
        status = ALZ_BROKEN;
    }
    alz_set_status(out, test->ref, status, flags);
    why = why_skipped(test, test->disabled || state->suite.disabled);
    if (status == ALZ_SKIPPED && why.len)
        alz_set_text(out, test->ref, ALZ_MESSAGE, why);
    gtest_failures_tell(&test->failures, &state->room, out, test->ref);
}

/* What the suite's set-up recorded, and no more: nothing went wrong. */
static bool is_nothing(const struct gtest_test *test)
{
    return test->nameless && !gtest_failures_any(&test->failures);
}

/* --gtest_list_tests writes names and places, and no test has run. */
static bool is_listed(const struct gtest_test *test)
{
    return !test->ref && test->named && !test->nameless &&
           test->status == GTEST_UNSAID && test->result == GTEST_UNSAID &&
           test->start_ms == GTEST_NO_TIME &&
           test->duration_ms == GTEST_NO_TIME &&
           !gtest_failures_any(&test->failures);
}

static void tell_param(const struct gtest_test *test, struct alz_out *out,
                       const char *name, const struct alz_text *value)
{
    if (value->len)
        gtest_tell_param(out, test->ref, name, alz_text_str(value));
}

/* What is known only now. A class that is not the suite's came late, too. */
static void tell_rest(struct gtest *state, struct alz_out *out)
{
    struct gtest_test *test = &state->test;

    if (!test->nameless && test->class_name.len &&
        !alz_str_equal(alz_text_str(&test->class_name),
                       alz_text_str(&state->suite.name)))
        alz_set_text(out, test->ref, ALZ_CLASS,
                     alz_text_str(&test->class_name));
    if (test->has_line)
        alz_set_text(out, test->ref, ALZ_SOURCE, alz_text_str(&test->file));
    tell_param(test, out, "type_param", &test->type_param);
    tell_param(test, out, "value_param", &test->value_param);
    tell_param(test, out, "random_seed", &state->seed);
    if (state->suite.ref)
        return;
    alz_set_text(out, test->ref, ALZ_FRAMEWORK, ALZ_STR("googletest"));
    alz_set_text(out, test->ref, ALZ_LANGUAGE, ALZ_STR("c++"));
}

void gtest_test_tell(struct gtest *state, struct alz_out *out, bool cut)
{
    struct gtest_test *test = &state->test;

    test->open = false;
    if (is_nothing(test) && !test->ref)
        return;
    gtest_test_begin(state, out);
    tell_rest(state, out);
    tell_times(state, out);
    tell_verdict(state, out, cut);
    alz_end(out, test->ref);
}

void gtest_test_close(void *ctx, struct alz_out *out)
{
    struct gtest *state = ctx;

    if (!state->test.open)
        return;
    if (is_listed(&state->test))
        state->listed = true;
    else
        gtest_test_tell(state, out, false);
}
