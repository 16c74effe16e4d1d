/* test_emitter.c - containers, what is said of the run, and failures. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "emit_nodes.h"

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
    test_container();
    test_container_uuid();
    test_childless();
    test_globals();
    test_refusal();
    test_null_sink();
    emit_nodes_done();
    return tap_done();
}
