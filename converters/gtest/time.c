/* time.c - local times that claim to be UTC, in whole seconds. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "gtest.h"

/*
 * GoogleTest writes the local time of its machine and a "Z" behind it, so the
 * "Z" is read as no zone. 1970, or the evening before it, is the start of a
 * test that never started.
 */

bool gtest_time_option(struct gtest *state)
{
    static const struct {
        const char *value;
        enum alz_naive naive;
    } values[] = {
        {"local", ALZ_NAIVE_LOCAL},
        {"utc",   ALZ_NAIVE_UTC  },
        {"auto",  ALZ_NAIVE_AUTO },
    };
    struct alz_str value = state->in->option
                               ? state->in->option(state->in, "gtest-time")
                               : (struct alz_str){NULL, 0};

    state->zone = *state->in;
    if (state->zone.naive == ALZ_NAIVE_AUTO)
        state->zone.naive = ALZ_NAIVE_LOCAL;
    if (!value.ptr)
        return true;
    for (size_t i = 0; i < sizeof(values) / sizeof(*values); i++) {
        if (!alz_str_is(value, values[i].value))
            continue;
        state->zone.naive = values[i].naive;
        return true;
    }
    return false;
}

bool gtest_time_parse(const struct gtest *state, struct alz_str text,
                      int64_t *ret_ms)
{
    struct alz_instant instant;

    if (alz_str_starts(text, "1970-01-01T") ||
        alz_str_starts(text, "1969-12-31T")) {
        *ret_ms = GTEST_NO_TIME;
        return true;
    }
    if (alz_str_ends(text, "Z"))
        text.len--;
    if (!alz_str_starts(alz_str_from_offset(text, text.len > 4 ? 4 : 0), "-") ||
        !alz_instant_parse(text, &instant))
        return false;
    *ret_ms = alz_instant_ms(&instant, ALZ_NAIVE_AUTO, &state->zone);
    return true;
}

/* Tests run one after the other: none starts before the last one ended. */
int64_t gtest_time_start(struct gtest *state, int64_t ms, int64_t duration_ms)
{
    if (ms < state->cursor_ms)
        ms = state->cursor_ms;
    state->cursor_ms = ms + (duration_ms > 0 ? duration_ms : 0);
    return ms;
}
