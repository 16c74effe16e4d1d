/* test_pipeline.c - verdicts, suites, the order of stages, no memory. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "kit.h"

#include "fault.h"

static const struct alz_policy_options options = {
    .run_id = {"run", 3}
};

/* ---- verdicts --------------------------------------------------------- */

static void cut_tests(void)
{
    static const struct {
        enum alz_status said;
        const char *want;
    } rows[] = {
        {ALZ_STATUS_NONE, "broken incomplete"},
        {ALZ_PASSED,      "broken incomplete"},
        {ALZ_SKIPPED,     "broken incomplete"},
        {ALZ_FAILED,      "failed incomplete"},
        {ALZ_BROKEN,      "broken incomplete"},
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        struct kit kit;
        alz_ref test;

        kit_init(&kit, &options);
        test = kit_begin(&kit, 0, ALZ_TEST, "t");
        alz_set_status(kit.out, test, rows[i].said, 0);
        if (rows[i].said == ALZ_FAILED)
            kit_say(&kit, test, ALZ_MESSAGE, "said");
        alz_recorder_finish_input(kit.recorder, ALZ_INTERRUPTED);
        IS(kit_value(&kit, 0, "status"), rows[i].want, "a cut test");
        IS(kit_value(&kit, 0, "message"),
           rows[i].said == ALZ_FAILED
               ? "said"
               : "record incomplete: the input ends inside this test",
           "says why, unless it says something else");
        kit_done(&kit);
    }
}

static void no_verdict(void)
{
    struct kit kit;
    alz_ref test;

    kit_init(&kit, &options);
    kit_begin(&kit, 0, ALZ_TEST, "open");
    kit_finish(&kit);
    test = kit_begin(&kit, 0, ALZ_TEST, "incomplete");
    alz_set_status(kit.out, test, ALZ_PASSED, ALZ_INCOMPLETE);
    alz_end(kit.out, test);
    IS(kit_value(&kit, 0, "status"), "unknown", "no verdict is unknown");
    IS(kit_value(&kit, 1, "status"), "broken incomplete",
       "what a converter calls incomplete never passed");
    kit_done(&kit);
}

static void flaky(void)
{
    static const struct {
        enum alz_status first, last;
        const char *want;
    } rows[] = {
        {ALZ_FAILED, ALZ_PASSED, "passed flaky"},
        {ALZ_BROKEN, ALZ_PASSED, "passed flaky"},
        {ALZ_PASSED, ALZ_PASSED, "passed"      },
        {ALZ_FAILED, ALZ_FAILED, "failed"      },
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        struct kit kit;
        alz_ref test, attempt;

        kit_init(&kit, &options);
        test = kit_begin(&kit, 0, ALZ_TEST, "t");
        attempt = kit_begin(&kit, test, ALZ_TEST, "t");
        alz_set_status(kit.out, attempt, rows[i].first, ALZ_FLAKY);
        alz_set_status(kit.out, test, rows[i].last, 0);
        alz_end(kit.out, test);
        IS(kit_value(&kit, 1, "status"), rows[i].want,
           "flaky is who passed after a failure");
        OK(!alz_str_ends(kit_value(&kit, 0, "status"), "flaky"),
           "no other attempt is");
        kit_done(&kit);
    }
}

static void steps_without_verdict(void)
{
    struct kit kit;
    alz_ref test, step;

    kit_init(&kit, &options);
    test = kit_begin(&kit, 0, ALZ_TEST, "last to blame");
    kit_begin(&kit, test, ALZ_STEP, "a");
    step = kit_begin(&kit, test, ALZ_STEP, "b");
    kit_begin(&kit, step, ALZ_STEP, "b1");
    kit_begin(&kit, step, ALZ_STEP, "b2");
    alz_set_status(kit.out, test, ALZ_BROKEN, 0);
    alz_end(kit.out, test);
    HAS(&kit, 0,
        "  step a passed\n  step b broken\n    step b1 passed\n"
        "    step b2 broken",
        "the last step is where it ended");
    test = kit_begin(&kit, 0, ALZ_TEST, "another to blame");
    step = kit_begin(&kit, test, ALZ_STEP, "a");
    kit_whole(&kit, step, ALZ_STEP, "a1", ALZ_FAILED);
    kit_begin(&kit, step, ALZ_STEP, "a2");
    kit_begin(&kit, test, ALZ_STEP, "b");
    alz_set_status(kit.out, test, ALZ_FAILED, 0);
    alz_end(kit.out, test);
    HAS(&kit, 1,
        "  step a failed\n    step a1 failed\n    step a2 passed\n"
        "  step b passed",
        "a step is as bad as its steps; others passed");
    test = kit_begin(&kit, 0, ALZ_TEST, "cut");
    kit_whole(&kit, test, ALZ_SETUP, "up", ALZ_STATUS_NONE);
    step = kit_begin(&kit, test, ALZ_STEP, "in here");
    alz_set_status(kit.out, step, ALZ_PASSED, 0);
    alz_recorder_finish_input(kit.recorder, ALZ_DAMAGED);
    HAS(&kit, 2, "  set-up up passed\n  step in here broken open",
        "what was cut is broken");
    kit_done(&kit);
}

/* ---- suites and the run ----------------------------------------------- */

static void containers(void)
{
    struct kit kit;
    alz_ref suite, ref;

    kit_init(&kit, &options);
    for (int i = 0; i < 2; i++) {
        suite = kit_begin(&kit, 0, ALZ_SUITE, "\x1b[1mS");
        alz_set_time(kit.out, suite, ALZ_START, -7);
        ref = kit_begin(&kit, suite, ALZ_TEARDOWN, NULL);
        kit_begin(&kit, ref, ALZ_ATTACHMENT, "log");
        alz_end(kit.out, suite);
    }
    HAS(&kit, 0, "suite: S", "a suite's name is clean");
    OK(kit_has_quietly(&kit.blocks[0],
                       "  tear-down tear-down passed\n    attachment log none "
                       "text/plain "),
       "its fixtures are named, have verdicts and files");
    OK(!alz_str_equal(kit_value(&kit, 0, "uuid"), kit_value(&kit, 1, "uuid")),
       "two suites of one name are two containers");
    kit_done(&kit);
}

static void of_the_run(void)
{
    struct alz_arena arena = {0};
    struct alz_suite suite = {.cursor_ms = ALZ_TIME_NONE};
    struct alz_node run = {.kind = ALZ_SUITE, .arena = &arena, .suite = &suite};
    struct alz_node attachment = {
        .kind = ALZ_ATTACHMENT, .parent = &run, .arena = &arena};
    struct alz_policy policy = {0};
    char first[sizeof(attachment.source)];

    run.first = run.last = &attachment;
    alz_policy_init(&policy, &options);
    OK(alz_policy_apply_suite(&policy, &run) == 0, "the run is a suite too");
    memcpy(first, attachment.source, sizeof(first));
    OK(alz_str_ends(alz_str_from(first), "-attachment.txt"), "with files");
    alz_policy_apply_suite(&policy, &run);
    OK(strcmp(first, attachment.source) != 0, "each of another name");
    alz_policy_done(&policy);
    alz_arena_done(&arena);
}

/* ---- everything ------------------------------------------------------- */

static void say_everything(struct kit *kit)
{
    alz_ref suite = kit_begin(kit, 0, ALZ_SUITE, "some\tsuite"), test, ref;

    for (int i = 0; i < 20; i++) {
        test = kit_begin(kit, suite, ALZ_TEST, "C:\\x\\y.js  test@123456789");
        kit_say(kit, test, ALZ_CLASS, "a.b:12");
        kit_say(kit, test, ALZ_SOURCE, "a.b:12");
        kit_say(kit, test, ALZ_MESSAGE, "\x1b[1mred");
        kit_add(kit, test, ALZ_PARAMETER, "p", i % 2 ? "1" : "2");
        kit_add(kit, test, ALZ_ISSUE, "", "A B");
        kit_whole(kit, test, ALZ_TEST, NULL, ALZ_FAILED);
        kit_whole(kit, test, ALZ_STEP, "step\t1", ALZ_STATUS_NONE);
        ref = kit_begin(kit, test, ALZ_ATTACHMENT, "out");
        kit_say(kit, ref, ALZ_MEDIA_TYPE, "IMAGE/PNG");
        alz_end(kit->out, test);
    }
    kit_whole(kit, suite, ALZ_SETUP, "up", ALZ_PASSED);
    alz_recorder_finish_input(kit->recorder, ALZ_COMPLETE);
}

/* The same events give the same bytes. */
static void same_again(void)
{
    struct alz_policy_options with = {
        .run_id = {"run", 3},
          .issue_pattern = "http://x/{}"
    };
    struct kit one, two;

    kit_init(&one, &with);
    kit_init(&two, &with);
    say_everything(&one);
    say_everything(&two);
    NUM(one.count, 41, "40 results and a suite");
    for (size_t i = 0; i < one.count; i++)
        OK(alz_str_equal(alz_text_str(&one.blocks[i]),
                         alz_text_str(&two.blocks[i])),
           "the same events give the same bytes");
    OK(alz_str_equal(alz_text_str(&one.log), alz_text_str(&two.log)),
       "and messages");
    kit_done(&one);
    kit_done(&two);
}

static long fault_left(void)
{
#if FAULT_WORKS
    return fault_countdown;
#else
    return 0;
#endif
}

static void out_of_memory(void)
{
    bool failed = FAULT_WORKS;
    int silent = 0;
    long n = 0;

    while (failed) {
        struct kit kit;
        bool made;

        fault_at(++n);
        made = kit_init(&kit, &options);
        kit.quiet = true;
        if (made)
            say_everything(&kit);
        failed = fault_left() == 0;
        fault_at(0);
        /* Every second one is a duplicate: 2 warnings, more is an error. */
        silent += made && failed && kit.reports <= 2 && kit.tests < 40 &&
                  !alz_recorder_failed(kit.recorder);
        if (made)
            kit_done(&kit);
    }
    NUM(silent, 0, "a failed allocation is said, or harmless");
    OK(n > 10 || !FAULT_WORKS, "some allocations were made to fail");
}

/* A ceiling stands in for the end of memory. */
static void no_room(void)
{
    for (size_t max = 64; max < 4096; max += 64) {
        struct alz_arena arena = {.max = max};
        struct alz_node test = {.kind = ALZ_TEST, .arena = &arena};
        struct alz_policy policy = {0};
        int ret;

        for (size_t i = 0; i < ALZ_WHEN_COUNT; i++)
            test.time[i] = ALZ_TIME_NONE;
        test.text[ALZ_NAME] = ALZ_STR("a  name");
        test.text[ALZ_CLASS] = ALZ_STR("a  class.b");
        test.text[ALZ_SOURCE] = ALZ_STR("s.c:1");
        alz_policy_init(&policy, &options);
        ret = alz_policy_apply(&policy, &test, 1, 1);
        if (ret != (arena.failed ? -1 : 0) || (ret && test.uuid.bytes[0]))
            NUM(ret, arena.failed ? -1 : 0, "no half a result");
        alz_policy_done(&policy);
        alz_arena_done(&arena);
        if (ret == 0) {
            OK(max > 64, "without room there is no result");
            return;
        }
    }
    OK(false, "4 KiB are enough for a test");
}

static void nothing_to_undo(void)
{
    struct alz_policy policy = {0};

    alz_policy_done(&policy);
    alz_policy_done(NULL);
    alz_recorder_free(NULL);
    OK(policy.seen.entries == NULL, "what never began needs no end");
}

int main(void)
{
    cut_tests();
    no_verdict();
    flaky();
    steps_without_verdict();
    containers();
    of_the_run();
    same_again();
    out_of_memory();
    no_room();
    nothing_to_undo();
    return tap_done();
}
