/* tests.c - tests that are open, by their keys. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "log.h"

#include <stdlib.h>

static const struct alz_diag no_end = {
    ALZ_ERROR, "log/no-end", "the log ends while this test is running", 4};

static const struct alz_diag too_many = {
    ALZ_WARNING, "log/too-many",
    "more than 10000 tests are running; the first ones are not waited for", 0};

bool log_is_bad(enum alz_status status)
{
    return status == ALZ_FAILED || status == ALZ_BROKEN;
}

/* ---- by key ----------------------------------------------------------- */

static size_t bucket_of(struct alz_str key)
{
    uint32_t hash = 2166136261u;

    for (size_t i = 0; i < key.len; i++)
        hash = (hash ^ (unsigned char)key.ptr[i]) * 16777619u;
    return hash % LOG_BUCKETS;
}

/* The latest one of that key. */
struct log_test *log_test_find(struct log *log, struct alz_str key,
                               bool running)
{
    struct log_test *test = NULL;

    if (key.len)
        test = log->buckets[bucket_of(key)];
    while (test && (test->running != running ||
                    !alz_str_equal(alz_text_str(&test->key), key)))
        test = test->chain;
    return test;
}

struct log_test *log_test_new(struct log *log, struct alz_str key)
{
    struct log_test *test;
    struct log_test **bucket;

    if (log->test_count >= LOG_OPEN_MAX) {
        if (log->first->running && !log->too_many)
            alz_report(log->out, &too_many, ALZ_STR(""));
        log->too_many |= log->first->running;
        log_test_end(log, log->first);
    }
    test = calloc(1, sizeof(*test));
    if (!test) {
        log_out_of_memory(log);
        return NULL;
    }
    log_add(log, &test->key, key);
    bucket = &log->buckets[bucket_of(alz_text_str(&test->key))];
    test->chain = *bucket;
    if (test->chain)
        test->chain->chained = &test->chain;
    test->chained = bucket;
    *bucket = test;
    test->prev = log->last;
    *(log->last ? &log->last->next : &log->first) = test;
    log->last = test;
    log->test_count++;
    test->status = ALZ_STATUS_NONE;
    test->start_ms = test->stop_ms = test->duration_ms = LOG_NO_TIME;
    test->indent = SIZE_MAX;
    test->suite = log_suite_use(log);
    return test;
}

void log_test_free(struct log_test *test)
{
    alz_text_done(&test->key);
    for (size_t i = 0; i < LOG_FACT_COUNT; i++)
        alz_text_done(&test->facts[i]);
    alz_text_done(&test->extras);
    free(test);
}

static void unlink_test(struct log *log, struct log_test *test)
{
    *test->chained = test->chain;
    if (test->chain)
        test->chain->chained = test->chained;
    *(test->prev ? &test->prev->next : &log->first) = test->next;
    *(test->next ? &test->next->prev : &log->last) = test->prev;
    log->test_count--;
}

/* ---- ends ------------------------------------------------------------- */

/* Nothing points to it any more. */
static void detach(struct log *log, struct log_test *test)
{
    if (log->block.test == test)
        log->block.test = NULL;
    if (log->current == test)
        log->current = NULL;
    if (log->recent == test)
        log->recent = NULL;
    unlink_test(log, test);
}

static void release(struct log *log, struct log_test *test)
{
    struct log_suite *suite = test->suite;

    log_test_free(test);
    if (suite)
        log_suite_drop(log, suite);
}

void log_test_end(struct log *log, struct log_test *test)
{
    detach(log, test);
    log_tell(log, test);
    release(log, test);
}

void log_test_cancel(struct log *log, struct log_test *test)
{
    if (test->outer) /* an attempt of it was told */
        return;
    detach(log, test);
    release(log, test);
}

static void clear_attempt(struct log_test *test)
{
    for (size_t i = 0; i < LOG_FACT_COUNT; i++)
        alz_text_clear(&test->facts[i]);
    alz_text_clear(&test->extras);
    test->steps = 0;
    test->status = ALZ_STATUS_NONE;
    test->flags = 0;
    test->start_ms = test->stop_ms = test->duration_ms = LOG_NO_TIME;
}

void log_test_again(struct log *log, struct log_test *test)
{
    log_tell_attempt(log, test);
    clear_attempt(test);
}

/* Of several tests with that key, the first that has no such text yet. */
struct log_test *log_test_find_without(struct log *log, struct alz_str key,
                                       enum log_fact fact)
{
    struct log_test *found = NULL, *test;

    test = key.len ? log->buckets[bucket_of(key)] : NULL;
    for (; test; test = test->chain)
        if (alz_str_equal(alz_text_str(&test->key), key) &&
            (!found || !test->facts[fact].len))
            found = test;
    return found;
}

/* What is red may get more lines far below. */
static bool is_held(const struct log *log, const struct log_test *test)
{
    return (log->rules->late_class && test->suite) ||
           (log->holds && (test->outer || test->status != ALZ_PASSED));
}

void log_test_settle(struct log *log, struct log_test *test)
{
    struct log_test *before = log->recent;

    log->recent = test && !test->running ? test : NULL;
    if (before && before != test && !before->running && !is_held(log, before))
        log_test_end(log, before);
}

void log_tests_classify(struct log *log, const struct log_suite *suite,
                        struct alz_str name)
{
    struct log_test *test = log->first, *next;

    for (; test; test = next) {
        next = test->next;
        if (test->suite != suite)
            continue;
        if (!test->facts[LOG_CLASS].len)
            log_add(log, &test->facts[LOG_CLASS], name);
        if (!test->running)
            log_test_end(log, test);
    }
}

/* ---- no end ----------------------------------------------------------- */

static void give_up(struct log *log, struct log_test *test, struct alz_str why)
{
    if (log->rules->eof_status < test->status)
        test->status = log->rules->eof_status;
    if (!test->facts[LOG_MESSAGE].len)
        log_add(log, &test->facts[LOG_MESSAGE], why);
    test->running = false;
    test->flags |= ALZ_INCOMPLETE;
    log_test_end(log, test);
}

void log_tests_abandon(struct log *log, const struct log_suite *suite,
                       struct alz_str why)
{
    struct log_test *test = log->first, *next;

    for (; test; test = next) {
        next = test->next;
        if (test->running && (!suite || test->suite == suite))
            give_up(log, test, why);
    }
}

/* Only who runs the process knows more than that its log ended. How it ended
 * is asked when the test is going to say it. */
static struct alz_str why_open(struct log *log, const struct log_test *test)
{
    struct alz_str how = {NULL, 0};

    if (!log->in_sample && log->in->ended && !test->facts[LOG_MESSAGE].len &&
        log_is_bad(log->rules->eof_status))
        how = log->in->ended(log->in);
    if (!how.len)
        return ALZ_STR("the log ends while this test is running");
    log_set(log, &log->scratch, how);
    log_add(log, &log->scratch, ALZ_STR(" while this test was running"));
    return alz_text_str(&log->scratch);
}

void log_tests_finish(struct log *log)
{
    struct log_test *test = log->first;
    struct alz_str why = {NULL, 0};

    for (; test && !test->running; test = test->next)
        continue;
    if (test) {
        alz_report(log->out, &no_end, alz_text_str(&test->facts[LOG_NAME]));
        why = why_open(log, test);
    }
    while (log->first)
        if (log->first->running)
            give_up(log, log->first, why);
        else
            log_test_end(log, log->first);
}
