/* part.c - output and failures of a test, of a suite, of neither. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "console.h"

struct gtcon_part *gtcon_part_now(struct gtcon *state)
{
    struct gtcon_test *test = gtcon_test_now(state);

    if (test)
        return &test->part;
    return state->suite ? &state->suite->part : &state->outside;
}

/* ---- output ----------------------------------------------------------- */

/* Keeps the end of what is printed, in whole lines. */
static void keep_tail(struct gtcon *state, struct gtcon_part *part,
                      struct alz_str line)
{
    struct alz_text *tail = &part->tail;

    if (line.len > GTCON_TAIL_MAX)
        line = alz_str_from_offset(line, line.len - GTCON_TAIL_MAX);
    if (tail->len + line.len + 1 > 2 * GTCON_TAIL_MAX) {
        size_t from =
            tail->len > GTCON_TAIL_MAX ? tail->len - GTCON_TAIL_MAX : tail->len;

        while (from < tail->len && tail->ptr[from++] != '\n')
            ;
        memmove(tail->ptr, tail->ptr + from, tail->len - from);
        tail->len -= from;
    }
    gtest_put(&state->room, tail, 4 * GTCON_TAIL_MAX, line);
    gtest_put(&state->room, tail, 4 * GTCON_TAIL_MAX, ALZ_STR("\n"));
}

static void open_output(struct alz_out *out, struct gtcon_part *part)
{
    if (part->output || !part->node)
        return;
    part->output = alz_begin(out, part->node, ALZ_ATTACHMENT);
    alz_set_text(out, part->output, ALZ_NAME, ALZ_STR("stdout"));
    alz_set_text(out, part->output, ALZ_MEDIA_TYPE, ALZ_STR("text/plain"));
}

static void put_output(struct gtcon *state, struct alz_out *out,
                       struct gtcon_part *part, struct alz_str line)
{
    if (!part->output && !alz_str_trim(line).len)
        return; /* blank lines at the start */
    if (!part->frozen)
        keep_tail(state, part, line);
    open_output(out, part);
    alz_write(out, part->output, line);
    alz_write(out, part->output, ALZ_STR("\n"));
}

void gtcon_part_line(struct gtcon *state, struct alz_out *out,
                     struct gtcon_part *part, struct alz_str line)
{
    struct alz_text *body = &state->block_body;

    if (state->block == GTCON_NO_BLOCK ||
        body->len + line.len + 1 > GTCON_BLOCK_MAX) {
        put_output(state, out, part, line);
        return;
    }
    if (body->len)
        gtest_put(&state->room, body, GTCON_BLOCK_MAX, ALZ_STR("\n"));
    gtest_put(&state->room, body, GTCON_BLOCK_MAX, line);
}

/* ---- failures --------------------------------------------------------- */

void gtcon_block_end(struct gtcon *state, struct gtcon_part *part)
{
    struct alz_str body = alz_text_str(&state->block_body);

    if (state->block == GTCON_FAILURE)
        gtest_failures_add(&part->failures, &state->room,
                           alz_text_str(&state->block_location), body);
    else if (state->block == GTCON_REASON && !part->reason.len)
        gtest_set(&state->room, &part->reason, alz_str_trim(body));
    state->block = GTCON_NO_BLOCK;
    alz_text_clear(&state->block_location);
    alz_text_clear(&state->block_body);
}

void gtcon_block_begin(struct gtcon *state, struct gtcon_part *part,
                       enum gtcon_block kind, struct alz_str location,
                       struct alz_str body)
{
    gtcon_block_end(state, part);
    state->block = kind;
    gtest_set(&state->room, &state->block_location, location);
    gtest_put(&state->room, &state->block_body, GTCON_BLOCK_MAX, body);
}

void gtcon_part_give_up(struct gtcon *state, struct alz_out *out,
                        struct gtcon_part *part)
{
    if (!gtest_failures_any(&part->failures))
        return;
    open_output(out, part);
    gtest_failures_trace(&part->failures, &state->room, out, part->output);
    gtest_failures_clear(&part->failures);
}

void gtcon_part_clear(struct gtcon_part *part)
{
    part->node = part->output = 0;
    part->frozen = false;
    alz_text_clear(&part->tail);
    alz_text_clear(&part->reason);
    gtest_failures_clear(&part->failures);
}

void gtcon_part_done(struct gtcon_part *part)
{
    alz_text_done(&part->tail);
    alz_text_done(&part->reason);
    gtest_failures_done(&part->failures);
}
