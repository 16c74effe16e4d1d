/* test_result.c - the bytes of results, and what is published with them. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "emit_nodes.h"

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

/* The document after others is the one of a fresh emitter. */
static void is_as_fresh(struct alz_node *test, const char *title)
{
    struct alz_text after = {0};

    OK(alz_emit_result(emitter, test) == 0, title);
    alz_text_add(&after, alz_text_str(&sink.last));
    struct alz_emitter *kept = emitter;
    emitter = NULL;
    fresh();
    alz_emit_result(emitter, test);
    OK(alz_str_equal(alz_text_str(&after), alz_text_str(&sink.last)), title);
    alz_emitter_free(emitter);
    emitter = kept;
    alz_text_done(&after);
}

static struct alz_node *labelled(const char *const *labels)
{
    struct alz_node *test = a_test();

    for (; *labels; labels += 2) {
        pair(test, ALZ_PARAMETER, "between", "others");
        pair(test, ALZ_LABEL, labels[0], labels[1]);
    }
    return test;
}

static void test_shared_labels(void)
{
    static const char *const rows[][10] = {
        {"suite", "S",  "host",   "h", "tag", "x", NULL},
        {"suite",  "S",   "host",       "h", "tag", "y", NULL},
        {"suite", "S", "host", "h", "tag", "y", "tag", "z", NULL},
        {"suite",  "S",   "host",       "h", NULL},
        {"suite", "S",  NULL   },
        {"suite",  "T",   "host",      "h", "tag", "x", NULL},
        {"suite",   "T",       "hos",         "th", "tag", "x", NULL},
        {"suite", "T","hos","th", "tag", "\"\n", "tag", "x", NULL},
        {"suite", "T",  "hos",     "th", "tag", "\"\n", "tag", "x", NULL},
        {NULL},
        {"tag",  "x", NULL},
    };
    const char *many[202];

    fresh();
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
        is_as_fresh(labelled(rows[i]), "labels like those of the test before");
    for (size_t i = 0; i < 200; i++)
        many[i] = i % 2 ? "value" : "tag";
    many[200] = many[201] = NULL;
    is_as_fresh(labelled(many), "a hundred labels");
    many[150] = "other";
    is_as_fresh(labelled(many), "a hundred again, one of them another");
}

/* A label that breaks the schema must not live on in the next document. */
static void test_shared_invalid(void)
{
    static const char *const bad[] = {"suite", "S", "", "x", "tag", "y", NULL};
    static const char *const good[] = {"suite", "S", "tag", "y", NULL};

    fresh();
    is_as_fresh(labelled(good), "a good one");
    OK(alz_emit_result(emitter, labelled(bad)) == -1, "a bad one");
    OK(alz_emit_result(emitter, labelled(bad)) == -1, "it stays bad");
    is_as_fresh(labelled(good), "the good one again");
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

static void test_cut_attachment(void)
{
    struct alz_node *test = a_test();
    struct alz_node *file = attachment(test, "log", "n-attachment", NULL);
    struct alz_spool spool;

    fresh();
    alz_spool_init(&spool, NULL, 4);
    alz_spool_add(&spool, ALZ_STR("more than four bytes"));
    alz_spool_finish(&spool);
    file->spool = &spool;
    OK(alz_emit_result(emitter, test) == 0 &&
           alz_str_find(alz_text_str(&sink.last), "\"size\"") == SIZE_MAX,
       "of an attachment that was cut no size is said");
    alz_spool_done(&spool);
}

static void test_odd_times(void)
{
    struct alz_node *test = a_test();

    fresh();
    test->time[ALZ_START] = -1;
    test->time[ALZ_STOP] = INT64_C(9007199254740992);
    NUM(alz_emit_result(emitter, test), 0, "times no reader takes");
    OK(alz_str_find(alz_text_str(&sink.last), "\"start\"") == SIZE_MAX &&
           alz_str_find(alz_text_str(&sink.last), "\"stop\"") == SIZE_MAX,
       "are left out");
}

static void test_invalid(void)
{
    struct alz_node *test = a_test();

    fresh();
    test->text[ALZ_NAME] = ALZ_STR("a\nb");
    NUM(alz_emit_result(emitter, test), -1, "a name with a line break");
    OK(alz_str_starts(alz_emitter_error(emitter),
                      UUID1 "-result.json: /name: "),
       "is refused with the file and the place");
    IS(alz_text_str(&sink.log), "", "nothing of it is published");
    NUM(alz_emit_result(emitter, a_test()), 0, "the next test is");
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

int main(void)
{
    test_plain();
    test_full();
    test_shared_labels();
    test_shared_invalid();
    test_one_sided_diff();
    test_statuses();
    test_steps();
    test_deep_steps();
    test_attachment_kinds();
    test_cut_attachment();
    test_odd_times();
    test_invalid();
    test_spool_moves();
    emit_nodes_done();
    return tap_done();
}
