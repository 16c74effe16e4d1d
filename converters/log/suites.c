/* suites.c - suites that lines open, name and close. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "log.h"

#include <stdlib.h>

/* What is at top level says who made it. */
void log_frame(struct log *log, alz_ref ref)
{
    if (log->rules->framework.len)
        alz_set_text(log->out, ref, ALZ_FRAMEWORK, log->rules->framework);
    if (log->rules->language.len)
        alz_set_text(log->out, ref, ALZ_LANGUAGE, log->rules->language);
}

static struct alz_str next_level(const struct log_rules *rules,
                                 struct alz_str *rest)
{
    struct alz_str separator = rules->separator, level = *rest;
    const char *found = NULL;

    if (separator.len)
        found = memmem(rest->ptr, rest->len, separator.ptr, separator.len);
    if (!found) {
        *rest = ALZ_STR("");
        return level;
    }
    level.len = (size_t)(found - rest->ptr);
    *rest = alz_str_from_offset(*rest, level.len + separator.len);
    return level;
}

static void name_levels(struct log *log, struct log_suite *suite,
                        struct alz_str path)
{
    struct alz_str level = next_level(log->rules, &path);

    alz_set_text(log->out, suite->ref, ALZ_NAME, level);
    for (size_t depth = 1; path.len && depth < LOG_DEPTH_MAX; depth++) {
        level = next_level(log->rules, &path);
        suite->ref = alz_begin(log->out, suite->ref, ALZ_SUITE);
        alz_set_text(log->out, suite->ref, ALZ_NAME, level);
    }
    suite->named = true;
}

static struct log_suite *open_suite(struct log *log, struct alz_str path)
{
    struct log_suite *suite = calloc(1, sizeof(*suite));

    if (!suite) {
        log_out_of_memory(log);
        return NULL;
    }
    suite->parent = log->stack;
    if (suite->parent)
        suite->parent->uses++;
    suite->uses = 1;
    suite->ref = suite->top =
        alz_begin(log->out, suite->parent ? suite->parent->ref : 0, ALZ_SUITE);
    if (!suite->parent)
        log_frame(log, suite->ref);
    if (path.len) {
        log_add(log, &suite->path, path);
        name_levels(log, suite, path);
    }
    return suite;
}

void log_suite_drop(struct log *log, struct log_suite *suite)
{
    while (suite && --suite->uses == 0) {
        struct log_suite *parent = suite->parent;

        if (!suite->named)
            alz_set_text(log->out, suite->ref, ALZ_NAME, ALZ_STR(""));
        alz_end(log->out, suite->top);
        alz_text_done(&suite->path);
        free(suite);
        suite = parent;
    }
}

static void leave_group(struct log *log)
{
    struct log_suite *group = log->group;

    log->group = NULL;
    if (group)
        log_suite_drop(log, group);
}

static void pop(struct log *log)
{
    struct log_suite *suite = log->stack;

    leave_group(log);
    if (!suite)
        return;
    log->stack = suite->parent;
    log_suite_drop(log, suite);
}

struct log_suite *log_suite_use(struct log *log)
{
    struct log_suite *suite = log->stack;
    struct alz_str path = log_field(log, FIELD_SUITE);

    if (path.len) {
        if (!log->group ||
            !alz_str_equal(path, alz_text_str(&log->group->path))) {
            leave_group(log);
            log->group = open_suite(log, path);
        }
        suite = log->group;
    } else if (log->rules->late_suite) {
        if (!log->group)
            log->group = open_suite(log, path);
        suite = log->group;
    }
    if (suite)
        suite->uses++;
    return suite;
}

/* ---- events ----------------------------------------------------------- */

static size_t depth_of(const struct log_suite *suite)
{
    size_t depth = 0;

    for (; suite; suite = suite->parent)
        depth++;
    return depth;
}

static struct alz_str suite_name(struct log *log)
{
    struct alz_str name = log_field(log, FIELD_SUITE);

    return name.len ? name : log_field(log, FIELD_NAME);
}

static void enter(struct log *log, struct alz_str name, size_t indent)
{
    struct log_suite *suite;

    leave_group(log);
    if (depth_of(log->stack) >= LOG_DEPTH_MAX)
        return;
    suite = open_suite(log, name);
    if (!suite)
        return;
    suite->indent = indent;
    log->stack = suite;
}

void log_suite_start(struct log *log)
{
    size_t indent = log_field(log, FIELD_INDENT).len;

    enter(log, suite_name(log), indent);
}

static void become_suite(struct log *log, struct log_test *item)
{
    size_t indent = item->indent;
    struct alz_text name = {0};

    log_add(log, &name, alz_text_str(&item->facts[LOG_NAME]));
    log_test_cancel(log, item);
    enter(log, alz_text_str(&name), indent);
    alz_text_done(&name);
}

void log_suite_indent(struct log *log)
{
    struct alz_str indent = log_field(log, FIELD_INDENT);

    if (!indent.ptr)
        return;
    while (log->stack && log->stack->indent >= indent.len)
        pop(log);
    if (log->recent && log->recent->indent < indent.len)
        become_suite(log, log->recent);
}

/* The runner says that a suite failed: a test of it did, or it gets one. */
static void tell_verdict(struct log *log, const struct log_suite *suite)
{
    unsigned flags;
    enum alz_status status = log_status(log, &flags);

    if (log_is_bad(status))
        alz_add(log->out, suite->ref, ALZ_TOTAL, ALZ_STR("failed"),
                ALZ_STR("1"));
}

static bool end_late(struct log *log)
{
    unsigned flags;
    struct alz_str name;

    if (!log->rules->late_suite)
        return false;
    if (!log->group && log_is_bad(log_status(log, &flags)))
        log->group = open_suite(log, ALZ_STR(""));
    if (!log->group)
        return true;
    if (log->rules->late_class)
        log_tests_classify(log, log->group, suite_name(log));
    log_tests_abandon(log, log->group,
                      ALZ_STR("its suite ended before this test"));
    tell_verdict(log, log->group);
    name = suite_name(log);
    if (!log->group->named)
        name_levels(log, log->group, name);
    leave_group(log);
    return true;
}

static bool is_open(const struct log *log, struct alz_str name)
{
    for (const struct log_suite *at = log->stack; at; at = at->parent)
        if (alz_str_equal(alz_text_str(&at->path), name))
            return true;
    return false;
}

void log_suite_end(struct log *log)
{
    struct alz_str name;
    bool found;

    if (end_late(log))
        return;
    leave_group(log);
    name = suite_name(log);
    if (name.len && !is_open(log, name))
        return;
    while (log->stack) {
        name = suite_name(log);
        found =
            !name.len || alz_str_equal(name, alz_text_str(&log->stack->path));
        log_tests_abandon(log, log->stack,
                          ALZ_STR("its suite ended before this test"));
        if (found)
            tell_verdict(log, log->stack);
        pop(log);
        if (found)
            break;
    }
}

void log_suites_finish(struct log *log)
{
    leave_group(log);
    while (log->stack)
        pop(log);
}
