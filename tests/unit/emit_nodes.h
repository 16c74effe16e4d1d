/* emit_nodes.h - nodes for the tests of emit, and a sink that remembers. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALZ_TESTS_EMIT_NODES_H
#define ALZ_TESTS_EMIT_NODES_H

#include "emit/bundle.h"

#include "base/buf.h"
#include "tap.h"

/* ---- a sink that remembers -------------------------------------------- */

/* log: "put name name; put name; flush; " in the order of the calls. */
struct memory_sink {
    struct alz_sink base;
    struct alz_text log;
    struct alz_text last;  /* bytes of the last document */
    struct alz_text spool; /* bytes of the last attachment in memory */
    bool refuse;
};

static inline int memory_put(struct alz_sink *base, struct alz_bundle *bundle)
{
    struct memory_sink *sink = (struct memory_sink *)base;

    alz_buf_printf(&sink->log, "put");
    for (size_t i = 0; i < bundle->count; i++) {
        const struct alz_file *file = &bundle->files[i];

        alz_buf_printf(&sink->log, " %s", file->name);
        if (file->spool) {
            alz_text_clear(&sink->spool);
            alz_text_add(&sink->spool, alz_text_str(&file->spool->memory));
        }
        alz_text_clear(&sink->last);
        alz_text_add(&sink->last, file->bytes);
    }
    alz_buf_printf(&sink->log, "; ");
    alz_bundle_free(bundle);
    if (sink->refuse && !sink->base.error.len)
        alz_text_add(&sink->base.error, ALZ_STR("out/x: no room"));
    return sink->refuse ? -1 : 0;
}

static inline int memory_flush(struct alz_sink *base)
{
    struct memory_sink *sink = (struct memory_sink *)base;

    alz_buf_printf(&sink->log, "flush; ");
    return sink->refuse ? -1 : 0;
}

static const struct alz_sink_ops memory_ops = {memory_put, memory_flush, NULL};
static struct memory_sink sink = {.base.ops = &memory_ops};
static struct alz_emitter *emitter;

static inline void fresh(void)
{
    alz_emitter_free(emitter);
    emitter = alz_emitter_new(&sink.base);
    alz_text_clear(&sink.log);
    alz_text_clear(&sink.last);
    alz_text_clear(&sink.spool);
    alz_text_clear(&sink.base.error);
    sink.refuse = false;
}

/* ---- nodes ------------------------------------------------------------ */

static struct alz_arena arena;

static inline struct alz_node *node(struct alz_node *parent, enum alz_kind kind,
                                    const char *name)
{
    struct alz_node *ret = alz_arena_alloc(&arena, sizeof *ret);

    ret->kind = kind;
    ret->parent = parent;
    ret->arena = &arena;
    ret->status = ALZ_STATUS_NONE;
    ret->text[ALZ_NAME] = alz_str_from(name);
    for (int i = 0; i < ALZ_WHEN_COUNT; i++)
        ret->time[i] = ALZ_TIME_NONE;
    if (parent && parent->last)
        parent->last->next = ret;
    else if (parent)
        parent->first = ret;
    if (parent)
        parent->last = ret;
    return ret;
}

static inline void pair(struct alz_node *to, enum alz_pair_kind kind,
                        const char *name, const char *value)
{
    struct alz_pair *ret = alz_arena_alloc(&arena, sizeof *ret);

    *ret =
        (struct alz_pair){NULL, kind, alz_str_from(name), alz_str_from(value)};
    if (to->last_pair)
        to->last_pair->next = ret;
    else
        to->pairs = ret;
    to->last_pair = ret;
}

static inline struct alz_node *attachment(struct alz_node *parent,
                                          const char *name, const char *source,
                                          const char *bytes)
{
    struct alz_node *ret = node(parent, ALZ_ATTACHMENT, name);

    snprintf(ret->source, sizeof ret->source, "%s", source);
    ret->text[ALZ_MEDIA_TYPE] = ALZ_STR("text/plain");
    if (bytes) {
        ret->spool = alz_arena_alloc(&arena, sizeof *ret->spool);
        alz_spool_init(ret->spool, NULL, 0);
        alz_spool_add(ret->spool, alz_str_from(bytes));
        alz_spool_finish(ret->spool);
    }
    return ret;
}

static inline struct alz_uuid uuid(unsigned char byte)
{
    struct alz_uuid ret;

    memset(ret.bytes, byte, sizeof ret.bytes);
    ret.bytes[6] = 0x55;
    ret.bytes[8] = 0x99;
    return ret;
}

#define UUID1 "11111111-1111-5511-9911-111111111111"
#define CASE_ID "0123456789abcdef0123456789abcdef"
#define HISTORY_ID CASE_ID ":d41d8cd98f00b204e9800998ecf8427e"

static inline struct alz_node *a_test(void)
{
    struct alz_node *test = node(NULL, ALZ_TEST, "adds");

    test->uuid = uuid(0x11);
    test->status = ALZ_PASSED;
    test->text[ALZ_FULL_NAME] = ALZ_STR("Sum.adds");
    memcpy(test->test_case_id, CASE_ID, sizeof CASE_ID);
    memcpy(test->history_id, HISTORY_ID, sizeof HISTORY_ID);
    test->time[ALZ_START] = 1700000000000;
    test->time[ALZ_STOP] = 1700000000012;
    return test;
}

#define HEAD                                                                   \
    "{\"uuid\":\"" UUID1 "\",\"historyId\":\"" HISTORY_ID "\","                \
    "\"testCaseId\":\"" CASE_ID "\",\"fullName\":\"Sum.adds\","                \
    "\"name\":\"adds\","
#define TIMES                                                                  \
    "\"stage\":\"finished\",\"start\":1700000000000,\"stop\":1700000000012,"
#define EMPTY_PARTS "\"parameters\":[],\"steps\":[],\"attachments\":[]"

#define DONE "\"statusDetails\":{},\"stage\":\"finished\","
#define FILE_OF(name, source, size)                                            \
    "{\"name\":\"" name "\",\"source\":\"" source "\","                        \
    "\"type\":\"text/plain\",\"size\":" size "}"

static inline void emit_nodes_done(void)
{
    alz_emitter_free(emitter);
    alz_emitter_free(NULL);
    alz_arena_done(&arena);
    alz_text_done(&sink.log);
    alz_text_done(&sink.last);
    alz_text_done(&sink.spool);
    alz_text_done(&sink.base.error);
}

#endif
