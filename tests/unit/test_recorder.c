/* test_recorder.c - events to finished tests and suites, in order. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "kit.h"

static void order_of_a_suite(void)
{
    struct kit kit;
    alz_ref suite;

    kit_init(&kit, NULL);
    suite = kit_begin(&kit, 0, ALZ_SUITE, "S");
    kit_whole(&kit, suite, ALZ_TEST, "a", ALZ_PASSED);
    kit_whole(&kit, suite, ALZ_SETUP, "up", ALZ_PASSED);
    kit_whole(&kit, suite, ALZ_TEST, "b", ALZ_FAILED);
    LOG(&kit, "test a passed 1/1\ntest b failed 1/1\n",
        "tests are handed on when they end");
    alz_end(kit.out, suite);
    OK(kit_has(&kit.log, "suite S children=2 attempts=0 failed=1 broken=0 "
                         "unknown=0 skipped=0 passed=1"),
       "a suite knows its results");
    HAS(&kit, 2, "  set-up up passed", "a suite keeps its fixtures");
    HAS_NOT(&kit, 2, "test a", "a suite does not keep its tests");
    kit_done(&kit);
}

static void counts_go_up(void)
{
    struct kit kit;
    alz_ref outer, inner;

    kit_init(&kit, NULL);
    outer = kit_begin(&kit, 0, ALZ_SUITE, "O");
    inner = kit_begin(&kit, outer, ALZ_SUITE, "I");
    kit_whole(&kit, inner, ALZ_TEST, "a", ALZ_BROKEN);
    alz_end(kit.out, inner);
    kit_whole(&kit, outer, ALZ_TEST, "b", ALZ_SKIPPED);
    alz_end(kit.out, outer);
    LOG(&kit,
        "test a broken 1/1\n"
        "suite I children=1 attempts=0 failed=0 broken=1 unknown=0 skipped=0 "
        "passed=0\n"
        "test b skipped 1/1\n"
        "suite O children=2 attempts=0 failed=0 broken=1 unknown=0 skipped=1 "
        "passed=0\n",
        "an outer suite has the results of the inner ones");
    kit_done(&kit);
}

static void late_facts(void)
{
    struct kit kit;
    alz_ref first, second;
    int again = 0;

    kit_init(&kit, NULL);
    first = kit_begin(&kit, 0, ALZ_TEST, "first");
    alz_end(kit.out, first);
    for (int i = 0; i < 3000; i++) {
        second = kit_begin(&kit, 0, ALZ_TEST, "second");
        again += second == first;
        kit_say(&kit, first, ALZ_NAME, "late");
        alz_set_status(kit.out, first, ALZ_FAILED, ALZ_FLAKY);
        alz_end(kit.out, first);
        alz_end(kit.out, second);
        if (i == 0)
            kit.quiet = true;
    }
    NUM(again, 0, "a dead ref is not used again soon");
    HAS(&kit, 1, "name: second", "late texts are dropped");
    HAS(&kit, 1, "status: none", "late verdicts are dropped");
    NUM(kit.tests, 3001, "late ends end nothing");
    NUM(kit_begin(&kit, first, ALZ_STEP, "x"), 0, "no step in a dead test");
    OK(kit_begin(&kit, first, ALZ_TEST, "kept") != 0,
       "a test in a dead suite is still a test");
    kit_say(&kit, 0, ALZ_NAME, "nothing");
    kit_say(&kit, UINT32_MAX, ALZ_NAME, "nothing");
    alz_end(kit.out, 0);
    kit_finish(&kit);
    NUM(kit.tests, 3002, "it is handed on at the end");
    kit_done(&kit);
}

static void attempts(void)
{
    struct kit kit;
    alz_ref suite, test, step;

    kit_init(&kit, NULL);
    suite = kit_begin(&kit, 0, ALZ_SUITE, "S");
    test = kit_begin(&kit, suite, ALZ_TEST, "final");
    kit_whole(&kit, test, ALZ_TEST, "first", ALZ_FAILED);
    step = kit_begin(&kit, test, ALZ_STEP, "step");
    kit_whole(&kit, step, ALZ_TEST, "second", ALZ_BROKEN);
    alz_end(kit.out, step);
    alz_set_status(kit.out, test, ALZ_PASSED, 0);
    NUM(kit.tests, 0, "attempts wait for their test");
    alz_end(kit.out, test);
    alz_end(kit.out, suite);
    LOG(&kit,
        "test first failed 1/3\ntest second broken 2/3\n"
        "test final passed 3/3\n"
        "suite S children=3 attempts=2 failed=0 broken=0 unknown=0 skipped=0 "
        "passed=1\n",
        "attempts come first, and are no tests of the suite");
    kit_done(&kit);
}

static void attempts_of_attempts(void)
{
    struct kit kit;
    alz_ref test, attempt;

    kit_init(&kit, NULL);
    test = kit_begin(&kit, 0, ALZ_TEST, "final");
    attempt = kit_begin(&kit, test, ALZ_TEST, "one");
    kit_whole(&kit, attempt, ALZ_TEST, "two", ALZ_FAILED);
    alz_end(kit.out, test);
    LOG(&kit, "test one none 1/3\ntest two failed 2/3\ntest final none 3/3\n",
        "an attempt of an attempt is one of the test");
    kit_done(&kit);
}

static void waiting_for_a_name(void)
{
    struct kit kit;
    alz_ref outer, inner, empty;

    kit_init(&kit, NULL);
    outer = kit_begin(&kit, 0, ALZ_SUITE, NULL);
    inner = kit_begin(&kit, outer, ALZ_SUITE, "I");
    kit_whole(&kit, inner, ALZ_TEST, "a", ALZ_PASSED);
    alz_end(kit.out, inner);
    kit_whole(&kit, outer, ALZ_TEST, "b", ALZ_PASSED);
    NUM(kit.tests, 0, "tests and suites wait for an outer suite's name");
    kit_say(&kit, outer, ALZ_NAME, "O");
    LOG(&kit,
        "test a passed 1/1\n"
        "suite I children=1 attempts=0 failed=0 broken=0 unknown=0 skipped=0 "
        "passed=1\n"
        "test b passed 1/1\n",
        "and come in their order when it is said");
    empty = kit_begin(&kit, outer, ALZ_SUITE, NULL);
    kit_whole(&kit, empty, ALZ_TEST, "c", ALZ_PASSED);
    NUM(kit.tests, 2, "one more waits");
    alz_end(kit.out, empty);
    NUM(kit.tests, 3, "a suite that ends without a name has none");
    empty = kit_begin(&kit, outer, ALZ_SUITE, "");
    kit_whole(&kit, empty, ALZ_TEST, "d", ALZ_PASSED);
    NUM(kit.tests, 4, "an empty name is a name");
    kit_done(&kit);
}

static void waiting_for_two_names(void)
{
    struct kit kit;
    alz_ref outer, inner;

    kit_init(&kit, NULL);
    outer = kit_begin(&kit, 0, ALZ_SUITE, NULL);
    inner = kit_begin(&kit, outer, ALZ_SUITE, NULL);
    kit_whole(&kit, inner, ALZ_TEST, "a", ALZ_PASSED);
    kit_say(&kit, outer, ALZ_NAME, "O");
    NUM(kit.tests, 0, "the inner name is missing still");
    kit_say(&kit, inner, ALZ_NAME, "I");
    NUM(kit.tests, 1, "both names are there");
    kit_done(&kit);
}

static void parallel_tests(void)
{
    struct kit kit;
    alz_ref a, b, step;

    kit_init(&kit, NULL);
    a = kit_begin(&kit, 0, ALZ_TEST, "a");
    b = kit_begin(&kit, 0, ALZ_TEST, "b");
    alz_write(kit.out, a, ALZ_STR("of a "));
    alz_write(kit.out, b, ALZ_STR("of b"));
    step = kit_begin(&kit, a, ALZ_STEP, "s");
    alz_end(kit.out, b);
    alz_write(kit.out, a, ALZ_STR("again"));
    alz_end(kit.out, a);
    kit_say(&kit, step, ALZ_NAME, "late");
    LOG(&kit, "test b none 1/1\ntest a none 1/1\n", "tests interleave");
    HAS(&kit, 0, "trace: of b", "each has its own text");
    HAS(&kit, 1, "trace: of a again", "written in pieces");
    HAS(&kit, 1, "  step s none", "and its own steps, ended with it");
    kit_done(&kit);
}

static void cut_input(void)
{
    struct kit kit;
    alz_ref suite, test;

    kit_init(&kit, NULL);
    suite = kit_begin(&kit, 0, ALZ_SUITE, NULL);
    kit_whole(&kit, suite, ALZ_TEST, "whole", ALZ_PASSED);
    test = kit_begin(&kit, suite, ALZ_TEST, "cut");
    kit_begin(&kit, test, ALZ_STEP, "in here");
    alz_recorder_finish_input(kit.recorder, ALZ_DAMAGED);
    LOG(&kit,
        "test whole passed 1/1\ntest cut none 1/1 open\n"
        "suite  children=2 attempts=0 failed=0 broken=0 unknown=0 skipped=0 "
        "passed=1\n",
        "what is open is ended from the inside out");
    HAS(&kit, 1, "status: none incomplete", "a cut test is incomplete");
    HAS(&kit, 1, "  step in here none open", "and its step open");
    kit_say(&kit, test, ALZ_NAME, "late");
    alz_end(kit.out, suite);
    test = kit_begin(&kit, 0, ALZ_TEST, "open");
    kit_finish(&kit);
    OK(kit_has(&kit.log, "test open none 1/1"),
       "the end of a whole input is an end");
    kit_done(&kit);
}

static void repaired_text(void)
{
    struct kit kit;
    alz_ref test;

    kit_init(&kit, NULL);
    test = alz_begin(kit.out, 0, ALZ_TEST);
    alz_set_text(kit.out, test, ALZ_NAME, ALZ_STR("a\xff z"));
    alz_write(kit.out, test, ALZ_STR("caf\xc3"));
    alz_write(kit.out, test, ALZ_STR("\xa9 \xc3"));
    alz_add(kit.out, test, ALZ_LABEL, ALZ_STR("\xc0"), ALZ_STR("v\x80"));
    alz_end(kit.out, test);
    HAS(&kit, 0, "name: a\xef\xbf\xbd z", "a bad byte is replaced");
    HAS(&kit, 0, "trace: caf\xc3\xa9 \xef\xbf\xbd",
        "a character may be cut by pieces");
    HAS(&kit, 0, "label: \xef\xbf\xbd=v\xef\xbf\xbd", "in pairs too");
    kit_done(&kit);
}

static void facts_replace(void)
{
    struct kit kit;
    alz_ref test;

    kit_init(&kit, NULL);
    test = kit_begin(&kit, 0, ALZ_TEST, "one");
    kit_say(&kit, test, ALZ_NAME, "two");
    kit_say(&kit, test, ALZ_TRACE, "first ");
    alz_write(kit.out, test, ALZ_STR("and more"));
    alz_set_text(kit.out, test, ALZ_NAME, (struct alz_str){NULL, 0});
    alz_set_status(kit.out, test, ALZ_PASSED, ALZ_FLAKY);
    alz_set_status(kit.out, test, ALZ_STATUS_NONE, ALZ_KNOWN);
    alz_end(kit.out, test);
    HAS(&kit, 0, "name: two", "the last word stands, no word is none");
    HAS(&kit, 0, "trace: first and more", "writing goes on after a text");
    HAS(&kit, 0, "status: passed flaky known", "flags add up");
    kit_done(&kit);
}

static void attachments(void)
{
    struct kit kit;
    alz_ref test, step, ref;

    kit_init(&kit, NULL);
    test = kit_begin(&kit, 0, ALZ_TEST, "t");
    step = kit_begin(&kit, test, ALZ_STEP, "s");
    ref = kit_begin(&kit, step, ALZ_ATTACHMENT, "out");
    alz_write(kit.out, ref, ALZ_STR("12345"));
    alz_write(kit.out, ref, ALZ_STR("678"));
    kit_begin(&kit, ref, ALZ_ATTACHMENT, "empty");
    alz_end(kit.out, test);
    HAS(&kit, 0,
        "  step s none\n    attachment out none size=8\n"
        "    attachment empty none",
        "attachments stay where they are, empty ones have no bytes");
    ref = kit_begin(&kit, 0, ALZ_ATTACHMENT, "of the run");
    alz_write(kit.out, ref, ALZ_STR("x"));
    alz_end(kit.out, ref);
    OK(kit_has(&kit.log, "run\n  attachment of the run none size=1"),
       "one at top level is the run's");
    kit_add(&kit, test, ALZ_ENVIRONMENT, "os", "linux");
    kit_finish(&kit);
    OK(kit_has(&kit.log, "run\nenvironment: os=linux"),
       "so is the environment");
    kit_finish(&kit);
    LOG(&kit,
        "test t none 1/1\nrun\n  attachment of the run none size=1\nrun\n"
        "environment: os=linux\n",
        "each is handed on once");
    kit_done(&kit);
}

static void misplaced(void)
{
    struct kit kit;
    alz_ref test;

    kit_init(&kit, NULL);
    NUM(kit_begin(&kit, 0, ALZ_STEP, "x"), 0, "no step at top level");
    NUM(kit_begin(&kit, 0, ALZ_SETUP, "x"), 0, "no fixture either");
    test = kit_begin(&kit, 0, ALZ_TEST, "t");
    kit_begin(&kit, test, ALZ_SUITE, "S");
    kit_finish(&kit);
    LOG(&kit,
        "report record/misplaced 0 \n"
        "test t none 1/1\n"
        "suite S children=0 attempts=0 failed=0 broken=0 unknown=0 skipped=0 "
        "passed=0\n",
        "said once; a suite in a test is beside it");
    kit_done(&kit);
}

int main(void)
{
    order_of_a_suite();
    counts_go_up();
    late_facts();
    attempts();
    attempts_of_attempts();
    waiting_for_a_name();
    waiting_for_two_names();
    parallel_tests();
    cut_input();
    repaired_text();
    facts_replace();
    attachments();
    misplaced();
    return tap_done();
}
