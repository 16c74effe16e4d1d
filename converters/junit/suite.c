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

/* ---- names ---------------------------------------------------------------- */

/* Writers put all kinds of words where a host's name belongs. */
static bool host_is_host(struct alz_str host)
{
    static const char *const words[] = {"",          "localhost", "tbd",
                                        "undefined", "unknown",   "(none)",
                                        NULL};

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
    alz_text_add(joined, package);
    alz_text_add(joined, ALZ_STR("."));
    alz_text_add(joined, name);
    return alz_text_str(joined);
}

static void tell_producer(const struct junit *state, struct alz_out *out,
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

/* ---- totals --------------------------------------------------------------- */

static uint64_t declared(struct junit *state, struct alz_out *out,
                         const struct alz_xml_element *element,
                         const char *name)
{
    struct alz_str text = alz_str_trim(alz_xml_attr(element, name));
    uint64_t number = 0;

    if (text.len && !alz_number_parse(text, &number))
        junit_report_once(state, out, JUNIT_BAD_TOTAL,
                          junit_shorten(text, 80));
    return number;
}

static void take_totals(struct junit *state, struct alz_out *out,
                        struct junit_frame *frame,
                        const struct alz_xml_element *element)
{
    frame->declares = alz_xml_attr(element, "tests").len > 0;
    frame->declared_tests = declared(state, out, element, "tests");
    frame->declared_failed = declared(state, out, element, "failures") +
                             declared(state, out, element, "errors");
    frame->declared_skipped = declared(state, out, element, "skipped") +
                              declared(state, out, element, "disabled");
}

void junit_put_number(struct alz_text *text, uint64_t number)
{
    char digits[20];
    size_t at = sizeof(digits);

    do {
        digits[--at] = (char)('0' + number % 10);
        number /= 10;
    } while (number);
    alz_text_add(text, (struct alz_str){digits + at, sizeof(digits) - at});
}

static void tell_total(struct junit *state, struct alz_out *out, alz_ref ref,
                       const char *name, uint64_t number)
{
    alz_text_clear(&state->scratch[0]);
    junit_put_number(&state->scratch[0], number);
    alz_add(out, ref, ALZ_TOTAL, alz_str_from(name),
            alz_text_str(&state->scratch[0]));
}

/* Numbers are passed on only where this producer's are known to mean tests:
 * some count assertions, some count the attempts. */
static void tell_totals(struct junit *state, struct alz_out *out,
                        const struct junit_frame *frame)
{
    unsigned traits = state->dialect->traits;
    uint64_t tests = frame->declared_tests;

    if (!frame->declares || frame->reruns || traits & JUNIT_TOTALS_LIE)
        return;
    if (traits & JUNIT_SKIPPED_OMITTED)
        tests -= tests < frame->declared_skipped ? tests
                                                 : frame->declared_skipped;
    tell_total(state, out, frame->ref, "tests", tests);
    if (traits & JUNIT_FAILED_TOTALS)
        tell_total(state, out, frame->ref, "failed", frame->declared_failed);
}

void junit_suite_count(struct junit *state, enum alz_status status)
{
    struct junit_frame *frame = state->frame;

    state->tests++;
    state->failed += status == ALZ_FAILED;
    state->broken += status == ALZ_BROKEN;
    if (!frame)
        return;
    frame->seen++;
    frame->failed += status <= ALZ_BROKEN;
    frame->not_passed += status != ALZ_PASSED;
}

/* ---- open and close ------------------------------------------------------- */

static void take_attrs(struct junit *state, struct alz_out *out,
                       struct junit_frame *frame,
                       const struct alz_xml_element *element)
{
    alz_text_add(&frame->name, alz_str_trim(alz_xml_attr(element, "name")));
    alz_text_add(&frame->package,
                 alz_str_trim(alz_xml_attr(element, "package")));
    alz_text_add(&frame->host,
                 alz_str_trim(alz_xml_attr(element, "hostname")));
    frame->has_start = junit_instant(
        state, out, alz_xml_attr(element, "timestamp"), &frame->start);
    frame->duration_ms =
        junit_duration(state, out, alz_xml_attr(element, "time"));
    take_totals(state, out, frame, element);
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
        junit_out_of_memory(state, out);
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
        up->seen += frame->seen;
        up->failed += frame->failed;
        up->not_passed += frame->not_passed;
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

/* ---- verdicts without a test ---------------------------------------------- */

void junit_synthetic(struct junit *state, struct alz_out *out,
                     struct alz_str owner, const char *what,
                     const struct junit_record *record)
{
    struct alz_text *name = &state->scratch[0];

    junit_test_finish(state, out);
    junit_suite_settle(state, out);
    alz_ref ref =
        alz_begin(out, state->frame ? state->frame->ref : 0, ALZ_TEST);
    alz_text_clear(name);
    alz_text_add(name, owner);
    alz_text_add(name, owner.len ? ALZ_STR(" (") : ALZ_STR("("));
    alz_text_add(name, alz_str_from(what));
    alz_text_add(name, ALZ_STR(")"));
    alz_set_text(out, ref, ALZ_NAME, alz_text_str(name));
    alz_text_clear(name);
    alz_text_add(name, owner);
    alz_text_add(name, ALZ_STR("::["));
    alz_text_add(name, alz_str_from(what));
    alz_text_add(name, ALZ_STR("]"));
    alz_set_text(out, ref, ALZ_FULL_NAME, alz_text_str(name));
    alz_set_status(out, ref, ALZ_BROKEN, ALZ_SYNTHETIC);
    junit_record_tell(state, out, record, ref);
    state->broken++;
    if (state->frame)
        state->frame->not_passed++;
    alz_end(out, ref);
}
