/* heads.c - "# name" before the points of a test, as tape writes it. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "tap.h"

/* Only tape's shape makes names of comments: a version line, a comment, then
 * points with numbers and without dashes, and the plan at the end. */
static bool may_be_head(const struct tap *tap)
{
    return tap->version > 0 && tap->heads != TAP_HEADS_NO && tap->depth == 1 &&
           tap->line.indent == 0 && !tap->levels[0]->plan.said && !tap->ktap &&
           !tap->bailed;
}

/* A comment that names nothing after all is output. */
static void drop_head(struct tap *tap)
{
    if (tap->next_head.len)
        tap_output_add(tap, alz_text_str(&tap->next_head));
    alz_text_clear(&tap->next_head);
}

/* A test that tape skips has a head and no points. */
static void tell_skipped(struct tap *tap, struct alz_str name)
{
    struct tap_level *level = tap->levels[0];
    alz_ref parent, ref;

    tap_point_flush(tap);
    tap_head_end(tap, level);
    parent = tap_level_node(tap, 0);
    tap_tally_add(tap, &level->tally, ALZ_SKIPPED, name, ALZ_STR(""));
    if (tap->no_memory)
        return;
    ref = alz_begin(tap->out, parent, tap_kind_below(level->kind));
    alz_set_text(tap->out, ref, ALZ_NAME, name);
    alz_set_status(tap->out, ref, ALZ_SKIPPED, 0);
    tap_tell_origin(tap, ref);
    alz_end(tap->out, ref);
}

bool tap_head_take(struct tap *tap, struct alz_str comment)
{
    comment = alz_str_trim(comment);
    if (!may_be_head(tap) || comment.len == 0)
        return false;
    drop_head(tap);
    if (tap->heads == TAP_HEADS_YES && alz_str_starts(comment, "SKIP ")) {
        tell_skipped(tap, alz_str_from_offset(comment, 5));
        return true;
    }
    if (alz_str_starts(comment, "TODO "))
        comment = alz_str_from_offset(comment, 5);
    tap_set(tap, &tap->next_head, comment);
    return true;
}

static bool is_tape(const struct tap *tap, const struct tap_point *point)
{
    return tap->next_head.len && tap->levels[0]->count.points == 1 &&
           !point->dashed && tap->line.point.numbered &&
           !tap->levels[0]->plan.said && tap->depth == 1 &&
           !alz_str_equal(alz_text_str(&tap->next_head),
                          alz_text_str(&point->name));
}

void tap_head_use(struct tap *tap, struct tap_point *point)
{
    struct tap_level *level = tap->levels[0];

    if (point->at > 0 || point->head.len)
        return;
    if (tap->heads == TAP_HEADS_UNKNOWN)
        tap->heads = is_tape(tap, point) ? TAP_HEADS_YES : TAP_HEADS_NO;
    if (tap->heads == TAP_HEADS_NO)
        drop_head(tap);
    else if (tap->next_head.len)
        tap_set(tap, &point->head, alz_text_str(&tap->next_head));
    else
        tap_set(tap, &point->head, alz_text_str(&level->head));
    alz_text_clear(&tap->next_head);
}
