/* subtest.c - when subtests begin and end. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "tap.h"

/* ---- opening ---------------------------------------------------------- */

/* Columns of one level for the line in hand, `distance` inside the innermost
 * one; 0: it stands at no level. */
static size_t step_of(const struct tap *tap, size_t distance)
{
    const struct tap_level *level = tap->levels[tap->depth - 1];

    if (tap->unwrapped)
        return distance;
    if (distance % TAP_STEP == 0)
        return TAP_STEP;
    if (distance == TAP_KTAP_STEP && tap->line.kind == TAP_VERSION)
        return TAP_KTAP_STEP;
    return level->announcing ? distance : 0;
}

static void name_child(struct tap *tap, struct tap_level *parent)
{
    struct tap_level *child = tap_innermost(tap);

    child->hashed = tap->unwrapped;
    if (!parent->announcing)
        return;
    parent->announcing = false;
    tap_set(tap, &child->name, alz_text_str(&parent->announced));
    child->stated = true;
}

/* One level for each step, for each of them will be closed by a point. */
static size_t open_children(struct tap *tap)
{
    struct tap_level *level = tap_innermost(tap);
    size_t distance = tap->line.indent - level->indent;
    size_t step = step_of(tap, distance);

    if (!step || (tap->point.open && tap->point.wordy && !level->announcing))
        return TAP_NOWHERE;
    tap_point_flush(tap);
    while (level->indent < tap->line.indent) {
        if (!tap_level_push(tap, level->indent + step)) {
            tap->flat = true;
            break;
        }
        name_child(tap, level);
        level = tap_innermost(tap);
    }
    return tap->no_memory ? TAP_NOWHERE : tap->depth - 1;
}

size_t tap_level_find(struct tap *tap)
{
    struct tap_level *innermost = tap_innermost(tap);
    size_t at = tap->depth - 1, indent = tap->line.indent;

    if (innermost->braced && !innermost->stated &&
        indent > innermost->opener.indent)
        innermost->indent = indent;
    while (at > 0 && tap->levels[at]->indent > indent)
        at--;
    if (tap->levels[at]->indent == indent)
        return at;
    if (at < tap->depth - 1)
        return TAP_NOWHERE;
    if (tap->depth < TAP_DEPTH_MAX)
        return open_children(tap);
    tap_report_once(tap, TAP_DEEP, ALZ_STR(""));
    tap->flat = true;
    return at;
}

static void swap_texts(struct alz_text *a, struct alz_text *b)
{
    struct alz_text kept = *a;

    *a = *b;
    *b = kept;
}

void tap_subtest_open_brace(struct tap *tap)
{
    struct tap_level *level;
    struct tap_point point = tap->point;

    if (!tap_level_push(tap, point.indent + TAP_STEP)) {
        tap->point.open = true;
        return;
    }
    level = tap_innermost(tap);
    tap->point = level->opener;
    tap->point.open = false;
    level->opener = point;
    level->braced = true;
    swap_texts(&level->opener.output, &tap->output);
    tap_set(tap, &level->name, alz_text_str(&point.name));
}

/* ---- closing ---------------------------------------------------------- */

static void name_level(struct tap *tap, struct tap_level *level,
                       struct alz_str name, uint64_t number)
{
    if (level->name.len == 0 && name.len) {
        tap_set(tap, &level->name, name);
    } else if (level->name.len == 0) {
        tap_set(tap, &level->name, ALZ_STR("subtest "));
        tap_put_number(tap, &level->name, number);
    }
    if (level->ref && !level->told_name) {
        level->told_name = true;
        alz_set_text(tap->out, level->ref, ALZ_NAME,
                     alz_text_str(&level->name));
    }
}

/* What the innermost level has counted goes with the point that closes it. */
static void move_to_point(struct tap *tap, struct tap_point *point)
{
    struct tap_level *level = tap_innermost(tap);
    struct tap_closed *closed = &point->closed;

    closed->any = true;
    closed->kind = level->kind;
    closed->ref = level->ref;
    closed->skipped = level->plan.said && level->plan.last == 0;
    closed->start_ms = level->start_ms;
    swap_texts(&closed->name, &level->name);
    swap_texts(&closed->reason, &level->plan.reason);
    swap_texts(&closed->tally.first_bad, &level->tally.first_bad);
    closed->tally.results = level->tally.results;
    closed->tally.failed = level->tally.failed;
    closed->tally.worst = level->tally.worst;
    tap_level_pop(tap);
}

/* The plan of a subtest that says something else than its points. Nothing
 * was run in it at all: that is the closing point's to say. */
static void check_child_plan(struct tap *tap, struct tap_point *point)
{
    size_t at = tap->depth - 1;
    struct tap_level *level = tap->levels[at];
    struct alz_text *text = &point->closed.problem;

    if (level->bailed)
        return;
    if (!level->plan.said && level->count.points)
        tap_report_once(tap, TAP_NO_SUBPLAN, alz_text_str(&level->name));
    if (!tap_plan_unmet(tap, level, text))
        return;
    if (level->tally.results || point->ok)
        tap_level_problem(tap, at, "plan", alz_text_str(text));
    tap_report(tap, TAP_PLAN_UNMET, alz_text_str(text));
    if (level->tally.results == 0 && !point->ok)
        return;
    if (level->kind == ALZ_SUITE)
        alz_text_clear(text);
}

static void close_innermost(struct tap *tap, struct tap_point *point)
{
    struct tap_level *level = tap_innermost(tap);

    name_level(tap, level, alz_text_str(&point->name), point->number);
    tap_head_end(tap, level);
    check_child_plan(tap, point);
    if (level->ref)
        tap_output_tell(tap, &point->output, level->ref);
    move_to_point(tap, point);
}

void tap_subtest_close(struct tap *tap, size_t at)
{
    struct tap_level *child;

    if (tap->depth <= at + 1)
        return;
    child = tap->levels[at + 1];
    if (child->name.len && tap->point.name.len && !tap->point.cut &&
        !alz_str_equal(alz_text_str(&child->name),
                       alz_text_str(&tap->point.name)))
        tap_report_once(tap, TAP_OTHER_NAME, alz_text_str(&child->name));
    close_innermost(tap, &tap->point);
}

bool tap_subtest_close_brace(struct tap *tap, size_t indent)
{
    size_t at = tap->depth - 1;
    struct tap_point spare;

    while (at > 0 && !(tap->levels[at]->braced &&
                       tap->levels[at]->opener.indent == indent))
        at--;
    if (at == 0)
        return false;
    tap_point_flush(tap);
    tap_subtest_abandon(tap, at + 1, false);
    spare = tap->point;
    tap->point = tap->levels[at]->opener;
    tap->levels[at]->opener = spare;
    swap_texts(&tap->point.output, &tap->output);
    close_innermost(tap, &tap->point);
    tap_point_flush(tap);
    return true;
}

/* ---- subtests that nobody closes --------------------------------------- */

static const char at_end_text[] = "the input ends inside this subtest";
static const char unclosed_text[] = "the subtest has no result of its own";

/* A "{" that is never closed was the end of a name. */
static void reopen_brace(struct tap *tap, struct tap_level *level)
{
    struct tap_point spare = tap->point;

    tap->point = level->opener;
    level->opener = spare;
    tap_put(tap, &tap->point.name, ALZ_STR(" {"));
}

static void explain(struct tap *tap, const struct tap_level *level, bool at_end,
                    struct alz_text *ret)
{
    struct alz_text *plan = &tap->scratch[1];

    tap_set(tap, ret, alz_str_from(at_end ? at_end_text : unclosed_text));
    if (!tap_plan_unmet(tap, level, plan))
        return;
    tap_put(tap, ret, ALZ_STR("; "));
    tap_put(tap, ret, alz_text_str(plan));
}

/* When nothing was read of it, it is the author's own test that was begun and
 * never ended. */
static void tell_unfinished(struct tap *tap, bool at_end)
{
    size_t at = tap->depth - 1;
    struct tap_level *level = tap->levels[at];
    struct alz_text *message = &tap->scratch[0];
    struct tap_problem problem = {.real = true, .depth = at};

    explain(tap, level, at_end, message);
    problem.owner = alz_text_str(&level->name);
    problem.message = alz_text_str(message);
    if (level->tally.results || level->ref)
        tap_level_problem(tap, at, "unfinished", problem.message);
    else
        tap_problem_tell(tap, tap_level_node(tap, at - 1),
                         tap_kind_below(tap->levels[at - 1]->kind),
                         &tap->levels[at - 1]->tally, &problem);
    tap_report(tap, TAP_UNFINISHED, problem.owner);
}

/* "# Subtest: x", and nothing after it. */
static void tell_announced(struct tap *tap)
{
    size_t at = tap->depth - 1;
    struct tap_level *level = tap->levels[at];
    struct tap_problem problem = {
        .real = true,
        .depth = at + 1,
        .owner = alz_text_str(&level->announced),
        .message = ALZ_STR("the test was announced, but has no result"),
    };

    if (!level->announcing || level->announced.len == 0 || tap->bailed)
        return;
    level->announcing = false;
    level->stated = true;
    tap_problem_tell(tap, tap_level_node(tap, at), tap_kind_below(level->kind),
                     &level->tally, &problem);
    tap_report(tap, TAP_UNFINISHED, problem.owner);
}

static void end_level(struct tap *tap)
{
    struct tap_level *level = tap_innermost(tap);
    struct tap_level *parent = tap->levels[tap->depth - 2];

    tap_head_end(tap, level);
    if (level->ref && !level->told_name)
        alz_set_text(tap->out, level->ref, ALZ_NAME, ALZ_STR(""));
    if (level->ref && level->kind != ALZ_SUITE)
        tap_tally_tell(tap, &level->tally, level->ref, level->kind);
    if (level->ref)
        alz_end(tap->out, level->ref);
    tap_tally_join(tap, &parent->tally, &level->tally);
    tap_level_pop(tap);
}

/* Every planned point is there, of the subtest and around it: it lacks only
 * the line that closes it, which no plan counts on. */
static bool only_unclosed(struct tap *tap, const struct tap_level *level,
                          bool at_end)
{
    const struct tap_level *parent = tap->levels[tap->depth - 2];
    struct alz_text *plan = &tap->scratch[1];

    return at_end && level->plan.said && parent->plan.said &&
           !tap_plan_unmet(tap, level, plan) &&
           !tap_plan_unmet(tap, parent, plan);
}

static void abandon_innermost(struct tap *tap, bool at_end)
{
    struct tap_level *level = tap_innermost(tap);
    uint64_t number = tap_next_number(tap->levels[tap->depth - 2]);
    bool lost_brace = level->braced && !at_end;

    tell_announced(tap);
    if (only_unclosed(tap, level, at_end)) {
        name_level(tap, level, ALZ_STR(""), number);
        tap_report(tap, TAP_UNCLOSED, alz_text_str(&level->name));
    } else if (level->stated && !lost_brace && !tap->bailed) {
        name_level(tap, level, ALZ_STR(""), number);
        tell_unfinished(tap, at_end);
    }
    if (lost_brace)
        reopen_brace(tap, level);
    end_level(tap);
    if (lost_brace)
        tap_point_flush(tap);
}

void tap_subtest_abandon(struct tap *tap, size_t depth, bool at_end)
{
    tap_point_flush(tap);
    while (tap->depth > depth)
        abandon_innermost(tap, at_end);
    if (at_end && depth == 1)
        tell_announced(tap);
}
