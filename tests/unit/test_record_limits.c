/* test_record_limits.c - ceilings of the recorder, and no memory at all. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "kit.h"

#include "fault.h"

static void waiting_has_an_end(void)
{
    struct kit kit;
    alz_ref suite;

    kit_init(&kit, NULL);
    kit.quiet = true;
    suite = kit_begin(&kit, 0, ALZ_SUITE, NULL);
    for (int i = 0; i < 20000; i++)
        kit_whole(&kit, suite, ALZ_TEST, "a", ALZ_PASSED);
    NUM(kit.tests, 0, "20,000 tests wait");
    kit_whole(&kit, suite, ALZ_TEST, "a", ALZ_PASSED);
    NUM(kit.tests, 20001, "more do not");
    NUM(kit.reports, 1, "which is said");
    kit_done(&kit);
}

static void deep_suites(void)
{
    struct kit kit;
    alz_ref suite = 0;
    struct alz_str rest, line;
    int with_tests = 0;

    kit_init(&kit, NULL);
    kit.quiet = true;
    for (int i = 0; i < 1000; i++)
        suite = kit_begin(&kit, suite, ALZ_SUITE, "S");
    kit_whole(&kit, suite, ALZ_TEST, "t", ALZ_PASSED);
    kit.quiet = false;
    NUM(kit.reports, 1, "too deep suites are reported once");
    NUM(kit.tests, 1, "tests in them are not lost");
    kit_finish(&kit);
    for (rest = alz_text_str(&kit.log); alz_str_split(&rest, '\n', &line);)
        with_tests += alz_str_starts(line, "suite S children=1 ");
    NUM(with_tests, 256, "the test is in 256 of them");
    kit_done(&kit);
}

static void too_many_open(void)
{
    struct kit kit;
    alz_ref test, last = 1;
    size_t opened = 2;

    kit_init(&kit, NULL);
    kit.quiet = true;
    test = kit_begin(&kit, 0, ALZ_TEST, "t");
    for (int i = 0; i < 99000 && last; i++)
        last = kit_begin(&kit, test, ALZ_STEP,
                         "a step with a name of some length, so that a test "
                         "full of them is too large before too many are open");
    NUM(last, 0, "a test of too many steps is cut");
    NUM(kit.reports, 1, "by its size");
    for (int i = 0; i < 100000; i++) {
        last = kit_begin(&kit, 0, ALZ_TEST, NULL);
        opened += last != 0;
    }
    NUM(last, 0, "too many open nodes are refused");
    NUM(kit.reports, 2, "each limit is reported once");
    alz_end(kit.out, test);
    OK(kit_begin(&kit, 0, ALZ_TEST, "again") != 0, "and there is room again");
    OK(!alz_recorder_failed(kit.recorder), "a limit is no failure");
    kit_finish(&kit);
    NUM(kit.tests, opened, "all that was open is handed on");
    kit_done(&kit);
}

static void too_large(void)
{
    static char piece[1024 * 1024];
    struct kit kit;
    alz_ref test;

    kit_init(&kit, NULL);
    memset(piece, 'x', sizeof(piece));
    test = kit_begin(&kit, 0, ALZ_TEST, "large");
    kit.quiet = true;
    for (int i = 0; i < 100; i++)
        alz_write(kit.out, test, (struct alz_str){piece, sizeof(piece)});
    NUM(kit.reports, 1, "more than 64 MiB of a test are reported once");
    alz_set_status(kit.out, test, ALZ_FAILED, 0);
    kit.quiet = false;
    alz_end(kit.out, test);
    LOG(&kit, "test large failed 1/1\n", "the test is there");
    OK(!alz_recorder_failed(kit.recorder), "a limit is no failure");
    kit_done(&kit);
}

static void too_many_attachments(void)
{
    struct kit kit;
    alz_ref test, ref;

    kit_init(&kit, NULL);
    kit.quiet = true;
    test = kit_begin(&kit, 0, ALZ_TEST, "t");
    for (int i = 0; i < 1002; i++) {
        ref = kit_begin(&kit, test, ALZ_ATTACHMENT, NULL);
        alz_write(kit.out, ref, ALZ_STR("x"));
        alz_end(kit.out, ref);
    }
    NUM(kit.reports, 1, "the 1001st attachment is refused, once said");
    kit_done(&kit);
}

static void say_everything(struct kit *kit)
{
    alz_ref suite = kit_begin(kit, 0, ALZ_SUITE, NULL), test, ref;

    kit_add(kit, suite, ALZ_TOTAL, "tests", "9");
    kit_add(kit, suite, ALZ_TOTAL, "errors", "9");
    for (int i = 0; i < 40; i++) {
        test = kit_begin(kit, suite, ALZ_TEST, "some test");
        kit_say(kit, test, ALZ_CLASS, "some.class.\xff");
        kit_add(kit, test, ALZ_LABEL, "owner", "me");
        alz_write(kit->out, test, ALZ_STR("trace \xff"));
        kit_whole(kit, test, ALZ_TEST, "attempt", ALZ_PASSED);
        kit_whole(kit, test, ALZ_STEP, "step", ALZ_PASSED);
        ref = kit_begin(kit, test, ALZ_ATTACHMENT, "out");
        alz_write(kit->out, ref, ALZ_STR("bytes"));
        alz_end(kit->out, test);
    }
    kit_say(kit, suite, ALZ_NAME, "suite");
    ref = kit_begin(kit, 0, ALZ_ATTACHMENT, "log");
    alz_write(kit->out, ref, ALZ_STR("bytes"));
    kit_add(kit, 0, ALZ_ENVIRONMENT, "os", "linux");
    alz_recorder_finish_input(kit->recorder, ALZ_COMPLETE);
}

/* Allocations until the one that fails; 0: it failed. */
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
    struct kit kit;
    bool failed = true;
    size_t tests = 0;
    int silent = 0;
    long n;

    if (!FAULT_WORKS) {
        OK(true, "no fault injection here # SKIP");
        return;
    }
    for (n = 1; failed; n++) {
        bool made;

        fault_at(n);
        made = kit_init(&kit, NULL);
        kit.quiet = true;
        if (made)
            say_everything(&kit);
        failed = fault_left() == 0;
        fault_at(0);
        silent += made && failed && !alz_recorder_failed(kit.recorder) &&
                  kit.tests < 81;
        tests = kit.tests;
        if (made)
            kit_done(&kit);
    }
    NUM(silent, 0, "a failed allocation is known, or harmless");
    OK(n > 50, "many allocations were made to fail");
    NUM(tests, 81, "without a failure all tests are there");
}

static void no_allocation_per_test(void)
{
    struct kit kit;
    alz_ref suite;

    if (!FAULT_WORKS) {
        OK(true, "no counting of allocations here # SKIP");
        return;
    }
    kit_init(&kit, NULL);
    kit.quiet = true;
    suite = kit_begin(&kit, 0, ALZ_SUITE, "S");
    kit_whole(&kit, suite, ALZ_TEST, "warm up", ALZ_PASSED);
    fault_at(1000000);
    for (int i = 0; i < 200000; i++)
        kit_whole(&kit, suite, ALZ_TEST, "test", ALZ_PASSED);
    OK(fault_left() > 1000000 - 30,
       "200,000 tests cost no more than the growth of the list of results");
    fault_at(0);
    NUM(kit.tests, 200001, "they were all handed on");
    kit_done(&kit);
}

int main(void)
{
    waiting_has_an_end();
    deep_suites();
    too_many_open();
    too_large();
    too_many_attachments();
    out_of_memory();
    no_allocation_per_test();
    return tap_done();
}
