/* point.c - the test point in hand, from its line to its verdict. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "tap.h"

/* ---- memory ----------------------------------------------------------- */

static struct alz_text *const *texts_of(struct tap_point *point,
                                        struct alz_text **ret)
{
    struct alz_text *all[] = {
        &point->name,           &point->reason,
        &point->exit,           &point->head,
        &point->identity,       &point->message,
        &point->source,         &point->comments,
        &point->output,         &point->yaml,
        &point->closed.name,    &point->closed.reason,
        &point->closed.problem, &point->closed.tally.first_bad,
    };

    memcpy(ret, all, sizeof(all));
    return ret;
}

enum { TEXTS = 14 };

void tap_point_clear(struct tap_point *point)
{
    struct alz_text *texts[TEXTS], kept[TEXTS];

    texts_of(point, texts);
    for (size_t i = 0; i < TEXTS; i++) {
        alz_text_clear(texts[i]);
        kept[i] = *texts[i];
    }
    *point = (struct tap_point){.duration_ms = -1};
    point->closed.tally.worst = ALZ_STATUS_NONE;
    for (size_t i = 0; i < TEXTS; i++)
        *texts[i] = kept[i];
    point->output.max = TAP_OUTPUT_MAX;
}

void tap_point_done(struct tap_point *point)
{
    struct alz_text *texts[TEXTS];

    texts_of(point, texts);
    for (size_t i = 0; i < TEXTS; i++)
        alz_text_done(texts[i]);
}

/* ---- what the line says ----------------------------------------------- */

static void take_times(struct tap *tap, struct tap_point *point)
{
    int64_t now = tap->source->seen_ms;

    if (now <= 0)
        return;
    point->start_ms = tap->last_ms ? tap->last_ms : now;
    point->stop_ms = now;
    tap->last_ms = now;
}

/* Text behind a # that we do not know is shown. Where producers escape a #
 * that is the author's, it is no part of the identity. */
static void take_note(struct tap *tap, struct tap_point *point,
                      struct alz_str note)
{
    struct alz_text *text = &tap->scratch[0];

    if (note.len == 0)
        return;
    if (point->dashed || tap->ktap)
        tap_set(tap, &point->identity, alz_text_str(&point->name));
    tap_put(tap, &point->name, ALZ_STR(" # "));
    tap_set_unescaped(tap, text, note, tap->version > 0);
    tap_put(tap, &point->name, alz_text_str(text));
}

static void take_directive(struct tap *tap, struct tap_point *point,
                           const struct tap_level *level)
{
    struct tap_directive directive;

    tap_directive_parse(tap->line.point.hash, &directive);
    if (!directive.kind && tap_plan_todo(&level->plan, point->number))
        directive.kind = TAP_TODO;
    point->directive = directive.kind;
    point->flaky = directive.flaky;
    point->todo_skip = directive.todo_skip;
    point->duration_ms = directive.duration_ms;
    tap_set(tap, &point->exit, directive.exit);
    tap_set_unescaped(tap, &point->reason, directive.reason, tap->version > 0);
    take_note(tap, point, directive.note);
}

/* A line without an end may say less than it would have said, so it is not
 * trusted; but many tools cut off the last line's end, and a plan that is met
 * proves it whole. */
static bool is_cut(const struct tap *tap, size_t at)
{
    return tap->source->unterminated &&
           (at > 0 || tap->whole_lines || !tap_plan_met(tap->levels[0]));
}

/* VMS ends the line "not" before its "ok". */
static bool is_ok(struct tap *tap)
{
    bool lone_not = tap->lone_not;

    tap->lone_not = false;
    return tap->line.point.ok && !lone_not;
}

/* KUnit, also where it does not call its output KTAP yet. */
static bool holds_reason(const struct tap *tap)
{
    struct alz_str output = alz_text_str(&tap->output);

    return tap->ktap || tap_has(output, "EXPECTATION FAILED at ") ||
           tap_has(output, "ASSERTION FAILED at ");
}

/* What came before a point is its output. KTAP has the reason of a failure
 * there. What only repeats the name says nothing. */
static void take_output(struct tap *tap, struct tap_point *point)
{
    struct alz_text *output = &tap->output, kept = point->output;

    if (alz_str_equal(alz_str_trim(alz_text_str(output)),
                      alz_text_str(&point->name)))
        alz_text_clear(output);
    if (!point->ok && tap->depth == point->at + 1 && holds_reason(tap)) {
        tap_put(tap, &point->comments, alz_text_str(output));
        alz_text_clear(output);
        return;
    }
    point->output = *output;
    *output = kept;
}

void tap_point_begin(struct tap *tap, size_t at)
{
    struct tap_point *point = &tap->point;
    struct tap_level *level = tap->levels[at];
    const struct tap_point_line *line = &tap->line.point;

    tap_point_clear(point);
    point->open = true;
    point->at = at;
    point->indent = level->indent;
    point->ok = is_ok(tap);
    point->dashed = line->dashed;
    point->extra = tap->flat;
    point->number = tap->flat ? line->number : tap_count_point(level, line);
    point->cut = is_cut(tap, at);
    tap_set_unescaped(tap, &point->name, line->description, tap->version > 0);
    take_directive(tap, point, level);
    take_times(tap, point);
    tap_dialect_name(tap, point);
    tap_head_use(tap, point);
    take_output(tap, point);
    tap->points++;
    tap->all_points++;
}

/* ---- told ------------------------------------------------------------- */

static bool is_unnamed(const struct tap_point *point)
{
    return point->name.len == 0 && point->closed.name.len == 0;
}

static void name_by_position(struct tap *tap, struct tap_point *point)
{
    point->unnamed = true;
    tap->unnamed++;
    tap_set(tap, &point->name, ALZ_STR("test "));
    tap_put_number(tap, &point->name, point->number);
}

/* After the test: an input that is cut here says no less of it. */
static void report_point(struct tap *tap, const struct tap_point *point)
{
    struct alz_str name = alz_text_str(&point->name);

    if (point->unnamed)
        tap_report_once(tap, TAP_UNNAMED, name);
    if (tap->detail.raw)
        tap_report_once(tap, TAP_YAML_BAD, name);
    if (point->yaml_state == TAP_YAML_INSIDE)
        tap_report_once(tap, TAP_YAML_OPEN, name);
    if (point->cut)
        tap_report(tap, TAP_CUT, name);
}

void tap_point_flush(struct tap *tap)
{
    struct tap_point *point = &tap->point;

    if (!point->open)
        return;
    point->open = false;
    if (is_unnamed(point))
        name_by_position(tap, point);
    tap_tell(tap, point);
    report_point(tap, point);
}
