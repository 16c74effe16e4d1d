/* stream.c - the console stream: starts, results and what is printed. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "console.h"

/* ---- releasing ---------------------------------------------------------- */

void console_release(struct console *state, struct alz_out *out)
{
    if (state->held)
        console_run_end(state, out, state->held);
}

/* ---- start -------------------------------------------------------------- */

static void begin(struct console *state, struct alz_out *out,
                  const struct console_start *start, int64_t seen_ms)
{
    struct console_run *run = console_run_find(state, start->id);

    if (run && run == state->held) {
        console_run_again(state, out, run);
    } else {
        console_release(state, out);
        if (run) /* it came to nothing: a line of an output, perhaps */
            console_run_drop(state, run);
        run = console_run_begin(state, out, start->id, start->name);
    }
    if (run && seen_ms)
        run->start_ms = seen_ms;
    state->current = run;
}

/* Tests print such lines too, when they run CTest: all Start lines of one
 * CTest have the same columns, and no test is started again once it is over. */
static bool is_start(const struct console *state,
                     const struct console_start *start)
{
    if (state->complete)
        return true;
    return (!state->indent ||
            (start->indent == state->indent && start->width == state->width)) &&
           !console_run_over(state, start->id);
}

bool console_take_start(void *ctx, struct alz_out *out,
                        const struct alz_line *line)
{
    struct console *state = ctx;
    struct console_start start;

    if (!console_scan_start(alz_text_str(&state->plain), &start) ||
        line->unterminated || !is_start(state, &start))
        return false;
    console_project_open(state, out);
    state->indent = start.indent;
    state->width = start.width;
    begin(state, out, &start, line->seen_ms);
    return true;
}

/* ---- result ------------------------------------------------------------- */

static struct alz_str skip_dots(struct alz_str text, size_t *ret_count)
{
    size_t len = 0;

    while (len < text.len && text.ptr[len] == '.')
        len++;
    *ret_count = len;
    return alz_str_from_offset(text, len);
}

/* Behind a name we know: it may hold dots itself. */
static bool behind_name(struct alz_str rest, struct alz_str name,
                        struct alz_str *ret)
{
    size_t dots;

    if (rest.len < name.len ||
        (name.len && memcmp(rest.ptr, name.ptr, name.len) != 0))
        return false;
    rest = alz_str_from_offset(rest, name.len);
    if (rest.len && *rest.ptr == ' ')
        rest = alz_str_from_offset(rest, 1);
    *ret = skip_dots(rest, &dots);
    return dots > 1;
}

/* The start of the test was not seen: its name ends at the dots. */
static bool behind_dots(struct alz_str rest, struct alz_str *ret_name,
                        struct alz_str *ret)
{
    size_t at = alz_str_find(rest, "..."), dots;

    if (at == SIZE_MAX || at == 0)
        return false;
    *ret_name = alz_str_trim((struct alz_str){rest.ptr, at});
    *ret = skip_dots(alz_str_from_offset(rest, at), &dots);
    return ret_name->len > 0;
}

static void set_reason(struct console *state, struct alz_out *out,
                       struct console_run *run, struct alz_str text)
{
    console_add(state, out, &run->reason, text);
    run->phase = CONSOLE_FINISHED;
}

/* The reason may span lines; the seconds are at its end. */
static void finish(struct console *state, struct alz_out *out,
                   struct console_run *run, struct alz_str reason)
{
    bool whole = console_take_seconds(&reason, &run->duration_ms);

    set_reason(state, out, run, whole ? alz_str_trim(reason) : reason);
    if (!whole)
        run->phase = CONSOLE_REASON;
    run->head = false;
    state->held = state->current = run;
}

/* A result without a start: in a stream without any, the next one. */
static bool expected(const struct console *state,
                     const struct console_result *result)
{
    if (result->total && state->total && result->total != state->total)
        return false;
    return !state->indent && result->total &&
           !console_run_over(state, result->id) &&
           (!state->anything || result->number == state->last + 1);
}

static struct console_run *run_of(struct console *state, struct alz_out *out,
                                  const struct console_result *result,
                                  struct alz_str *ret_verdict)
{
    struct console_run *run = console_run_find(state, result->id);
    struct alz_str name;

    if (run)
        return run->phase == CONSOLE_RUNNING &&
                       behind_name(result->rest, alz_text_str(&run->name),
                                   ret_verdict)
                   ? run
                   : NULL;
    if (!expected(state, result) ||
        !behind_dots(result->rest, &name, ret_verdict))
        return NULL;
    console_release(state, out);
    console_project_open(state, out);
    return console_run_begin(state, out, result->id, name);
}

bool console_take_result(void *ctx, struct alz_out *out,
                         const struct alz_line *line)
{
    struct console *state = ctx;
    struct console_result result;
    struct console_run *run;
    struct alz_str verdict_text, before, reason;
    const struct console_verdict *verdict;

    (void)line;
    if (!console_scan_result(alz_text_str(&state->plain), &result))
        return false;
    run = run_of(state, out, &result, &verdict_text);
    if (!run)
        return false;
    verdict = console_verdict_read(verdict_text, &before, &reason);
    if (!verdict)
        return false;
    if (state->held != run)
        console_release(state, out);
    run->verdict = verdict;
    console_add(state, out, &run->reason, before);
    if (result.total && !state->anything)
        state->from_first = result.number == 1;
    state->anything = true;
    if (result.total) {
        state->total = result.total;
        state->last = result.number;
    }
    finish(state, out, run, reason);
    return true;
}

bool console_take_reason(void *ctx, struct alz_out *out,
                         const struct alz_line *line)
{
    struct console *state = ctx;
    struct console_run *run = state->held;
    struct alz_str text = alz_text_str(&state->plain);

    (void)line;
    if (!run || run->phase != CONSOLE_REASON)
        return false;
    console_add(state, out, &run->reason, ALZ_STR("\n"));
    if (console_take_seconds(&text, &run->duration_ms) ||
        ++run->reason_lines == CONSOLE_REASON_LINES)
        set_reason(state, out, run, text);
    else
        console_add(state, out, &run->reason, text);
    return true;
}

/* ---- what tests print --------------------------------------------------- */

/* The head that -V prints, with the command and the environment of the test:
 * both may hold secrets. The time-out is its last line. */
static bool take_head(struct console *state, struct console_run *run,
                      struct alz_str text)
{
    if (!run->shown_live && !alz_str_starts(text, "Test command: "))
        return false;
    if (!run->shown_live)
        run->head = run->shown_live = state->verbose = true;
    else if (!run->head)
        return false;
    if (alz_str_starts(text, "Test timeout computed to be: "))
        run->head = false;
    return true;
}

bool console_take_output(void *ctx, struct alz_out *out,
                         const struct alz_line *line)
{
    struct console *state = ctx;
    struct console_run *run;
    struct alz_str text;
    uint64_t id;

    if (!console_scan_output(line->text, &id, &text))
        return false;
    run = console_run_find(state, id);
    if (!run || run->phase != CONSOLE_RUNNING)
        return false;
    if (take_head(state, run, text))
        return true;
    if (!run->shown_live)
        return false;
    console_run_output(state, out, run, text);
    return true;
}

/* With -V all output is numbered: what is not belongs to a command of several
 * lines, or is CTest's own, unless it says why a test cannot run. */
static bool is_output(const struct console *state,
                      const struct console_run *run)
{
    return !run->shown_live &&
           (!state->verbose || run->phase == CONSOLE_RUNNING);
}

/* Whatever has no number: of the test that was named last. */
bool console_take_text(void *ctx, struct alz_out *out,
                       const struct alz_line *line)
{
    struct console *state = ctx;
    struct console_run *run = state->current;

    if (!run)
        state->verbose |= alz_str_is(alz_text_str(&state->plain),
                                     "Constructing a list of tests");
    else if (!state->complete && is_output(state, run))
        console_run_output(state, out, run, line->text);
    return true;
}

/* ---- progress on a terminal --------------------------------------------- */

/* "2/9 Test #3: name" on its own: it runs now, and who passes is never said.
 * The lists at the end tell who did not. */
static void begin_progress(struct console *state, struct alz_out *out,
                           const struct console_result *result, int64_t seen_ms)
{
    const struct console_start start = {.id = result->id,
                                        .name = alz_str_trim(result->rest)};
    struct console_run *run = console_run_find(state, result->id);

    if (run || console_run_over(state, result->id) || !result->total)
        return;
    console_project_open(state, out);
    begin(state, out, &start, seen_ms);
    state->anything = state->from_first = state->progress = true;
    state->total = result->total;
    if (state->current)
        state->current->progress = true;
}

static void set_plain(struct console *state, struct alz_out *out,
                      struct alz_str text)
{
    struct alz_str plain = alz_str_plain(text, &state->scratch);

    if (plain.ptr != text.ptr && state->scratch.full)
        console_out_of_memory(state, out);
    alz_text_clear(&state->plain);
    console_add(state, out, &state->plain, plain);
}

/* Whether the piece is a line of CTest. */
static bool take_piece(struct console *state, struct alz_out *out,
                       struct alz_str text, int64_t seen_ms)
{
    const struct alz_line line = {.text = text, .seen_ms = seen_ms};
    struct console_result result;

    set_plain(state, out, text);
    if (console_take_result(state, out, &line))
        return true;
    if (!console_scan_result(alz_text_str(&state->plain), &result) ||
        !result.total)
        return false;
    begin_progress(state, out, &result, seen_ms);
    return true;
}

/* Where the display is drawn anew: at CR and at "erase to the end". */
static size_t redrawn_at(struct alz_str text, size_t *ret_len)
{
    size_t cr = alz_str_find(text, "\r"), erase = alz_str_find(text, "\x1b[K");
    size_t at = cr < erase ? cr : erase;

    *ret_len = cr < erase ? 1 : 3;
    return at < text.len ? at : text.len;
}

bool console_take_progress(void *ctx, struct alz_out *out,
                           const struct alz_line *line)
{
    struct console *state = ctx;
    struct alz_str rest = line->text;
    size_t len, at = redrawn_at(rest, &len);
    bool taken = false;

    if (at == rest.len)
        return false;
    while (rest.len) {
        at = redrawn_at(rest, &len);
        taken |= take_piece(state, out, (struct alz_str){rest.ptr, at},
                            line->seen_ms);
        rest = alz_str_from_offset(rest, at + len);
    }
    if (!taken)
        console_take_colours(state, out, line);
    return taken;
}

/* ---- colours ------------------------------------------------------------ */

/* The rows below read the line without them. */
bool console_take_colours(void *ctx, struct alz_out *out,
                          const struct alz_line *line)
{
    struct console *state = ctx;

    set_plain(state, out, line->text);
    return false;
}
