/* time.c - attributes that hold times. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "junit.h"

/* "NaN" and negative numbers are runners' words for "not measured". */
static bool unmeasured(struct alz_str text)
{
    return text.len == 0 || alz_str_is_nocase(text, "nan") ||
           alz_str_starts(text, "-");
}

int64_t junit_duration(struct alz_out *out, struct alz_str text)
{
    int64_t ms;

    text = alz_str_trim(text);
    if (unmeasured(text))
        return JUNIT_NO_TIME;
    if (alz_duration_parse(text, &ms))
        return ms;
    junit_report(out, JUNIT_BAD_TIME, junit_shorten(text, 80));
    return JUNIT_NO_TIME;
}

/* Written when a test never started, or by writers without a clock. */
static bool placeholder(struct alz_str text)
{
    return text.len == 0 || alz_str_starts(text, "1970-01-01T00:00:00") ||
           alz_str_starts(text, "0001-01-01T00:00:00");
}

bool junit_instant(struct alz_out *out, struct alz_str text,
                   struct alz_instant *ret)
{
    text = alz_str_trim(text);
    if (placeholder(text))
        return false;
    if (alz_instant_parse(text, ret))
        return true;
    junit_report(out, JUNIT_BAD_TIMESTAMP, junit_shorten(text, 80));
    return false;
}

int64_t junit_start_ms(struct junit *state, struct alz_out *out,
                       struct alz_str text)
{
    struct alz_instant instant;

    if (!junit_instant(out, text, &instant))
        return JUNIT_NO_TIME;
    return alz_instant_ms(&instant, state->dialect->naive, state->in);
}
