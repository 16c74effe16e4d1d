/* outcome.c - failure, error, skipped and their kin, as they are read. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "junit.h"

#include <stdlib.h>

static const struct junit_outcome_kind kinds[] = {
    {"failure",      ALZ_FAILED,  JUNIT_VERDICT},
    {"error",        ALZ_BROKEN,  JUNIT_VERDICT},
    {"skipped",      ALZ_SKIPPED, JUNIT_VERDICT},
    {"skip",         ALZ_SKIPPED, JUNIT_VERDICT},
    {"skips",        ALZ_SKIPPED, JUNIT_VERDICT},
    {"ignored",      ALZ_SKIPPED, JUNIT_VERDICT},
    {"disabled",     ALZ_SKIPPED, JUNIT_VERDICT},
    {"rerunFailure", ALZ_FAILED,  JUNIT_RERUN  },
    {"rerunError",   ALZ_BROKEN,  JUNIT_RERUN  },
    {"flakyFailure", ALZ_FAILED,  JUNIT_FLAKY  },
    {"flakyError",   ALZ_BROKEN,  JUNIT_FLAKY  },
};

static const struct junit_outcome_kind *kind_of(struct alz_str element)
{
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
        if (alz_str_is(element, kinds[i].element))
            return &kinds[i];
    return &kinds[1];
}

void junit_record_init(struct junit_record *record)
{
    *record = (struct junit_record){.worst_dropped = ALZ_STATUS_NONE,
                                    .start_ms = JUNIT_NO_TIME,
                                    .duration_ms = JUNIT_NO_TIME};
}

void junit_record_done(struct junit_record *record)
{
    for (struct junit_outcome *item = record->first; item;) {
        struct junit_outcome *next = item->next;
        alz_text_done(&item->message);
        alz_text_done(&item->type);
        alz_text_done(&item->text);
        free(item);
        item = next;
    }
    for (struct junit_parked *item = record->out_first; item;) {
        struct junit_parked *next = item->next;
        alz_text_done(&item->bytes);
        free(item);
        item = next;
    }
    junit_record_init(record);
}

struct junit_outcome *junit_outcome_new(struct junit *state,
                                        struct junit_record *record)
{
    struct junit_outcome *outcome = calloc(1, sizeof(*outcome));

    if (!outcome) {
        junit_out_of_memory(state);
        return NULL;
    }
    outcome->kind = &kinds[1];
    outcome->status = ALZ_BROKEN;
    outcome->text.max = JUNIT_TRACE_MAX;
    if (record->last)
        record->last->next = outcome;
    else
        record->first = outcome;
    record->last = outcome;
    record->count++;
    return outcome;
}

/* Where an outcome belongs: a flaky attempt, the test, or the suite. */
static struct junit_record *record_for(struct junit *state, struct alz_out *out,
                                       const struct junit_outcome_kind *kind)
{
    struct junit_test *test = &state->test;

    if (!test->open)
        return kind->role == JUNIT_VERDICT && kind->status <= ALZ_BROKEN
                   ? &state->suite_record
                   : NULL;
    junit_test_decide(state, out, kind->status == ALZ_BROKEN);
    if (kind->role == JUNIT_FLAKY) {
        test->flags |= ALZ_FLAKY;
        junit_record_done(&test->extra);
        return &test->extra;
    }
    if (kind->role == JUNIT_RERUN && (test->main.count || test->main.dropped))
        junit_attempt_flush(state, out, &test->main);
    return &test->main;
}

/* Too many to hold: the verdict still counts. */
static bool drop(struct junit *state, struct alz_out *out,
                 struct junit_record *record, enum alz_status status)
{
    if (record->count < JUNIT_OUTCOMES_MAX && record->bytes < JUNIT_RECORD_MAX)
        return false;
    if (record->dropped++ == 0)
        junit_report(out, JUNIT_MANY_OUTCOMES, alz_text_str(&state->test.name));
    if (status < record->worst_dropped)
        record->worst_dropped = status;
    return true;
}

/* A rerun that says how long it took is the attempt in hand. */
static void take_times(struct junit *state, struct alz_out *out,
                       struct junit_record *record,
                       const struct alz_xml_element *element)
{
    int64_t start =
        junit_start_ms(state, out, alz_xml_attr(element, "timestamp"));
    int64_t duration = junit_duration(out, alz_xml_attr(element, "time"));

    if (start != JUNIT_NO_TIME)
        record->start_ms = start;
    if (duration != JUNIT_NO_TIME)
        record->duration_ms = duration;
}

static void take_attrs(struct junit *state, struct junit_outcome *outcome,
                       const struct alz_xml_element *element)
{
    outcome->message.max = JUNIT_TRACE_MAX;
    junit_put(state, &outcome->message, alz_xml_attr(element, "message"));
    junit_put(state, &outcome->type,
              alz_str_trim(alz_xml_attr(element, "type")));
}

void junit_outcome_open(void *ctx, struct alz_out *out,
                        const struct alz_xml_element *element)
{
    struct junit *state = ctx;
    const struct junit_outcome_kind *kind = kind_of(element->name);

    if (state->foreign || state->outcome || state->output.open)
        return;
    junit_dialect_see(state, element);
    struct junit_record *record = record_for(state, out, kind);
    if (!record)
        return;
    if (kind->role != JUNIT_VERDICT)
        take_times(state, out, record, element);
    if (drop(state, out, record, kind->status))
        return;
    struct junit_outcome *outcome = junit_outcome_new(state, record);
    if (!outcome)
        return;
    outcome->kind = kind;
    outcome->status = kind->status;
    take_attrs(state, outcome, element);
    state->outcome = outcome;
    state->sink = JUNIT_SINK_OUTCOME;
}

/* The text in front of it is the layout of the file. */
void junit_stack_open(void *ctx, struct alz_out *out,
                      const struct alz_xml_element *element)
{
    struct junit *state = ctx;

    (void)out;
    (void)element;
    if (!state->outcome || state->sink != JUNIT_SINK_OUTCOME)
        return;
    if (!alz_str_trim(alz_text_str(&state->outcome->text)).len)
        alz_text_clear(&state->outcome->text);
    else
        junit_put(state, &state->outcome->text, ALZ_STR("\n"));
}

static void close_flaky(struct junit *state, struct alz_out *out)
{
    junit_outcome_classify(state, state->test.extra.last);
    junit_attempt_flush(state, out, &state->test.extra);
}

static void close_suite(struct junit *state, struct alz_out *out)
{
    struct alz_str suite = {"", 0};

    if (state->frame)
        suite = alz_text_str(&state->frame->name);
    junit_outcome_classify(state, state->suite_record.last);
    junit_synthetic(state, out, suite, "suite error", &state->suite_record);
    junit_record_done(&state->suite_record);
}

void junit_outcome_close(void *ctx, struct alz_out *out, struct alz_str text,
                         size_t cut)
{
    struct junit *state = ctx;
    struct junit_outcome *outcome = state->outcome;

    (void)text;
    (void)cut;
    if (!outcome)
        return;
    state->sink = JUNIT_SINK_NONE;
    state->outcome = NULL;
    if (!state->test.open) {
        close_suite(state, out);
    } else if (outcome->kind->role == JUNIT_FLAKY) {
        close_flaky(state, out);
    } else {
        junit_outcome_classify(state, outcome);
        state->test.main.bytes += outcome->text.len + outcome->message.len;
    }
}
