/* facts.c - what a line says of a test. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "log.h"

static const struct alz_diag bad_word = {ALZ_WARNING, "log/status",
                                         "no status is known for the word", 0};
static const struct alz_diag bad_time = {
    ALZ_WARNING, "log/time", "not a time of the rule file's format", 0};
static const struct alz_diag bad_duration = {ALZ_WARNING, "log/duration",
                                             "not a duration", 0};

/* ---- status ----------------------------------------------------------- */

enum alz_status log_status(struct log *log, unsigned *flags)
{
    struct alz_str value = log_field(log, FIELD_STATUS);
    const struct log_word *word;

    *flags = 0;
    if (!value.ptr)
        return ALZ_STATUS_NONE;
    word = log_words_find(&log->rules->words, value);
    if (!word) {
        alz_report(log->out, &bad_word, value);
        return ALZ_UNKNOWN;
    }
    *flags = word->flags;
    return word->status;
}

/* The worst word about a test stands. */
void log_take_status(struct log *log, struct log_test *test)
{
    unsigned flags;
    enum alz_status status = log_status(log, &flags);

    if (status < test->status)
        test->status = status;
    test->flags |= flags;
    if (test->status <= ALZ_BROKEN)
        test->flags &= ~(unsigned)ALZ_KNOWN;
}

/* ---- times ------------------------------------------------------------ */

int64_t log_duration(struct log *log)
{
    struct alz_text unit = {0};
    struct alz_str own = log_field(log, FIELD_DURATION_UNIT), text;
    int64_t ms;

    log_add(log, &unit, own.len ? own : log->rule->duration_unit);
    text = log_field(log, FIELD_DURATION);
    ms = text.len ? log_span_read(text, alz_text_str(&unit)) : LOG_NO_TIME;
    if (text.len && ms < 0) {
        alz_report(log->out, &bad_duration, text);
        ms = LOG_NO_TIME;
    }
    alz_text_done(&unit);
    return ms;
}

int64_t log_moment(struct log *log, enum log_field field)
{
    struct alz_str text = log_field(log, field);
    int64_t ms;

    if (!text.len)
        return LOG_NO_TIME;
    ms = log_time_read(&log->clock, &log->rules->time, text, log->in);
    if (ms == LOG_NO_TIME)
        alz_report(log->out, &bad_time, text);
    return ms;
}

/* When the line itself was, if anything says so. */
static int64_t line_moment(struct log *log)
{
    int64_t ms = log_moment(log, FIELD_TIMESTAMP);

    if (ms == LOG_NO_TIME)
        ms = log->stamp_ms;
    if (ms == LOG_NO_TIME && log->rules->arrival && log->line &&
        log->line->seen_ms)
        ms = log->line->seen_ms;
    return ms;
}

static void take_times(struct log *log, struct log_test *test)
{
    int64_t start = log_moment(log, FIELD_START);
    int64_t stop = log_moment(log, FIELD_STOP);
    int64_t duration = log_duration(log), line = line_moment(log);

    if (duration != LOG_NO_TIME)
        test->duration_ms = duration;
    if (stop == LOG_NO_TIME && !test->running)
        stop = line;
    if (start == LOG_NO_TIME && test->running && test->start_ms == LOG_NO_TIME)
        start = line;
    if (start != LOG_NO_TIME)
        test->start_ms = start;
    if (stop != LOG_NO_TIME && test->stop_ms == LOG_NO_TIME)
        test->stop_ms = stop;
    if (test->start_ms == LOG_NO_TIME && test->stop_ms != LOG_NO_TIME &&
        test->duration_ms != LOG_NO_TIME)
        test->start_ms = test->stop_ms - test->duration_ms;
}

/* ---- texts ------------------------------------------------------------ */

static const struct {
    enum log_field field;
    enum log_fact fact;
} texts[] = {
    {FIELD_NAME,        LOG_NAME       },
    {FIELD_CLASS,       LOG_CLASS      },
    {FIELD_FULL_NAME,   LOG_FULL_NAME  },
    {FIELD_ID,          LOG_ID         },
    {FIELD_MESSAGE,     LOG_MESSAGE    },
    {FIELD_REASON,      LOG_MESSAGE    },
    {FIELD_TRACE,       LOG_TRACE      },
    {FIELD_EXPECTED,    LOG_EXPECTED   },
    {FIELD_ACTUAL,      LOG_ACTUAL     },
    {FIELD_DESCRIPTION, LOG_DESCRIPTION},
    {FIELD_HOST,        LOG_HOST       },
    {FIELD_THREAD,      LOG_THREAD     },
    {FIELD_OUTPUT,      LOG_STDOUT     },
};

/* Trace and output grow, the first message stands, others are replaced. */
static void put(struct log *log, struct alz_text *fact, enum log_fact which,
                struct alz_str value)
{
    enum log_keep keep = log->rule->keep;
    bool grows = which == LOG_TRACE || which == LOG_STDOUT;

    if (fact->len && (keep == LOG_KEEP_FIRST ||
                      (keep == LOG_KEEP_ALL && which == LOG_MESSAGE)))
        return;
    if (!grows || keep == LOG_KEEP_LAST)
        alz_text_clear(fact);
    if (grows)
        fact->max = LOG_OUTPUT_MAX;
    log_add(log, fact, value);
    if (grows)
        log_add(log, fact, ALZ_STR("\n"));
}

static void take_source(struct log *log, struct log_test *test)
{
    struct alz_str file = log_field(log, FIELD_FILE), line;

    if (!file.len)
        return;
    log_set(log, &test->facts[LOG_SOURCE], file);
    line = log_field(log, FIELD_LINE);
    if (!line.len)
        return;
    log_add(log, &test->facts[LOG_SOURCE], ALZ_STR(":"));
    log_add(log, &test->facts[LOG_SOURCE], line);
}

void log_take_facts(struct log *log, struct log_test *test)
{
    for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
        struct alz_str value = log_field(log, texts[i].field);

        if (value.len)
            put(log, &test->facts[texts[i].fact], texts[i].fact, value);
    }
    take_source(log, test);
    log_take_status(log, test);
    take_times(log, test);
    log_take_pairs(log, test);
}

void log_take_pairs(struct log *log, struct log_test *test)
{
    const struct log_rule *rule = log->rule;

    for (size_t i = 0; i < rule->pair_count; i++) {
        struct alz_str value =
            log_expand(log, &rule->pairs[i].value, &log->scratch);

        if (value.len)
            log_extra_add(log, test, LOG_EXTRA_PAIR, (int)rule->pairs[i].kind,
                          rule->pairs[i].name, value);
    }
}
