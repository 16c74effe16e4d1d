/* recorder.c - the receiver of events: the tree of what is open. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "record/intake.h"

#include <stdlib.h>

enum { SUITE_DEPTH_MAX = 256, OUT_OF_MEMORY = 70 };

static struct alz_recorder *recorder_of(struct alz_out *out)
{
    return (struct alz_recorder *)out;
}

/* The open node a verb speaks of; NULL when there is nothing to do. */
static struct alz_record *subject(struct alz_out *out, alz_ref ref)
{
    struct alz_recorder *recorder = recorder_of(out);

    return recorder->failed ? NULL : alz_refs_find(&recorder->refs, ref);
}

/* ---- where a new node belongs ----------------------------------------- */

/* The nearest of a set of kinds, from at outwards. */
static struct alz_record *nearest(struct alz_record *at, unsigned kinds)
{
    struct alz_node *node = at ? &at->node : NULL;

    while (node && !(kinds & 1U << node->kind))
        node = node->parent;
    return node ? alz_record_of(node) : NULL;
}

static bool is_attempt(const struct alz_record *record)
{
    return record->node.kind == ALZ_TEST && record->node.parent &&
           record->node.parent->kind == ALZ_TEST;
}

static struct alz_record *parent_of_suite(struct alz_recorder *recorder,
                                          struct alz_record *at)
{
    struct alz_record *suite = nearest(at, 1U << ALZ_SUITE);

    if (!suite || alz_record_suite_of(suite)->depth < SUITE_DEPTH_MAX)
        return suite;
    alz_record_limited(recorder, ALZ_LIMIT_DEPTH, ALZ_STR(""));
    return alz_record_of(suite->node.parent);
}

/* An attempt of an attempt is one more attempt of the test. */
static struct alz_record *parent_of_test(struct alz_recorder *recorder,
                                         struct alz_record *at)
{
    struct alz_record *parent = nearest(at, 1U << ALZ_SUITE | 1U << ALZ_TEST);

    (void)recorder;
    return parent && is_attempt(parent) ? alz_record_of(parent->node.parent)
                                        : parent;
}

static struct alz_record *parent_of_part(struct alz_recorder *recorder,
                                         struct alz_record *at)
{
    (void)recorder;
    return nearest(at, ~(1U << ALZ_ATTACHMENT));
}

static struct alz_record *(*const find_parent[ALZ_KIND_COUNT])(
    struct alz_recorder *, struct alz_record *) = {
    [ALZ_SUITE] = parent_of_suite,   [ALZ_TEST] = parent_of_test,
    [ALZ_STEP] = parent_of_part,     [ALZ_SETUP] = parent_of_part,
    [ALZ_TEARDOWN] = parent_of_part, [ALZ_ATTACHMENT] = parent_of_part,
};

/* Whether a node has a home of its own; all others live in their parent's,
 * among its children. */
static bool owns_home(enum alz_kind kind, const struct alz_record *parent)
{
    return kind == ALZ_SUITE || !parent ||
           (kind == ALZ_TEST && parent->node.kind == ALZ_SUITE);
}

/* ---- begin ------------------------------------------------------------ */

static void append_child(struct alz_node *parent, struct alz_node *child)
{
    if (parent->last)
        parent->last->next = child;
    else
        parent->first = child;
    parent->last = child;
}

static void append_open(struct alz_record *parent, struct alz_record *record)
{
    record->open_prev = parent->open_last;
    if (parent->open_last)
        parent->open_last->open_next = record;
    else
        parent->open_first = record;
    parent->open_last = record;
}

static struct alz_record *make(struct alz_recorder *recorder,
                               struct alz_record *parent, enum alz_kind kind)
{
    bool own = owns_home(kind, parent);
    struct alz_home *home = own ? alz_home_take(recorder) : parent->home;
    struct alz_record *record =
        home ? alz_record_new(recorder, home, kind) : NULL;

    if (record)
        record->node.ref = alz_record_ref(recorder, record);
    if (record && record->node.ref)
        return record;
    if (own && home)
        alz_home_drop(recorder, home);
    return NULL;
}

/* A late TEST or SUITE is kept, at top level: no test is lost. */
static bool is_late(const struct alz_record *parent, alz_ref ref,
                    enum alz_kind kind)
{
    return ref && !parent && kind != ALZ_TEST && kind != ALZ_SUITE;
}

static bool is_misplaced(const struct alz_record *parent, enum alz_kind kind)
{
    return !parent &&
           (kind == ALZ_STEP || kind == ALZ_SETUP || kind == ALZ_TEARDOWN);
}

static alz_ref begin(struct alz_out *out, alz_ref ref, enum alz_kind kind)
{
    struct alz_recorder *recorder = recorder_of(out);
    struct alz_record *parent = subject(out, ref), *record;

    if (recorder->failed || is_late(parent, ref, kind))
        return 0;
    parent = find_parent[kind](recorder, parent);
    if (is_misplaced(parent, kind)) {
        alz_record_limited(recorder, ALZ_LIMIT_MISPLACED, ALZ_STR(""));
        return 0;
    }
    record = make(recorder, parent, kind);
    if (!record)
        return 0;
    record->node.parent = parent ? &parent->node : NULL;
    if (kind == ALZ_SUITE)
        alz_record_suite_of(record)->depth =
            parent ? alz_record_suite_of(parent)->depth + 1 : 1;
    if (!owns_home(kind, parent))
        append_child(&parent->node, &record->node);
    append_open(parent ? parent : &recorder->run, record);
    return record->node.ref;
}

/* ---- end -------------------------------------------------------------- */

static void unlink_open(struct alz_record *parent, struct alz_record *record)
{
    if (record->open_prev)
        record->open_prev->open_next = record->open_next;
    else
        parent->open_first = record->open_next;
    if (record->open_next)
        record->open_next->open_prev = record->open_prev;
    else
        parent->open_last = record->open_prev;
    record->open_prev = record->open_next = NULL;
}

static void end_one(struct alz_recorder *recorder, struct alz_record *record)
{
    struct alz_node *node = &record->node;

    unlink_open(alz_record_parent(recorder, record), record);
    alz_refs_drop(&recorder->refs, node->ref);
    alz_intake_end(recorder, record);
    node->open = recorder->cut;
    if (recorder->cut && node->kind == ALZ_TEST)
        node->flags |= ALZ_INCOMPLETE;
    if (node->kind == ALZ_SUITE) {
        record->said_name = true; /* what was not said is "" now */
        alz_publish_queue(recorder, record);
    }
    if (owns_home(node->kind,
                  node->parent ? alz_record_of(node->parent) : NULL))
        alz_publish(recorder, record);
}

/* From the inside out, in document order. */
static void end_tree(struct alz_recorder *recorder, struct alz_record *top)
{
    struct alz_record *at = top, *parent;

    do {
        while (at->open_first)
            at = at->open_first;
        parent = at == top ? NULL : alz_record_parent(recorder, at);
        end_one(recorder, at);
        at = parent;
    } while (at);
}

static void end(struct alz_out *out, alz_ref ref)
{
    struct alz_record *record = subject(out, ref);

    if (record)
        end_tree(recorder_of(out), record);
}

/* ---- facts ------------------------------------------------------------ */

static void set_status(struct alz_out *out, alz_ref ref, enum alz_status status,
                       unsigned flags)
{
    struct alz_record *record = subject(out, ref);

    if (!record)
        return;
    if (status != ALZ_STATUS_NONE)
        record->node.status = status;
    record->node.flags |= flags;
}

/* Text without a pointer (an attribute that is not there) says nothing, but
 * of a suite's name that it has none. */
static void set_text(struct alz_out *out, alz_ref ref, enum alz_fact fact,
                     struct alz_str text)
{
    struct alz_record *record = subject(out, ref);

    if (!record)
        return;
    if (text.ptr)
        alz_intake_text(recorder_of(out), record, fact, text);
    if (fact == ALZ_NAME && record->node.kind == ALZ_SUITE &&
        !record->said_name) {
        record->said_name = true;
        alz_publish_queue(recorder_of(out), record);
    }
}

static void set_time(struct alz_out *out, alz_ref ref, enum alz_when when,
                     int64_t ms)
{
    struct alz_record *record = subject(out, ref);

    if (record)
        record->node.time[when] = ms;
}

static bool is_of_run(enum alz_pair_kind kind, alz_ref ref)
{
    return kind == ALZ_ENVIRONMENT || (kind == ALZ_TOTAL && ref == 0);
}

static void add(struct alz_out *out, alz_ref ref, enum alz_pair_kind kind,
                struct alz_str name, struct alz_str value)
{
    struct alz_recorder *recorder = recorder_of(out);
    struct alz_record *record = subject(out, ref);

    if (is_of_run(kind, ref) && !recorder->failed)
        record = &recorder->run;
    if (!record)
        return;
    if (kind == ALZ_TOTAL && record->node.suite)
        alz_totals_add(&alz_record_suite_of(record)->totals, name, value,
                       record == &recorder->run);
    alz_intake_pair(recorder, record, kind, name, value);
}

static void write_bytes(struct alz_out *out, alz_ref ref, struct alz_str bytes)
{
    struct alz_record *record = subject(out, ref);

    if (record)
        alz_intake_write(recorder_of(out), record, bytes);
}

static void report(struct alz_out *out, const struct alz_diag *diag,
                   struct alz_str detail)
{
    struct alz_recorder *recorder = recorder_of(out);

    /* Who reports from outside that memory ran out has told half of
     * something. */
    recorder->failed |= diag->exit_status == OUT_OF_MEMORY;
    recorder->sink.report(recorder->sink.ctx, diag, detail);
}

static const struct alz_out_ops ops = {
    .begin = begin,
    .set_status = set_status,
    .set_text = set_text,
    .set_time = set_time,
    .add = add,
    .write = write_bytes,
    .end = end,
    .report = report,
};

/* ---- one input, one recorder ------------------------------------------ */

static void begin_run(struct alz_recorder *recorder)
{
    struct alz_home *home = &recorder->run_home;

    memset(recorder->limited, 0, sizeof(recorder->limited));
    recorder->cut = false;
    home->suite = (struct alz_record_suite){0};
    alz_arena_clear(&home->arena);
    recorder->run = (struct alz_record){
        .node = {.kind = ALZ_SUITE,
                 .status = ALZ_STATUS_NONE,
                 .arena = &home->arena,
                 .suite = &home->suite.suite,
                 .time = {ALZ_TIME_NONE, ALZ_TIME_NONE, ALZ_TIME_NONE}},
        .home = home,
        .said_name = true,
    };
}

void alz_recorder_finish_input(struct alz_recorder *recorder,
                               enum alz_ending ending)
{
    recorder->cut = ending != ALZ_COMPLETE || recorder->failed;
    while (recorder->run.open_first)
        end_tree(recorder, recorder->run.open_first);
    if (!recorder->failed)
        alz_totals_check(recorder, &recorder->run);
    if (!recorder->failed && recorder->run.node.pairs)
        recorder->sink.run(recorder->sink.ctx, &recorder->run.node);
    begin_run(recorder);
}

struct alz_recorder *alz_recorder_new(const struct alz_record_sink *sink,
                                      struct alz_outdir *spool_dir)
{
    struct alz_recorder *recorder = calloc(1, sizeof(*recorder));

    if (!recorder)
        return NULL;
    recorder->out.ops = &ops;
    recorder->sink = *sink;
    recorder->spool_dir = spool_dir;
    begin_run(recorder);
    return recorder;
}

struct alz_out *alz_recorder_out(struct alz_recorder *recorder)
{
    return &recorder->out;
}

bool alz_recorder_failed(const struct alz_recorder *recorder)
{
    return recorder->failed;
}

void alz_recorder_free(struct alz_recorder *recorder)
{
    struct alz_home *home, *next;

    if (!recorder)
        return;
    for (home = recorder->homes; home; home = next) {
        next = home->next_all;
        alz_home_free(home);
        free(home);
    }
    alz_home_free(&recorder->run_home);
    alz_refs_done(&recorder->refs);
    free(recorder);
}
