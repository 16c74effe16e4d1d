/* test_hold_faults.c - held runs with one failing call each. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "../faults/faults.h"
#include "hold_kit.h"
#include "tap.h"

#include <errno.h>

enum { STEP_BEHIND = 300, STEP = 13 };

static const char console[] =
    "[==========] Running 3 tests from 1 test suite.\n"
    "[----------] 3 tests from S\n"
    "before\n"
    "[ RUN      ] S.A\nfrom A\n[       OK ] S.A (12 ms)\n"
    "[ RUN      ] S.B\nt.cc:9: Failure\nno good\n[  FAILED  ] S.B (1 ms)\n"
    "[ RUN      ] S.C\nlast words\n";

/* C is missing, B is cut. */
static const char report[] =
    "{\"tests\":3,\"failures\":1,\"testsuites\":[{\"name\":\"S\","
    "\"testsuite\":[{\"name\":\"A\",\"status\":\"RUN\",\"result\":"
    "\"COMPLETED\",\"timestamp\":\"2027-01-01T00:00:00Z\",\"time\":\"0.012s\","
    "\"classname\":\"S\"},{\"name\":\"B\",\"classname\":\"S\",";

static const struct held_run small = {
    .list = "S.\n  A\n  B\n  C\n  D\n  DISABLED_E\n",
    .console = console,
    .report = report,
    .ended = "killed by signal 11 (SIGSEGV)",
};

static unsigned long run_once(const struct held_run *run, enum fault_kind kind,
                              unsigned long nth, int error,
                              struct held_outcome *ret)
{
    const char *dir = scratch_new();
    struct held_outcome outcome = {.messages = {.max = 1 << 20}};
    struct alz_validation validation;
    unsigned long calls;

    fault_arm(kind, nth, error);
    held_convert(run, dir, &outcome);
    calls = fault_disarm();
    if (alz_validate(dir, NULL, NULL, &validation) || validation.errors)
        outcome.summary.exit_status = -1;
    held_outcome_done(ret);
    *ret = outcome;
    scratch_remove(dir);
    return calls;
}

static bool same_counts(const struct alz_summary *a,
                        const struct alz_summary *b)
{
    return a->exit_status == b->exit_status && a->results == b->results &&
           a->attachments == b->attachments && a->containers == b->containers &&
           a->errors == b->errors &&
           memcmp(a->by_status, b->by_status, sizeof(a->by_status)) == 0;
}

static void fail_each(const struct held_run *run, uint64_t results,
                      enum fault_kind kind, int error, int status,
                      const char *what)
{
    struct held_outcome whole = {.summary = {0}}, one = {.summary = {0}};
    unsigned long calls = run_once(run, kind, 0, 0, &whole);
    bool right = whole.summary.results == results;

    for (unsigned long nth = 1; right && nth <= calls;
         nth += nth < STEP_BEHIND ? 1 : STEP) {
        run_once(run, kind, nth, error, &one);
        right = one.summary.exit_status == status ||
                same_counts(&one.summary, &whole.summary);
        if (!right)
            printf("# call %lu: status %d\n%.*s", nth, one.summary.exit_status,
                   (int)one.messages.len, one.messages.ptr);
    }
    printf("# %lu calls, %d results\n", calls, (int)whole.summary.results);
    OK(right, what);
    held_outcome_done(&whole);
    held_outcome_done(&one);
}

/* A console that does not fit into memory, of a test that has no report. */
static void much_is_held(void)
{
    enum { LINES = 40000 };
    static const char line[] = "one more line of what this test has to say\n";
    struct alz_text text = {.max = 1 << 24};
    struct held_run much = {.console = NULL};

    alz_text_add(&text, ALZ_STR("[==========] Running 1 test from 1 test "
                                "suite.\n[ RUN      ] S.A\n"));
    for (int i = 0; i < LINES; i++)
        alz_text_add(&text, ALZ_STR(line));
    alz_text_add(&text, ALZ_STR("[       OK ] S.A (1 ms)\n[==========] 1 test "
                                "from 1 test suite ran. (1 ms total)\n"));
    alz_buf_putc(&text, '\0');
    much.console = text.ptr;
    fail_each(&much, 1, FAULT_WRITE, ENOSPC, ALZ_EXIT_OUTPUT,
              "one failing write of what is held: status 7");
    alz_text_done(&text);
}

int main(void)
{
    fault_init();
    fail_each(&small, 5, FAULT_ALLOC, ENOMEM, ALZ_EXIT_MEMORY,
              "one failing allocation: status 70 or the same results");
    fail_each(&small, 5, FAULT_WRITE, ENOSPC, ALZ_EXIT_OUTPUT,
              "one failing write: status 7 or the same results");
    fail_each(&small, 5, FAULT_OPEN, ENOSPC, ALZ_EXIT_OUTPUT,
              "one failing open: status 7 or the same results");
    much_is_held();
    return tap_done();
}
