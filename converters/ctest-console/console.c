/* console.c - the converter of CTest's console: descriptor, rows, life. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "console.h"

static const struct alz_diag memory = {ALZ_ERROR, "ctest-console/memory",
                                       "out of memory", 70};
static const struct alz_diag foreign = {ALZ_ERROR, "ctest-console/foreign",
                                        "no line of CTest in this input", 3};

void console_out_of_memory(struct console *state, struct alz_out *out)
{
    if (!state->no_memory)
        alz_report(out, &memory, ALZ_STR(""));
    state->no_memory = true;
}

/* Full by its ceiling is cut, full below it is out of memory. */
void console_add(struct console *state, struct alz_out *out,
                 struct alz_text *text, struct alz_str bytes)
{
    if (!text->max)
        text->max = CONSOLE_TEXT_MAX;
    alz_text_add(text, bytes);
    if (text->full && text->len < text->max)
        console_out_of_memory(state, out);
}

static const struct alz_line_row rows[] = {
    {"LastTest.log",              console_take_log     },
    {"colours",                   console_take_colours },
    {"reason of several lines",   console_take_reason  },
    {"numbered output of a test", console_take_output  },
    {"progress display",          console_take_progress},
    {"test started",              console_take_start   },
    {"test result",               console_take_result  },
    {"CTest started",             console_take_project },
    {"summary",                   console_take_summary },
    {"list of the summary",       console_take_listed  },
    {"no run",                    console_take_instead },
    {"output of a test",          console_take_text    },
    {NULL,                        NULL                 },
};

static int start(void *ctx, struct alz_out *out, const struct alz_input *in)
{
    struct console *state = ctx;

    (void)out;
    state->in = in;
    state->plain.max = state->scratch.max = 2 * CONSOLE_OUTPUT_MAX;
    return 0;
}

/* Another attempt would have been started at once. */
static void idle(void *ctx, struct alz_out *out)
{
    struct console *state = ctx;

    if (state->log.part == CONSOLE_LOG_OFF && state->held &&
        state->held->phase == CONSOLE_FINISHED)
        console_release(state, out);
}

static void finish(void *ctx, struct alz_out *out, enum alz_ending ending)
{
    struct console *state = ctx;

    if (state->begun)
        console_project_end(state, out);
    if (ending == ALZ_COMPLETE && !state->seen)
        alz_report(out, &foreign, ALZ_STR(""));
}

static void done(void *ctx)
{
    struct console *state = ctx;

    console_runs_done(state);
    console_journal_done(&state->journal);
    alz_text_done(&state->log.remark);
    alz_text_done(&state->plain);
    alz_text_done(&state->scratch);
}

const struct alz_converter alz_converter_ctest_console = {
    .abi = ALZ_CONVERTER_ABI,
    .name = "ctest-console",
    .title = "CTest's console output, and LastTest.log",
    .reader = ALZ_READ_LINES,
    .table = rows,
    .state_size = sizeof(struct console),
    .probe = console_probe,
    .start = start,
    .finish = finish,
    .idle = idle,
    .done = done,
};
