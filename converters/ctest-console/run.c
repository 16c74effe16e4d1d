/* run.c - tests between their start and the line after their result. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "console.h"

#include <stdlib.h>

/* In the place of a run: a test of that number was told. */
static struct console_run over;

struct console_run *console_run_find(struct console *state, uint64_t id)
{
    struct console_run *run = id < state->slot_count ? state->slots[id] : NULL;

    return run == &over ? NULL : run;
}

bool console_run_over(const struct console *state, uint64_t id)
{
    return id < state->slot_count && state->slots[id] == &over;
}

static bool reserve(struct console *state, uint64_t id)
{
    size_t count = state->slot_count ? state->slot_count : 64;
    struct console_run **slots;

    if (id < state->slot_count)
        return true;
    while (count <= id)
        count *= 2;
    slots = realloc(state->slots, count * sizeof(struct console_run *));
    if (!slots)
        return false;
    while (state->slot_count < count)
        slots[state->slot_count++] = NULL;
    state->slots = slots;
    return true;
}

/* Ready for the first attempt or for one more. */
static void reset(struct console_run *run)
{
    run->phase = CONSOLE_RUNNING;
    run->shown_live = run->head = run->said = false;
    run->verdict = NULL;
    run->flow = 0;
    run->reason_lines = 0;
    run->start_ms = run->duration_ms = CONSOLE_NO_TIME;
    alz_text_clear(&run->reason);
    alz_text_clear(&run->output);
    run->reason.max = CONSOLE_TEXT_MAX;
    run->output.max = CONSOLE_OUTPUT_MAX;
    run->name.max = CONSOLE_TEXT_MAX;
}

struct console_run *console_run_begin(struct console *state,
                                      struct alz_out *out, uint64_t id,
                                      struct alz_str name)
{
    struct console_run *run = calloc(1, sizeof(*run));

    if (!run || !reserve(state, id)) {
        free(run);
        console_out_of_memory(state, out);
        return NULL;
    }
    reset(run);
    run->id = id;
    console_add(state, out, &run->name, name);
    run->prev = state->last_run;
    if (state->last_run)
        state->last_run->next = run;
    else
        state->first = run;
    state->last_run = run;
    state->slots[id] = run;
    return run;
}

void console_run_drop(struct console *state, struct console_run *run)
{
    if (run->prev)
        run->prev->next = run->next;
    else
        state->first = run->next;
    if (run->next)
        run->next->prev = run->prev;
    else
        state->last_run = run->prev;
    if (state->held == run)
        state->held = NULL;
    if (state->current == run)
        state->current = NULL;
    state->slots[run->id] = NULL;
    alz_text_done(&run->name);
    alz_text_done(&run->reason);
    alz_text_done(&run->output);
    free(run);
}

void console_runs_done(struct console *state)
{
    while (state->first)
        console_run_drop(state, state->first);
    free(state->slots);
    state->slots = NULL;
    state->slot_count = 0;
}

/* ---- telling ------------------------------------------------------------ */

/* The name alone, whatever the verbosity: only -V shows a directory. A journal
 * knows the one that Test.xml names. */
static void begin_test(struct console *state, struct alz_out *out,
                       struct console_run *run)
{
    struct alz_str name = alz_text_str(&run->name);
    struct alz_str dir = console_journal_dir(state, name);

    if (run->ref)
        return;
    run->ref = alz_begin(out, state->suite, ALZ_TEST);
    alz_set_text(out, run->ref, ALZ_NAME, name);
    alz_text_clear(&state->scratch);
    console_add(state, out, &state->scratch, dir);
    console_add(state, out, &state->scratch, name);
    alz_set_text(out, run->ref, ALZ_FULL_NAME, alz_text_str(&state->scratch));
    console_journal_tell(state, out, run);
}

void console_run_again(struct console *state, struct alz_out *out,
                       struct console_run *run)
{
    alz_ref attempt;

    begin_test(state, out, run);
    attempt = alz_begin(out, run->ref, ALZ_TEST);
    console_tell(state, out, run, attempt);
    alz_end(out, attempt);
    run->attempts++;
    if (state->held == run)
        state->held = NULL;
    reset(run);
}

void console_run_end(struct console *state, struct alz_out *out,
                     struct console_run *run)
{
    uint64_t id = run->id;

    begin_test(state, out, run);
    console_tell(state, out, run, run->ref);
    alz_end(out, run->ref);
    state->finished++;
    state->disabled += run->verdict == &console_disabled;
    console_run_drop(state, run);
    state->slots[id] = &over;
}

/* ---- output ------------------------------------------------------------- */

/* What no longer fits is told at once, to the test itself. */
static void flow(struct console *state, struct alz_out *out,
                 struct console_run *run, struct alz_str text)
{
    if (!run->flow) {
        begin_test(state, out, run);
        run->flow = alz_begin(out, run->ref, ALZ_ATTACHMENT);
        alz_set_text(out, run->flow, ALZ_NAME, ALZ_STR("stdout"));
        alz_set_text(out, run->flow, ALZ_MEDIA_TYPE, ALZ_STR("text/plain"));
        alz_write(out, run->flow, alz_text_str(&run->output));
    }
    alz_write(out, run->flow, text);
}

static void put(struct console *state, struct alz_out *out,
                struct console_run *run, struct alz_str text)
{
    size_t before = run->output.len;

    if (!run->flow)
        console_add(state, out, &run->output, text);
    before = run->flow ? 0 : run->output.len - before;
    if (run->flow || run->output.full)
        flow(state, out, run, alz_str_from_offset(text, before));
}

void console_run_output(struct console *state, struct alz_out *out,
                        struct console_run *run, struct alz_str line)
{
    run->said |= alz_str_trim(line).len > 0;
    if (!run->said && !run->output.len && !line.len)
        return; /* blank lines at the start */
    put(state, out, run, line);
    put(state, out, run, ALZ_STR("\n"));
}
