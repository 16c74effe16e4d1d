/* tap.c - TAP 12, 13, 14 and KTAP, as many producers write them. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "tap.h"
#include "probe.h"

/* The first row makes the line in hand, the last one takes what is left. */
static const struct alz_line_row table[] = {
    {"line",       tap_row_prepare},
    {"prove",      tap_row_prove  },
    {"version",    tap_row_version},
    {"plan",       tap_row_plan   },
    {"test point", tap_row_point  },
    {"subtest",    tap_row_subtest},
    {"comment",    tap_row_comment},
    {"pragma",     tap_row_pragma },
    {"bail out",   tap_row_bail   },
    {"yaml",       tap_row_yaml   },
    {"brace",      tap_row_brace  },
    {"glued",      tap_row_glued  },
    {"text",       tap_row_text   },
    {NULL,         NULL           },
};

static int start(void *state, struct alz_out *out, const struct alz_input *in)
{
    struct tap *tap = state;

    tap->out = out;
    tap->in = in;
    tap->output.max = TAP_OUTPUT_MAX;
    tap_point_clear(&tap->point);
    if (tap_options_read(tap, in))
        return -1;
    tap_document_begin(tap);
    return tap->no_memory ? -1 : 0;
}

/* Nobody's test point: what the input begins with says what it is instead. */
static void report_no_tap(struct tap *tap, enum alz_ending ending)
{
    if (tap->any_tap || ending == ALZ_INTERRUPTED || tap->no_memory)
        return;
    tap_report(tap, TAP_NO_TAP, alz_text_str(&tap->first_line));
}

static void finish(void *state, struct alz_out *out, enum alz_ending ending)
{
    struct tap *tap = state;

    tap->out = out;
    tap_document_end(tap, ending);
    report_no_tap(tap, ending);
    if (tap->unnamed > 2 && tap->unnamed > tap->points / 10 * 3)
        tap_report(tap, TAP_UNNAMED_MANY, ALZ_STR(""));
}

/* Nothing came for a while: what is complete may be told. YAML that has begun
 * is not, nor is a point whose subtest follows. */
static void idle(void *state, struct alz_out *out)
{
    struct tap *tap = state;

    tap->out = out;
    if (tap->point.yaml_state != TAP_YAML_INSIDE && !tap->no_memory)
        tap_point_flush(tap);
}

static void done(void *state)
{
    struct tap *tap = state;
    struct alz_text *texts[] = {
        &tap->prefix.shape, &tap->clean,     &tap->document, &tap->output,
        &tap->bail_reason,  &tap->next_head, &tap->exit,     &tap->first_line,
    };

    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
        alz_text_done(texts[i]);
    for (size_t i = 0; i < sizeof(tap->scratch) / sizeof(tap->scratch[0]); i++)
        alz_text_done(&tap->scratch[i]);
    for (size_t i = 0; i < TAP_DEPTH_MAX; i++)
        tap_level_done(tap->levels[i]);
    tap_point_done(&tap->point);
    tap_detail_done(&tap->detail);
}

const struct alz_converter alz_converter_tap = {
    .abi = ALZ_CONVERTER_ABI,
    .name = "tap",
    .title = "TAP 12-14 and KTAP, as many runners print it",
    .reader = ALZ_READ_LINES,
    .table = table,
    .state_size = sizeof(struct tap),
    .probe = tap_probe,
    .start = start,
    .finish = finish,
    .idle = idle,
    .done = done,
    .options = tap_options,
};
