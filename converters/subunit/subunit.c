/* subunit.c - the converter of subunit, version 1: descriptor, life. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "subunit.h"

enum { TEXT_MAX = 2 * 1024 * 1024 };

static const struct alz_diag memory = {ALZ_ERROR, "subunit/memory",
                                       "out of memory", 70};
static const struct alz_diag empty = {ALZ_ERROR, "subunit/empty",
                                      "no test of subunit is in this input", 3};

void subunit_append(struct subunit *state, struct alz_text *text,
                    struct alz_str more)
{
    if (text->max == 0)
        text->max = TEXT_MAX;
    alz_text_add(text, more);
    state->starved |= text->full && text->len < text->max;
}

static int start(void *ctx, struct alz_out *out, const struct alz_input *in)
{
    struct subunit *state = ctx;

    (void)out;
    state->in = in;
    state->now_ms = SUBUNIT_NO_TIME;
    return 0;
}

static void tell_total(struct subunit *state, struct alz_out *out)
{
    char digits[24];
    size_t at = sizeof digits;
    uint64_t left = state->total;

    if (!state->totalled || state->nested)
        return;
    do {
        digits[--at] = (char)('0' + left % 10);
        left /= 10;
    } while (left > 0);
    alz_add(out, 0, ALZ_TOTAL, ALZ_STR("tests"),
            (struct alz_str){digits + at, sizeof digits - at});
}

static void finish(void *ctx, struct alz_out *out, enum alz_ending ending)
{
    struct subunit *state = ctx;

    if (!state->starved) {
        subunit_test_cut(state, out);
        tell_total(state, out);
    }
    if (!state->seen && ending == ALZ_COMPLETE)
        alz_report(out, &empty, ALZ_STR(""));
    if (state->starved)
        alz_report(out, &memory, ALZ_STR(""));
}

static void done(void *ctx)
{
    struct subunit *state = ctx;

    alz_text_done(&state->name);
    alz_text_done(&state->text);
    alz_text_done(&state->type);
    alz_map_done(&state->tags);
}

static const struct alz_line_row rows[] = {
    {"details",  subunit_take_details },
    {"test",     subunit_take_test    },
    {"outcome",  subunit_take_outcome },
    {"time",     subunit_take_time    },
    {"tags",     subunit_take_tags    },
    {"progress", subunit_take_progress},
    {"output",   subunit_take_output  },
    {NULL,       NULL                 },
};

const struct alz_converter alz_converter_subunit = {
    .abi = ALZ_CONVERTER_ABI,
    .name = "subunit",
    .title = "subunit, version 1 (text)",
    .reader = ALZ_READ_LINES,
    .table = rows,
    .state_size = sizeof(struct subunit),
    .probe = subunit_probe,
    .start = start,
    .finish = finish,
    .done = done,
};
