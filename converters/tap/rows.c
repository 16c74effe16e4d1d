/* rows.c - what each kind of TAP line does. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "tap.h"

/* ---- version, plan, pragma, bail-out ---------------------------------- */

bool tap_row_version(void *state, struct alz_out *out,
                     const struct alz_line *line)
{
    struct tap *tap = state;
    size_t at;

    (void)out;
    (void)line;
    if (tap->line.kind != TAP_VERSION)
        return false;
    if (tap->line.indent == 0 && tap_document_used(tap)) {
        tap_document_end(tap, ALZ_COMPLETE);
        tap_document_begin(tap);
    }
    if (tap->no_memory)
        return true;
    at = tap_level_find(tap);
    if (at == TAP_NOWHERE)
        return false;
    tap_point_flush(tap);
    tap->any_tap = true;
    tap->ktap |= tap->line.ktap;
    if (tap->line.version > tap->version)
        tap->version = tap->line.version;
    tap->levels[at]->announcing = false;
    tap->levels[at]->stated |= at > 0;
    return true;
}

/* "1..1" may have been "1..19": believed only when it is met. */
static bool is_cut_plan(const struct tap *tap, size_t at)
{
    struct tap_plan plan = {.first = tap->line.plan.first,
                            .last = tap->line.plan.last};

    return tap->source->unterminated &&
           tap_plan_size(&plan) != tap->levels[at]->count.points;
}

bool tap_row_plan(void *state, struct alz_out *out, const struct alz_line *line)
{
    struct tap *tap = state;
    size_t at;

    (void)out;
    (void)line;
    if (tap->line.kind != TAP_PLAN)
        return false;
    at = tap_level_find(tap);
    if (at == TAP_NOWHERE)
        return false;
    tap_point_flush(tap);
    tap->any_tap = true;
    if (is_cut_plan(tap, at))
        tap->cut_plan = true;
    else if (!tap->flat)
        tap_plan_take(tap, at);
    return true;
}

bool tap_row_pragma(void *state, struct alz_out *out,
                    const struct alz_line *line)
{
    struct tap *tap = state;

    (void)out;
    (void)line;
    if (tap->line.kind != TAP_PRAGMA)
        return false;
    if (tap_has(tap->line.rest, "+strict"))
        tap->strict = true;
    if (tap_has(tap->line.rest, "-strict"))
        tap->strict = false;
    return true;
}

/* Behind "# " it is one program of several that gives up: what it planned and
 * did not run is said by this already. */
static void bail_inside(struct tap *tap)
{
    size_t at = tap_level_find(tap);
    struct alz_text *text = &tap->scratch[0];

    if (at == TAP_NOWHERE || at == 0 || tap->flat)
        return;
    tap_set(tap, text, tap->line.text);
    tap_level_problem(tap, at, "run", alz_text_str(text));
    tap_report(tap, TAP_BAILED, tap->line.rest);
    tap->levels[at]->bailed = true;
}

bool tap_row_bail(void *state, struct alz_out *out, const struct alz_line *line)
{
    struct tap *tap = state;

    (void)out;
    (void)line;
    if (tap->line.kind != TAP_BAIL)
        return false;
    tap_point_flush(tap);
    tap->any_tap = true;
    if (tap->unwrapped) {
        bail_inside(tap);
        return true;
    }
    tap->bailed = true;
    tap_set_unescaped(tap, &tap->bail_reason, tap->line.rest, true);
    return true;
}

/* ---- points ----------------------------------------------------------- */

/* Deeper than we nest: a point that stands further out than the one before it
 * closes what is inside, and is no result unless it alone failed. */
static bool closes_flat(struct tap *tap)
{
    size_t before = tap->flat_indent;
    bool ok = tap->line.point.ok, closes = tap->line.indent < before;

    tap->flat_indent = tap->flat ? tap->line.indent : 0;
    if (!closes)
        tap->flat_failed |= !ok;
    else if (!ok && !tap->flat_failed)
        return false;
    if (!tap->flat)
        tap->flat_failed = false;
    return closes;
}

static void begin_point(struct tap *tap, size_t at)
{
    tap->announced = tap->levels[at]->announcing && !tap->flat;
    if (!tap->flat)
        tap->levels[at]->announcing = false;
    if ((tap->flat || tap->flat_indent) && closes_flat(tap)) {
        if (!tap->flat)
            tap_count_point(tap->levels[at], &tap->line.point);
        return;
    }
    tap_point_begin(tap, at);
    if (tap->no_memory)
        return;
    tap_subtest_close(tap, at);
    if (tap->line.point.braced && !tap->flat)
        tap_subtest_open_brace(tap);
}

static void take_point(struct tap *tap, size_t at)
{
    tap_point_flush(tap);
    tap->any_tap = true;
    if (at == 0)
        tap_document_turn(tap);
    if (tap->depth > at + 1) {
        struct tap_level *child = tap->levels[at + 1];

        tap_subtest_abandon(tap, child->braced ? at + 1 : at + 2, false);
    }
    if (!tap->no_memory)
        begin_point(tap, at);
}

bool tap_row_point(void *state, struct alz_out *out,
                   const struct alz_line *line)
{
    struct tap *tap = state;
    size_t at;

    (void)out;
    (void)line;
    if (tap->line.kind != TAP_POINT)
        return false;
    at = tap_level_find(tap);
    if (at == TAP_NOWHERE)
        return false;
    take_point(tap, at);
    return true;
}

/* Text without a line end before a point: "doneok 19 - name". */
static bool find_glued(struct tap *tap, struct alz_str *ret)
{
    struct alz_str text = tap->line.text, rest = text;
    uint64_t next = tap_next_number(tap_innermost(tap)), number;
    size_t at;

    while ((at = alz_str_find(rest, "ok ")) != SIZE_MAX) {
        struct alz_str tail = alz_str_from_offset(rest, at + 3);
        size_t len = tap_number_scan(tail, &number);
        size_t start = (size_t)(rest.ptr - text.ptr) + at;

        tail = alz_str_from_offset(tail, len);
        rest = alz_str_from_offset(rest, at + 3);
        if (!len || number != next || start == 0 ||
            (tail.len && !alz_str_starts(tail, " - ")))
            continue;
        if (start >= 4 && memcmp(text.ptr + start - 4, "not ", 4) == 0)
            start -= 4;
        if (start == 0 || (tail.len == 0 && text.ptr[start - 1] == ' '))
            continue;
        *ret = alz_str_from_offset(text, start);
        return true;
    }
    return false;
}

bool tap_row_glued(void *state, struct alz_out *out,
                   const struct alz_line *line)
{
    struct tap *tap = state;
    size_t at = tap->depth - 1;
    struct alz_str point;

    (void)out;
    (void)line;
    if (tap->line.kind != TAP_TEXT || !tap->any_tap || !find_glued(tap, &point))
        return false;
    tap_report_once(tap, TAP_GLUED, point);
    tap_point_flush(tap);
    tap_output_add(tap, tap_head(tap->line.text,
                                 (size_t)(point.ptr - tap->line.text.ptr)));
    tap_line_parse(point, &tap->line);
    tap->line.indent = tap->levels[at]->indent;
    take_point(tap, at);
    return true;
}

/* ---- YAML, braces ----------------------------------------------------- */

bool tap_row_yaml(void *state, struct alz_out *out, const struct alz_line *line)
{
    struct tap *tap = state;
    struct tap_point *point = &tap->point;

    (void)out;
    (void)line;
    if (tap->line.kind != TAP_YAML || !point->open || point->wordy ||
        tap->line.indent <= point->indent)
        return false;
    point->yaml.max = TAP_YAML_MAX;
    point->yaml_state = TAP_YAML_INSIDE;
    point->yaml_indent = tap->line.indent;
    return true;
}

bool tap_row_brace(void *state, struct alz_out *out,
                   const struct alz_line *line)
{
    struct tap *tap = state;
    struct tap_point *point = &tap->point;

    (void)out;
    (void)line;
    if (tap->line.kind == TAP_CLOSE)
        return tap_subtest_close_brace(tap, tap->line.indent);
    if (tap->line.kind != TAP_OPEN || !point->open ||
        point->yaml_state != TAP_YAML_DONE || point->closed.any ||
        tap->line.indent != point->indent)
        return false;
    tap_subtest_open_brace(tap);
    return true;
}
