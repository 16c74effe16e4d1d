/* suite.c - suites: their names, totals, and failures of their own. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "junit.h"

#include <stdlib.h>

static void frame_free(struct junit_frame *frame)
{
    alz_text_done(&frame->name);
    alz_text_done(&frame->package);
    alz_text_done(&frame->host);
    free(frame);
}

/* ---- names -------------------------------------------------------------- */

/* Writers put all kinds of words where a host's name belongs. */
static bool host_is_host(struct alz_str host)
{
    static const char *const words[] = {
        "", "localhost", "tbd", "undefined", "unknown", "(none)", NULL};

    return !junit_word_in(host, words);
}

/* "package.name", unless the name says the package already. */
static struct alz_str full_name(struct junit *state,
                                const struct junit_frame *frame)
{
    struct alz_str name = alz_text_str(&frame->name);
    struct alz_str package = alz_text_str(&frame->package);
    struct alz_text *joined = &state->scratch[0];

    if (junit_suite_name_hidden(name))
        return ALZ_STR("");
    if (!package.len || (name.len >= package.len &&
                         memcmp(name.ptr, package.ptr, package.len) == 0))
        return name;
    alz_text_clear(joined);
    junit_put(state, joined, package);
    junit_put(state, joined, ALZ_STR("."));
    junit_put(state, joined, name);
    return alz_text_str(joined);
}

static void tell_producer(struct junit *state, struct alz_out *out,
                          struct junit_frame *frame)
{
    const struct junit_dialect *dialect = state->dialect;

    frame->told = dialect;
    if (dialect->framework)
        alz_set_text(out, frame->ref, ALZ_FRAMEWORK,
                     alz_str_from(dialect->framework));
    if (dialect->language)
        alz_set_text(out, frame->ref, ALZ_LANGUAGE,
                     alz_str_from(dialect->language));
}

void junit_suite_settle(struct junit *state, struct alz_out *out)
{
    struct junit_frame *frame = state->frame;
    unsigned traits = state->dialect->traits;

    if (!frame || frame->settled)
        return;
    frame->settled = true;
    if (junit_is(state, "googletest"))
        junit_without_disabled(&frame->name);
    alz_set_text(out, frame->ref, ALZ_NAME,
                 traits & JUNIT_SUITE_HIDDEN ? ALZ_STR("")
                                             : full_name(state, frame));
    tell_producer(state, out, frame);
    if (!(traits & JUNIT_HOST_IS_PROJECT) &&
        host_is_host(alz_text_str(&frame->host)))
        alz_set_text(out, frame->ref, ALZ_HOST, alz_text_str(&frame->host));
    if (frame->has_start)
        alz_set_time(
            out, frame->ref, ALZ_START,
            alz_instant_ms(&frame->start, state->dialect->naive, state->in));
    if (frame->duration_ms != JUNIT_NO_TIME)
        alz_set_time(out, frame->ref, ALZ_DURATION, frame->duration_ms);
}

/* ---- totals ------------------------------------------------------------- */

static uint64_t declared(struct alz_out *out,
                         const struct alz_xml_element *element,
                         const char *name)
{
    struct alz_str text = alz_str_trim(alz_xml_attr(element, name));
    uint64_t number = 0;

    if (text.len && !alz_number_parse(text, &number))
        junit_report(out, JUNIT_BAD_TOTAL, junit_shorten(text, 80));
    return number;
}

static void take_totals(struct alz_out *out, struct junit_frame *frame,
                        const struct alz_xml_element *element)
{
    frame->declares = alz_xml_attr(element, "tests").len > 0;
    frame->declared_tests = declared(out, element, "tests");
    frame->declared_failed =
        declared(out, element, "failures") + declared(out, element, "errors");
    frame->declared_skipped =
        declared(out, element, "skipped") + declared(out, element, "disabled");
}

void junit_put_number(struct junit *state, struct alz_text *text,
                      uint64_t number)
{
    char digits[20];
    size_t at = sizeof(digits);

    do {
        digits[--at] = (char)('0' + number % 10);
        number /= 10;
    } while (number);
    junit_put(state, text, (struct alz_str){digits + at, sizeof(digits) - at});
}

static void tell_total(struct junit *state, struct alz_out *out, alz_ref ref,
                       const char *name, uint64_t number)
{
    alz_text_clear(&state->scratch[0]);
    junit_put_number(state, &state->scratch[0], number);
    alz_add(out, ref, ALZ_TOTAL, alz_str_from(name),
            alz_text_str(&state->scratch[0]));
}

static void report_not_listed(struct alz_out *out, struct alz_str suite)
{
    static const struct alz_diag not_listed = {
        ALZ_NOTE, "junit/not-listed",
        "this runner counts skipped tests without listing them", 0};

    alz_report(out, &not_listed, suite);
}

/* Numbers are passed on only where this producer's are known to mean tests:
 * some count assertions, some count the attempts. */
static void tell_totals(struct junit *state, struct alz_out *out,
                        const struct junit_frame *frame)
{
    unsigned traits = state->dialect->traits;
    uint64_t tests = frame->declared_tests;
    uint64_t gone = frame->merged;

    if (!frame->declares || frame->reruns || traits & JUNIT_TOTALS_LIE)
        return;
    if (traits & JUNIT_SKIPPED_OMITTED && frame->declared_skipped) {
        report_not_listed(out, alz_text_str(&frame->name));
        gone += frame->declared_skipped;
    }
    tests -= tests < gone ? tests : gone;
    tell_total(state, out, frame->ref, "tests", tests);
    if (traits & JUNIT_FAILED_TOTALS)
        tell_total(state, out, frame->ref, "failed", frame->declared_failed);
}

/* ---- open and close ----------------------------------------------------- */

static void take_attrs(struct junit *state, struct alz_out *out,
                       struct junit_frame *frame,
                       const struct alz_xml_element *element)
{
    junit_put(state, &frame->name, alz_str_trim(alz_xml_attr(element, "name")));
    junit_put(state, &frame->package,
              alz_str_trim(alz_xml_attr(element, "package")));
    junit_put(state, &frame->host,
              alz_str_trim(alz_xml_attr(element, "hostname")));
    frame->has_start =
        junit_instant(out, alz_xml_attr(element, "timestamp"), &frame->start);
    frame->duration_ms = junit_duration(out, alz_xml_attr(element, "time"));
    take_totals(out, frame, element);
}

void junit_suite_open(void *ctx, struct alz_out *out,
                      const struct alz_xml_element *element)
{
    struct junit *state = ctx;
    struct junit_frame *frame = calloc(1, sizeof(*frame));

    junit_test_finish(state, out);
    junit_dialect_see(state, element);
    junit_suite_settle(state, out);
    if (!frame) {
        state->lost_suites++;
        junit_out_of_memory(state);
        return;
    }
    frame->up = state->frame;
    frame->ref = alz_begin(out, frame->up ? frame->up->ref : 0, ALZ_SUITE);
    take_attrs(state, out, frame, element);
    state->frame = frame;
}

static void frame_pop(struct junit *state, struct alz_out *out)
{
    struct junit_frame *frame = state->frame, *up = frame->up;

    if (out)
        alz_end(out, frame->ref);
    if (up) {
        up->merged += frame->merged;
        up->reruns |= frame->reruns;
    }
    state->frame = up;
    frame_free(frame);
}

void junit_suite_close(void *ctx, struct alz_out *out, struct alz_str text,
                       size_t cut)
{
    struct junit *state = ctx;

    (void)text;
    (void)cut;
    if (state->foreign)
        return;
    if (state->lost_suites) {
        state->lost_suites--;
        return;
    }
    if (!state->frame)
        return;
    junit_test_finish(state, out);
    junit_suite_settle(state, out);
    tell_totals(state, out, state->frame);
    frame_pop(state, out);
    if (!state->frame &&
        alz_str_is(alz_text_str(&state->root_name), "testsuite"))
        junit_root_end(state, out);
}

/* The input broke off: suites end without their totals. */
void junit_suites_unwind(struct junit *state, struct alz_out *out)
{
    while (state->frame) {
        if (out)
            junit_suite_settle(state, out);
        frame_pop(state, out);
    }
    state->lost_suites = 0;
}

/* ---- verdicts without a test -------------------------------------------- */

/* "<owner> (<what>)" and "<owner>::[<what>]" */
void junit_tell_synthetic_name(struct junit *state, struct alz_out *out,
                               alz_ref ref, struct alz_str owner,
                               const char *what)
{
    struct alz_text *name = &state->scratch[0];

    alz_text_clear(name);
    junit_put(state, name, owner);
    junit_put(state, name, owner.len ? ALZ_STR(" (") : ALZ_STR("("));
    junit_put(state, name, alz_str_from(what));
    junit_put(state, name, ALZ_STR(")"));
    alz_set_text(out, ref, ALZ_NAME, alz_text_str(name));
    alz_text_clear(name);
    junit_put(state, name, owner);
    junit_put(state, name, ALZ_STR("::["));
    junit_put(state, name, alz_str_from(what));
    junit_put(state, name, ALZ_STR("]"));
    alz_set_text(out, ref, ALZ_FULL_NAME, alz_text_str(name));
}

void junit_synthetic(struct junit *state, struct alz_out *out,
                     struct alz_str owner, const char *what,
                     const struct junit_record *record)
{
    junit_test_finish(state, out);
    junit_suite_settle(state, out);
    alz_ref ref =
        alz_begin(out, state->frame ? state->frame->ref : 0, ALZ_TEST);
    junit_tell_synthetic_name(state, out, ref, owner, what);
    alz_set_status(out, ref, ALZ_BROKEN, ALZ_SYNTHETIC);
    junit_record_tell(state, out, record, ref);
    state->broken++;
    alz_end(out, ref);
}
