/* tell.c - one attempt of a test as events. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "log.h"

static const struct {
    enum log_fact fact;
    enum alz_fact said;
} identity[] =
    {
        {LOG_NAME,      ALZ_NAME     },
        {LOG_CLASS,     ALZ_CLASS    },
        {LOG_FULL_NAME, ALZ_FULL_NAME},
        {LOG_ID,        ALZ_ID       },
},
  said[] = {
      {LOG_EXPECTED, ALZ_EXPECTED},       {LOG_ACTUAL, ALZ_ACTUAL},
      {LOG_DESCRIPTION, ALZ_DESCRIPTION}, {LOG_HOST, ALZ_HOST},
      {LOG_THREAD, ALZ_THREAD},           {LOG_SOURCE, ALZ_SOURCE},
};

static struct alz_str fact(const struct log_test *test, enum log_fact which)
{
    return alz_text_str(&test->facts[which]);
}

static struct alz_str trim_end(struct alz_str text)
{
    while (text.len && strchr(" \t\r\n", text.ptr[text.len - 1]))
        text.len--;
    return text;
}

static void tell_output(struct log *log, const struct log_test *test,
                        alz_ref node, enum log_fact which, const char *name)
{
    struct alz_str text = trim_end(fact(test, which));
    alz_ref attachment;

    if (!alz_str_trim(text).len)
        return;
    attachment = alz_begin(log->out, node, ALZ_ATTACHMENT);
    alz_set_text(log->out, attachment, ALZ_NAME, alz_str_from(name));
    alz_set_text(log->out, attachment, ALZ_MEDIA_TYPE, ALZ_STR("text/plain"));
    alz_write(log->out, attachment, text);
    alz_write(log->out, attachment, ALZ_STR("\n"));
    alz_end(log->out, attachment);
}

/* What the log says, else the line of its text that tells most. */
static struct alz_str message(const struct log_test *test)
{
    struct alz_str text = alz_str_trim(fact(test, LOG_MESSAGE));
    struct alz_str body = fact(test, LOG_TRACE);

    if (!body.len)
        body = fact(test, LOG_STDOUT);
    if (text.len || test->status == ALZ_PASSED ||
        test->status == ALZ_STATUS_NONE)
        return text;
    return test->status == ALZ_SKIPPED ? alz_str_skip_line(body)
                                       : alz_str_failure_line(body);
}

static void tell_verdict(struct log *log, const struct log_test *test,
                         alz_ref node)
{
    struct alz_str text = message(test), trace;

    alz_set_status(log->out, node,
                   test->status == ALZ_STATUS_NONE ? ALZ_UNKNOWN : test->status,
                   test->flags);
    if (text.len)
        alz_set_text(log->out, node, ALZ_MESSAGE, text);
    trace = trim_end(fact(test, LOG_TRACE));
    if (!trace.len && log_is_bad(test->status))
        trace = trim_end(fact(test, LOG_STDOUT));
    if (trace.len)
        alz_set_text(log->out, node, ALZ_TRACE, trace);
}

static void tell_times(struct log *log, const struct log_test *test,
                       alz_ref node)
{
    if (test->start_ms != LOG_NO_TIME)
        alz_set_time(log->out, node, ALZ_START, test->start_ms);
    if (test->duration_ms != LOG_NO_TIME)
        alz_set_time(log->out, node, ALZ_DURATION, test->duration_ms);
    else if (test->stop_ms != LOG_NO_TIME)
        alz_set_time(log->out, node, ALZ_STOP, test->stop_ms);
}

static void tell_body(struct log *log, struct log_test *test, alz_ref node)
{
    for (size_t i = 0; i < sizeof(said) / sizeof(*said); i++)
        if (fact(test, said[i].fact).len)
            alz_set_text(log->out, node, said[i].said,
                         fact(test, said[i].fact));
    tell_verdict(log, test, node);
    tell_times(log, test, node);
    log_extras_tell(log, test, node);
    tell_output(log, test, node, LOG_STDOUT, "stdout");
    tell_output(log, test, node, LOG_STDERR, "stderr");
}

static alz_ref begin(struct log *log, const struct log_test *test)
{
    alz_ref node =
        alz_begin(log->out, test->suite ? test->suite->ref : 0, ALZ_TEST);

    for (size_t i = 0; i < sizeof(identity) / sizeof(*identity); i++)
        if (fact(test, identity[i].fact).len)
            alz_set_text(log->out, node, identity[i].said,
                         fact(test, identity[i].fact));
    if (!test->suite)
        log_frame(log, node);
    return node;
}

void log_tell(struct log *log, struct log_test *test)
{
    alz_ref node = test->outer ? test->outer : begin(log, test);

    if (test->outer && test->status == ALZ_PASSED)
        test->flags |= ALZ_FLAKY;
    tell_body(log, test, node);
    alz_end(log->out, node);
}

void log_tell_attempt(struct log *log, struct log_test *test)
{
    alz_ref node;

    if (!test->outer)
        test->outer = begin(log, test);
    node = alz_begin(log->out, test->outer, ALZ_TEST);
    tell_body(log, test, node);
    alz_end(log->out, node);
}
