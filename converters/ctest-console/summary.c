/* summary.c - where a CTest begins, what it says at its end. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "console.h"

#include <stdio.h>

static const struct alz_diag cut_off = {
    ALZ_ERROR, "ctest-console/cut",
    "the output ends before CTest's summary: tests may be missing", 4};
static const struct alz_diag no_tests = {ALZ_WARNING, "ctest-console/no-tests",
                                         "CTest found no tests", 0};
static const struct alz_diag only_list = {
    ALZ_ERROR, "ctest-console/list",
    "this is a list of tests, none of them has run; --list takes the one of "
    "ctest --show-only=json-v1",
    3};

/* ---- one CTest ---------------------------------------------------------- */

static void forget(struct console *state)
{
    console_runs_done(state);
    state->suite = 0;
    state->begun = state->complete = false;
    state->anything = state->from_first = state->progress = false;
    state->verbose = false;
    state->indent = state->width = 0;
    state->total = state->last = 0;
    state->finished = state->disabled = 0;
    state->said_failed = state->said_total = state->listed_failed = 0;
}

void console_project_open(struct console *state, struct alz_out *out)
{
    if (state->complete)
        console_project_end(state, out);
    state->seen = state->begun = true;
    if (state->suite)
        return;
    state->suite = alz_begin(out, 0, ALZ_SUITE);
    alz_set_text(out, state->suite, ALZ_NAME, ALZ_STR(""));
    alz_set_text(out, state->suite, ALZ_FRAMEWORK, ALZ_STR("ctest"));
}

/* The list of failures is the last one: then the lists are whole. */
static bool all_failures_named(const struct console *state)
{
    return state->listed_failed >= state->said_failed;
}

/* What an open run came to, now that nothing follows. NULL: it was none. */
static const struct console_verdict *last_word(const struct console *state,
                                               const struct console_run *run)
{
    if (run->verdict && run->phase != CONSOLE_RUNNING)
        return run->verdict;
    if (!state->complete)
        return &console_interrupted;
    if (run->progress && all_failures_named(state))
        return &console_passed; /* in none of the lists at the end */
    return !run->attempts &&
                   state->finished - state->disabled >= state->said_total
               ? NULL
               : &console_unfinished;
}

static void end_runs(struct console *state, struct alz_out *out)
{
    while (state->first) {
        struct console_run *run = state->first;

        run->verdict = last_word(state, run);
        if (run->verdict)
            console_run_end(state, out, run);
        else
            console_run_drop(state, run);
    }
}

static void declare(const struct console *state, struct alz_out *out,
                    const char *name, uint64_t number)
{
    char text[24];

    snprintf(text, sizeof(text), "%llu", (unsigned long long)number);
    alz_add(out, state->suite, ALZ_TOTAL, alz_str_from(name),
            alz_str_from(text));
}

/* CTest does not count disabled tests in "out of". LastTest.log has no
 * summary, only an end. */
static void declare_totals(const struct console *state, struct alz_out *out)
{
    if (state->said_total || state->said_failed) {
        declare(state, out, "tests", state->said_total + state->disabled);
        declare(state, out, "failed", state->said_failed);
    } else if (state->total) {
        declare(state, out, "tests", state->total);
    }
}

void console_project_end(struct console *state, struct alz_out *out)
{
    console_release(state, out);
    end_runs(state, out);
    if (state->begun &&
        (!state->complete || (state->progress && !all_failures_named(state))))
        alz_report(out, &cut_off, ALZ_STR(""));
    if (state->suite) {
        declare_totals(state, out);
        alz_end(out, state->suite);
    }
    forget(state);
}

/* ---- lines -------------------------------------------------------------- */

/* A CTest that a test runs prints this line, too: then a result was just seen
 * and its output follows. */
bool console_take_project(void *ctx, struct alz_out *out,
                          const struct alz_line *line)
{
    struct console *state = ctx;

    (void)line;
    if (!alz_str_starts(alz_text_str(&state->plain), "Test project ") ||
        (!state->complete && (state->held || state->first)))
        return false;
    console_project_end(state, out);
    state->seen = state->begun = true;
    return true;
}

/* The same for its summary, which counts other tests. */
static bool is_summary(const struct console *state, uint64_t total)
{
    const struct console_run *held = state->held;
    uint64_t counted = state->finished - state->disabled;

    if (!held || state->progress || held->shown_live ||
        held->verdict->status > ALZ_BROKEN || !state->from_first)
        return true;
    return total == counted + 1;
}

bool console_take_summary(void *ctx, struct alz_out *out,
                          const struct alz_line *line)
{
    struct console *state = ctx;
    uint64_t failed, total;

    (void)line;
    if (state->complete ||
        !console_scan_summary(alz_text_str(&state->plain), &failed, &total) ||
        !is_summary(state, total))
        return false;
    console_release(state, out);
    console_project_open(state, out);
    state->complete = true;
    state->current = NULL;
    state->said_failed = failed;
    state->said_total = total;
    return true;
}

/* A test of the lists that nothing else told of is told from there: the
 * stream was cut at its start, or showed progress only. */
bool console_take_listed(void *ctx, struct alz_out *out,
                         const struct alz_line *line)
{
    struct console *state = ctx;
    struct console_run *run;
    struct alz_str name, word;
    uint64_t id;

    (void)line;
    if (!state->complete ||
        !console_scan_listed(alz_text_str(&state->plain), &id, &name, &word))
        return false;
    state->listed_failed += console_verdict_listed(word)->status <= ALZ_BROKEN;
    run = console_run_find(state, id);
    if (!run && !console_run_over(state, id))
        run = console_run_begin(state, out, id, name);
    if (!run || run->verdict)
        return true;
    run->verdict = console_verdict_listed(word);
    run->phase = CONSOLE_FINISHED;
    if (!run->verdict->word[0])
        console_add(state, out, &run->reason, word);
    return true;
}

/* What CTest prints instead of a run. */
static const struct instead {
    const char *line;
    const struct alz_diag *diag;
} insteads[] = {
    {"No tests were found!!!", &no_tests },
    {"Total Tests: ",          &only_list},
    {"All Labels:",            &only_list},
};

bool console_take_instead(void *ctx, struct alz_out *out,
                          const struct alz_line *line)
{
    struct console *state = ctx;

    (void)line;
    if (!state->begun || state->suite)
        return false;
    for (size_t i = 0; i < sizeof(insteads) / sizeof(*insteads); i++) {
        if (!alz_str_starts(alz_text_str(&state->plain), insteads[i].line))
            continue;
        alz_report(out, insteads[i].diag, ALZ_STR(""));
        state->complete = true;
        return true;
    }
    return false;
}
