/* test_hold.c - the console and the report of one run: one result a test. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "hold_kit.h"
#include "tap.h"

#include <time.h>

/* ---- texts of GoogleTest ----------------------------------------------- */

#define HEAD(tests) "[==========] Running " tests " from 1 test suite.\n"
#define SUITE "[----------] 2 tests from S\n"
#define A_OK "[ RUN      ] S.A\nfrom A\n[       OK ] S.A (12 ms)\n"
#define B_OK "[ RUN      ] S.B\n[       OK ] S.B (1 ms)\n"
#define B_FAILED                                                               \
    "[ RUN      ] S.B\nt.cc:9: Failure\nno good\n[  FAILED  ] S.B (1 ms)\n"
#define B_OPEN "[ RUN      ] S.B\nlast words\n"
#define END "[==========] 2 tests from 1 test suite ran. (13 ms total)\n"
#define WHOLE(a, b) HEAD("2 tests") SUITE a b END

#define TEST(name, more)                                                       \
    "{\"name\":\"" name "\",\"file\":\"t.cc\",\"line\":3,\"status\":\"RUN\","  \
    "\"result\":\"COMPLETED\",\"timestamp\":\"2027-01-01T00:00:00Z\","         \
    "\"time\":\"0.012s\",\"classname\":\"S\"" more "}"
#define FAILURE                                                                \
    ",\"failures\":[{\"failure\":\"t.cc:9\\nno good\",\"type\":\"\"}]"
#define REPORT(failures, tests)                                                \
    "{\"tests\":2,\"failures\":" failures ",\"disabled\":0,\"errors\":0,"      \
    "\"testsuites\":[{\"name\":\"S\",\"tests\":2,\"failures\":" failures       \
    ",\"testsuite\":[" tests "]}]}"

#define GOOD REPORT("0", TEST("A", "") "," TEST("B", ""))

/* ---- asking ------------------------------------------------------------ */

static struct held_outcome convert(const struct held_run *run)
{
    struct held_outcome outcome = {.messages = {.max = 1 << 20},
                                   .results = {.max = 1 << 24}};
    const char *dir = scratch_new();

    held_convert(run, dir, &outcome);
    held_read_results(dir, &outcome.results);
    scratch_remove(dir);
    return outcome;
}

static bool says(const struct held_outcome *outcome, const char *message)
{
    bool said =
        alz_str_find(alz_text_str(&outcome->messages), message) != SIZE_MAX;

    if (!said)
        printf("# messages:\n%.*s", (int)outcome->messages.len,
               outcome->messages.ptr ? outcome->messages.ptr : "");
    return said;
}

static bool has(const struct held_outcome *outcome, const char *text)
{
    return alz_str_find(alz_text_str(&outcome->results), text) != SIZE_MAX;
}

static bool is_clean(const struct held_outcome *outcome)
{
    return outcome->summary.errors + outcome->summary.warnings == 0 &&
           outcome->summary.exit_status == 0;
}

/* ---- both are there ----------------------------------------------------- */

static void one_result_a_test(void)
{
    struct held_run run = {.console = WHOLE(A_OK, B_OK), .report = GOOD};
    struct held_outcome both = convert(&run);

    NUM(both.summary.results, 2, "two tests are two results");
    OK(is_clean(&both), "and nothing is said");
    NUM(both.summary.attachments, 1, "output comes from the console");
    OK(has(&both, "t.cc:3"), "the place from the report");
    held_outcome_done(&both);
}

static void the_console_is_the_format(void)
{
    struct held_run run = {.console = WHOLE(A_OK, B_OK),
                           .report = GOOD,
                           .format = "gtest-console"};
    const struct alz_converter *const none[] = {NULL};

    OK(alz_console_of(NULL, "gtest") == alz_converter_find("gtest-console") &&
           alz_console_of(none, "gtest-console") ==
               alz_converter_find("gtest-console"),
       "a report's format knows its console, which knows itself");
    OK(!alz_console_of(NULL, "junit") && !alz_console_of(NULL, "tap") &&
           !alz_console_of(NULL, NULL) && !alz_console_of(NULL, "no-such"),
       "others have none");
    run.report = NULL;
    run.console = WHOLE(A_OK, B_FAILED);
    {
        struct held_outcome alone = convert(&run);

        NUM(alone.summary.by_status[ALZ_FAILED], 1, "it is read alone, too");
        held_outcome_done(&alone);
    }
}

/* The report is of this second, the console of this millisecond. */
static void the_exact_moment(void)
{
    struct held_run run = {.console = HEAD("1 test") A_OK END};
    char stamp[32], report[1024];
    struct held_outcome outcome;
    struct timespec now;
    long long before, start = 0;
    struct tm parts;
    size_t at;

    clock_gettime(CLOCK_REALTIME, &now);
    before = (long long)now.tv_sec * 1000 + now.tv_nsec / 1000000;
    gmtime_r(&now.tv_sec, &parts);
    strftime(stamp, sizeof(stamp), "%Y-%m-%dT%H:%M:%SZ", &parts);
    snprintf(report, sizeof(report),
             "{\"tests\":1,\"failures\":0,\"testsuites\":[{\"name\":\"S\","
             "\"testsuite\":[{\"name\":\"A\",\"status\":\"RUN\",\"result\":"
             "\"COMPLETED\",\"timestamp\":\"%s\",\"time\":\"0.012s\","
             "\"classname\":\"S\"}]}]}",
             stamp);
    run.report = report;
    outcome = convert(&run);
    at = alz_str_find(alz_text_str(&outcome.results), "\"start\":");
    if (at != SIZE_MAX)
        start = strtoll(outcome.results.ptr + at + 8, NULL, 10);
    OK(start >= before && start < before + 3000, "start is the console's");
    held_outcome_done(&outcome);
    run.report = REPORT("0", TEST("A", ""));
    outcome = convert(&run);
    OK(has(&outcome, "\"start\":1798761600000,\"stop\":1798761600012"),
       "but the report's when the console is far from it");
    held_outcome_done(&outcome);
}

static void the_worse_stands(void)
{
    struct held_run run = {.console = WHOLE(A_OK, B_FAILED), .report = GOOD};
    struct held_outcome console = convert(&run), report;

    NUM(console.summary.by_status[ALZ_FAILED], 1, "the console saw it fail");
    OK(has(&console, "\"message\":\"no good\""), "and says why");
    OK(says(&console, "warning run/disagree report and console disagree, the "
                      "worse verdict stands: S.B: passed in the report, failed "
                      "on the console"),
       "which is told");
    run.console = WHOLE(A_OK, B_OK);
    run.report = REPORT("1", TEST("A", "") "," TEST("B", FAILURE));
    report = convert(&run);
    NUM(report.summary.by_status[ALZ_FAILED], 1, "the report saw it fail");
    OK(says(&report, "failed in the report, passed on the console"),
       "which is told, too");
    held_outcome_done(&console);
    held_outcome_done(&report);
}

/* A suite's own output belongs to its tests, wherever they come from. */
static void output_of_the_suite(void)
{
    struct held_run run = {
        .console = HEAD("2 tests") SUITE "set up\n" A_OK B_FAILED END,
        .report = REPORT("1", TEST("A", "") "," TEST("B", FAILURE))};
    struct held_outcome outcome = convert(&run);

    OK(is_clean(&outcome), "nothing is said");
    NUM(outcome.summary.results, 2, "two results");
    NUM(outcome.summary.containers, 1, "and a container with them");
    held_outcome_done(&outcome);
}

/* ---- the console knows more --------------------------------------------- */

static void earlier_iterations(void)
{
    struct held_run run = {
        .console = "Repeating all tests (iteration 1) . . .\n\n" WHOLE(
            A_OK, B_FAILED) "\nRepeating all tests (iteration 2) . . "
                            ".\n\n" WHOLE(A_OK, B_OK),
        .report = GOOD};
    struct held_outcome outcome = convert(&run);

    NUM(outcome.summary.results, 4, "each iteration has its results");
    NUM(outcome.summary.by_status[ALZ_FAILED], 1, "of its own verdict");
    OK(has(&outcome, "{\"name\":\"iteration\",\"value\":\"2\"}"),
       "the report's is the last one");
    OK(is_clean(&outcome), "nothing is said");
    held_outcome_done(&outcome);
}

/* Two programs with a test of one name. */
static void of_two_programs(void)
{
    struct held_run run = {
        .console = HEAD("1 test")
            A_OK END HEAD("1 test") "[ RUN      ] S.A\nfrom the other\n[       "
                                    "OK ] S.A (2 ms)\n" END,
        .report = REPORT("0", TEST("A", "")),
    };
    struct held_outcome outcome = convert(&run);
    size_t first, output;

    NUM(outcome.summary.results, 2, "one result each");
    first = alz_str_find(alz_text_str(&outcome.results), "t.cc:3");
    output = alz_str_find(alz_str_from_offset(alz_text_str(&outcome.results),
                                              first == SIZE_MAX ? 0 : first),
                          "\"size\":");
    OK(first != SIZE_MAX && output != SIZE_MAX &&
           alz_str_starts(alz_str_from_offset(alz_text_str(&outcome.results),
                                              first + output),
                          "\"size\":7"),
       "the report's has the output of the one that took as long");
    held_outcome_done(&outcome);
}

static void missing_report(void)
{
    struct held_run run = {.console = HEAD("2 tests") SUITE A_OK B_OPEN,
                           .ended = "killed by signal 11 (SIGSEGV)"};
    struct held_outcome outcome = convert(&run);

    NUM(outcome.summary.by_status[ALZ_PASSED], 1, "what had ended is kept");
    NUM(outcome.summary.by_status[ALZ_BROKEN], 1, "what was running is broken");
    OK(has(&outcome, "\"message\":\"killed by signal 11 (SIGSEGV) while this "
                     "test was running\",\"trace\":\"last words\""),
       "by what ended the process, with its last words");
    NUM(outcome.summary.exit_status, ALZ_EXIT_DAMAGED, "status 4");
    held_outcome_done(&outcome);
}

static void cut_report(void)
{
    struct held_run run = {
        .console = WHOLE(A_OK, B_FAILED),
        .report = "{\"tests\":2,\"failures\":1,\"testsuites\":[{\"name\":\"S\","
                  "\"testsuite\":[{\"name\":\"A\",\"classname\":\"S\","};
    struct held_outcome outcome = convert(&run);

    NUM(outcome.summary.results, 2, "no test is lost");
    NUM(outcome.summary.by_status[ALZ_PASSED], 1,
        "a record that is cut has the console's verdict");
    NUM(outcome.summary.by_status[ALZ_FAILED], 1,
        "the console has those behind the cut");
    NUM(outcome.summary.exit_status, ALZ_EXIT_DAMAGED, "status 4");
    held_outcome_done(&outcome);
}

/* ---- the console knows less --------------------------------------------- */

static void brief_console(void)
{
    struct held_run run = {
        .console = "t.cc:9: Failure\nno good\n[  FAILED  ] S.B (1 ms)\n" END,
        .report = REPORT("1", TEST("A", "") "," TEST("B", FAILURE))};
    struct held_outcome both = convert(&run), alone;

    NUM(both.summary.results, 2, "the report has all tests");
    OK(is_clean(&both), "so that nothing is wrong");
    OK(says(&both, "note record/missing"), "what was missing is a note");
    run.report = NULL;
    alone = convert(&run);
    OK(says(&alone, "error record/missing"), "without the report an error");
    held_outcome_done(&both);
    held_outcome_done(&alone);
}

static void silent_console(void)
{
    struct held_run run = {.console = "nothing of GoogleTest\n",
                           .report = GOOD};
    struct held_outcome outcome = convert(&run);

    OK(is_clean(&outcome) && outcome.summary.results == 2,
       "a console that says nothing takes nothing away");
    held_outcome_done(&outcome);
}

/* The second program died; that the first one was well does not excuse it. */
static void a_crash_is_not_explained(void)
{
    struct held_run run = {.console = WHOLE(A_OK, B_OK) HEAD("2 tests")
                               SUITE A_OK B_OPEN,
                           .report = GOOD,
                           .ended = "killed by signal 6 (SIGABRT)"};
    struct held_outcome outcome = convert(&run);

    NUM(outcome.summary.by_status[ALZ_BROKEN], 1, "the crash has its result");
    NUM(outcome.summary.by_status[ALZ_PASSED], 3, "and no other test has it");
    OK(says(&outcome, "error gtest-console/incomplete"), "it is an error");
    held_outcome_done(&outcome);
}

/* ---- lists --------------------------------------------------------------- */

#define LIST "S.\n  A\n  B\n  C\n  DISABLED_D\n"

static void what_did_not_run(void)
{
    struct held_run run = {
        .list = LIST, .console = WHOLE(A_OK, B_OK), .report = GOOD};
    struct held_outcome outcome = convert(&run);

    OK(says(&outcome, "error run/never-started tests of this list were not "
                      "run: 1: S.C\n"),
       "a test that was not run is named");
    NUM(outcome.summary.by_status[ALZ_BROKEN], 1, "and is one broken result");
    NUM(outcome.summary.by_status[ALZ_SKIPPED], 1, "a disabled one is skipped");
    NUM(outcome.summary.results, 4, "that is all");
    NUM(outcome.summary.exit_status, ALZ_EXIT_DAMAGED, "status 4");
    held_outcome_done(&outcome);
}

int main(void)
{
    one_result_a_test();
    the_console_is_the_format();
    the_exact_moment();
    the_worse_stands();
    output_of_the_suite();
    earlier_iterations();
    of_two_programs();
    missing_report();
    cut_report();
    brief_console();
    silent_console();
    a_crash_is_not_explained();
    what_did_not_run();
    return tap_done();
}
