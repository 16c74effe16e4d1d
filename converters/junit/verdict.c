/* verdict.c - what the outcomes of one attempt amount to. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "junit.h"

enum part { TYPE, MESSAGE, TEXT };
enum how { IS, STARTS, HOLDS };

/*
 * Elements that do not mean what their name says; the first row that fits
 * wins. framework NULL: any producer. overrides: a failure beside it is the
 * expected one.
 */
static const struct reading {
    const char *framework;
    const char *element;
    enum part part;
    enum how how;
    const char *value;
    enum alz_status status;
    bool known, overrides;
} readings[] = {
    {NULL,         "error",   TYPE,    IS,     "org.testng.SkipException",       ALZ_SKIPPED, false,
     false                                                                                                },
    {"testng",     "error",   MESSAGE, HOLDS,
     "depends on not successfully finished methods",                             ALZ_SKIPPED, false, false},
    {"testng",     "error",   TEXT,    HOLDS,
     "depends on not successfully finished methods",                             ALZ_SKIPPED, false, false},
    {NULL,         "skipped", TYPE,    IS,     "pytest.xfail",                   ALZ_SKIPPED, true,  false},
    {NULL,         "skipped", TYPE,    IS,     "todo",                           ALZ_SKIPPED, true,  true },
    {NULL,         "skipped", MESSAGE, IS,     "TEST_CASE tagged with !mayfail",
     ALZ_SKIPPED,                                                                             true,  true },
    {"googletest", "failure", TEXT,    STARTS, "unknown file",                   ALZ_BROKEN,  false,
     false                                                                                                },
    {"googletest", "failure", TEXT,    HOLDS,  "C++ exception with description",
     ALZ_BROKEN,                                                                              false, false},
    {"googletest", "failure", TEXT,    HOLDS,  "Unknown C++ exception",          ALZ_BROKEN,
     false,                                                                                          false},
    {"googletest", "failure", TEXT,    HOLDS,  "SEH exception with code",
     ALZ_BROKEN,                                                                              false, false},
    {"ctest",      "failure", MESSAGE, IS,     "Timeout",                        ALZ_BROKEN,  false, false},
    {"ctest",      "failure", MESSAGE, STARTS, "SEGFAULT",                       ALZ_BROKEN,  false, false},
    {"ctest",      "failure", MESSAGE, STARTS, "SegFault",                       ALZ_BROKEN,  false, false},
    {"ctest",      "failure", MESSAGE, IS,     "ILLEGAL",                        ALZ_BROKEN,  false, false},
    {"ctest",      "failure", MESSAGE, IS,     "INTERRUPT",                      ALZ_BROKEN,  false, false},
    {"ctest",      "failure", MESSAGE, IS,     "NUMERICAL",                      ALZ_BROKEN,  false, false},
    {"ctest",      "failure", MESSAGE, STARTS, "Subprocess ",                    ALZ_BROKEN,  false,
     false                                                                                                },
    {"ctest",      "failure", MESSAGE, STARTS, "Bus error",                      ALZ_BROKEN,  false,
     false                                                                                                },
    {"node:test",  "failure", TYPE,    IS,     "cancelledByParent",              ALZ_BROKEN,  false,
     false                                                                                                },
    {"node:test",  "failure", TYPE,    IS,     "hookFailed",                     ALZ_BROKEN,  false, false},
    {"node:test",  "failure", TYPE,    IS,     "testTimeoutFailure",             ALZ_BROKEN,  false,
     false                                                                                                },
    {"cmocka",     "failure", TEXT,    STARTS, "Test setup failed",              ALZ_BROKEN,  false,
     false                                                                                                },
    {"cmocka",     "failure", TEXT,    STARTS, "Test teardown failed",           ALZ_BROKEN,
     false,                                                                                          false},
    {"cmocka",     "failure", TEXT,    STARTS, "Test failed with exception",
     ALZ_BROKEN,                                                                              false, false},
    {"go test",    "failure", TEXT,    HOLDS,  "\npanic: ",                      ALZ_BROKEN,  false, false},
};

static bool reading_fits(struct junit *state, const struct reading *reading,
                         const struct junit_outcome *outcome)
{
    const struct alz_text *parts[] = {&outcome->type, &outcome->message,
                                      &outcome->text};
    struct alz_str text = alz_text_str(parts[reading->part]);

    if (reading->framework && !junit_is(state, reading->framework))
        return false;
    if (strcmp(reading->element, outcome->kind->element) != 0)
        return false;
    if (reading->how == IS)
        return alz_str_is(text, reading->value);
    if (reading->how == STARTS)
        return alz_str_starts(text, reading->value);
    return alz_str_find(text, reading->value) != SIZE_MAX;
}

void junit_outcome_classify(struct junit *state, struct junit_outcome *outcome)
{
    for (size_t i = 0; i < sizeof(readings) / sizeof(readings[0]); i++) {
        const struct reading *reading = &readings[i];
        if (!reading_fits(state, reading, outcome))
            continue;
        outcome->status = reading->status;
        outcome->known = reading->known;
        outcome->overrides = reading->overrides;
        return;
    }
}

struct junit_verdict junit_verdict_of(const struct junit_record *record)
{
    struct junit_verdict verdict = {record->worst_dropped, 0};
    bool expected = false, known_skip = false;

    for (const struct junit_outcome *item = record->first; item;
         item = item->next) {
        expected |= item->overrides;
        known_skip |= item->known;
        if (item->status < verdict.status)
            verdict.status = item->status;
    }
    if (expected)
        verdict.status = ALZ_SKIPPED;
    if (verdict.status == ALZ_SKIPPED && known_skip)
        verdict.flags |= ALZ_KNOWN;
    return verdict;
}

/* ---- telling it --------------------------------------------------------- */

/* The outcome people want to read about first: the worst one. */
static const struct junit_outcome *leading(const struct junit_record *record,
                                           enum alz_status status)
{
    for (const struct junit_outcome *item = record->first; item;
         item = item->next)
        if (item->status == status)
            return item;
    return record->first;
}

static size_t failures(const struct junit_record *record)
{
    size_t count = record->worst_dropped <= ALZ_BROKEN ? record->dropped : 0;

    for (const struct junit_outcome *item = record->first; item;
         item = item->next)
        count += item->status <= ALZ_BROKEN;
    return count;
}

/* Why a failure was expected: what the mark says, else the failure itself. */
static void put_expected(struct junit *state, const struct junit_record *record,
                         struct alz_text *message)
{
    static const char title[] = "expected failure: ";
    const struct junit_outcome *item = record->first;

    junit_put(state, message, ALZ_STR(title));
    while (item && message->len < sizeof(title)) {
        junit_message(state, item, message);
        item = item->next;
    }
}

/* A test that was to fail, and did; not one that is still to be written. */
static bool failed_as_expected(const struct junit_record *record)
{
    for (const struct junit_outcome *item = record->first; item;
         item = item->next)
        if (item->status <= ALZ_BROKEN ||
            alz_str_is(alz_text_str(&item->type), "pytest.xfail"))
            return true;
    return false;
}

static void tell_message(struct junit *state, struct alz_out *out,
                         const struct junit_record *record,
                         const struct junit_verdict *verdict, alz_ref ref)
{
    struct alz_text *message = &state->scratch[0];
    size_t count = failures(record);

    alz_text_clear(message);
    if (verdict->flags & ALZ_KNOWN && failed_as_expected(record))
        put_expected(state, record, message);
    else
        junit_message(state, leading(record, verdict->status), message);
    if (count > 1) {
        junit_put(state, message, ALZ_STR(" (+"));
        junit_put_number(state, message, count - 1);
        junit_put(state, message, ALZ_STR(" more)"));
    }
    if (message->len)
        alz_set_text(out, ref, ALZ_MESSAGE, alz_text_str(message));
}

static void put_heading(struct junit *state, struct alz_out *out, alz_ref ref,
                        const struct junit_outcome *outcome, size_t number,
                        size_t count)
{
    struct alz_text *line = &state->scratch[1];

    alz_text_clear(line);
    junit_put(state, line, ALZ_STR("--- "));
    junit_put(state, line, alz_str_from(outcome->kind->element));
    junit_put(state, line, ALZ_STR(" "));
    junit_put_number(state, line, number);
    junit_put(state, line, ALZ_STR(" of "));
    junit_put_number(state, line, count);
    if (outcome->type.len) {
        junit_put(state, line, ALZ_STR(": "));
        junit_put(state, line,
                  junit_shorten(alz_text_str(&outcome->type), 200));
    }
    junit_put(state, line, ALZ_STR(" ---\n"));
    alz_write(out, ref, alz_text_str(line));
}

static void tell_trace(struct junit *state, struct alz_out *out,
                       const struct junit_record *record, alz_ref ref)
{
    struct alz_text *trace = &state->scratch[1], *first = &state->scratch[2];
    size_t total = record->count + record->dropped, number = 0;

    for (const struct junit_outcome *item = record->first; item;
         item = item->next) {
        if (total > 1)
            put_heading(state, out, ref, item, ++number, total);
        alz_text_clear(first);
        junit_message(state, item, first);
        junit_trace(state, item, alz_text_str(first), total > 1, trace);
        /* Of several, each says its message under its heading. */
        if (total > 1 &&
            junit_find(alz_text_str(trace), alz_text_str(first)) == SIZE_MAX) {
            alz_write(out, ref, alz_text_str(first));
            alz_write(out, ref, ALZ_STR("\n"));
        }
        if (trace->len)
            alz_write(out, ref, alz_text_str(trace));
        if (item->next && trace->len)
            alz_write(out, ref, ALZ_STR("\n"));
    }
}

/* One step for each of several failures, so that all are seen. */
static void tell_steps(struct junit *state, struct alz_out *out,
                       const struct junit_record *record, alz_ref ref)
{
    struct alz_text *message = &state->scratch[0], *trace = &state->scratch[1];

    if (failures(record) < 2)
        return;
    for (const struct junit_outcome *item = record->first; item;
         item = item->next) {
        if (item->status > ALZ_BROKEN)
            continue;
        alz_text_clear(message);
        junit_message(state, item, message);
        struct alz_str line = alz_str_first_line(alz_text_str(message));
        alz_ref step = alz_begin(out, ref, ALZ_STEP);
        alz_set_text(out, step, ALZ_NAME,
                     line.len ? junit_shorten(line, 255)
                              : alz_str_from(item->kind->element));
        alz_set_status(out, step, item->status, 0);
        if (message->len)
            alz_set_text(out, step, ALZ_MESSAGE, alz_text_str(message));
        junit_trace(state, item, alz_text_str(message), false, trace);
        if (trace->len)
            alz_set_text(out, step, ALZ_TRACE, alz_text_str(trace));
        alz_end(out, step);
    }
}

static void tell_compared(struct junit *state, struct alz_out *out,
                          const struct junit_outcome *outcome, alz_ref ref)
{
    const struct alz_text *texts[] = {&outcome->text, &outcome->message};

    for (size_t i = 0; i < 2; i++)
        if (junit_compare(
                out, ref,
                junit_clean(state, alz_text_str(texts[i]), &state->scratch[1])))
            return;
}

void junit_record_tell(struct junit *state, struct alz_out *out,
                       const struct junit_record *record, alz_ref ref)
{
    struct junit_verdict verdict = junit_verdict_of(record);

    if (record->start_ms != JUNIT_NO_TIME)
        alz_set_time(out, ref, ALZ_START, record->start_ms);
    if (record->duration_ms != JUNIT_NO_TIME)
        alz_set_time(out, ref, ALZ_DURATION, record->duration_ms);
    if (verdict.status == ALZ_STATUS_NONE || !record->first)
        return;
    tell_message(state, out, record, &verdict, ref);
    tell_trace(state, out, record, ref);
    tell_steps(state, out, record, ref);
    if (verdict.status <= ALZ_BROKEN)
        tell_compared(state, out, leading(record, verdict.status), ref);
}
