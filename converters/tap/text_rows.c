/* text_rows.c - comments, and lines that are no TAP. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "tap.h"

/* ---- comments --------------------------------------------------------- */

/* The name of the subtest that a comment announces. */
static bool announces(struct alz_str comment, struct alz_str *ret)
{
    static const char subtest[] = "Subtest";

    comment = alz_str_trim(comment);
    *ret = comment;
    if (alz_str_starts(comment, "selftests: "))
        return true;
    if (!alz_str_starts(comment, subtest))
        return false;
    *ret = alz_str_from_offset(comment, sizeof(subtest) - 1);
    if (ret->len == 0)
        return true;
    if (*ret->ptr != ':')
        return false;
    *ret = alz_str_trim(alz_str_from_offset(*ret, 1));
    return true;
}

/* KTAP names a child behind the version line that opens it. */
static bool names_its_level(const struct tap *tap, size_t at)
{
    const struct tap_level *level = tap->levels[at];

    return tap->ktap && at > 0 && at == tap->depth - 1 &&
           level->name.len == 0 && level->count.points == 0 &&
           !level->plan.said;
}

/* At the column of an open level it names the next child of it; further in,
 * the level it stands in. */
bool tap_row_subtest(void *state, struct alz_out *out,
                     const struct alz_line *line)
{
    struct tap *tap = state;
    struct alz_str name;
    size_t at, depth = tap->depth;
    struct tap_level *level;
    bool named;

    (void)out;
    (void)line;
    if (tap->line.kind != TAP_COMMENT || !announces(tap->line.rest, &name))
        return false;
    named = tap_innermost(tap)->announcing;
    at = tap_level_find(tap);
    if (at == TAP_NOWHERE)
        return false;
    tap_point_flush(tap);
    tap->kselftest |= alz_str_starts(name, "selftests: ");
    if (tap->flat)
        return true;
    level = tap->levels[at];
    if ((tap->depth > depth && !named) || names_its_level(tap, at)) {
        tap_set_unescaped(tap, &level->name, name, tap->version > 0);
        level->stated = true;
        return true;
    }
    tap_set_unescaped(tap, &level->announced, name, tap->version > 0);
    level->announcing = true;
    return true;
}

/* Of a failed point, as Test::More writes them: what is wrong with it. */
static bool explains_point(const struct tap *tap)
{
    const struct tap_point *point = &tap->point;

    return point->open && !point->ok && !tap->ktap &&
           point->yaml_state == TAP_YAML_NONE && !tap->source->unterminated &&
           tap->line.indent >= point->indent;
}

static void add_comment(struct tap *tap, struct alz_str text)
{
    tap_put(tap, &tap->point.comments, text);
    tap_put(tap, &tap->point.comments, ALZ_STR("\n"));
}

/* A comment with its colours, without "# ". */
static struct alz_str shown_comment(const struct tap *tap)
{
    struct alz_str text = tap->unwrapped ? tap->line.text : tap->shown;
    size_t at = alz_str_find(text, "#");

    if (at == SIZE_MAX)
        return text;
    if (at + 1 < text.len && tap_is_blank(text.ptr[at + 1]))
        return alz_str_from_offset(text, at + 2);
    return alz_str_from_offset(text, at + 1 == text.len ? at + 1 : at);
}

bool tap_row_comment(void *state, struct alz_out *out,
                     const struct alz_line *line)
{
    struct tap *tap = state;

    (void)out;
    (void)line;
    if (tap->line.kind != TAP_COMMENT)
        return false;
    tap_dialect_see(tap, tap->line.rest);
    if (tap_is_trailer(tap, tap->line.rest) ||
        tap_head_take(tap, tap->line.rest))
        return true;
    if (explains_point(tap))
        add_comment(tap, tap->line.rest);
    else
        tap_output_add(tap, shown_comment(tap));
    return true;
}

/* ---- text ------------------------------------------------------------- */

/* mocha indents what a failed point has to say. */
static bool take_indented(struct tap *tap)
{
    struct tap_point *point = &tap->point;
    struct alz_str text = tap->line.text;
    size_t blanks = tap->line.indent - point->indent;

    if (!point->open || point->ok || point->yaml_state != TAP_YAML_NONE ||
        tap->source->unterminated)
        return false;
    if (tap->line.kind == TAP_BLANK) {
        if (point->wordy)
            add_comment(tap, ALZ_STR(""));
        return point->wordy;
    }
    if (tap->line.indent <= point->indent)
        return false;
    point->wordy = true;
    for (blanks -= blanks < 2 ? blanks : 2; blanks; blanks--)
        tap_put(tap, &point->comments, ALZ_STR(" "));
    add_comment(tap, text);
    return true;
}

/* "OK 1", "Not ok 2" */
static void hint_case(struct tap *tap)
{
    struct alz_str text = tap->line.text;
    uint64_t number;

    text = alz_str_from_offset(text, tap_prefix_nocase(text, "not "));
    if (!tap_prefix_nocase(text, "ok ") ||
        !tap_number_scan(tap_trim_start(alz_str_from_offset(text, 3)), &number))
        return;
    tap_report_once(tap, TAP_CASE, tap->line.text);
}

bool tap_row_text(void *state, struct alz_out *out, const struct alz_line *line)
{
    struct tap *tap = state;

    (void)out;
    (void)line;
    if (take_indented(tap))
        return true;
    if (tap->line.kind == TAP_BLANK) {
        tap_output_add(tap, ALZ_STR(""));
        return true;
    }
    tap_point_flush(tap);
    if (tap->strict && !tap->source->unterminated)
        tap_report_once(tap, TAP_STRICT, tap->line.text);
    if (!tap->source->unterminated)
        hint_case(tap);
    tap->lone_not = alz_str_is(tap->line.text, "not");
    tap_output_add(tap, tap->unwrapped ? tap->line.text : tap->shown);
    return true;
}
