/* publish.c - hands on what has ended, and counts it where it belongs. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "record/intake.h"

#include <stdlib.h>

/* Of what waits for the name of a suite. */
enum { WAITING_MAX = 20000, WAITING_BYTES_MAX = 256 * 1024 * 1024 };

/* ---- counting --------------------------------------------------------- */

static bool is_zero(const struct alz_uuid *uuid)
{
    static const struct alz_uuid zero;

    return memcmp(uuid, &zero, sizeof(zero)) == 0;
}

static bool reserve_children(struct alz_recorder *recorder,
                             struct alz_suite *suite, size_t more)
{
    size_t need = suite->child_count + more;
    size_t cap = suite->child_cap ? suite->child_cap : 16;
    struct alz_uuid *children;

    if (need <= suite->child_cap)
        return true;
    while (cap < need)
        cap *= 2;
    children = realloc(suite->children, cap * sizeof(*children));
    if (!children) {
        recorder->failed = true;
        return false;
    }
    suite->children = children;
    suite->child_cap = cap;
    return true;
}

static void add_children(struct alz_recorder *recorder, struct alz_suite *suite,
                         const struct alz_uuid *children, size_t count)
{
    if (count == 0 || !reserve_children(recorder, suite, count))
        return;
    memcpy(suite->children + suite->child_count, children,
           count * sizeof(*children));
    suite->child_count += count;
}

/* The suite a node's results are counted in: the run at top level. */
static struct alz_record_suite *counting(struct alz_recorder *recorder,
                                         const struct alz_node *node)
{
    struct alz_node *suite = alz_node_suite(node);

    return alz_record_suite_of(suite ? alz_record_of(suite) : &recorder->run);
}

/* The tally is of what was read; the rest of what was published, which is
 * told by its uuid. */
static void count_test(struct alz_recorder *recorder,
                       const struct alz_node *test, bool final)
{
    struct alz_record_suite *suite = counting(recorder, test);
    bool synthetic = (test->flags & ALZ_SYNTHETIC) != 0;

    suite->tally.synthetic += synthetic;
    suite->tally.tests += final && !synthetic;
    suite->tally.attempts += !final && !synthetic;
    suite->tally.bad += test->status <= ALZ_BROKEN;
    if (is_zero(&test->uuid))
        return;
    suite->suite.attempts += !final;
    if (final && test->status < ALZ_STATUS_COUNT)
        suite->suite.by_status[test->status]++;
    if (&suite->suite != recorder->run.node.suite)
        add_children(recorder, &suite->suite, &test->uuid, 1);
}

void alz_recorder_count(struct alz_recorder *recorder, alz_ref suite,
                        const struct alz_uuid *uuid, enum alz_status status,
                        unsigned flags)
{
    struct alz_record *parent =
        recorder->failed ? NULL : alz_refs_find(&recorder->refs, suite);
    struct alz_node test = {.parent = parent ? &parent->node : NULL,
                            .status = status,
                            .flags = flags,
                            .uuid = *uuid};

    if (!recorder->failed)
        count_test(recorder, &test, true);
}

/* What a suite has counted is its parent's when it ends; so a test costs the
 * same at any depth. */
static void count_suite(struct alz_recorder *recorder,
                        const struct alz_record *record)
{
    const struct alz_record_suite *from = alz_record_suite_of(record);
    struct alz_record_suite *to = counting(recorder, &record->node);

    to->tally.tests += from->tally.tests;
    to->tally.attempts += from->tally.attempts;
    to->tally.bad += from->tally.bad;
    to->tally.synthetic += from->tally.synthetic;
    to->tally.short_by += from->tally.short_by;
    to->suite.attempts += from->suite.attempts;
    for (size_t i = 0; i < ALZ_STATUS_COUNT; i++)
        to->suite.by_status[i] += from->suite.by_status[i];
    if (&to->suite != recorder->run.node.suite)
        add_children(recorder, &to->suite, from->suite.children,
                     from->suite.child_count);
}

/* ---- handing on ------------------------------------------------------- */

static struct alz_node *attempt_from(struct alz_node *node)
{
    while (node && node->kind != ALZ_TEST)
        node = node->next;
    return node;
}

static unsigned count_attempts(const struct alz_node *test)
{
    unsigned count = 0;

    for (struct alz_node *at = attempt_from(test->first); at;
         at = attempt_from(at->next))
        count++;
    return count;
}

/* The ceiling is for what comes in; what policy adds is bounded by it. */
static void open_ceiling(struct alz_record *record)
{
    record->home->arena.max = 0;
    record->home->arena.failed = false;
}

void alz_publish_test(struct alz_recorder *recorder, struct alz_record *test)
{
    struct alz_node *node = &test->node;
    unsigned attempts = count_attempts(node) + 1, attempt = 1;

    open_ceiling(test);
    for (struct alz_node *at = attempt_from(node->first); at;
         at = attempt_from(at->next)) {
        recorder->sink.test(recorder->sink.ctx, at, attempt++, attempts);
        count_test(recorder, at, false);
    }
    recorder->sink.test(recorder->sink.ctx, node, attempt, attempts);
    count_test(recorder, node, true);
    alz_home_drop(recorder, test->home);
}

static void publish_suite(struct alz_recorder *recorder,
                          struct alz_record *suite)
{
    alz_totals_check(recorder, suite);
    open_ceiling(suite);
    recorder->sink.suite(recorder->sink.ctx, &suite->node);
    count_suite(recorder, suite);
    alz_home_drop(recorder, suite->home);
}

static void publish_attachment(struct alz_recorder *recorder,
                               struct alz_record *attachment)
{
    struct alz_node *run = &recorder->run.node;

    open_ceiling(attachment);
    attachment->node.parent = run;
    run->first = run->last = &attachment->node;
    recorder->sink.run(recorder->sink.ctx, run);
    run->first = run->last = NULL;
    alz_home_drop(recorder, attachment->home);
}

static void (*const publish[ALZ_KIND_COUNT])(struct alz_recorder *,
                                             struct alz_record *) = {
    [ALZ_SUITE] = publish_suite,
    [ALZ_TEST] = alz_publish_test,
    [ALZ_ATTACHMENT] = publish_attachment,
};

/* ---- waiting for names ------------------------------------------------ */

static struct alz_record *outermost_nameless(const struct alz_record *record)
{
    struct alz_record *found = NULL;

    for (struct alz_node *at = record->node.parent; at; at = at->parent)
        if (at->kind == ALZ_SUITE && !alz_record_of(at)->said_name)
            found = alz_record_of(at);
    return found;
}

static void enqueue(struct alz_recorder *recorder, struct alz_record *suite,
                    struct alz_record *record)
{
    struct alz_record_suite *at = alz_record_suite_of(suite);

    if (at->queue_last)
        at->queue_last->open_next = record;
    else
        at->queue_first = record;
    at->queue_last = record;
    recorder->waiting++;
    recorder->waiting_bytes += record->home->arena.used;
    if (recorder->waiting <= WAITING_MAX &&
        recorder->waiting_bytes <= WAITING_BYTES_MAX)
        return;
    alz_record_limited(recorder, ALZ_LIMIT_WAITING, ALZ_STR(""));
    suite->said_name = true;
    alz_publish_queue(recorder, suite);
}

void alz_publish(struct alz_recorder *recorder, struct alz_record *record)
{
    struct alz_record *suite;

    if (recorder->failed) { /* half of it, or its suite, may be lost */
        alz_home_drop(recorder, record->home);
        return;
    }
    suite = outermost_nameless(record);
    if (suite)
        enqueue(recorder, suite, record);
    else
        publish[record->node.kind](recorder, record);
}

/* In the order in which they ended. Some go on to wait for an inner suite. */
void alz_publish_queue(struct alz_recorder *recorder, struct alz_record *suite)
{
    struct alz_record_suite *from = alz_record_suite_of(suite);
    struct alz_record *at = from->queue_first, *next;

    from->queue_first = from->queue_last = NULL;
    for (; at; at = next) {
        next = at->open_next;
        at->open_next = NULL;
        recorder->waiting--;
        recorder->waiting_bytes -= at->home->arena.used;
        alz_publish(recorder, at);
    }
}
