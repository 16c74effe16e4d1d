/* console.c - the converter of GoogleTest's console: descriptor, rows, life. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "console.h"

static const struct alz_diag memory = {ALZ_ERROR, "gtest-console/memory",
                                       "out of memory", 70};

static const struct alz_line_row rows[] = {
    {"marks and colours",    gtcon_take_plain   },
    {"test result",          gtcon_take_result  },
    {"test started",         gtcon_take_run     },
    {"run started or ended", gtcon_take_bar     },
    {"suite, environment",   gtcon_take_rule    },
    {"disabled test",        gtcon_take_disabled},
    {"summary",              gtcon_take_summary },
    {"next iteration",       gtcon_take_repeat  },
    {"next shard",           gtcon_take_shard   },
    {"failure, reason",      gtcon_take_block   },
    {"output",               gtcon_take_text    },
    {NULL,                   NULL               },
};

static int start(void *ctx, struct alz_out *out, const struct alz_input *in)
{
    struct gtcon *state = ctx;

    (void)out;
    state->in = in;
    state->flavour = gtcon_flavours;
    while (state->flavour->header)
        state->flavour++;
    state->iteration = 1;
    return 0;
}

static void finish(void *ctx, struct alz_out *out, enum alz_ending ending)
{
    struct gtcon *state = ctx;

    gtcon_run_finish(state, out, ending);
    if (state->room.starved)
        alz_report(out, &memory, ALZ_STR(""));
}

static void done(void *ctx)
{
    struct gtcon *state = ctx;

    gtcon_tests_done(state);
    gtcon_suites_done(state);
    gtcon_part_done(&state->outside);
    alz_text_done(&state->why);
    alz_text_done(&state->block_location);
    alz_text_done(&state->block_body);
    alz_text_done(&state->failed.text);
    alz_text_done(&state->failed_suites.text);
    alz_text_done(&state->shared.text);
    alz_text_done(&state->name);
    gtest_room_done(&state->room);
}

const struct alz_converter alz_converter_gtest_console = {
    .abi = ALZ_CONVERTER_ABI,
    .name = "gtest-console",
    .title = "GoogleTest's console output",
    .reader = ALZ_READ_LINES,
    .table = rows,
    .state_size = sizeof(struct gtcon),
    .probe = gtcon_probe,
    .start = start,
    .finish = finish,
    .done = done,
};
