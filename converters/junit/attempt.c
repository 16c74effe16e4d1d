/* attempt.c - earlier attempts of a test. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "junit.h"

void junit_attempt_flush(struct junit *state, struct alz_out *out,
                         struct junit_record *record)
{
    struct junit_verdict verdict = junit_verdict_of(record);
    /* The test's own record flows into its own node. */
    bool own = record->ref == state->test.ref;
    alz_ref ref = own ? 0 : record->ref;

    if (!ref)
        ref = alz_begin(out, state->test.ref, ALZ_TEST);
    alz_set_status(out, ref,
                   verdict.status == ALZ_STATUS_NONE ? ALZ_BROKEN
                                                     : verdict.status,
                   verdict.flags);
    junit_record_tell(state, out, record, ref);
    junit_outputs_tell(state, out, record, ref);
    alz_end(out, ref);
    state->test.attempts++;
    if (state->frame)
        state->frame->reruns = true;
    junit_record_done(record);
    if (own)
        record->ref = state->test.ref;
}

/* ---- Playwright: all attempts in the text of one failure ---------------- */

/* Offset of the next heading "    Retry #1 ----", behind a line end. */
static size_t next_section(struct alz_str text)
{
    size_t at = alz_str_find(text, "\n    Retry #");

    return at == SIZE_MAX ? SIZE_MAX : at + 1;
}

static size_t count_sections(struct alz_str text)
{
    size_t count = 1, at;

    while ((at = next_section(text)) != SIZE_MAX) {
        text = alz_str_from_offset(text, at);
        count++;
    }
    return count;
}

static struct alz_str behind_line(struct alz_str text)
{
    size_t end = alz_str_find(text, "\n");

    return end == SIZE_MAX ? (struct alz_str){"", 0}
                           : alz_str_from_offset(text, end + 1);
}

static void tell_section(struct junit *state, struct alz_out *out,
                         const struct junit_outcome *whole, struct alz_str text,
                         bool first)
{
    struct junit_record *record = &state->test.extra;

    junit_record_done(record);
    struct junit_outcome *part = junit_outcome_new(state, record);
    if (!part)
        return;
    part->kind = whole->kind;
    part->status = whole->status;
    record->duration_ms = state->test.main.duration_ms;
    /* The attributes are those of the first attempt's error. */
    if (first)
        junit_put(state, &part->message, alz_text_str(&whole->message));
    junit_put(state, &part->type, alz_text_str(&whole->type));
    junit_put(state, &part->text, text);
    junit_attempt_flush(state, out, record);
}

void junit_attempt_sections(struct junit *state, struct alz_out *out)
{
    struct junit_record *main = &state->test.main;
    struct junit_outcome *outcome = main->first;
    struct alz_text whole;

    if (!(state->dialect->traits & JUNIT_RETRY_SECTIONS) || main->count != 1 ||
        state->test.attempts > 0)
        return;
    struct alz_str rest = alz_text_str(&outcome->text);
    size_t sections = count_sections(rest), at;
    if (sections < 2)
        return;
    if (main->duration_ms != JUNIT_NO_TIME)
        main->duration_ms /= (int64_t)sections;
    whole = outcome->text;
    outcome->text = (struct alz_text){.max = JUNIT_TRACE_MAX};
    for (bool first = true; (at = next_section(rest)) != SIZE_MAX;
         first = false) {
        tell_section(state, out, outcome, junit_head(rest, at), first);
        rest = behind_line(alz_str_from_offset(rest, at));
    }
    alz_text_clear(&outcome->message);
    junit_put(state, &outcome->text, rest);
    alz_text_done(&whole);
}
