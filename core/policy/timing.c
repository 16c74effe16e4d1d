/* timing.c - when everything began and ended. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "policy/stages.h"

/*
 * A test always gets a start and a stop, whole ms with 0 <= start <= stop.
 * In this order: what START and STOP say; START or STOP with DURATION; one of
 * the two alone; else the test begins where the one before it in its suite
 * ended (the suite's cursor), so tests without times are laid end to end from
 * the start of the suite, or from the last change of the input.
 */

#define DURATION_MAX (INT64_C(366) * 24 * 3600 * 1000)

struct span {
    int64_t start, stop;
};

static int64_t between(int64_t ms, int64_t max)
{
    return ms < 0 ? 0 : ms > max ? max : ms;
}

static bool said(const struct alz_node *node, enum alz_when when)
{
    return node->time[when] != ALZ_TIME_NONE;
}

static int64_t duration_of(const struct alz_node *node)
{
    return said(node, ALZ_DURATION)
               ? between(node->time[ALZ_DURATION], DURATION_MAX)
               : 0;
}

/* The span the source says; false when it names no moment at all. */
static bool own_span(const struct alz_node *node, struct span *ret)
{
    int64_t start = between(node->time[ALZ_START], ALZ_TIME_MAX);
    int64_t stop = between(node->time[ALZ_STOP], ALZ_TIME_MAX);

    if (!said(node, ALZ_START) && !said(node, ALZ_STOP))
        return false;
    if (!said(node, ALZ_START))
        start = between(stop - duration_of(node), ALZ_TIME_MAX);
    else if (!said(node, ALZ_STOP))
        stop = start + duration_of(node);
    *ret = (struct span){start, stop < start ? start : stop};
    return true;
}

/* ---- cursors ---------------------------------------------------------- */

static struct alz_suite *suite_of(const struct alz_node *node)
{
    const struct alz_node *suite = alz_node_suite(node);

    return suite ? suite->suite : NULL;
}

/* Where the next test of the enclosing suite begins. */
static int64_t cursor_of(const struct alz_policy *policy,
                         const struct alz_node *test)
{
    for (const struct alz_node *at = alz_node_suite(test); at;
         at = alz_node_suite(at)) {
        if (at->suite->cursor_ms != ALZ_TIME_NONE)
            return at->suite->cursor_ms;
        if (said(at, ALZ_START))
            return between(at->time[ALZ_START], ALZ_TIME_MAX);
    }
    return policy->cursor_ms;
}

static void advance(int64_t *cursor, int64_t ms)
{
    if (*cursor < ms)
        *cursor = between(ms, ALZ_TIME_MAX);
}

/* ALZ_TIME_NONE is before all times. Suites around move along, so that the
 * next suite without a start begins after this one. */
static void move_cursors(struct alz_policy *policy, const struct alz_node *test,
                         int64_t ms)
{
    const struct alz_node *at = test;

    for (; suite_of(at); at = alz_node_suite(at))
        advance(&suite_of(at)->cursor_ms, ms);
    advance(&policy->cursor_ms, ms);
}

/* ---- tests and attempts ----------------------------------------------- */

static int64_t at_least_one(int64_t ms)
{
    return ms > 0 ? ms : 1;
}

/* An attempt without a time of its own is placed before the final one, when
 * that one has a time. */
static struct span placed(const struct alz_policy *policy,
                          const struct alz_node *test)
{
    int64_t duration = duration_of(test), start;
    unsigned before = policy->attempts - policy->attempt;
    struct span last;

    if (alz_is_attempt(test) && own_span(test->parent, &last))
        start =
            between(last.start - before * at_least_one(duration), ALZ_TIME_MAX);
    else
        start = cursor_of(policy, test);
    return (struct span){start, start + duration};
}

/* Readers take the attempt with the latest start for the final one. A stop
 * that was said stays. */
static void keep_order(struct alz_policy *policy, struct span *span, bool own)
{
    int64_t late = policy->clock.last_ms + 1 - span->start;

    if (policy->attempt > 1 && late > 0) {
        span->start += late;
        if (!own)
            span->stop += late;
        span->stop = span->stop < span->start ? span->start : span->stop;
    }
    policy->clock.last_ms = span->start;
}

void alz_stage_timing(struct alz_policy *policy, struct alz_node *test)
{
    struct span span;
    bool own = own_span(test, &span);

    if (!own)
        span = placed(policy, test);
    keep_order(policy, &span, own);
    test->time[ALZ_START] = span.start;
    test->time[ALZ_STOP] = span.stop;
    move_cursors(policy, test,
                 policy->attempt < policy->attempts
                     ? span.start + at_least_one(span.stop - span.start)
                     : span.stop);
    alz_parts_timing(policy, test);
}

/* ---- steps and fixtures ----------------------------------------------- */

static void clamp(int64_t *ms)
{
    if (*ms != ALZ_TIME_NONE)
        *ms = between(*ms, ALZ_TIME_MAX);
}

/* What is not said stays absent: readers can live with that. */
static void time_part(struct alz_node *part)
{
    struct span span;

    if (said(part, ALZ_DURATION) && own_span(part, &span)) {
        part->time[ALZ_START] = span.start;
        part->time[ALZ_STOP] = span.stop;
    }
    clamp(&part->time[ALZ_START]);
    clamp(&part->time[ALZ_STOP]);
    if (said(part, ALZ_START) && said(part, ALZ_STOP) &&
        part->time[ALZ_STOP] < part->time[ALZ_START])
        part->time[ALZ_STOP] = part->time[ALZ_START];
}

void alz_parts_timing(struct alz_policy *policy, struct alz_node *top)
{
    struct alz_node *at = top;

    (void)policy;
    if (top->kind == ALZ_SUITE)
        time_part(top);
    while ((at = alz_tree_next(top, at)) != NULL)
        time_part(at);
}
