/* end.c - how a test ended, and what is told of it. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "console.h"

static const enum alz_status statuses[] = {
    [GTCON_OK] = ALZ_PASSED,
    [GTCON_FAILED] = ALZ_FAILED,
    [GTCON_SKIPPED] = ALZ_SKIPPED,
    [GTCON_ERROR] = ALZ_BROKEN,
};

/* ", where GetParam() = 3 (0 ms)" */
static void tell_rest(struct gtcon *state, struct alz_out *out,
                      const struct gtcon_test *test, struct alz_str rest,
                      int64_t seen_ms)
{
    static const char where[] = ", where ";
    int64_t ms;

    state->swallow = false;
    if (gtcon_take_ms(&rest, &ms))
        alz_set_time(out, test->ref, ALZ_DURATION, ms);
    else if (test->start_ms && seen_ms)
        alz_set_time(out, test->ref, ALZ_STOP, seen_ms);
    else
        state->swallow = alz_str_starts(rest, where);
    if (alz_str_starts(rest, where) && !(test->suite && test->suite->where.len))
        gtest_tell_params(out, test->ref,
                          alz_str_from_offset(rest, sizeof(where) - 1));
}

/* Without a failure that GoogleTest wrote, the output says most. */
static void tell_from_output(struct alz_out *out, const struct gtcon_test *test)
{
    struct alz_str line = alz_str_failure_line(alz_text_str(&test->part.tail));

    if (line.len)
        alz_set_text(out, test->ref, ALZ_MESSAGE, line);
}

static void tell_failed(struct gtcon *state, struct alz_out *out,
                        const struct gtcon_test *test)
{
    gtcon_names_add(state, &state->failed, alz_text_str(&test->raw));
    if (gtest_failures_any(&test->part.failures))
        gtest_failures_tell(&test->part.failures, &state->room, out, test->ref);
    else
        tell_from_output(out, test);
}

/* A failed set-up of all of them skips the tests. */
static void tell_reason(struct gtcon *state, struct alz_out *out,
                        const struct gtcon_test *test)
{
    struct alz_str reason = alz_text_str(&test->part.reason);
    const struct gtcon_part *around =
        test->suite ? &test->suite->part : &state->outside;

    if (!reason.len && (gtest_failures_any(&around->failures) ||
                        gtest_failures_any(&state->outside.failures)))
        reason = ALZ_STR("not run");
    if (reason.len)
        alz_set_text(out, test->ref, ALZ_MESSAGE, reason);
}

static enum alz_status status_of(const struct gtcon_test *test,
                                 enum gtcon_mark mark)
{
    if (mark == GTCON_FAILED && gtest_failures_any(&test->part.failures))
        return gtest_failures_status(&test->part.failures);
    return statuses[mark];
}

void gtcon_test_end(struct gtcon *state, struct alz_out *out,
                    struct gtcon_test *test, enum gtcon_mark mark,
                    struct alz_str rest, int64_t seen_ms)
{
    enum alz_status status;

    gtcon_block_end(state, gtcon_part_now(state));
    status = status_of(test, mark);
    tell_rest(state, out, test, rest, seen_ms);
    alz_set_status(out, test->ref, status, 0);
    if (status <= ALZ_BROKEN)
        tell_failed(state, out, test);
    else
        gtcon_part_give_up(state, out, &test->part);
    if (status == ALZ_SKIPPED)
        tell_reason(state, out, test);
    alz_end(out, test->ref);
    gtcon_test_drop(state, out, test);
}

void gtcon_test_lost(struct gtcon *state, struct alz_out *out,
                     struct gtcon_test *test, struct alz_str why)
{
    gtcon_block_end(state, gtcon_part_now(state));
    alz_set_status(out, test->ref, ALZ_BROKEN, 0);
    alz_set_text(out, test->ref, ALZ_MESSAGE, why);
    gtest_failures_trace(&test->part.failures, &state->room, out, test->ref);
    if (test->part.tail.len)
        alz_write(out, test->ref, alz_text_str(&test->part.tail));
    gtcon_names_add(state, &state->failed, alz_text_str(&test->raw));
    alz_end(out, test->ref);
    gtcon_test_drop(state, out, test);
}
