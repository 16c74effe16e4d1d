/* junit.c - the JUnit XML converter: descriptor, table, begin and end. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "junit.h"

static const struct alz_diag reports[] = {
    [JUNIT_BAD_TIME] = {ALZ_WARNING, "junit/time",
                        "time is not a number of seconds: left out",         0 },
    [JUNIT_BAD_TIMESTAMP] = {ALZ_WARNING, "junit/timestamp",
                        "timestamp is not a date we know: left out",         0 },
    [JUNIT_BAD_TOTAL] = {ALZ_NOTE,    "junit/total",
                        "declared number is not a number",                   0 },
    [JUNIT_MANY_OUTCOMES] = {ALZ_WARNING, "junit/many-failures",
                        "too many failures in one test: the rest is "
                             "only counted",                                 0 },
    [JUNIT_NO_MEMORY] = {ALZ_ERROR,   "junit/memory",        "out of memory", 70},
    [JUNIT_BAD_DATA] = {ALZ_WARNING, "junit/data",
                        "embedded attachment is not base64: kept as text",   0 },
};

void junit_report(struct alz_out *out, enum junit_report which,
                  struct alz_str detail)
{
    alz_report(out, &reports[which], detail);
}

void junit_out_of_memory(struct junit *state)
{
    junit_report(state->out, JUNIT_NO_MEMORY, ALZ_STR(""));
}

void junit_put(struct junit *state, struct alz_text *text, struct alz_str bytes)
{
    size_t max = text->max ? text->max : 1024 * 1024;
    bool fits = !text->full && text->len + bytes.len <= max;

    alz_text_add(text, bytes);
    if (fits && text->full)
        junit_out_of_memory(state);
}

/* ---- text goes to whoever is being read --------------------------------- */

static void take_text(void *ctx, struct alz_out *out, struct alz_str piece)
{
    struct junit *state = ctx;

    if (state->sink == JUNIT_SINK_OUTPUT) {
        junit_output_text(state, out, piece);
        return;
    }
    struct alz_text *target = NULL;
    if (state->sink == JUNIT_SINK_OUTCOME && state->outcome)
        target = &state->outcome->text;
    else if (state->sink == JUNIT_SINK_PROPERTY)
        target = &state->property.value;
    else if (state->sink == JUNIT_SINK_CHILD)
        target = &state->property.child;
    if (!target)
        return;
    size_t before = target->len;
    junit_put(state, target, piece);
    if (state->sink == JUNIT_SINK_OUTCOME)
        state->outcome->cut += piece.len - (target->len - before);
}

/* ---- the root ----------------------------------------------------------- */

static void forget_root(struct junit *state, struct alz_out *out)
{
    junit_test_abandon(state, out);
    junit_suites_unwind(state, out);
    state->sink = JUNIT_SINK_NONE;
    state->dialect = junit_dialect_unknown();
    state->root_failures = state->root_errors = 0;
    state->tests = state->failed = state->broken = state->strangers = 0;
    alz_text_clear(&state->stranger);
    state->foreign = false;
}

/* A second root is a second document in the same input. */
static void root_begin(struct junit *state, struct alz_out *out,
                       const struct alz_xml_element *element)
{
    if (state->root_seen)
        forget_root(state, out);
    state->root_seen = true;
    alz_text_clear(&state->root_name);
    junit_put(state, &state->root_name, element->name);
    if (!junit_own_root(element->name)) {
        if (alz_xml_attr(element, "id").ptr)
            junit_put(state, &state->stranger, ALZ_STR("@id"));
        state->foreign = true;
        junit_foreign_report(state, out);
    }
}

static uint64_t declared(const struct alz_xml_element *element,
                         const char *name)
{
    uint64_t number = 0;
    alz_number_parse(alz_str_trim(alz_xml_attr(element, name)), &number);
    return number;
}

void junit_root_open(void *ctx, struct alz_out *out,
                     const struct alz_xml_element *element)
{
    struct junit *state = ctx;

    (void)out;
    if (state->foreign)
        return;
    junit_dialect_see(state, element);
    if (element->depth > 1)
        return;
    state->root_failures = declared(element, "failures");
    state->root_errors = declared(element, "errors");
}

/* A root of ours around elements of somebody else. */
static void check_strangers(struct junit *state, struct alz_out *out)
{
    if (state->strangers > 0 &&
        state->tests + state->failed + state->broken == 0)
        junit_foreign_report(state, out);
}

/* gotestsum counts a package that does not build here, and nowhere else. */
static void root_check(struct junit *state, struct alz_out *out)
{
    if (!(state->dialect->traits & JUNIT_FAILED_TOTALS))
        return;
    bool none_failed = state->failed + state->broken == 0 &&
                       state->root_failures + state->root_errors > 0;
    bool none_broken = junit_is(state, "go test") && state->root_errors > 0 &&
                       state->broken == 0;
    if (!none_failed && !none_broken)
        return;
    struct junit_record record;
    junit_record_init(&record);
    struct junit_outcome *outcome = junit_outcome_new(state, &record);
    if (outcome)
        junit_put(state, &outcome->message,
                  ALZ_STR("the report counts an error that belongs to no "
                          "test of it"));
    junit_synthetic(state, out, ALZ_STR(""), "run", &record);
    junit_record_done(&record);
}

void junit_root_end(struct junit *state, struct alz_out *out)
{
    junit_test_finish(state, out);
    root_check(state, out);
    check_strangers(state, out);
}

void junit_root_close(void *ctx, struct alz_out *out, struct alz_str text,
                      size_t cut)
{
    struct junit *state = ctx;

    (void)text;
    (void)cut;
    if (state->foreign || state->frame)
        return;
    junit_root_end(state, out);
}

/* ---- elements that are not ours ----------------------------------------- */

static void stranger_open(void *ctx, struct alz_out *out,
                          const struct alz_xml_element *element)
{
    struct junit *state = ctx;

    if (element->depth == 1)
        root_begin(state, out, element);
    if (element->depth != 2 || state->foreign)
        return;
    state->strangers++;
    if (!state->stranger.len)
        junit_put(state, &state->stranger, element->name);
}

/* ---- guards: nothing is read below a foreign root ----------------------- */

static void root_row(void *ctx, struct alz_out *out,
                     const struct alz_xml_element *element)
{
    if (element->depth == 1)
        root_begin(ctx, out, element);
    junit_root_open(ctx, out, element);
}

static void suite_row(void *ctx, struct alz_out *out,
                      const struct alz_xml_element *element)
{
    struct junit *state = ctx;

    if (element->depth == 1)
        root_begin(state, out, element);
    if (!state->foreign)
        junit_suite_open(state, out, element);
}

static void testcase_row(void *ctx, struct alz_out *out,
                         const struct alz_xml_element *element)
{
    struct junit *state = ctx;

    if (element->depth == 1)
        root_begin(state, out, element);
    if (!state->foreign)
        junit_testcase_open(state, out, element);
}

#define OUTCOME(name)                                                          \
    {                                                                          \
        name, junit_outcome_open, take_text, junit_outcome_close, 0            \
    }

static const struct alz_xml_row table[] = {
    {"testsuites",                  root_row,            NULL,      junit_root_close,     0},
    {"testrun",                     root_row,            NULL,      junit_root_close,     0},
    {"testsuite",                   suite_row,           NULL,      junit_suite_close,    0},
    {"testcase",                    testcase_row,        NULL,      junit_testcase_close, 0},
    OUTCOME("failure"),
    OUTCOME("error"),
    OUTCOME("skipped"),
    OUTCOME("skip"),
    OUTCOME("skips"),
    OUTCOME("ignored"),
    OUTCOME("disabled"),
    OUTCOME("rerunFailure"),
    OUTCOME("rerunError"),
    OUTCOME("flakyFailure"),
    OUTCOME("flakyError"),
    {"stackTrace",                  NULL,                take_text, NULL,                 0},
    {"system-out",                  junit_output_open,   take_text, junit_output_close,   0},
    {"system-err",                  junit_output_open,   take_text, junit_output_close,   0},
    {"properties",                  NULL,                NULL,      NULL,                 0},
    {"property",                    junit_property_open, take_text, junit_property_close, 0},
    {"property/item",               junit_item_open,     take_text, junit_item_close,     0},
    {"item/value",                  junit_item_open,     take_text, junit_item_close,     0},
    {"property/test-step-subfield", junit_item_open,     take_text,
     junit_item_close,                                                                    0},
    {"*",                           stranger_open,       take_text, NULL,                 0},
    {NULL,                          NULL,                NULL,      NULL,                 0},
};

/* ---- life --------------------------------------------------------------- */

static int start(void *ctx, struct alz_out *out, const struct alz_input *in)
{
    struct junit *state = ctx;

    state->in = in;
    state->out = out;
    state->dialect = junit_dialect_unknown();
    state->test.attr_status = ALZ_STATUS_NONE;
    junit_record_init(&state->test.main);
    junit_record_init(&state->test.extra);
    junit_record_init(&state->suite_record);
    return 0;
}

static void finish(void *ctx, struct alz_out *out, enum alz_ending ending)
{
    struct junit *state = ctx;

    (void)ending;
    junit_test_abandon(state, out);
    junit_suites_unwind(state, out);
}

static void done(void *ctx)
{
    struct junit *state = ctx;

    junit_test_done(&state->test);
    junit_record_done(&state->suite_record);
    junit_property_done(&state->property);
    junit_output_done(&state->output);
    junit_suites_unwind(state, NULL);
    alz_text_done(&state->root_name);
    alz_text_done(&state->stranger);
    for (size_t i = 0; i < sizeof(state->scratch) / sizeof(state->scratch[0]);
         i++)
        alz_text_done(&state->scratch[i]);
}

const struct alz_converter alz_converter_junit = {
    .abi = ALZ_CONVERTER_ABI,
    .name = "junit",
    .title = "JUnit XML, as many runners write it",
    .reader = ALZ_READ_XML,
    .table = table,
    .state_size = sizeof(struct junit),
    .probe = junit_probe,
    .start = start,
    .finish = finish,
    .done = done,
};
