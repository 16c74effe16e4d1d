/* log.c - Testing/Temporary/LastTest.log: a block for each test. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "console.h"

/*
 * The file knows fewer words than the console: crashes and time-outs are
 * "Test Failed.", and what was skipped by its exit status, or could not run,
 * is "Test Passed.". The latter are known by having no start time; the line
 * in front of the block says why, and there is none when it was disabled.
 */

static bool take(struct alz_str *text, const char *literal)
{
    if (!alz_str_starts(*text, literal))
        return false;
    *text = alz_str_from_offset(*text, strlen(literal));
    return true;
}

/* ---- blocks ------------------------------------------------------------- */

/* "30/42 Testing: name": the number of the test, and of all. */
static bool begin_block(struct console *state, struct alz_out *out,
                        struct alz_str text)
{
    struct console_log *log = &state->log;
    struct console_run *run;
    uint64_t id, total;

    if (!console_take_number(&text, &id) || !take(&text, "/") ||
        !console_take_number(&text, &total) || !take(&text, " Testing: ") ||
        id > CONSOLE_ID_MAX)
        return false;
    run = console_run_find(state, id);
    if (run && run == state->held) {
        console_run_again(state, out, run);
    } else {
        console_release(state, out);
        if (!run) /* else it waits for this attempt */
            run = console_run_begin(state, out, id, text);
    }
    state->current = run;
    log->part = CONSOLE_LOG_HEAD;
    log->started = log->has_command = log->ruled = false;
    return true;
}

static const struct console_verdict *not_started(struct console *state,
                                                 struct alz_out *out)
{
    const struct console_log *log = &state->log;

    console_add(state, out, &state->current->reason,
                alz_text_str(&log->remark));
    if (log->remark.len || log->has_command)
        return &console_not_run;
    return &console_disabled;
}

/* "name" end time: the verdict is complete. */
static void end_block(struct console *state, struct alz_out *out)
{
    struct console_log *log = &state->log;
    struct console_run *run = state->current;

    if (run && run->verdict == &console_passed && !log->started)
        run->verdict = not_started(state, out);
    if (run && run->verdict == &console_passed &&
        alz_str_starts(alz_str_trim(alz_text_str(&run->reason)),
                       "Skip regular expression found"))
        run->verdict = &console_skipped;
    console_journal_apply(state, out, log->started);
    if (run && console_journal_goes_on(state)) {
        console_run_again(state, out, run);
    } else if (run) {
        run->phase = CONSOLE_FINISHED;
        state->held = run;
    }
    state->current = NULL;
    log->part = CONSOLE_LOG_BETWEEN;
    alz_text_clear(&log->remark);
}

/* ---- lines of a block --------------------------------------------------- */

static const struct word {
    const char *line;
    const struct console_verdict *verdict;
    bool reason_follows;
} words[] = {
    {"Test Passed.",      &console_passed, false},
    {"Test Failed.",      &console_failed, false},
    {"Test Pass Reason:", &console_passed, true },
    {"Test Fail Reason:", &console_failed, true },
};

static void between(struct console *state, struct alz_out *out,
                    struct alz_str text)
{
    struct console_log *log = &state->log;

    if (begin_block(state, out, text))
        return;
    if (alz_str_starts(text, "End testing: ")) {
        state->complete = true;
        return;
    }
    text = alz_str_trim(text);
    if (!text.len || alz_str_starts(text, "-----") ||
        alz_str_find(text, "\" time elapsed: ") != SIZE_MAX)
        return;
    alz_text_clear(&log->remark);
    console_add(state, out, &log->remark, text);
}

static void head(struct console *state, struct alz_out *out,
                 struct alz_str text)
{
    struct console_log *log = &state->log;
    size_t at = alz_str_find(text, "\" start time: ");

    (void)out;
    if (alz_str_starts(text, "Command: "))
        log->has_command = !alz_str_is(alz_str_trim(text), "Command: \"\"");
    else if (at != SIZE_MAX && *text.ptr == '"')
        log->started = alz_str_trim(alz_str_from_offset(
                                        text, at + strlen("\" start time: ")))
                           .len > 0;
    else if (alz_str_is(text, "Output:"))
        log->part = CONSOLE_LOG_OUTPUT;
}

static void output(struct console *state, struct alz_out *out,
                   struct alz_str text)
{
    struct console_log *log = &state->log;

    if (alz_str_is(text, "<end of output>"))
        log->part = CONSOLE_LOG_END;
    else if (!log->ruled && alz_str_starts(text, "-----"))
        log->ruled = true;
    else if (state->current)
        console_run_output(state, out, state->current, text);
}

static void end(struct console *state, struct alz_out *out, struct alz_str text)
{
    struct console_log *log = &state->log;
    struct console_run *run = state->current;

    if (alz_str_find(text, "\" end time: ") != SIZE_MAX)
        end_block(state, out);
    for (size_t i = 0; run && i < sizeof(words) / sizeof(*words); i++) {
        if (!alz_str_is(text, words[i].line))
            continue;
        run->verdict = words[i].verdict;
        if (words[i].reason_follows)
            log->part = CONSOLE_LOG_REASON;
    }
    if (run && take(&text, "Test time ="))
        console_take_seconds(&text, &run->duration_ms);
}

static void reason(struct console *state, struct alz_out *out,
                   struct alz_str text)
{
    if (alz_str_find(text, "\" end time: ") != SIZE_MAX) {
        end_block(state, out);
        return;
    }
    if (!state->current)
        return;
    console_add(state, out, &state->current->reason, text);
    console_add(state, out, &state->current->reason, ALZ_STR("\n"));
}

static bool begin_log(struct console *state, struct alz_out *out,
                      struct alz_str text)
{
    struct alz_instant instant;

    if (!take(&text, "Start testing: "))
        return false;
    console_project_open(state, out);
    state->log.part = CONSOLE_LOG_BETWEEN;
    if (alz_instant_parse(alz_str_trim(text), &instant))
        alz_set_time(out, state->suite, ALZ_START,
                     alz_instant_ms(&instant, ALZ_NAIVE_LOCAL, state->in));
    return true;
}

static bool begin_journal(struct console *state, struct alz_out *out,
                          struct alz_str text)
{
    if (!console_is_journal(text))
        return false;
    console_project_open(state, out);
    state->log.part = CONSOLE_LOG_JOURNAL;
    return true;
}

static void journal(struct console *state, struct alz_out *out,
                    struct alz_str text)
{
    if (!begin_log(state, out, text))
        console_journal_line(state, out, text);
}

static void (*const parts[])(struct console *, struct alz_out *,
                             struct alz_str) = {
    [CONSOLE_LOG_JOURNAL] = journal, [CONSOLE_LOG_BETWEEN] = between,
    [CONSOLE_LOG_HEAD] = head,       [CONSOLE_LOG_OUTPUT] = output,
    [CONSOLE_LOG_END] = end,         [CONSOLE_LOG_REASON] = reason,
};

/* ---- the file ----------------------------------------------------------- */

bool console_take_log(void *ctx, struct alz_out *out,
                      const struct alz_line *line)
{
    struct console *state = ctx;

    if (state->log.part == CONSOLE_LOG_OFF)
        return line->number == 1 && !line->unterminated &&
               (begin_log(state, out, line->text) ||
                begin_journal(state, out, line->text));
    if (!line->unterminated || state->log.part == CONSOLE_LOG_OUTPUT)
        parts[state->log.part](state, out, line->text);
    return true;
}
