/* events.c - what rules may do. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "log.h"

static const struct alz_diag no_test = {
    ALZ_WARNING, "log/no-test", "a line about a test that there is not", 0};

/* ---- which test ------------------------------------------------------- */

/* The key of the line's test; ptr NULL: the line names none. */
static struct alz_str key_of(struct log *log)
{
    const struct log_value *key = &log->rule->fields[FIELD_KEY];

    if (!key->count)
        key = &log->rule->fields[FIELD_NAME];
    return log_expand(log, key, &log->key);
}

static struct log_test *find_any(struct log *log, struct alz_str key)
{
    struct log_test *test = log_test_find(log, key, true);

    return test ? test : log_test_find(log, key, false);
}

/* The same test once more, when the rule says what that means. */
static struct log_test *find_twin(struct log *log, struct alz_str key)
{
    struct log_test *test = NULL;

    if (log->rule->duplicate != LOG_NUMBER)
        test = log_test_find(log, key, false);
    if (test && log->rule->duplicate == LOG_RETRY)
        log_test_again(log, test);
    return test;
}

static struct log_test *begin_test(struct log *log, struct alz_str key)
{
    struct log_test *test = find_twin(log, key);

    return test ? test : log_test_new(log, key);
}

static void become_current(struct log *log, struct log_test *test)
{
    log->current = test;
    log_test_settle(log, test);
}

/* ---- tests ------------------------------------------------------------ */

static void on_test_start(struct log *log)
{
    struct log_test *test;

    if (!log->rules->parallel)
        log_tests_abandon(log, NULL,
                          ALZ_STR("the next test began before this one "
                                  "ended"));
    test = begin_test(log, key_of(log));
    if (!test)
        return;
    test->running = true;
    log_take_facts(log, test);
    become_current(log, test);
}

static void end_test(struct log *log, struct log_test *test)
{
    test->running = false;
    log_take_facts(log, test);
    become_current(log, test);
}

static void on_test(struct log *log)
{
    struct alz_str key = key_of(log);
    struct log_test *test = log_test_find(log, key, true);

    if (!test)
        test = begin_test(log, key);
    if (test)
        end_test(log, test);
}

/* A test, or a suite: the next line with an indent tells. */
static void on_item(struct log *log)
{
    on_test(log);
    if (log->current)
        log->current->indent = log_field(log, FIELD_INDENT).len;
}

/* What looked like a test is none. */
static void on_cancel(struct log *log)
{
    if (log->recent)
        log_test_cancel(log, log->recent);
}

static void on_test_end(struct log *log)
{
    if (key_of(log).len)
        on_test(log);
    else if (log->current && log->current->running)
        end_test(log, log->current);
    else
        alz_report(log->out, &no_test, log->pending);
}

static struct log_test *test_of_line(struct log *log)
{
    struct alz_str key = key_of(log);

    return key.len ? find_any(log, key) : log->current;
}

static void on_late(struct log *log)
{
    struct log_test *test = test_of_line(log);

    if (!test && log->rule->fields[FIELD_NAME].count &&
        log->rule->fields[FIELD_STATUS].count)
        test = log_test_new(log, key_of(log));
    if (!test) {
        alz_report(log->out, &no_test, log->pending);
        return;
    }
    log_take_facts(log, test);
    if (log->current != test)
        become_current(log, test);
}

/* ---- parts of a test -------------------------------------------------- */

static void on_output(struct log *log)
{
    struct log_test *test = test_of_line(log);
    struct alz_str text;

    if (!test)
        return;
    test->facts[LOG_STDOUT].max = LOG_OUTPUT_MAX;
    text = log_field(log, FIELD_OUTPUT);
    log_add(log, &test->facts[LOG_STDOUT], text.ptr ? text : log->pending);
    log_add(log, &test->facts[LOG_STDOUT], ALZ_STR("\n"));
}

static void on_block(struct log *log)
{
    struct alz_str key = key_of(log);

    if (key.len) {
        struct log_test *test =
            log_test_find_without(log, key, log_block_fact(log->rule));

        if (!test)
            alz_report(log->out, &no_test, key);
        log->current = test;
        log_test_settle(log, test);
    }
    log_block_begin(log);
    if (log->block.test)
        log_take_status(log, log->block.test);
}

static void on_attach(struct log *log)
{
    struct log_test *test = log->current;
    struct alz_text path = {0};

    if (!test) {
        alz_report(log->out, &no_test, log->pending);
        return;
    }
    log_add(log, &path, log_field(log, FIELD_ATTACHMENT));
    if (path.len)
        log_extra_add(log, test, LOG_EXTRA_FILE, 0, alz_text_str(&path),
                      log_field(log, FIELD_MIME));
    alz_text_done(&path);
}

static void step_start(struct log *log)
{
    struct alz_str name = log_field(log, FIELD_STEP);

    if (!log->current)
        return;
    if (!name.len)
        name = log_field(log, FIELD_NAME);
    log_extra_add(log, log->current, LOG_EXTRA_STEP, 0, name, ALZ_STR(""));
}

static void step_end(struct log *log)
{
    unsigned flags;
    enum alz_status status = log_status(log, &flags);

    if (!log->current)
        return;
    log_extra_add(log, log->current, LOG_EXTRA_STEP_END,
                  status == ALZ_STATUS_NONE ? ALZ_PASSED : (int)status,
                  log_field(log, FIELD_MESSAGE), ALZ_STR(""));
}

static void step(struct log *log)
{
    step_start(log);
    step_end(log);
}

/* ---- the run ---------------------------------------------------------- */

static uint64_t counted(struct log *log, enum log_field field)
{
    uint64_t number = 0;

    alz_number_parse(log_field(log, field), &number);
    return number;
}

static void declare(struct log *log, const char *name, uint64_t number)
{
    char digits[24];
    size_t at = sizeof(digits);

    do
        digits[--at] = (char)('0' + number % 10);
    while ((number /= 10) > 0 && at > 0);
    alz_add(log->out, log->stack ? log->stack->ref : 0, ALZ_TOTAL,
            alz_str_from(name),
            (struct alz_str){digits + at, sizeof(digits) - at});
}

static void on_totals(struct log *log)
{
    uint64_t failed = counted(log, FIELD_FAILED);
    uint64_t errors = counted(log, FIELD_ERRORS);
    uint64_t total = counted(log, FIELD_TOTAL);

    if (log->rule->sum)
        total = failed + errors + counted(log, FIELD_PASSED) +
                counted(log, FIELD_SKIPPED);
    if (log->rule->sum || log_field(log, FIELD_TOTAL).len)
        declare(log, "tests", total);
    if (failed + errors)
        declare(log, "failed", failed + errors);
}

static void on_run_fail(struct log *log)
{
    struct log_test *test = log_test_new(log, ALZ_STR(""));

    if (!test)
        return;
    log_take_facts(log, test);
    test->flags |= ALZ_SYNTHETIC;
    if (test->status == ALZ_STATUS_NONE)
        test->status = ALZ_BROKEN;
    if (!test->facts[LOG_NAME].len) {
        log_add(log, &test->facts[LOG_NAME], ALZ_STR("(run)"));
        log_add(log, &test->facts[LOG_FULL_NAME], ALZ_STR("::[run error]"));
    }
    become_current(log, test);
}

static void nothing(struct log *log)
{
    (void)log;
}

/* What follows is of no test until a line names one. */
static void on_state(struct log *log)
{
    log_test_settle(log, NULL);
    log->current = NULL;
}

const struct log_event log_events[] = {
    {"suite.start", log_suite_start, false, false, true,  false, false},
    {"suite.end",   log_suite_end,   false, false, true,  false, false},
    {"test.start",  on_test_start,   true,  false, true,  false, false},
    {"test.end",    on_test_end,     false, true,  true,  false, false},
    {"test",        on_test,         true,  true,  true,  false, false},
    {"item",        on_item,         true,  true,  true,  false, true },
    {"test.cancel", on_cancel,       false, false, true,  false, true },
    {"test.late",   on_late,         false, false, true,  true,  false},
    {"step.start",  step_start,      false, false, true,  false, false},
    {"step.end",    step_end,        false, false, true,  false, false},
    {"step",        step,            false, false, true,  false, false},
    {"output",      on_output,       false, false, false, false, false},
    {"block",       on_block,        false, false, true,  true,  false},
    {"attach",      on_attach,       false, false, true,  false, false},
    {"totals",      on_totals,       false, false, true,  false, false},
    {"run.fail",    on_run_fail,     false, false, true,  false, false},
    {"ignore",      nothing,         false, false, false, false, false},
    {"state",       on_state,        false, false, false, false, false},
    {NULL,          NULL,            false, false, false, false, false},
};

const struct log_event *log_event_find(struct alz_str name)
{
    for (const struct log_event *at = log_events; at->name; at++)
        if (alz_str_is(name, at->name))
            return at;
    return NULL;
}
