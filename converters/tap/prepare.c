/* prepare.c - the line in hand: prefix, colours, "# " and YAML around it. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "tap.h"

/* ---- lines behind "# " (kselftest) ------------------------------------ */

/* The comment stands where a child behind "# " is open. */
static bool inside_hashed(const struct tap *tap)
{
    for (size_t i = 1; i < tap->depth; i++)
        if (tap->levels[i]->hashed &&
            tap->levels[i - 1]->indent == tap->line.indent)
            return true;
    return false;
}

static bool opens_hashed(const struct tap *tap, enum tap_kind kind)
{
    const struct tap_level *level = tap->levels[tap->depth - 1];

    if (tap->line.indent != level->indent)
        return false;
    if (tap->hash_nested == TAP_ON)
        return kind == TAP_VERSION || kind == TAP_PLAN || kind == TAP_POINT;
    return kind == TAP_VERSION && tap->kselftest && level->announcing;
}

/* "# ok 1 a" becomes "ok 1 a", two columns further in. */
static void unwrap(struct tap *tap)
{
    tap->unwrapped = false;
    while (tap->hash_nested != TAP_OFF && tap->line.kind == TAP_COMMENT) {
        size_t indent = tap->line.indent + 2;
        struct tap_line inner;

        tap_line_parse(tap->line.rest, &inner);
        if (!inside_hashed(tap) && !opens_hashed(tap, inner.kind))
            return;
        tap->line = inner;
        tap->line.indent += indent;
        tap->unwrapped = true;
    }
}

/* ---- YAML ------------------------------------------------------------- */

/* What may end a block that has no "...": a line of a level around it, with
 * the number expected there. */
static bool breaks_yaml(struct tap *tap)
{
    const struct tap_line *line = &tap->line;
    size_t at = tap->depth - 1;

    if (line->indent > tap->point.indent)
        return false;
    while (at > 0 && tap->levels[at]->indent > line->indent)
        at--;
    if (tap->levels[at]->indent != line->indent)
        return false;
    if (line->kind == TAP_POINT)
        return line->point.numbered
                   ? line->point.number == tap_next_number(tap->levels[at])
                   : tap->levels[at]->count.unnumbered;
    return line->kind == TAP_BAIL || line->kind == TAP_VERSION ||
           (line->kind == TAP_PLAN && !tap->levels[at]->plan.said);
}

static bool ends_yaml(const struct tap *tap)
{
    return alz_str_is(tap->line.text, "...") &&
           tap->line.indent > tap->point.indent &&
           tap->line.indent <= tap->point.yaml_indent;
}

/* False: the line is not of the block. */
static bool take_yaml(struct tap *tap, struct alz_str text)
{
    struct tap_point *point = &tap->point;

    if (ends_yaml(tap)) {
        point->yaml_state = TAP_YAML_DONE;
        return true;
    }
    if (breaks_yaml(tap)) {
        tap_report_once(tap, TAP_YAML_OPEN, alz_text_str(&point->name));
        point->yaml_state = TAP_YAML_DONE;
        return false;
    }
    if (point->yaml.full || tap->source->unterminated)
        return true;
    tap_put(tap, &point->yaml, text);
    tap_put(tap, &point->yaml, ALZ_STR("\n"));
    if (point->yaml.full && !tap->no_memory)
        tap_report_once(tap, TAP_YAML_LONG, alz_text_str(&point->name));
    return true;
}

/* ---- the line --------------------------------------------------------- */

static void parse(struct tap *tap, struct alz_str text)
{
    tap->shown = tap_prefix_strip(&tap->prefix, text);
    tap_line_parse(tap_plain(tap, tap->shown, &tap->clean), &tap->line);
}

/* What is left of a prefix where the input was cut. */
static bool is_half_prefix(const struct tap *tap)
{
    return tap->source->unterminated && tap->prefix.shape.len &&
           tap->shown.ptr == tap->source->text.ptr;
}

static void remember_first(struct tap *tap)
{
    if (tap->any_tap || tap->first_line.len || tap->line.kind == TAP_BLANK)
        return;
    tap_set(tap, &tap->first_line, tap_head(tap->line.text, 80));
}

bool tap_row_prepare(void *state, struct alz_out *out,
                     const struct alz_line *line)
{
    struct tap *tap = state;

    tap->out = out;
    tap->source = line;
    tap->flat = false;
    if (tap->no_memory)
        return true;
    if (!tap->last_ms)
        tap->last_ms = line->seen_ms;
    parse(tap, line->text);
    if (tap->line.kind == TAP_TEXT && tap->prefix.shape.len == 0 &&
        tap->points == 0) {
        tap_prefix_find(tap, tap->line.text);
        parse(tap, line->text);
    }
    if (is_half_prefix(tap))
        return true;
    remember_first(tap);
    unwrap(tap);
    if (tap->point.open && tap->point.yaml_state == TAP_YAML_INSIDE &&
        take_yaml(tap, tap->unwrapped ? tap->line.text : tap->shown))
        return true;
    return tap->no_memory ||
           (tap->bailed && tap->line.kind != TAP_TEXT &&
            !(tap->line.kind == TAP_VERSION && tap->line.indent == 0));
}
