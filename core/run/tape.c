/* tape.c - events on a tape: recording. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "run/tape_event.h"

#include <stdlib.h>

enum { PIECE_MAX = 256 * 1024, NAME_MAX_LEN = 1024 * 1024 };

static const struct alz_diag crowded = {
    ALZ_ERROR, "run/too-many-open", "too many tests and steps are open at once",
    4};

static struct alz_tape *tape_of(struct alz_out *out)
{
    return (struct alz_tape *)out;
}

static void put(struct alz_tape *tape, struct alz_tape_event *event,
                struct alz_str a, struct alz_str b)
{
    const struct alz_str parts[] = {
        {(const char *)event, sizeof(*event)},
        a, b
    };

    event->len[0] = (uint32_t)a.len;
    event->len[1] = (uint32_t)b.len;
    alz_store_add(&tape->events, parts, 3);
}

static void put_bare(struct alz_tape *tape, struct alz_tape_event event)
{
    put(tape, &event, ALZ_STR(""), ALZ_STR(""));
}

/* ---- identity --------------------------------------------------------- */

static void keep_name(struct alz_tape *tape, struct alz_text *to,
                      struct alz_str text)
{
    alz_text_clear(to);
    alz_text_add(to, text);
    if (to->full && text.len < NAME_MAX_LEN)
        alz_tape_starve(tape);
}

/* A name that is longer is no identity. */
static uint64_t key_of(struct alz_tape *tape,
                       const struct alz_tape_names *names)
{
    if (names->full_name.full || names->class_name.full || names->name.full)
        return 0;
    return alz_tape_key(tape, alz_text_str(&names->full_name),
                        alz_text_str(&names->class_name),
                        alz_text_str(&names->name));
}

/* ---- nodes ------------------------------------------------------------ */

static struct alz_tape_node *new_node(struct alz_tape *tape)
{
    struct alz_tape_node *node = tape->idle;

    if (node)
        tape->idle = node->next;
    else
        node = calloc(1, sizeof(*node));
    if (!node) {
        alz_tape_starve(tape);
        return NULL;
    }
    node->ref = alz_refs_take(&tape->refs, node);
    if (node->ref)
        return node;
    node->next = tape->idle;
    tape->idle = node;
    if (tape->refs.starved)
        alz_tape_starve(tape);
    else if (!tape->crowded)
        alz_report(&tape->out, &crowded, ALZ_STR(""));
    tape->crowded = true;
    return NULL;
}

static struct alz_tape_nodes *siblings(struct alz_tape *tape,
                                       const struct alz_tape_node *node)
{
    return node->parent ? &node->parent->children : &tape->open;
}

static void link_node(struct alz_tape *tape, struct alz_tape_node *node)
{
    struct alz_tape_nodes *list = siblings(tape, node);

    node->children = (struct alz_tape_nodes){NULL, NULL};
    node->prev = list->last;
    node->next = NULL;
    *(list->last ? &list->last->next : &list->first) = node;
    list->last = node;
}

static void unlink_node(struct alz_tape *tape, struct alz_tape_node *node)
{
    struct alz_tape_nodes *list = siblings(tape, node);

    *(node->prev ? &node->prev->next : &list->first) = node->next;
    *(node->next ? &node->next->prev : &list->last) = node->prev;
}

static void retire(struct alz_tape *tape, struct alz_tape_node *node)
{
    unlink_node(tape, node);
    alz_refs_drop(&tape->refs, node->ref);
    alz_text_clear(&node->names.full_name);
    alz_text_clear(&node->names.class_name);
    alz_text_clear(&node->names.name);
    node->next = tape->idle;
    tape->idle = node;
}

static void say_cut(struct alz_tape *tape, struct alz_tape_node *node)
{
    put_bare(tape, (struct alz_tape_event){.verb = ALZ_TAPE_STATUS,
                                           .what = ALZ_STATUS_NONE,
                                           .node = alz_ref_index(node->ref),
                                           .other = ALZ_INCOMPLETE});
    if (node->is_test)
        tape->tests[node->test].flags |= ALZ_INCOMPLETE;
}

static void end_node(struct alz_tape *tape, struct alz_tape_node *node)
{
    if (tape->cut && node->kind == ALZ_TEST)
        say_cut(tape, node);
    if (node->is_test)
        tape->tests[node->test].key = key_of(tape, &node->names);
    put_bare(tape, (struct alz_tape_event){.verb = ALZ_TAPE_END,
                                           .node = alz_ref_index(node->ref)});
    retire(tape, node);
}

/* From the inside out, so that a player never has to know who is in whom. */
static void end_tree(struct alz_tape *tape, struct alz_tape_node *top)
{
    struct alz_tape_node *at = top, *parent;

    do {
        while (at->children.first)
            at = at->children.first;
        parent = at == top ? NULL : at->parent;
        end_node(tape, at);
        at = parent;
    } while (at);
}

/* ---- the verbs -------------------------------------------------------- */

/* The open node a verb speaks of; NULL when there is nothing to do. */
static struct alz_tape_node *subject(struct alz_out *out, alz_ref ref)
{
    struct alz_tape *tape = tape_of(out);

    return tape->events.error ? NULL : alz_refs_find(&tape->refs, ref);
}

/* The recorder puts a suite into a suite, and what comes late to top level,
 * when it is a test or a suite: the tape shows what is inside a test. */
static struct alz_tape_node *parent_of(struct alz_tape_node *parent,
                                       enum alz_kind kind)
{
    while (parent && kind == ALZ_SUITE && parent->kind != ALZ_SUITE)
        parent = parent->parent;
    return parent;
}

static bool inside_test(const struct alz_tape_node *at)
{
    while (at && at->kind != ALZ_TEST && at->kind != ALZ_SUITE)
        at = at->parent;
    return at && at->kind == ALZ_TEST;
}

static bool new_test(struct alz_tape *tape)
{
    size_t cap = tape->test_cap ? 2 * tape->test_cap : 64;
    struct alz_tape_test *tests;

    if (tape->test_count == tape->test_cap) {
        tests = cap <= UINT32_MAX / 2
                    ? realloc(tape->tests, cap * sizeof(*tests))
                    : NULL;
        if (!tests) {
            alz_tape_starve(tape);
            return false;
        }
        tape->tests = tests;
        tape->test_cap = cap;
    }
    tape->tests[tape->test_count++] = (struct alz_tape_test){
        .status = ALZ_STATUS_NONE, .duration_ms = UINT32_MAX};
    return true;
}

static alz_ref on_begin(struct alz_out *out, alz_ref ref, enum alz_kind kind)
{
    struct alz_tape *tape = tape_of(out);
    struct alz_tape_node *parent = parent_of(subject(out, ref), kind), *node;
    struct alz_tape_event event = {.verb = ALZ_TAPE_BEGIN,
                                   .what = (unsigned char)kind};

    if (tape->events.error ||
        (ref && !parent && kind != ALZ_TEST && kind != ALZ_SUITE))
        return 0;
    node = new_node(tape);
    if (!node)
        return 0;
    node->kind = kind;
    node->parent = parent;
    link_node(tape, node);
    node->is_test = kind == ALZ_TEST && !inside_test(parent) && new_test(tape);
    node->test = tape->test_count - 1;
    event.node = alz_ref_index(node->ref);
    event.other = parent ? alz_ref_index(parent->ref) : 0;
    event.number = node->is_test ? (int64_t)tape->test_count : 0;
    if (node->is_test)
        tape->tests[node->test].at = alz_store_size(&tape->events);
    put_bare(tape, event);
    return node->ref;
}

static void on_status(struct alz_out *out, alz_ref ref, enum alz_status status,
                      unsigned flags)
{
    struct alz_tape *tape = tape_of(out);
    struct alz_tape_node *node = subject(out, ref);

    if (!node)
        return;
    if (node->is_test && status != ALZ_STATUS_NONE)
        tape->tests[node->test].status = (unsigned char)status;
    if (node->is_test)
        tape->tests[node->test].flags |= (unsigned char)flags;
    put_bare(tape, (struct alz_tape_event){.verb = ALZ_TAPE_STATUS,
                                           .what = (unsigned char)status,
                                           .node = alz_ref_index(ref),
                                           .other = flags});
}

static void on_text(struct alz_out *out, alz_ref ref, enum alz_fact fact,
                    struct alz_str text)
{
    struct alz_tape *tape = tape_of(out);
    struct alz_tape_node *node = subject(out, ref);
    struct alz_tape_event event = {.verb = ALZ_TAPE_TEXT,
                                   .what = (unsigned char)fact,
                                   .node = alz_ref_index(ref)};

    /* Without a pointer it says of a suite's name that it has none. */
    if (!node || (!text.ptr && fact != ALZ_NAME))
        return;
    event.number = text.ptr != NULL;
    if (node->is_test && fact == ALZ_FULL_NAME)
        keep_name(tape, &node->names.full_name, text);
    else if (node->is_test && fact == ALZ_CLASS)
        keep_name(tape, &node->names.class_name, text);
    else if (node->is_test && fact == ALZ_NAME)
        keep_name(tape, &node->names.name, text);
    put(tape, &event, text, ALZ_STR(""));
}

static void keep_time(struct alz_tape_test *test, enum alz_when when,
                      int64_t ms)
{
    if (when == ALZ_START && ms > 0 && ms / 1000 < UINT32_MAX)
        test->start_s = (uint32_t)(ms / 1000);
    if (when == ALZ_DURATION && ms >= 0 && ms < UINT32_MAX)
        test->duration_ms = (uint32_t)ms;
}

static void on_time(struct alz_out *out, alz_ref ref, enum alz_when when,
                    int64_t ms)
{
    struct alz_tape *tape = tape_of(out);
    struct alz_tape_node *node = subject(out, ref);

    if (!node)
        return;
    if (node->is_test)
        keep_time(&tape->tests[node->test], when, ms);
    put_bare(tape, (struct alz_tape_event){.verb = ALZ_TAPE_TIME,
                                           .what = (unsigned char)when,
                                           .node = alz_ref_index(ref),
                                           .number = ms});
}

/* What is of the run belongs to no node. */
static void on_add(struct alz_out *out, alz_ref ref, enum alz_pair_kind kind,
                   struct alz_str name, struct alz_str value)
{
    struct alz_tape *tape = tape_of(out);
    bool of_run = kind == ALZ_ENVIRONMENT || (kind == ALZ_TOTAL && ref == 0);
    struct alz_tape_event event = {.verb = ALZ_TAPE_ADD,
                                   .what = (unsigned char)kind,
                                   .node = of_run ? 0 : alz_ref_index(ref)};

    if (!tape->events.error && (of_run || subject(out, ref)))
        put(tape, &event, name, value);
}

static void on_write(struct alz_out *out, alz_ref ref, struct alz_str bytes)
{
    struct alz_tape_event event = {.verb = ALZ_TAPE_WRITE,
                                   .node = alz_ref_index(ref)};

    while (bytes.len && subject(out, ref)) {
        size_t len = bytes.len < PIECE_MAX ? bytes.len : PIECE_MAX;

        put(tape_of(out), &event, (struct alz_str){bytes.ptr, len},
            ALZ_STR(""));
        bytes = alz_str_from_offset(bytes, len);
    }
}

static void on_end(struct alz_out *out, alz_ref ref)
{
    struct alz_tape_node *node = subject(out, ref);

    if (node)
        end_tree(tape_of(out), node);
}

static void on_report(struct alz_out *out, const struct alz_diag *diag,
                      struct alz_str detail)
{
    struct alz_tape *tape = tape_of(out);
    struct alz_tape_event event = {.verb = ALZ_TAPE_REPORT};
    struct alz_tape_report report = {.diag = diag};

    if (tape->report) {
        tape->report(tape->ctx, diag, detail);
        return;
    }
    if (tape->position)
        report.position = *tape->position;
    put(tape, &event, detail,
        (struct alz_str){(const char *)&report, sizeof(report)});
}

static const struct alz_out_ops ops = {
    on_begin, on_status, on_text, on_time, on_add, on_write, on_end, on_report,
};

/* ---- its life --------------------------------------------------------- */

void alz_tape_init(struct alz_tape *tape)
{
    *tape = (struct alz_tape){
        .out = {&ops},
        .payload = {.max = SIZE_MAX / 4},
    };
    alz_store_init(&tape->events);
}

void alz_tape_finish(struct alz_tape *tape, enum alz_ending ending)
{
    tape->cut = ending != ALZ_COMPLETE || alz_tape_error(tape);
    while (tape->open.first)
        end_tree(tape, tape->open.first);
    if (alz_tape_index(tape))
        alz_tape_starve(tape);
}

void alz_tape_done(struct alz_tape *tape)
{
    struct alz_tape_node *node;

    tape->cut = true;
    while (tape->open.first)
        end_tree(tape, tape->open.first);
    while ((node = tape->idle) != NULL) {
        tape->idle = node->next;
        alz_text_done(&node->names.full_name);
        alz_text_done(&node->names.class_name);
        alz_text_done(&node->names.name);
        free(node);
    }
    alz_refs_done(&tape->refs);
    alz_store_done(&tape->events);
    alz_text_done(&tape->payload);
    free(tape->tests);
    free(tape->buckets);
    free(tape->played);
    alz_tape_init(tape);
}
