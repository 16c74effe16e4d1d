/* tell.c - a test point and all that is known of it, as events. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "tap.h"

struct verdict {
    enum alz_status status;
    unsigned flags;
    const char *lead; /* of the message */
};

/* ---- verdicts --------------------------------------------------------- */

/* What a directive makes of ok and not ok. */
static const struct rule {
    enum tap_directive_kind directive;
    bool ok;
    struct verdict verdict;
} rules[] = {
    {TAP_SKIP,    true,  {ALZ_SKIPPED, 0, ""}                        },
    {TAP_SKIP,    false, {ALZ_SKIPPED, 0, ""}                        },
    {TAP_TODO,    true,  {ALZ_PASSED, 0, "unexpectedly passed"}      },
    {TAP_TODO,    false, {ALZ_SKIPPED, ALZ_KNOWN, "expected failure"}},
    {TAP_XFAIL,   true,  {ALZ_SKIPPED, ALZ_KNOWN, "expected failure"}},
    {TAP_XFAIL,   false, {ALZ_SKIPPED, ALZ_KNOWN, "expected failure"}},
    {TAP_TIMEOUT, true,  {ALZ_BROKEN, 0, "timeout"}                  },
    {TAP_TIMEOUT, false, {ALZ_BROKEN, 0, "timeout"}                  },
    {TAP_ERROR,   true,  {ALZ_BROKEN, 0, "error"}                    },
    {TAP_ERROR,   false, {ALZ_BROKEN, 0, "error"}                    },
};

static struct verdict verdict_of(const struct tap *tap,
                                 const struct tap_point *point)
{
    struct verdict verdict = {ALZ_PASSED, 0, NULL};

    if (!point->ok)
        verdict.status =
            point->broken || tap->detail.broken ? ALZ_BROKEN : ALZ_FAILED;
    for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++)
        if (rules[i].directive == point->directive && rules[i].ok == point->ok)
            verdict = rules[i].verdict;
    if (point->directive == TAP_TODO && point->ok && tap->xpass_fails)
        verdict.status = ALZ_FAILED;
    if (point->closed.any && point->closed.skipped && point->ok &&
        !point->directive)
        verdict = (struct verdict){ALZ_SKIPPED, 0, ""};
    if (point->flaky)
        verdict.flags |= ALZ_FLAKY;
    if (point->cut)
        verdict.flags |= ALZ_INCOMPLETE;
    return verdict;
}

/* ---- message ---------------------------------------------------------- */

static struct alz_str reason_of(const struct tap_point *point)
{
    return alz_text_str(point->reason.len ? &point->reason
                                          : &point->closed.reason);
}

/* "expected failure: why", "why", or what the details say. */
static void put_directive(struct tap *tap, const struct tap_point *point,
                          const struct verdict *verdict, struct alz_text *ret)
{
    struct alz_str reason = reason_of(point);
    bool lead = *verdict->lead && !alz_str_starts(reason, verdict->lead);

    if (lead)
        tap_put(tap, ret, alz_str_from(verdict->lead));
    if (lead && reason.len)
        tap_put(tap, ret, ALZ_STR(": "));
    tap_put(tap, ret, reason);
}

static void put_compared(struct tap *tap, struct alz_text *ret)
{
    struct alz_str expected = alz_text_str(&tap->detail.expected);
    struct alz_str actual = alz_text_str(&tap->detail.actual);

    if (expected.len > 200 || actual.len > 200 || tap_has(expected, "\n") ||
        tap_has(actual, "\n") || !expected.len || !actual.len)
        return;
    tap_put(tap, ret, ALZ_STR("expected "));
    tap_put(tap, ret, expected);
    tap_put(tap, ret, ALZ_STR(", got "));
    tap_put(tap, ret, actual);
}

/* Of what there is, the first that says something. */
static void put_failure(struct tap *tap, const struct tap_point *point,
                        struct alz_text *ret)
{
    const struct tap_closed *closed = &point->closed;
    const struct alz_text *texts[] = {
        &point->message,  &tap->detail.message,     &point->exit,
        &closed->problem, &closed->tally.first_bad,
    };
    size_t count = closed->kind == ALZ_SUITE ? 3 : 5;

    for (size_t i = 0; i < count && !ret->len; i++)
        tap_put(tap, ret, alz_text_str(texts[i]));
    if (ret->len == 0 && !point->ok)
        put_compared(tap, ret);
    if (ret->len == 0 && !point->ok && tap->detail.trace.len &&
        !tap->detail.raw)
        tap_put(tap, ret, alz_text_str(&point->name));
}

/* Why an expected failure failed, before all that is known of it. */
static void lead_trace(struct tap *tap)
{
    struct alz_text *trace = &tap->detail.trace, *text = &tap->scratch[1];
    struct alz_str message = alz_text_str(&tap->detail.message);

    if (message.len == 0 || tap_contains(alz_text_str(trace), message))
        return;
    tap_set(tap, text, message);
    if (trace->len)
        tap_put(tap, text, ALZ_STR("\n"));
    tap_put(tap, text, alz_text_str(trace));
    tap_set(tap, trace, alz_text_str(text));
}

static void put_message(struct tap *tap, const struct tap_point *point,
                        const struct verdict *verdict, struct alz_text *ret)
{
    alz_text_clear(ret);
    if (verdict->lead)
        put_directive(tap, point, verdict, ret);
    if (ret->len)
        lead_trace(tap);
    else
        put_failure(tap, point, ret);
}

/* ---- facts ------------------------------------------------------------ */

static void set_text(struct tap *tap, alz_ref ref, enum alz_fact fact,
                     const struct alz_text *text)
{
    if (text->len)
        alz_set_text(tap->out, ref, fact, alz_text_str(text));
}

static void tell_times(struct tap *tap, const struct tap_point *point,
                       alz_ref ref)
{
    int64_t duration =
        point->duration_ms >= 0 ? point->duration_ms : tap->detail.duration_ms;

    if (duration >= 0)
        alz_set_time(tap->out, ref, ALZ_DURATION, duration);
    else if (point->stop_ms)
        alz_set_time(tap->out, ref, ALZ_START,
                     point->closed.start_ms ? point->closed.start_ms
                                            : point->start_ms);
    if (point->stop_ms)
        alz_set_time(tap->out, ref, ALZ_STOP, point->stop_ms);
}

void tap_tell_origin(struct tap *tap, alz_ref ref)
{
    if (tap->framework)
        alz_set_text(tap->out, ref, ALZ_FRAMEWORK,
                     alz_str_from(tap->framework));
    if (tap->language)
        alz_set_text(tap->out, ref, ALZ_LANGUAGE, alz_str_from(tap->language));
}

static void tell_number(struct tap *tap, const struct tap_point *point,
                        alz_ref ref)
{
    struct alz_text *text = &tap->scratch[1];

    alz_text_clear(text);
    tap_put_number(tap, text, point->number);
    alz_add(tap->out, ref, ALZ_EXCLUDED, ALZ_STR("#"), alz_text_str(text));
}

/* Everything but status and name; all texts are ready. */
static void tell_facts(struct tap *tap, struct tap_point *point, alz_ref ref,
                       bool test)
{
    set_text(tap, ref, ALZ_MESSAGE, &tap->scratch[0]);
    set_text(tap, ref, ALZ_TRACE, &tap->detail.trace);
    set_text(tap, ref, ALZ_EXPECTED, &tap->detail.expected);
    set_text(tap, ref, ALZ_ACTUAL, &tap->detail.actual);
    tell_times(tap, point, ref);
    if (test) {
        set_text(tap, ref, ALZ_SOURCE, &tap->detail.source);
        tap_tell_origin(tap, ref);
        tell_number(tap, point, ref);
    }
    tap_extras_tell(tap, point, ref, test);
    tap_output_tell(tap, &point->output, ref);
}

/* ---- nodes ------------------------------------------------------------ */

static const struct alz_text *name_of(const struct tap_point *point)
{
    return point->name.len ? &point->name : &point->closed.name;
}

static struct tap_tally *tally_of(struct tap *tap,
                                  const struct tap_point *point)
{
    struct tap_level *level = tap->levels[point->at];

    return point->head.len ? &level->head_tally : &level->tally;
}

/* The full name, when it is not "path > name". */
static void put_identity(struct tap *tap, const struct tap_point *point,
                         struct alz_text *ret)
{
    alz_text_clear(ret);
    if (point->identity.len == 0)
        return;
    if (!tap_level_path(tap, point->at + 1, ret)) {
        alz_text_clear(ret);
        return;
    }
    if (ret->len)
        tap_put(tap, ret, ALZ_STR(" > "));
    tap_put(tap, ret, alz_text_str(&point->identity));
}

static void tell_leaf(struct tap *tap, struct tap_point *point,
                      const struct verdict *verdict)
{
    enum alz_kind kind = tap_kind_below(tap->levels[point->at]->kind);
    alz_ref parent, ref;

    if (point->head.len && tap->grain != TAP_LEAF)
        kind = ALZ_STEP;
    put_identity(tap, point, &tap->scratch[2]);
    parent = tap_head_node(tap, point->at, alz_text_str(&point->head));
    tap_tally_add(tap, tally_of(tap, point), verdict->status,
                  alz_text_str(name_of(point)), alz_text_str(&tap->scratch[0]));
    if (tap->no_memory)
        return;
    ref = alz_begin(tap->out, parent, kind);
    alz_set_status(tap->out, ref, verdict->status, verdict->flags);
    alz_set_text(tap->out, ref, ALZ_NAME, alz_text_str(name_of(point)));
    if (kind == ALZ_TEST)
        set_text(tap, ref, ALZ_FULL_NAME, &tap->scratch[2]);
    tell_facts(tap, point, ref, kind == ALZ_TEST);
    alz_end(tap->out, ref);
}

/* A TEST or STEP whose steps were told already: never greener than they. */
static void tell_closed(struct tap *tap, struct tap_point *point,
                        struct verdict *verdict)
{
    struct tap_closed *closed = &point->closed;

    if (closed->tally.failed && verdict->status == ALZ_PASSED)
        verdict->status = closed->tally.worst;
    tap_tally_add(tap, tally_of(tap, point), verdict->status,
                  alz_text_str(&closed->name), alz_text_str(&tap->scratch[0]));
    if (tap->no_memory)
        return;
    alz_set_status(tap->out, closed->ref, verdict->status, verdict->flags);
    tell_facts(tap, point, closed->ref, closed->kind == ALZ_TEST);
    alz_end(tap->out, closed->ref);
}

/* A suite is no result, unless it failed by itself. */
static void tell_suite(struct tap *tap, struct tap_point *point,
                       const struct verdict *verdict)
{
    struct tap_closed *closed = &point->closed;
    struct tap_problem problem = {
        .what = "suite error",
        .owner = alz_text_str(&closed->name),
        .message = alz_text_str(&tap->scratch[0]),
        .trace = alz_text_str(&tap->detail.trace),
        .source = alz_text_str(&tap->detail.source),
        .depth = point->at + 1,
        .inner = closed->name.len > 0,
    };

    if (problem.message.len == 0)
        problem.message =
            ALZ_STR("the subtest failed, though none of its tests did");
    if (verdict->status <= ALZ_BROKEN &&
        (closed->tally.failed == 0 || tap->detail.hook))
        tap_problem_tell(tap, closed->ref, ALZ_TEST, &closed->tally, &problem);
    alz_end(tap->out, closed->ref);
    tap_tally_join(tap, tally_of(tap, point), &closed->tally);
}

void tap_tell(struct tap *tap, struct tap_point *point)
{
    struct tap_closed *closed = &point->closed;
    struct verdict verdict;

    tap_detail_read(tap, point);
    tap_dialect_settle(tap, point);
    verdict = verdict_of(tap, point);
    put_message(tap, point, &verdict, &tap->scratch[0]);
    if (!closed->any || (closed->tally.results == 0 &&
                         (closed->kind == ALZ_SUITE || !closed->ref))) {
        if (closed->ref)
            alz_end(tap->out, closed->ref);
        tap_tally_join(tap, tally_of(tap, point), &closed->tally);
        tell_leaf(tap, point, &verdict);
    } else if (closed->kind == ALZ_SUITE) {
        tell_suite(tap, point, &verdict);
    } else {
        tell_closed(tap, point, &verdict);
    }
}
