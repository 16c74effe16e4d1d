/* document.c - one document of a stream, from its first line to its sum. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "tap.h"

/* ---- begin ------------------------------------------------------------ */

void tap_document_begin(struct tap *tap)
{
    tap->depth = 0;
    tap->version = 0;
    tap->ktap = tap->strict = tap->bailed = tap->lone_not = false;
    tap->second_plan = tap->cut_plan = tap->flat_failed = false;
    tap->flat_indent = 0;
    tap->heads = TAP_HEADS_UNKNOWN;
    tap->all_points = tap->declared_tests = 0;
    alz_text_clear(&tap->next_head);
    alz_text_clear(&tap->exit);
    tap_point_clear(&tap->point);
    if (!tap_level_push(tap, 0))
        return;
    tap_set(tap, &tap->levels[0]->name, alz_text_str(&tap->document));
}

bool tap_document_used(const struct tap *tap)
{
    const struct tap_level *level = tap->levels[0];

    return level->count.points || tap->depth > 1 || tap->bailed ||
           (level->plan.said && level->plan.last == 0);
}

/* A point with the first number again, after a plan that was met and another
 * plan (or a plan at the end), begins a document without a version line. */
void tap_document_turn(struct tap *tap)
{
    struct tap_level *level = tap->levels[0];
    const struct tap_point_line *point = &tap->line.point;
    struct tap_plan_line plan = tap->next_plan;
    bool second = tap->second_plan;

    if (tap->depth > 1 || !tap_plan_met(level) || !point->numbered ||
        point->number != (second ? plan.first : 1) ||
        !(second || (level->plan.late && level->count.points > 1)))
        return;
    tap->second_plan = false;
    tap_document_end(tap, ALZ_COMPLETE);
    tap_document_begin(tap);
    if (!second || tap->no_memory)
        return;
    tap->levels[0]->plan.said = true;
    tap->levels[0]->plan.first = plan.first;
    tap->levels[0]->plan.last = plan.last;
}

/* ---- end -------------------------------------------------------------- */

/* "1..0 # SKIP why": one test that stands for all of them. */
static void tell_skipped(struct tap *tap)
{
    struct tap_level *level = tap->levels[0];
    struct alz_str name = alz_text_str(&level->name);
    alz_ref parent, ref;

    if (name.len == 0)
        name = ALZ_STR("(all tests)");
    parent = tap_level_node(tap, 0);
    tap_tally_add(tap, &level->tally, ALZ_SKIPPED, name, ALZ_STR(""));
    if (tap->no_memory)
        return;
    ref = alz_begin(tap->out, parent, tap_kind_below(level->kind));
    alz_set_text(tap->out, ref, ALZ_NAME, name);
    if (level->kind == ALZ_SUITE)
        alz_set_text(tap->out, ref, ALZ_FULL_NAME, name);
    alz_set_status(tap->out, ref, ALZ_SKIPPED, 0);
    if (level->plan.reason.len)
        alz_set_text(tap->out, level->kind == ALZ_SUITE ? ref : parent,
                     ALZ_MESSAGE, alz_text_str(&level->plan.reason));
    alz_end(tap->out, ref);
}

static void tell_bail(struct tap *tap)
{
    struct tap_level *level = tap->levels[0];
    struct alz_text *text = &tap->scratch[0], *plan = &tap->scratch[1];

    tap_set(tap, text, ALZ_STR("Bail out!"));
    if (tap->bail_reason.len)
        tap_put(tap, text, ALZ_STR(" "));
    tap_put(tap, text, alz_text_str(&tap->bail_reason));
    if (!level->plan.late && tap_plan_unmet(tap, level, plan)) {
        tap_put(tap, text, ALZ_STR(" ("));
        tap_put(tap, text, alz_text_str(plan));
        tap_put(tap, text, ALZ_STR(")"));
    }
    tap_level_problem(tap, 0, "run", alz_text_str(text));
    tap_report(tap, TAP_BAILED, alz_text_str(&tap->bail_reason));
}

static void check_numbers(struct tap *tap)
{
    const struct tap_level *level = tap->levels[0];
    const struct tap_count *count = &level->count;
    const struct tap_plan *plan = &level->plan;
    struct alz_text *text = &tap->scratch[0];

    if (count->repeated)
        tap_report_once(tap, TAP_REPEATED, ALZ_STR(""));
    if (!tap_plan_met(level) || count->points == 0 ||
        (count->lowest >= plan->first && count->highest <= plan->last))
        return;
    alz_text_clear(text);
    tap_put_number(tap, text,
                   count->highest > plan->last ? count->highest
                                               : count->lowest);
    tap_report(tap, TAP_ASTRAY, alz_text_str(text));
}

/* A stream that was cut says nothing of what was to come; one that is whole
 * and has tests says so by them. */
static void tell_no_plan(struct tap *tap, enum alz_ending ending)
{
    struct tap_level *level = tap->levels[0];

    if (ending != ALZ_COMPLETE || level->tally.results == 0 ||
        level->kind != ALZ_SUITE)
        tap_level_problem(tap, 0, "plan",
                          level->tally.results == 0
                              ? ALZ_STR("no plan and no tests")
                              : ALZ_STR("no plan: tests may be missing"));
    tap_report(tap, TAP_NO_PLAN, alz_text_str(&level->name));
}

static void check_plan(struct tap *tap, enum alz_ending ending)
{
    struct tap_level *level = tap->levels[0];
    struct alz_text *text = &tap->scratch[0];

    if (tap->second_plan)
        tap_report(tap, TAP_SECOND_PLAN, ALZ_STR(""));
    check_numbers(tap);
    if (!level->plan.said) {
        tell_no_plan(tap, ending);
    } else if (tap_plan_unmet(tap, level, text)) {
        tap_level_problem(tap, 0, "plan", alz_text_str(text));
        tap_report(tap, TAP_PLAN_UNMET, alz_text_str(text));
    } else if (level->plan.last == 0 && level->tally.results == 0) {
        tell_skipped(tap);
    }
    if (tap->declared_tests > tap->all_points) {
        alz_text_clear(text);
        tap_put_number(tap, text, tap->declared_tests);
        tap_put(tap, text, ALZ_STR(" counted, "));
        tap_put_number(tap, text, tap->all_points);
        tap_put(tap, text, ALZ_STR(" read"));
        tap_report(tap, TAP_TOTAL, alz_text_str(text));
    }
}

/* prove says that the program failed though its tests did not. */
static void check_exit(struct tap *tap)
{
    struct tap_level *level = tap->levels[0];

    if (tap->exit.len == 0 || level->tally.failed)
        return;
    tap_level_problem(tap, 0, "run", alz_text_str(&tap->exit));
    tap_report(tap, TAP_EXIT, alz_text_str(&tap->exit));
}

static void end_root(struct tap *tap)
{
    struct tap_level *level = tap->levels[0];

    if (level->ref && level->kind == ALZ_TEST) {
        if (level->name.len == 0)
            alz_set_text(tap->out, level->ref, ALZ_NAME, ALZ_STR("tap"));
        tap_tally_tell(tap, &level->tally, level->ref, level->kind);
        if (level->start_ms && tap->last_ms) {
            alz_set_time(tap->out, level->ref, ALZ_START, level->start_ms);
            alz_set_time(tap->out, level->ref, ALZ_STOP, tap->last_ms);
        }
    }
    if (level->ref)
        tap_output_tell(tap, &tap->output, level->ref);
    if (level->ref)
        alz_end(tap->out, level->ref);
}

/* A stream may hold chatter before, between and after its documents. */
static bool is_empty(const struct tap *tap)
{
    const struct tap_level *level = tap->levels[0];

    return !tap_document_used(tap) && !level->plan.said && !tap->version &&
           !level->announcing && !tap->cut_plan;
}

/* A test made of a head's points may have had more of them. */
static void cut_head(struct tap *tap)
{
    struct tap_level *level = tap->levels[0];
    struct tap_problem problem = {
        .what = "unfinished",
        .owner = alz_text_str(&level->head),
        .message = ALZ_STR("the input may end inside this test"),
    };

    if (level->head_ref && tap->grain != TAP_LEAF && !tap_plan_met(level))
        tap_problem_tell(tap, level->head_ref, ALZ_STEP, &level->head_tally,
                         &problem);
}

void tap_document_end(struct tap *tap, enum alz_ending ending)
{
    if (tap->no_memory || tap->depth == 0)
        return;
    if (is_empty(tap) && tap->exit.len == 0)
        return;
    tap_point_flush(tap);
    tap_subtest_abandon(tap, 1, true);
    cut_head(tap);
    tap_head_end(tap, tap->levels[0]);
    if (tap->bailed)
        tell_bail(tap);
    else
        check_plan(tap, ending);
    check_exit(tap);
    if (!tap->no_memory)
        end_root(tap);
    tap->depth = 0;
}
