/* test_emitter.c - the bytes of every kind of document, and their bundles. */
/* SPDX-License-Identifier: Apache-2.0 */
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

static int memory_put(struct alz_sink *base, struct alz_bundle *bundle)
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

static int memory_flush(struct alz_sink *base)
{
    struct memory_sink *sink = (struct memory_sink *)base;

    alz_buf_printf(&sink->log, "flush; ");
    return sink->refuse ? -1 : 0;
}

static const struct alz_sink_ops memory_ops = {memory_put, memory_flush, NULL};
static struct memory_sink sink = {.base.ops = &memory_ops};
static struct alz_emitter *emitter;

static void fresh(void)
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

static struct alz_node *node(struct alz_node *parent, enum alz_kind kind,
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

static void pair(struct alz_node *to, enum alz_pair_kind kind, const char *name,
                 const char *value)
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

static struct alz_node *attachment(struct alz_node *parent, const char *name,
                                   const char *source, const char *bytes)
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

static struct alz_uuid uuid(unsigned char byte)
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

static struct alz_node *a_test(void)
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

static void is_result(struct alz_node *test, const char *want,
                      const char *title)
{
    if (!OK(alz_emit_result(emitter, test) == 0, title))
        printf("# %.*s\n", (int)alz_emitter_error(emitter).len,
               alz_emitter_error(emitter).ptr);
    IS(alz_text_str(&sink.last), want, title);
}

/* ---- results ---------------------------------------------------------- */

static void test_plain(void)
{
    fresh();
    is_result(a_test(),
              HEAD "\"status\":\"passed\",\"statusDetails\":{}," TIMES
                   "\"labels\":[],\"links\":[]," EMPTY_PARTS
                   ",\"titlePath\":[]}",
              "a plain test: arrays are there, unsaid scalars are not");
    IS(alz_text_str(&sink.log), "put " UUID1 "-result.json; ",
       "it is one file, named by the uuid");
}

static void test_full(void)
{
    struct alz_node *test = a_test();
    struct alz_path inner = {NULL, ALZ_STR("Sum")};
    struct alz_path outer = {&inner, ALZ_STR("math")};

    fresh();
    test->status = ALZ_FAILED;
    test->flags = ALZ_FLAKY | ALZ_KNOWN;
    test->text[ALZ_DESCRIPTION] = ALZ_STR("**why**");
    test->text[ALZ_MESSAGE] = ALZ_STR("1 != 2");
    test->text[ALZ_TRACE] = ALZ_STR("at\n\x1b[1mline\x1b[0m");
    test->text[ALZ_EXPECTED] = ALZ_STR("1");
    test->text[ALZ_ACTUAL] = ALZ_STR("2");
    pair(test, ALZ_PARAMETER, "n", "1");
    pair(test, ALZ_LABEL, "suite", "Sum");
    pair(test, ALZ_ISSUE, "AB-1", "https://x/AB-1");
    pair(test, ALZ_EXCLUDED, "seed", "7");
    pair(test, ALZ_LINK, "", "https://x/");
    pair(test, ALZ_LABEL, "tag", "fast");
    pair(test, ALZ_TMS, "T-2", "https://x/T-2");
    pair(test, ALZ_TOTAL, "tests", "1");
    pair(test, ALZ_ENVIRONMENT, "os", "linux");
    test->title_path = &outer;
    is_result(
        test,
        HEAD
        "\"description\":\"**why**\",\"status\":\"failed\","
        "\"statusDetails\":{\"message\":\"1 != 2\","
        "\"trace\":\"at\\n\\u001B[1mline\\u001B[0m\",\"known\":true,"
        "\"flaky\":true,\"expected\":\"1\",\"actual\":\"2\"}," TIMES
        "\"labels\":[{\"name\":\"suite\",\"value\":\"Sum\"},"
        "{\"name\":\"tag\",\"value\":\"fast\"}],"
        "\"links\":[{\"name\":\"AB-1\",\"url\":\"https://x/AB-1\","
        "\"type\":\"issue\"},{\"url\":\"https://x/\",\"type\":\"link\"},"
        "{\"name\":\"T-2\",\"url\":\"https://x/T-2\",\"type\":\"tms\"}],"
        "\"parameters\":[{\"name\":\"n\",\"value\":\"1\"},"
        "{\"name\":\"seed\",\"value\":\"7\",\"excluded\":true}],"
        "\"steps\":[],\"attachments\":[],\"titlePath\":[\"math\",\"Sum\"]}",
        "all that can be said of a test");
}

static void test_one_sided_diff(void)
{
    struct alz_node *test = a_test();

    fresh();
    test->text[ALZ_EXPECTED] = ALZ_STR("1");
    OK(alz_emit_result(emitter, test) == 0 &&
           alz_str_find(alz_text_str(&sink.last), "expected") == SIZE_MAX,
       "expected without actual is left out");
}

static void test_statuses(void)
{
    static const struct {
        enum alz_status status;
        const char *want;
    } rows[] = {
        {ALZ_FAILED,      "\"status\":\"failed\"" },
        {ALZ_BROKEN,      "\"status\":\"broken\"" },
        {ALZ_UNKNOWN,     "\"status\":\"unknown\""},
        {ALZ_SKIPPED,     "\"status\":\"skipped\""},
        {ALZ_PASSED,      "\"status\":\"passed\"" },
        {ALZ_STATUS_NONE, "\"status\":\"unknown\""},
    };

    fresh();
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct alz_node *test = a_test();

        test->status = rows[i].status;
        OK(alz_emit_result(emitter, test) == 0 &&
               alz_str_find(alz_text_str(&sink.last), rows[i].want) != SIZE_MAX,
           rows[i].want);
    }
}

#define DONE "\"statusDetails\":{},\"stage\":\"finished\","
#define FILE_OF(name, source, size)                                            \
    "{\"name\":\"" name "\",\"source\":\"" source "\","                        \
    "\"type\":\"text/plain\",\"size\":" size "}"

static void test_steps(void)
{
    struct alz_node *test = a_test(), *outer, *inner, *attempt;

    fresh();
    node(test, ALZ_SETUP, NULL)->status = ALZ_PASSED;
    attempt = node(test, ALZ_TEST, "adds");
    attachment(attempt, "not ours", "a-attachment", "x");
    outer = node(test, ALZ_STEP, "outer");
    outer->status = ALZ_FAILED;
    outer->text[ALZ_MESSAGE] = ALZ_STR("no");
    outer->time[ALZ_START] = 5;
    pair(outer, ALZ_PARAMETER, "p", "v");
    inner = node(outer, ALZ_STEP, "inner");
    attachment(inner, "deep", "b-attachment.txt", "deep");
    attachment(outer, "after", "c-attachment.txt", "of outer");
    node(outer, ALZ_STEP, "");
    attachment(test, "own", "d-attachment.txt", "");
    node(test, ALZ_TEARDOWN, "stop it")->time[ALZ_STOP] = 9;
    is_result(
        test,
        HEAD
        "\"status\":\"passed\"," DONE "\"start\":1700000000000,"
        "\"stop\":1700000000012,\"labels\":[],\"links\":[],"
        "\"parameters\":[],\"steps\":["
        "{\"name\":\"Set up\",\"status\":\"passed\"," DONE EMPTY_PARTS "},"
        "{\"name\":\"outer\",\"status\":\"failed\","
        "\"statusDetails\":{\"message\":\"no\"},\"stage\":\"finished\","
        "\"start\":5,\"parameters\":[{\"name\":\"p\",\"value\":\"v\"}],"
        "\"steps\":[{\"name\":\"inner\",\"status\":\"unknown\"," DONE
        "\"parameters\":[],\"steps\":[],\"attachments\":[" FILE_OF(
            "deep", "b-attachment.txt",
            "4") "]},"
                 "{\"name\":\"Step\",\"status\":\"unknown\"," DONE EMPTY_PARTS
                 "}],"
                 "\"attachments\":[" FILE_OF(
                     "after", "c-attachment.txt",
                     "8") "]},"
                          "{\"name\":\"stop it\",\"status\":\"unknown\"," DONE
                          "\"stop\":9," EMPTY_PARTS "}],"
                          "\"attachments\":[" FILE_OF("own", "d-attachment.txt",
                                                      "0") "],"
                                                           "\"titlePath\":[]}",
        "steps keep their order and nesting; attempts are not steps");
    IS(alz_text_str(&sink.log),
       "put b-attachment.txt c-attachment.txt d-attachment.txt " UUID1
       "-result.json; ",
       "attachments come before the document that names them");
    alz_spool_done(attempt->first->spool);
}

static void nest(struct alz_node *test, int depth)
{
    struct alz_node *at = test;

    for (int i = 0; i < depth; i++)
        at = node(at, ALZ_STEP, "s");
}

static void test_deep_steps(void)
{
    struct alz_node *good = a_test(), *bad = a_test();

    fresh();
    nest(good, 60);
    OK(alz_emit_result(emitter, good) == 0, "60 nested steps are written");
    nest(bad, 100000);
    NUM(alz_emit_result(emitter, bad), -1, "100,000 are refused");
    IS(alz_emitter_error(emitter),
       UUID1 "-result.json: the document is nested too deep",
       "the reason names the file");
    OK(alz_emit_result(emitter, a_test()) == 0, "the next test is written");
}

static void test_attachment_kinds(void)
{
    struct alz_node *test = a_test(), *named, *typeless;

    fresh();
    named = attachment(test, "", "e-attachment", NULL);
    typeless = attachment(test, "refused", "", "secret");
    named->text[ALZ_MEDIA_TYPE] = (struct alz_str){NULL, 0};
    OK(alz_emit_result(emitter, test) == 0, "attachments without this or that");
    OK(alz_str_find(alz_text_str(&sink.last),
                    "\"attachments\":[{\"name\":\"Attachment\","
                    "\"source\":\"e-attachment\",\"size\":0}]") != SIZE_MAX,
       "no name: a name; no type: none; no source: refused by policy");
    IS(alz_text_str(&sink.log), "put e-attachment " UUID1 "-result.json; ",
       "what is named exists, also when it is empty");
    NUM(typeless->spool->memory.len, 6, "a spool not published stays");
    alz_spool_done(typeless->spool);
}

static void test_spool_moves(void)
{
    struct alz_node *test = a_test();
    struct alz_node *file = attachment(test, "log", "f-attachment.txt", "log");

    fresh();
    OK(alz_emit_result(emitter, test) == 0, "a test with a log");
    IS(alz_text_str(&sink.spool), "log", "its bytes are in the bundle");
    OK(!file->spool->memory.ptr && file->spool->draft.fd == -1,
       "the node's spool is empty and safe to free");
    alz_spool_done(file->spool);
}

/* ---- containers ------------------------------------------------------- */

static struct alz_node *a_suite(struct alz_suite *suite)
{
    struct alz_node *ret = node(NULL, ALZ_SUITE, "Sum");

    ret->suite = suite;
    return ret;
}

static void test_container(void)
{
    struct alz_uuid children[] = {uuid(0x11), uuid(0x22)};
    struct alz_suite state = {.children = children, .child_count = 2};
    struct alz_node *suite = a_suite(&state), *setup;

    fresh();
    NUM(alz_emit_container(emitter, suite), 0, "a suite without fixtures");
    IS(alz_text_str(&sink.log), "", "has no container");
    setup = node(suite, ALZ_SETUP, "connect");
    setup->status = ALZ_BROKEN;
    setup->time[ALZ_START] = 3;
    attachment(node(setup, ALZ_STEP, "dial"), "log", "g-attachment.txt", "x");
    node(suite, ALZ_TEARDOWN, "close")->status = ALZ_PASSED;
    attachment(suite, "out", "h-attachment.txt", "yy");
    node(suite, ALZ_STEP, "warm up");
    suite->uuid = uuid(0x33);
    suite->time[ALZ_START] = 1;
    suite->time[ALZ_STOP] = 2;
    NUM(alz_emit_container(emitter, suite), 0, "a suite with fixtures");
    IS(alz_text_str(&sink.last),
       "{\"uuid\":\"33333333-3333-5533-9933-333333333333\",\"name\":\"Sum\","
       "\"children\":[\"" UUID1 "\",\"22222222-2222-5522-9922-222222222222\"],"
       "\"befores\":[{\"name\":\"connect\",\"status\":\"broken\"," DONE
       "\"start\":3,\"parameters\":[],\"steps\":[{\"name\":\"dial\","
       "\"status\":\"unknown\"," DONE "\"parameters\":[],\"steps\":[],"
       "\"attachments\":[" FILE_OF(
           "log", "g-attachment.txt",
           "1") "]}],"
                "\"attachments\":[]}],"
                "\"afters\":[{\"name\":\"close\",\"status\":\"passed\"," DONE
                    EMPTY_PARTS "},"
                "{\"name\":\"Suite output\",\"status\":\"passed\"," DONE
                "\"parameters\":[],\"steps\":[{\"name\":\"warm up\","
                "\"status\":\"unknown\"," DONE EMPTY_PARTS "}],"
                "\"attachments\":[" FILE_OF("out", "h-attachment.txt",
                                            "2") "]}],"
                                                 "\"start\":1,\"stop\":2}",
       "set-ups before, tear-downs after, the suite's own output last");
    IS(alz_text_str(&sink.log),
       "put g-attachment.txt h-attachment.txt "
       "33333333-3333-5533-9933-333333333333-container.json; ",
       "with its attachments before it");
}

static void test_container_uuid(void)
{
    struct alz_uuid child = uuid(0x11), want;
    struct alz_suite state = {.children = &child, .child_count = 1};
    struct alz_node *suite = a_suite(&state);
    char text[ALZ_UUID_LEN + 1];

    fresh();
    node(suite, ALZ_SETUP, "connect")->status = ALZ_PASSED;
    NUM(alz_emit_container(emitter, suite), 0, "a suite without a uuid");
    want = alz_uuid_v5(&child, ALZ_STR("Sum"));
    alz_uuid_text(&want, text);
    OK(alz_str_find(alz_text_str(&sink.log), text) != SIZE_MAX,
       "gets one from its first test and its name");
}

/* ---- the run ---------------------------------------------------------- */

static void test_childless(void)
{
    struct alz_suite state = {0};
    struct alz_node *suite = a_suite(&state), *setup;
    struct alz_uuid run = uuid(0x44);

    fresh();
    suite->time[ALZ_STOP] = 8;
    setup = node(suite, ALZ_SETUP, "connect");
    setup->status = ALZ_BROKEN;
    setup->time[ALZ_STOP] = 7;
    setup->text[ALZ_MESSAGE] = ALZ_STR("refused");
    setup->text[ALZ_TRACE] = ALZ_STR("at line 1");
    attachment(setup, "log", "i-attachment.txt", "x");
    node(suite, ALZ_TEARDOWN, "close")->status = ALZ_PASSED;
    attachment(suite, "out", "j-attachment.txt", "yy");
    NUM(alz_emit_container(emitter, suite), 0, "a suite without tests");
    NUM(alz_emitter_finish(emitter, &run), 0, "and the end");
    IS(alz_text_str(&sink.last),
       "{\"attachments\":[{\"name\":\"log\",\"source\":\"i-attachment.txt\","
       "\"type\":\"text/plain\",\"size\":1,\"timestamp\":8},"
       "{\"name\":\"out\",\"source\":\"j-attachment.txt\","
       "\"type\":\"text/plain\",\"size\":2,\"timestamp\":8}],"
       "\"errors\":[{\"message\":\"connect: refused\","
       "\"trace\":\"at line 1\",\"timestamp\":7}]}",
       "what it has is said of the run");
}

static void test_globals(void)
{
    struct alz_uuid run = uuid(0x44);

    fresh();
    NUM(alz_emitter_finish(emitter, &run), 0, "nothing to say of the run");
    IS(alz_text_str(&sink.log), "flush; ", "writes nothing");
    fresh();
    alz_emit_run_error(emitter, ALZ_STR("input is cut"), 1700000000000);
    alz_emit_run_error(emitter, ALZ_STR("b"), ALZ_TIME_NONE);
    alz_emit_run_attachment(
        emitter, attachment(NULL, "log", "k-attachment.txt", "abc"), 5);
    NUM(alz_emitter_finish(emitter, &run), 0, "two errors and a file");
    IS(alz_text_str(&sink.last),
       "{\"attachments\":[{\"name\":\"log\",\"source\":\"k-attachment.txt\","
       "\"type\":\"text/plain\",\"size\":3,\"timestamp\":5}],"
       "\"errors\":[{\"message\":\"input is cut\",\"timestamp\":1700000000000},"
       "{\"message\":\"b\"}]}",
       "errors and attachments of the run");
    IS(alz_text_str(&sink.log),
       "put k-attachment.txt; flush; "
       "put 44444444-4444-5544-9944-444444444444-globals.json; flush; ",
       "the file is there for sure before the document");
}

/* ---- failure ---------------------------------------------------------- */

static void test_refusal(void)
{
    struct alz_uuid run = uuid(0x44);

    fresh();
    sink.refuse = true;
    NUM(alz_emit_result(emitter, a_test()), -1, "a sink that has failed");
    IS(alz_emitter_error(emitter), "out/x: no room", "says why");
    NUM(alz_emitter_finish(emitter, &run), -1, "also at the end");
    fresh();
    sink.refuse = true;
    alz_emit_run_attachment(
        emitter, attachment(NULL, "log", "l-attachment.txt", "abc"), 5);
    NUM(alz_emitter_finish(emitter, &run), -1, "a lost file of the run counts");
    IS(alz_emitter_error(emitter), "out/x: no room", "and is told");
    fresh();
    alz_emit_run_attachment(
        emitter, attachment(NULL, "log", "l-attachment.txt", "abc"), 5);
    sink.refuse = true;
    NUM(alz_emitter_finish(emitter, &run), -1, "a sink that fails at the end");
}

static void test_null_sink(void)
{
    struct alz_sink *null = alz_sink_null_new();
    struct alz_emitter *dry = alz_emitter_new(null);
    struct alz_node *test = a_test();
    struct alz_uuid run = uuid(0x44);

    fresh();
    NUM(alz_emit_result(emitter, a_test()), 0, "for its size");
    attachment(test, "log", "", "not published");
    NUM(alz_emit_result(dry, test), 0, "a dry run");
    alz_emit_run_attachment(
        dry, attachment(NULL, "log", "m-attachment.txt", "abc"), 5);
    NUM(null->files, 2, "counts files");
    NUM(null->bytes, sink.last.len + 3, "and bytes");
    NUM(alz_emitter_finish(dry, &run), 0, "and ends");
    NUM(null->files, 3, "with its globals counted");
    alz_emitter_free(dry);
    null->ops->free(null);
    alz_spool_done(test->first->spool);
}

int main(void)
{
    test_plain();
    test_full();
    test_one_sided_diff();
    test_statuses();
    test_steps();
    test_deep_steps();
    test_attachment_kinds();
    test_spool_moves();
    test_container();
    test_container_uuid();
    test_childless();
    test_globals();
    test_refusal();
    test_null_sink();
    alz_emitter_free(emitter);
    alz_emitter_free(NULL);
    alz_arena_done(&arena);
    alz_text_done(&sink.log);
    alz_text_done(&sink.last);
    alz_text_done(&sink.spool);
    alz_text_done(&sink.base.error);
    return tap_done();
}
