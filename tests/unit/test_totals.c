/* test_totals.c - what a source declares against what was read. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "kit.h"

static void declare(struct kit *kit, alz_ref ref, const char *tests,
                    const char *failures)
{
    if (tests)
        kit_add(kit, ref, ALZ_TOTAL, "tests", tests);
    if (failures)
        kit_add(kit, ref, ALZ_TOTAL, "failures", failures);
}

static void missing_tests(void)
{
    struct kit kit;
    alz_ref outer, inner;

    kit_init(&kit, NULL);
    outer = kit_begin(&kit, 0, ALZ_SUITE, "O");
    declare(&kit, outer, "5", NULL);
    inner = kit_begin(&kit, outer, ALZ_SUITE, "I");
    declare(&kit, inner, "3", NULL);
    kit_whole(&kit, inner, ALZ_TEST, "a", ALZ_PASSED);
    alz_end(kit.out, inner);
    OK(kit_has(&kit.log, "report record/missing 4 I: 3 tests declared, 1 read"),
       "a shortfall is an error");
    kit_whole(&kit, outer, ALZ_TEST, "b", ALZ_PASSED);
    kit_whole(&kit, outer, ALZ_TEST, "c", ALZ_PASSED);
    alz_end(kit.out, outer);
    NUM(kit.reports, 1, "said once: the outer suite lacks the same two");
    outer = kit_begin(&kit, 0, ALZ_SUITE, "P");
    declare(&kit, outer, "4", NULL);
    inner = kit_begin(&kit, outer, ALZ_SUITE, "J");
    declare(&kit, inner, "1", NULL);
    alz_end(kit.out, outer);
    OK(kit_has(&kit.log, "report record/missing 4 P: 4 tests declared, 0 read"),
       "an outer suite that lacks more says so");
    kit_done(&kit);
}

static void attempts_may_count(void)
{
    struct kit kit;
    alz_ref suite, test;

    kit_init(&kit, NULL);
    for (int declared = 1; declared <= 4; declared++) {
        char digits[2] = {(char)('0' + declared), '\0'};

        suite = kit_begin(&kit, 0, ALZ_SUITE, "S");
        declare(&kit, suite, digits, NULL);
        test = kit_begin(&kit, suite, ALZ_TEST, "t");
        kit_whole(&kit, test, ALZ_TEST, "t", ALZ_FAILED);
        kit_whole(&kit, test, ALZ_TEST, "t", ALZ_FAILED);
        alz_end(kit.out, suite);
    }
    NUM(kit.reports, 2, "one test of three attempts may count as 1 or 3");
    OK(kit_has(&kit.log, "report record/missing 4 S: 2 tests declared, 1 read"),
       "but not as 2");
    OK(kit_has(&kit.log, "report record/missing 4 S: 4 tests declared, 1 read"),
       "nor as 4");
    kit_done(&kit);
}

static void more_tests(void)
{
    struct kit kit;
    alz_ref suite;

    kit_init(&kit, NULL);
    suite = kit_begin(&kit, 0, ALZ_SUITE, "S");
    declare(&kit, suite, "0", "x");
    kit_whole(&kit, suite, ALZ_TEST, "a", ALZ_PASSED);
    alz_end(kit.out, suite);
    OK(kit_has(&kit.log, "report record/more 0 S: 0 tests declared, 1 read"),
       "more than declared is a note");
    NUM(kit.tests, 1, "what is no number declares nothing");
    kit_done(&kit);
}

static void never_greener(void)
{
    struct kit kit;
    alz_ref outer, inner;

    kit_init(&kit, NULL);
    outer = kit_begin(&kit, 0, ALZ_SUITE, "O");
    declare(&kit, outer, NULL, "1");
    inner = kit_begin(&kit, outer, ALZ_SUITE, "I");
    kit_add(&kit, inner, ALZ_TOTAL, "errors", "1");
    kit_whole(&kit, inner, ALZ_TEST, "a", ALZ_PASSED);
    alz_end(kit.out, inner);
    alz_end(kit.out, outer);
    LOG(&kit,
        "test a passed 1/1\n"
        "report record/suite-error 0 I\n"
        "test I (suite error) broken 1/1\n"
        "suite I children=2 attempts=0 failed=0 broken=1 unknown=0 skipped=0 "
        "passed=1\n"
        "suite O children=2 attempts=0 failed=0 broken=1 unknown=0 skipped=0 "
        "passed=1\n",
        "a declared error without a failed test becomes one broken test");
    HAS(&kit, 1, "fullName: O > I::[suite error]", "its name is stable");
    HAS(&kit, 1, "status: broken synthetic", "it is marked");
    HAS(&kit, 1,
        "message: 1 failures or errors are declared, but no test "
        "failed",
        "it says why");
    kit_done(&kit);
}

static void already_red(void)
{
    struct kit kit;
    alz_ref suite, test;

    kit_init(&kit, NULL);
    suite = kit_begin(&kit, 0, ALZ_SUITE, "S");
    declare(&kit, suite, NULL, "7");
    test = kit_begin(&kit, suite, ALZ_TEST, "t");
    kit_whole(&kit, test, ALZ_TEST, "t", ALZ_FAILED);
    alz_set_status(kit.out, test, ALZ_PASSED, 0);
    alz_end(kit.out, suite);
    suite = kit_begin(&kit, 0, ALZ_SUITE, "S");
    declare(&kit, suite, NULL, "7");
    test = kit_begin(&kit, suite, ALZ_TEST, "(set-up)");
    alz_set_status(kit.out, test, ALZ_UNKNOWN, ALZ_SYNTHETIC);
    alz_end(kit.out, suite);
    NUM(kit.tests, 3, "a failed attempt or a synthetic test is enough");
    NUM(kit.reports, 0, "and nothing is said");
    kit_done(&kit);
}

static void totals_of_the_run(void)
{
    struct kit kit;

    kit_init(&kit, NULL);
    declare(&kit, 0, "2", "1");
    declare(&kit, 0, "1", NULL);
    kit_whole(&kit, 0, ALZ_TEST, "a", ALZ_PASSED);
    kit_finish(&kit);
    OK(kit_has(&kit.log, "report record/missing 4 3 tests declared, 1 read"),
       "what the run declares adds up");
    OK(kit_has(&kit.log, "test (run) broken 1/1"),
       "a failed run without a failed test has a broken one");
    kit_whole(&kit, 0, ALZ_TEST, "b", ALZ_PASSED);
    kit_finish(&kit);
    NUM(kit.reports, 2, "the next input begins from nothing");
    kit_done(&kit);
}

int main(void)
{
    missing_tests();
    attempts_may_count();
    more_tests();
    never_greener();
    already_red();
    totals_of_the_run();
    return tap_done();
}
