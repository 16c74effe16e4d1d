/* skip.c - passes over lines that no rule takes. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "log.h"

#include <stdlib.h>

int log_skip_init(struct log *log)
{
    const struct log_rules *rules = log->rules;
    const uint32_t all = UINT32_MAX;

    log->scan = calloc(1, sizeof(*log->scan));
    if (!log->scan)
        return -1;
    for (size_t i = 0; i < rules->rule_count; i++)
        if (!rules->rules[i].inside)
            log_scan_add(log->scan, &rules->rules[i].match,
                         rules->rules[i].states ? rules->rules[i].states : all,
                         !rules->prefix.code);
    if (!rules->keep_ansi) /* escapes hide what a line holds */
        log_scan_add_text(log->scan, ALZ_STR("\033"), all);
    if (rules->prefix.code)
        log_groups_find(&rules->prefix, ALZ_STR("timestamp"), &log->stamp);
    log->counts_days =
        log->stamp.count && !log_time_style_has_day(&rules->time);
    return 0;
}

/* Who tries rules wants to see every line. */
static bool can_skip(const struct log *log)
{
    return !log->explain && !log->in_sample && !log->block.rule &&
           !log->no_memory;
}

/* Lines may be output of the current test; and where times name no day, one
 * behind midnight must not be missed. */
static bool are_unheard(const struct log *log)
{
    return !log->counts_days && !(log->rules->unmatched_output && log->current);
}

/* The first empty ones are none; take_unmatched adds the last end. */
static void leave_whole(struct log *log, struct alz_str lines)
{
    while (lines.len > 1 && *lines.ptr == '\n' &&
           !log->current->facts[LOG_STDOUT].len)
        lines = alz_str_from_offset(lines, 1);
    lines.len--;
    log_take_unmatched(log, lines);
}

static void leave_line(struct log *log, struct alz_str text)
{
    if (text.len && text.ptr[text.len - 1] == '\r')
        text.len--;
    log_take_unmatched(log, log_cut_prefix(log, log_prepare(log, text)));
}

static void leave(struct log *log, struct alz_str lines)
{
    bool prepared, whole;
    struct alz_str line;

    if (are_unheard(log) || !lines.len)
        return;
    prepared = log_is_prepared(log, lines);
    whole = prepared && !log_regex_is_in(&log->rules->prefix, lines);
    if (whole && log->current)
        leave_whole(log, lines);
    while (!whole && lines.len && alz_str_split(&lines, '\n', &line))
        if (prepared)
            log_take_unmatched(log, log_cut_prefix(log, line));
        else
            leave_line(log, line);
}

size_t log_skip(void *state, struct alz_str lines, bool again)
{
    struct log *log = state;
    size_t len;

    if (!again)
        log_scan_forget(log->scan);
    if (!can_skip(log))
        return 0;
    len = log_scan_find(log->scan, log->state, lines);
    leave(log, (struct alz_str){lines.ptr, len});
    log->found = len < lines.len;
    return len;
}

bool log_skip_line(struct log *log, struct alz_str text)
{
    bool found = log->found;

    log->found = false;
    if (found || !can_skip(log) ||
        log_scan_may_match(log->scan, log->state, text))
        return false;
    if (!are_unheard(log))
        leave_line(log, text);
    return true;
}
