/* kit.h - a recorder, and behind it a pipeline, that write down what they
 * hand on: one block of lines for each result, suite, run and report. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALZ_TESTS_KIT_H
#define ALZ_TESTS_KIT_H

#include "base/buf.h"
#include "policy/policy.h"
#include "record/recorder.h"
#include "tap.h"

enum { KIT_BLOCKS = 64 };

struct kit {
    struct alz_recorder *recorder;
    struct alz_out *out;
    struct alz_policy policy;
    struct alz_text blocks[KIT_BLOCKS]; /* results and suites */
    size_t count;
    struct alz_text log; /* one line each, in order */
    uint32_t serial;     /* of uuids, without a policy */
    bool with_policy;
    bool quiet; /* nothing is written down, only counted */
    size_t tests, reports;
};

static const char *const kit_statuses[] = {"failed",  "broken", "unknown",
                                           "skipped", "passed", "none"};
static const char *const kit_kinds[] = {"suite",  "test",      "step",
                                        "set-up", "tear-down", "attachment"};

static inline struct alz_text *kit_block(struct kit *kit)
{
    static struct alz_text overflow;

    return kit->count < KIT_BLOCKS ? &kit->blocks[kit->count++] : &overflow;
}

static inline void kit_put(struct alz_text *to, const char *key,
                           struct alz_str value)
{
    if (value.ptr)
        alz_buf_printf(to, "%s: %.*s\n", key, (int)value.len, value.ptr);
}

static inline void kit_put_time(struct alz_text *to, const char *key,
                                int64_t ms)
{
    if (ms != ALZ_TIME_NONE)
        alz_buf_printf(to, " %s=%lld", key, (long long)ms);
}

static inline void kit_put_pairs(struct alz_text *to,
                                 const struct alz_node *node)
{
    static const char *const kinds[] = {"label", "parameter",  "excluded",
                                        "link",  "issue",      "tms",
                                        "total", "environment"};

    for (const struct alz_pair *at = node->pairs; at; at = at->next)
        alz_buf_printf(to, "%s: %.*s=%.*s\n", kinds[at->kind],
                       (int)at->name.len, at->name.ptr, (int)at->value.len,
                       at->value.ptr);
}

static inline void kit_put_tree(struct alz_text *to, const struct alz_node *top)
{
    const struct alz_node *at = top->first;
    int depth = 1;

    while (at) {
        alz_buf_printf(to, "%*s%s %.*s %s", 2 * depth, "", kit_kinds[at->kind],
                       (int)at->text[ALZ_NAME].len,
                       at->text[ALZ_NAME].len ? at->text[ALZ_NAME].ptr : "",
                       kit_statuses[at->status]);
        kit_put_time(to, "start", at->time[ALZ_START]);
        kit_put_time(to, "stop", at->time[ALZ_STOP]);
        if (at->source[0])
            alz_buf_printf(to, " %.*s %s", (int)at->text[ALZ_MEDIA_TYPE].len,
                           at->text[ALZ_MEDIA_TYPE].ptr, at->source);
        if (at->spool)
            alz_buf_printf(to, " size=%lld", (long long)at->spool->size);
        alz_buf_printf(to, "%s\n", at->open ? " open" : "");
        if (at->first && at->kind != ALZ_TEST) {
            at = at->first;
            depth++;
            continue;
        }
        while (at != top && !at->next) {
            at = at->parent;
            depth--;
        }
        at = at == top ? NULL : at->next;
    }
}

static inline void kit_put_ids(struct alz_text *to, const struct alz_node *test)
{
    char uuid[ALZ_UUID_LEN + 1];

    alz_uuid_text(&test->uuid, uuid);
    kit_put(to, "uuid", alz_str_from(uuid));
    kit_put(to, "testCaseId", alz_str_from(test->test_case_id));
    kit_put(to, "historyId", alz_str_from(test->history_id));
    alz_text_add(to, ALZ_STR("path:"));
    for (const struct alz_path *at = test->title_path; at; at = at->next)
        alz_buf_printf(to, " [%.*s]", (int)at->name.len, at->name.ptr);
    alz_text_add(to, ALZ_STR("\n"));
}

static inline void kit_put_test(struct alz_text *to,
                                const struct alz_node *test)
{
    kit_put(to, "name", test->text[ALZ_NAME]);
    kit_put(to, "fullName", test->text[ALZ_FULL_NAME]);
    kit_put_ids(to, test);
    alz_buf_printf(to, "status: %s%s%s%s%s\n", kit_statuses[test->status],
                   test->flags & ALZ_FLAKY ? " flaky" : "",
                   test->flags & ALZ_KNOWN ? " known" : "",
                   test->flags & ALZ_SYNTHETIC ? " synthetic" : "",
                   test->flags & ALZ_INCOMPLETE ? " incomplete" : "");
    alz_text_add(to, ALZ_STR("time:"));
    kit_put_time(to, "start", test->time[ALZ_START]);
    kit_put_time(to, "stop", test->time[ALZ_STOP]);
    alz_text_add(to, ALZ_STR("\n"));
    kit_put(to, "message", test->text[ALZ_MESSAGE]);
    kit_put(to, "trace", test->text[ALZ_TRACE]);
    kit_put(to, "expected", test->text[ALZ_EXPECTED]);
    kit_put(to, "actual", test->text[ALZ_ACTUAL]);
    kit_put(to, "description", test->text[ALZ_DESCRIPTION]);
    kit_put_pairs(to, test);
    kit_put_tree(to, test);
}

static void kit_test(void *ctx, struct alz_node *test, unsigned attempt,
                     unsigned attempts)
{
    struct kit *kit = ctx;

    kit->tests++;
    if (kit->with_policy) {
        if (alz_policy_apply(&kit->policy, test, attempt, attempts))
            return;
    } else {
        kit->serial++;
        memcpy(test->uuid.bytes + 12, &kit->serial, sizeof(kit->serial));
    }
    if (kit->quiet)
        return;
    kit_put_test(kit_block(kit), test);
    alz_buf_printf(&kit->log, "test %.*s %s %u/%u%s\n",
                   (int)test->text[ALZ_NAME].len,
                   test->text[ALZ_NAME].len ? test->text[ALZ_NAME].ptr : "",
                   kit_statuses[test->status], attempt, attempts,
                   test->open ? " open" : "");
}

static void kit_suite(void *ctx, struct alz_node *suite)
{
    struct kit *kit = ctx;
    const struct alz_suite *at = suite->suite;
    struct alz_text *block;

    if (kit->quiet)
        return;
    if (kit->with_policy)
        alz_policy_apply_suite(&kit->policy, suite);
    block = kit_block(kit);
    kit_put(block, "suite", suite->text[ALZ_NAME]);
    kit_put_ids(block, suite);
    kit_put_pairs(block, suite);
    kit_put_tree(block, suite);
    alz_buf_printf(
        &kit->log,
        "suite %.*s children=%zu attempts=%d failed=%d broken=%d "
        "unknown=%d skipped=%d passed=%d\n",
        (int)suite->text[ALZ_NAME].len,
        suite->text[ALZ_NAME].len ? suite->text[ALZ_NAME].ptr : "",
        at->child_count, (int)at->attempts, (int)at->by_status[ALZ_FAILED],
        (int)at->by_status[ALZ_BROKEN], (int)at->by_status[ALZ_UNKNOWN],
        (int)at->by_status[ALZ_SKIPPED], (int)at->by_status[ALZ_PASSED]);
}

static void kit_run(void *ctx, struct alz_node *run)
{
    struct kit *kit = ctx;

    alz_text_add(&kit->log, ALZ_STR("run\n"));
    kit_put_pairs(&kit->log, run);
    kit_put_tree(&kit->log, run);
}

static void kit_report(void *ctx, const struct alz_diag *diag,
                       struct alz_str detail)
{
    struct kit *kit = ctx;

    kit->reports++;
    if (!kit->quiet)
        alz_buf_printf(&kit->log, "report %s %d %.*s\n", diag->id,
                       diag->exit_status, (int)detail.len,
                       detail.len ? detail.ptr : "");
}

/* options NULL: no policy. False: out of memory. */
static inline bool kit_init(struct kit *kit,
                            const struct alz_policy_options *options)
{
    struct alz_record_sink sink = {
        .test = kit_test,
        .suite = kit_suite,
        .run = kit_run,
        .report = kit_report,
        .ctx = kit,
    };

    memset(kit, 0, sizeof(*kit));
    kit->with_policy = options != NULL;
    kit->policy.report = kit_report;
    kit->policy.ctx = kit;
    if (options && alz_policy_init(&kit->policy, options))
        return false;
    kit->recorder = alz_recorder_new(&sink, NULL);
    kit->out = kit->recorder ? alz_recorder_out(kit->recorder) : NULL;
    return kit->recorder != NULL;
}

static inline void kit_done(struct kit *kit)
{
    alz_recorder_free(kit->recorder);
    alz_policy_done(&kit->policy);
    for (size_t i = 0; i < KIT_BLOCKS; i++)
        alz_text_done(&kit->blocks[i]);
    alz_text_done(&kit->log);
}

static inline void kit_finish(struct kit *kit)
{
    alz_recorder_finish_input(kit->recorder, ALZ_COMPLETE);
}

/* ---- saying ----------------------------------------------------------- */

static inline alz_ref kit_begin(struct kit *kit, alz_ref parent,
                                enum alz_kind kind, const char *name)
{
    alz_ref ref = alz_begin(kit->out, parent, kind);

    if (name)
        alz_set_text(kit->out, ref, ALZ_NAME, alz_str_from(name));
    return ref;
}

static inline void kit_say(struct kit *kit, alz_ref ref, enum alz_fact fact,
                           const char *text)
{
    alz_set_text(kit->out, ref, fact, alz_str_from(text));
}

static inline void kit_add(struct kit *kit, alz_ref ref,
                           enum alz_pair_kind kind, const char *name,
                           const char *value)
{
    alz_add(kit->out, ref, kind, alz_str_from(name), alz_str_from(value));
}

/* A whole node. */
static inline void kit_whole(struct kit *kit, alz_ref parent,
                             enum alz_kind kind, const char *name,
                             enum alz_status status)
{
    alz_ref ref = kit_begin(kit, parent, kind, name);

    alz_set_status(kit->out, ref, status, 0);
    alz_end(kit->out, ref);
}

/* ---- asking ----------------------------------------------------------- */

/* Whether the text has exactly this line (or these lines). */
static inline bool kit_has(const struct alz_text *text, const char *line)
{
    struct alz_text all = {0}, wanted = {0};
    bool found;

    alz_buf_printf(&all, "\n%.*s", (int)text->len, text->ptr ? text->ptr : "");
    alz_buf_printf(&wanted, "\n%s\n", line);
    found = wanted.len <= all.len &&
            memmem(all.ptr, all.len, wanted.ptr, wanted.len) != NULL;
    if (!found)
        printf("# no \"%s\" in:\n# %.*s\n", line, (int)text->len,
               text->ptr ? text->ptr : "");
    alz_text_done(&all);
    alz_text_done(&wanted);
    return found;
}

/* The value of the first line "key: value" of a block. */
static inline struct alz_str kit_value(const struct kit *kit, size_t block,
                                       const char *key)
{
    struct alz_str rest = alz_text_str(&kit->blocks[block]), line;
    size_t len = strlen(key);

    while (alz_str_split(&rest, '\n', &line))
        if (alz_str_starts(line, key) && line.len > len + 1 &&
            line.ptr[len] == ':')
            return alz_str_from_offset(line, len + 2);
    return (struct alz_str){NULL, 0};
}

#define LOG(kit, lines, what) IS(alz_text_str(&(kit)->log), lines, what)
#define HAS(kit, block, line, what)                                            \
    OK(kit_has(&(kit)->blocks[block], line), what)
#define HAS_NOT(kit, block, line, what)                                        \
    OK(!kit_has_quietly(&(kit)->blocks[block], line), what)

static inline bool kit_has_quietly(const struct alz_text *text,
                                   const char *line)
{
    return alz_str_find(alz_text_str(text), line) != SIZE_MAX;
}

#endif
