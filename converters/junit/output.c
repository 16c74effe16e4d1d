/* output.c - what tests and suites printed. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "junit.h"

#include <stdlib.h>

static bool blank(struct alz_str text)
{
    return alz_str_trim(text).len == 0;
}

/* ---- to the attachment -------------------------------------------------- */

static alz_ref attachment_begin(struct alz_out *out, alz_ref owner, bool err)
{
    alz_ref ref = alz_begin(out, owner, ALZ_ATTACHMENT);

    alz_set_text(out, ref, ALZ_NAME, alz_str_from(err ? "stderr" : "stdout"));
    alz_set_text(out, ref, ALZ_MEDIA_TYPE, ALZ_STR("text/plain"));
    return ref;
}

/* The node of an attempt that has an output too big to hold back. */
static alz_ref record_node(struct junit *state, struct alz_out *out,
                           struct junit_record *record)
{
    if (!record->ref)
        record->ref = alz_begin(out, state->test.ref, ALZ_TEST);
    return record->ref;
}

static void start_flowing(struct junit *state, struct alz_out *out)
{
    struct junit_output *output = &state->output;

    if (output->record)
        output->owner = record_node(state, out, output->record);
    output->attachment = attachment_begin(out, output->owner, output->err);
    alz_write(out, output->attachment, alz_text_str(&output->held));
    alz_text_clear(&output->held);
}

static void flow(struct junit *state, struct alz_out *out, struct alz_str bytes)
{
    struct junit_output *output = &state->output;

    if (!bytes.len)
        return;
    if (!output->attachment && output->held.len + bytes.len > JUNIT_PARK_MAX)
        start_flowing(state, out);
    if (output->attachment)
        alz_write(out, output->attachment, bytes);
    else
        junit_put(state, &output->held, bytes);
}

/* Whole lines: their characters are mended on the way. */
static void flow_lines(struct junit *state, struct alz_out *out,
                       struct alz_str lines)
{
    struct alz_text *mended = &state->scratch[0];

    if (!lines.len)
        return;
    alz_text_clear(mended);
    mended->max = 2 * JUNIT_TRACE_MAX;
    junit_repair(state, lines, mended);
    flow(state, out, alz_text_str(mended));
}

/* ---- lines -------------------------------------------------------------- */

static bool is_marker(struct junit *state, struct alz_out *out,
                      struct alz_str line)
{
    junit_dialect_see_line(state, line);
    return junit_marker_take(state, out, &state->output, line);
}

/* The line that the piece before left unfinished, with its rest. */
static void finish_line(struct junit *state, struct alz_out *out)
{
    struct junit_output *output = &state->output;
    struct alz_str line = alz_text_str(&output->line);

    if (output->line_long || !is_marker(state, out, line))
        flow_lines(state, out, line);
    output->line_long = false;
    alz_text_clear(&output->line);
}

/* A line without an end that grows too long is no marker: it flows. */
static void keep_line(struct junit *state, struct alz_out *out,
                      struct alz_str piece)
{
    struct junit_output *output = &state->output;

    output->line.max = 2 * JUNIT_PARK_MAX;
    junit_put(state, &output->line, piece);
    if (output->line.len < JUNIT_PARK_MAX)
        return;
    flow_lines(state, out, alz_text_str(&output->line));
    alz_text_clear(&output->line);
    output->line_long = true;
}

static size_t line_length(struct alz_str text)
{
    const char *end = text.len ? memchr(text.ptr, '\n', text.len) : NULL;

    return end ? (size_t)(end - text.ptr) + 1 : 0;
}

void junit_output_text(struct junit *state, struct alz_out *out,
                       struct alz_str piece)
{
    struct junit_output *output = &state->output;
    size_t len, plain = 0;

    if (output->line.len || output->line_long) {
        len = line_length(piece);
        keep_line(state, out, len ? junit_head(piece, len) : piece);
        if (!len)
            return;
        finish_line(state, out);
        piece = alz_str_from_offset(piece, len);
    }
    /* Lines between markers flow together. */
    while ((len = line_length(alz_str_from_offset(piece, plain)))) {
        struct alz_str line =
            junit_head(alz_str_from_offset(piece, plain), len);
        plain += len;
        if (!is_marker(state, out, line))
            continue;
        flow_lines(state, out, junit_head(piece, plain - len));
        piece = alz_str_from_offset(piece, plain);
        plain = 0;
    }
    flow_lines(state, out, junit_head(piece, plain));
    piece = alz_str_from_offset(piece, plain);
    if (piece.len)
        keep_line(state, out, piece);
}

/* ---- the elements ------------------------------------------------------- */

/* Whether a suite's output is wanted is decided behind us, once its tests are
 * known. */
static void choose_owner(struct junit *state)
{
    struct junit_output *output = &state->output;
    struct junit_test *test = &state->test;
    bool flaky = state->outcome && state->outcome->kind->role == JUNIT_FLAKY;

    output->record = NULL;
    output->owner = 0;
    if (test->open)
        output->record = flaky ? &test->extra : &test->main;
    else if (state->frame)
        output->owner = state->frame->ref;
}

void junit_output_open(void *ctx, struct alz_out *out,
                       const struct alz_xml_element *element)
{
    struct junit *state = ctx;
    struct junit_output *output = &state->output;

    if (state->foreign || output->open)
        return;
    if (state->test.open)
        junit_test_decide(state, out, false);
    else
        junit_test_finish(state, out);
    output->open = true;
    output->err = alz_str_is(element->name, "system-err");
    output->held.max = 2 * JUNIT_PARK_MAX;
    choose_owner(state);
    state->outer_sink = state->sink;
    state->sink = JUNIT_SINK_OUTPUT;
}

/* Held back until the test is whole. */
static void park(struct junit *state)
{
    struct junit_output *output = &state->output;
    struct junit_parked *parked = calloc(1, sizeof(*parked));

    if (!parked) {
        junit_out_of_memory(state);
        return;
    }
    parked->err = output->err;
    parked->bytes = output->held;
    output->held = (struct alz_text){0};
    if (output->record->out_last)
        output->record->out_last->next = parked;
    else
        output->record->out_first = parked;
    output->record->out_last = parked;
    output->record->parked += parked->bytes.len;
}

static void settle(struct junit *state, struct alz_out *out)
{
    struct junit_output *output = &state->output;

    if (output->attachment) {
        alz_end(out, output->attachment);
        return;
    }
    if (blank(alz_text_str(&output->held)))
        return;
    if (output->record && output->record->parked < 4 * JUNIT_PARK_MAX) {
        park(state);
        return;
    }
    start_flowing(state, out);
    alz_end(out, output->attachment);
}

void junit_output_close(void *ctx, struct alz_out *out, struct alz_str text,
                        size_t cut)
{
    struct junit *state = ctx;
    struct junit_output *output = &state->output;

    (void)text;
    (void)cut;
    if (!output->open)
        return;
    if (output->line.len || output->line_long)
        finish_line(state, out);
    junit_marker_end(state, out, output);
    settle(state, out);
    alz_text_clear(&output->held);
    alz_text_clear(&output->line);
    output->attachment = 0;
    output->line_long = output->open = false;
    state->sink = state->outer_sink;
}

void junit_outputs_tell(struct junit *state, struct alz_out *out,
                        struct junit_record *record, alz_ref ref)
{
    (void)state;
    for (struct junit_parked *item = record->out_first; item;
         item = item->next) {
        if (blank(alz_text_str(&item->bytes)))
            continue;
        alz_ref attachment = attachment_begin(out, ref, item->err);
        alz_write(out, attachment, alz_text_str(&item->bytes));
        alz_end(out, attachment);
    }
}

void junit_output_done(struct junit_output *output)
{
    alz_text_done(&output->held);
    alz_text_done(&output->line);
    alz_text_done(&output->property_name);
    alz_text_done(&output->property_value);
}
