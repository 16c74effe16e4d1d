/* intake.c - facts on arrival: copied, repaired, kept within ceilings. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "record/intake.h"

#include "base/utf8.h"

#include <stdlib.h>

enum {
    NODE_MAX = 64 * 1024 * 1024, /* bytes of one home */
    ATTACHMENTS_MAX = 1000,      /* of one home */
    FIRST_TRACE = 256,
    CHILDREN_KEPT = 4096, /* of a recycled suite */
    SLACK = 64            /* for alignment and the NUL */
};

struct alz_record_spool {
    struct alz_spool spool;
    struct alz_record_spool *next;
};

/* ---- limits ----------------------------------------------------------- */

static const struct alz_diag limits[ALZ_LIMIT_COUNT] = {
    [ALZ_LIMIT_NODES] = {ALZ_ERROR,   "record/too-many-open",
                         "too many tests and steps are open at once",       4},
    [ALZ_LIMIT_BYTES] = {ALZ_ERROR,   "record/too-large",
                         "more than 64 MiB of text in one test or suite",   4},
    [ALZ_LIMIT_ATTACHMENTS] = {ALZ_ERROR,   "record/too-many-attachments",
                         "more than 1000 attachments in one test or "
                               "suite",                                     4},
    [ALZ_LIMIT_DEPTH] = {ALZ_WARNING, "record/deep-suites",
                         "suites more than 256 deep are flattened",         0},
    [ALZ_LIMIT_WAITING] = {ALZ_WARNING, "record/nameless-suite",
                         "too many tests wait for the name of their suite", 0},
    [ALZ_LIMIT_MISPLACED] = {ALZ_WARNING, "record/misplaced",
                         "a step or fixture outside tests and suites",      0},
};

void alz_record_limited(struct alz_recorder *recorder,
                        enum alz_record_limit limit, struct alz_str detail)
{
    if (recorder->limited[limit])
        return;
    recorder->limited[limit] = true;
    recorder->sink.report(recorder->sink.ctx, &limits[limit], detail);
}

/* Whether a home has room; without it, what does not fit is dropped. */
static bool has_room(struct alz_recorder *recorder, struct alz_home *home,
                     size_t size)
{
    const struct alz_arena *arena = &home->arena;

    if (!arena->max)
        return true;
    if (arena->used + SLACK < arena->max &&
        size < arena->max - arena->used - SLACK)
        return true;
    alz_record_limited(recorder, ALZ_LIMIT_BYTES, ALZ_STR(""));
    return false;
}

/* ---- homes ------------------------------------------------------------ */

struct alz_home *alz_home_take(struct alz_recorder *recorder)
{
    struct alz_home *home = recorder->free_homes;

    if (home) {
        recorder->free_homes = home->next_free;
    } else {
        home = calloc(1, sizeof(*home));
        if (!home) {
            recorder->failed = true;
            return NULL;
        }
        home->next_all = recorder->homes;
        recorder->homes = home;
    }
    home->arena.max = NODE_MAX;
    return home;
}

static void drop_spools(struct alz_home *home)
{
    for (struct alz_record_spool *at = home->spools; at; at = at->next)
        alz_spool_done(&at->spool);
    home->spools = NULL;
}

/* The list of children is kept for the next suite, unless it is large. */
static void clear_suite(struct alz_record_suite *suite)
{
    struct alz_uuid *children = suite->suite.children;
    size_t cap = suite->suite.child_cap;

    if (cap > CHILDREN_KEPT) {
        free(children);
        children = NULL;
        cap = 0;
    }
    *suite = (struct alz_record_suite){
        .suite = {.children = children, .child_cap = cap}
    };
}

void alz_home_drop(struct alz_recorder *recorder, struct alz_home *home)
{
    drop_spools(home);
    home->attachments = 0;
    clear_suite(&home->suite);
    alz_arena_clear(&home->arena);
    home->next_free = recorder->free_homes;
    recorder->free_homes = home;
}

void alz_home_free(struct alz_home *home)
{
    drop_spools(home);
    free(home->suite.suite.children);
    alz_arena_done(&home->arena);
}

struct alz_record *alz_record_new(struct alz_recorder *recorder,
                                  struct alz_home *home, enum alz_kind kind)
{
    struct alz_record *record;

    if (!has_room(recorder, home, sizeof(*record)))
        return NULL;
    record = alz_arena_alloc(&home->arena, sizeof(*record));
    if (!record) {
        recorder->failed = true;
        return NULL;
    }
    record->home = home;
    record->node.kind = kind;
    record->node.status = ALZ_STATUS_NONE;
    record->node.arena = &home->arena;
    for (size_t i = 0; i < ALZ_WHEN_COUNT; i++)
        record->node.time[i] = ALZ_TIME_NONE;
    if (kind == ALZ_SUITE) {
        record->node.suite = &home->suite.suite;
        home->suite.suite.cursor_ms = ALZ_TIME_NONE;
    }
    return record;
}

alz_ref alz_record_ref(struct alz_recorder *recorder, struct alz_record *record)
{
    alz_ref ref = alz_refs_take(&recorder->refs, record);

    if (!ref && recorder->refs.starved)
        recorder->failed = true;
    else if (!ref)
        alz_record_limited(recorder, ALZ_LIMIT_NODES, ALZ_STR(""));
    return ref;
}

/* ---- texts ------------------------------------------------------------ */

/* Bytes of the arena, which are ours to write. */
static char *writable(const char *shown)
{
    union {
        const char *shown;
        char *own;
    } ptr = {shown};

    return ptr.own;
}

static void repair_in_place(struct alz_str text)
{
    while (text.len) {
        size_t good = alz_utf8_valid(text);

        text.ptr += good;
        text.len -= good;
        if (text.len) {
            *writable(text.ptr++) = '?';
            text.len--;
        }
    }
}

/* A repaired copy; ptr NULL when it was dropped. */
static struct alz_str keep(struct alz_recorder *recorder, struct alz_home *home,
                           struct alz_str text)
{
    size_t good = alz_utf8_valid(text);
    size_t room = good + 3 * (text.len - good);
    char *copy;

    if (!has_room(recorder, home, room))
        return (struct alz_str){NULL, 0};
    copy = alz_arena_bytes(&home->arena, room);
    if (!copy) {
        recorder->failed = true;
        return (struct alz_str){NULL, 0};
    }
    if (good)
        memcpy(copy, text.ptr, good);
    if (good < text.len)
        good += alz_utf8_repair(
            copy + good, (struct alz_str){text.ptr + good, text.len - good});
    copy[good] = '\0';
    return (struct alz_str){copy, good};
}

/* A copy of ours that is not valid UTF-8 yet becomes so; where there is no
 * room for U+FFFD, by a '?' for each invalid byte. */
static void repair(struct alz_recorder *recorder, struct alz_home *home,
                   struct alz_str *text)
{
    struct alz_str copy;

    if (alz_utf8_valid(*text) == text->len)
        return;
    copy = keep(recorder, home, *text);
    if (copy.ptr)
        *text = copy;
    else
        repair_in_place(*text);
}

void alz_intake_text(struct alz_recorder *recorder, struct alz_record *record,
                     enum alz_fact fact, struct alz_str text)
{
    struct alz_str copy = keep(recorder, record->home, text);

    if (!copy.ptr)
        return;
    record->node.text[fact] = copy;
    if (fact == ALZ_TRACE) {
        record->trace_cap = 0;
        record->raw_trace = false;
    }
}

void alz_intake_pair(struct alz_recorder *recorder, struct alz_record *record,
                     enum alz_pair_kind kind, struct alz_str name,
                     struct alz_str value)
{
    struct alz_node *node = &record->node;
    struct alz_pair *last = node->last_pair;

    if (!has_room(recorder, record->home,
                  sizeof(struct alz_pair) + 3 * (name.len + value.len)))
        return;
    alz_node_add(node, kind, name, value);
    if (node->last_pair == last) {
        recorder->failed = true;
        return;
    }
    repair(recorder, record->home, &node->last_pair->name);
    repair(recorder, record->home, &node->last_pair->value);
}

/* ---- pieces ----------------------------------------------------------- */

static char *trace_buffer(struct alz_recorder *recorder,
                          struct alz_record *record, size_t cap)
{
    char *buffer;

    if (!has_room(recorder, record->home, cap))
        return NULL;
    buffer = alz_arena_bytes(&record->home->arena, cap);
    if (!buffer)
        recorder->failed = true;
    return buffer;
}

/* Room behind the trace, which at least doubles: a test that writes a byte at
 * a time takes linear time and three times its memory. */
static bool grow_trace(struct alz_recorder *recorder, struct alz_record *record,
                       size_t more)
{
    struct alz_str *trace = &record->node.text[ALZ_TRACE];
    size_t cap = record->trace_cap ? 2 * record->trace_cap : FIRST_TRACE;
    char *buffer;

    if (trace->len + more <= record->trace_cap)
        return true;
    if (cap < trace->len + more)
        cap = trace->len + more;
    buffer = trace_buffer(recorder, record, cap);
    if (!buffer)
        return false;
    if (trace->len)
        memcpy(buffer, trace->ptr, trace->len);
    trace->ptr = buffer;
    record->trace_cap = cap;
    return true;
}

static void write_trace(struct alz_recorder *recorder,
                        struct alz_record *record, struct alz_str bytes)
{
    struct alz_str *trace = &record->node.text[ALZ_TRACE];

    if (!grow_trace(recorder, record, bytes.len))
        return;
    memcpy(writable(trace->ptr + trace->len), bytes.ptr, bytes.len);
    trace->len += bytes.len;
    record->raw_trace = true;
}

struct alz_spool *alz_recorder_spool(struct alz_recorder *recorder,
                                     struct alz_node *attachment)
{
    struct alz_home *home = alz_record_of(attachment)->home;
    struct alz_record_spool *spool;

    if (attachment->spool)
        return attachment->spool;
    spool = alz_arena_alloc(&home->arena, sizeof(*spool));
    if (!spool) {
        recorder->failed = true;
        return NULL;
    }
    alz_spool_init(&spool->spool, recorder->spool_dir, 0);
    spool->next = home->spools;
    home->spools = spool;
    attachment->spool = &spool->spool;
    return &spool->spool;
}

void alz_intake_write(struct alz_recorder *recorder, struct alz_record *record,
                      struct alz_str bytes)
{
    struct alz_spool *spool;

    if (bytes.len == 0)
        return;
    if (record->node.kind != ALZ_ATTACHMENT) {
        write_trace(recorder, record, bytes);
        return;
    }
    if (!record->node.spool) {
        if (record->home->attachments == ATTACHMENTS_MAX) {
            alz_record_limited(recorder, ALZ_LIMIT_ATTACHMENTS, ALZ_STR(""));
            return;
        }
        record->home->attachments++;
    }
    spool = alz_recorder_spool(recorder, &record->node);
    if (spool)
        alz_spool_add(spool, bytes);
}

void alz_intake_end(struct alz_recorder *recorder, struct alz_record *record)
{
    struct alz_str *trace = &record->node.text[ALZ_TRACE];

    if (record->node.spool)
        alz_spool_finish(record->node.spool);
    if (!record->raw_trace)
        return;
    record->raw_trace = false;
    repair(recorder, record->home, trace);
}
