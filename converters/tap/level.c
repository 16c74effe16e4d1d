/* level.c - the stack of a document and its open subtests. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "tap.h"

#include <stdlib.h>

/* ---- memory ----------------------------------------------------------- */

void tap_level_clear(struct tap_level *level)
{
    struct tap_level kept = *level;

    *level = (struct tap_level){
        .name = kept.name,
        .announced = kept.announced,
        .opener = kept.opener,
        .head = kept.head,
        .plan.reason = kept.plan.reason,
        .tally.first_bad = kept.tally.first_bad,
        .head_tally.first_bad = kept.head_tally.first_bad,
        .tally.worst = ALZ_STATUS_NONE,
        .head_tally.worst = ALZ_STATUS_NONE,
    };
    tap_point_clear(&level->opener);
    alz_text_clear(&level->name);
    alz_text_clear(&level->announced);
    alz_text_clear(&level->head);
    alz_text_clear(&level->plan.reason);
    alz_text_clear(&level->tally.first_bad);
    alz_text_clear(&level->head_tally.first_bad);
}

void tap_level_done(struct tap_level *level)
{
    if (!level)
        return;
    tap_point_done(&level->opener);
    alz_text_done(&level->name);
    alz_text_done(&level->announced);
    alz_text_done(&level->head);
    alz_text_done(&level->plan.reason);
    alz_text_done(&level->tally.first_bad);
    alz_text_done(&level->head_tally.first_bad);
    free(level);
}

/* ---- the stack -------------------------------------------------------- */

/* What levels are, from the outermost in. */
static const enum alz_kind kinds[][3] = {
    [TAP_LEAF] = {ALZ_SUITE, ALZ_SUITE, ALZ_SUITE},
    [TAP_GROUP] = {ALZ_SUITE, ALZ_TEST,  ALZ_STEP },
    [TAP_FILE] = {ALZ_TEST,  ALZ_STEP,  ALZ_STEP },
};

bool tap_level_push(struct tap *tap, size_t indent)
{
    struct tap_level *level;

    if (tap->depth == TAP_DEPTH_MAX) {
        tap_report_once(tap, TAP_DEEP, ALZ_STR(""));
        return false;
    }
    level = tap->levels[tap->depth];
    if (!level) {
        level = calloc(1, sizeof(*level));
        if (!level) {
            tap->no_memory = true;
            tap_report(tap, TAP_NO_MEMORY, ALZ_STR(""));
            return false;
        }
        tap->levels[tap->depth] = level;
    }
    tap_level_clear(level);
    level->indent = indent;
    level->kind = kinds[tap->grain][tap->depth < 2 ? tap->depth : 2];
    level->start_ms = tap->last_ms;
    tap->depth++;
    return true;
}

void tap_level_pop(struct tap *tap)
{
    tap->depth--;
}

enum alz_kind tap_kind_below(enum alz_kind kind)
{
    return kind == ALZ_SUITE ? ALZ_TEST : ALZ_STEP;
}

/* ---- nodes ------------------------------------------------------------ */

static void tell_name(struct tap *tap, struct tap_level *level, bool root)
{
    if (level->told_name || (level->name.len == 0 && !root))
        return;
    level->told_name = true;
    alz_set_text(tap->out, level->ref, ALZ_NAME, alz_text_str(&level->name));
}

alz_ref tap_level_node(struct tap *tap, size_t at)
{
    alz_ref parent = 0;

    if (tap->levels[at]->ref)
        return tap->levels[at]->ref;
    for (size_t i = 0; i <= at; i++) {
        struct tap_level *level = tap->levels[i];

        if (!level->ref) {
            level->ref = alz_begin(tap->out, parent, level->kind);
            tell_name(tap, level, i == 0);
        }
        parent = level->ref;
    }
    return parent;
}

/* ---- heads: suites that are named, not nested ------------------------- */

static void end_head_test(struct tap *tap, struct tap_level *level)
{
    struct tap_tally *tally = &level->head_tally;

    tap_tally_tell(tap, tally, level->head_ref, tap_kind_below(level->kind));
    tap_tally_add(tap, &level->tally, tally->worst, alz_text_str(&level->head),
                  alz_text_str(&tally->first_bad));
}

void tap_head_end(struct tap *tap, struct tap_level *level)
{
    if (!level->head_ref)
        return;
    if (tap->grain == TAP_LEAF)
        tap_tally_join(tap, &level->tally, &level->head_tally);
    else
        end_head_test(tap, level);
    alz_end(tap->out, level->head_ref);
    level->head_ref = 0;
    level->head_tally.results = level->head_tally.failed = 0;
    level->head_tally.worst = ALZ_STATUS_NONE;
    alz_text_clear(&level->head_tally.first_bad);
    alz_text_clear(&level->head);
}

alz_ref tap_head_node(struct tap *tap, size_t at, struct alz_str head)
{
    struct tap_level *level = tap->levels[at];
    enum alz_kind kind =
        tap->grain == TAP_LEAF ? ALZ_SUITE : tap_kind_below(level->kind);

    if (!alz_str_equal(head, alz_text_str(&level->head)))
        tap_head_end(tap, level);
    if (head.len == 0)
        return tap_level_node(tap, at);
    if (!level->head_ref) {
        tap_set(tap, &level->head, head);
        level->head_ref = alz_begin(tap->out, tap_level_node(tap, at), kind);
        alz_set_text(tap->out, level->head_ref, ALZ_NAME, head);
    }
    return level->head_ref;
}

/* ---- path ------------------------------------------------------------- */

bool tap_level_path(struct tap *tap, size_t depth, struct alz_text *ret)
{
    alz_text_clear(ret);
    for (size_t i = 0; i < depth; i++) {
        struct alz_str name = alz_text_str(&tap->levels[i]->name);

        if (name.len == 0 && i > 0)
            return false;
        if (name.len && ret->len)
            tap_put(tap, ret, ALZ_STR(" > "));
        tap_put(tap, ret, name);
    }
    return true;
}
