/* prove.c - what `prove -v` prints around the documents of its files. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "tap.h"

/* "[15:59:20] t/a.t .. " begins the document of t/a.t; what prove says at
 * once ("skipped: why") stands behind the dots. */
static bool is_head(struct alz_str text, struct alz_str *name,
                    struct alz_str *verdict)
{
    size_t at;

    if (alz_str_starts(text, "[") && tap_has(tap_head(text, 11), "] "))
        text = alz_str_from_offset(text, alz_str_find(text, "] ") + 2);
    at = alz_str_find(text, " ..");
    if (at == SIZE_MAX)
        return false;
    *name = tap_head(text, at);
    for (at++; at < text.len && text.ptr[at] == '.';)
        at++;
    *verdict = alz_str_trim(alz_str_from_offset(text, at));
    return name->len && !tap_has(*name, " ") &&
           (tap_has(*name, ".") || tap_has(*name, "/")) &&
           (verdict->len == 0 || alz_str_starts(*verdict, "skipped:"));
}

static void begin(struct tap *tap, struct alz_str name, struct alz_str verdict)
{
    struct tap_plan *plan;

    tap_document_end(tap, ALZ_COMPLETE);
    tap->prove = true;
    tap->prove_summary = false;
    tap_set(tap, &tap->document, name);
    tap_document_begin(tap);
    if (verdict.len == 0 || tap->no_memory)
        return;
    tap->any_tap = true;
    plan = &tap->levels[0]->plan;
    plan->said = true;
    tap_set(tap, &plan->reason,
            alz_str_trim(alz_str_from_offset(verdict, strlen("skipped:"))));
}

/* "ok" alone, or "ok    15 ms ( 0.00 usr ...": the verdict of prove. */
static bool is_verdict(const struct tap *tap)
{
    const struct tap_line *line = &tap->line;

    return line->kind == TAP_POINT && line->point.ok && tap->depth == 1 &&
           tap_plan_met(tap->levels[0]) && line->point.hash.ptr == NULL &&
           ((!line->point.numbered && line->point.description.len == 0) ||
            alz_str_starts(line->point.description, "ms ("));
}

static bool is_summary(struct alz_str text)
{
    static const char *const starts[] = {"Test Summary Report",
                                         "All tests successful.", "Files="};

    for (size_t i = 0; i < sizeof(starts) / sizeof(starts[0]); i++)
        if (alz_str_starts(text, starts[i]))
            return true;
    return false;
}

static bool is_remark(const struct tap *tap)
{
    static const char *const starts[] = {"Failed ", "All ", "(less ",
                                         "skipped:", "(1 TODO test"};
    struct alz_str text = tap->line.text;

    if (tap->line.kind != TAP_TEXT)
        return false;
    for (size_t i = 0; i < sizeof(starts) / sizeof(starts[0]); i++)
        if (alz_str_starts(text, starts[i]) &&
            (i > 1 || tap_has(text, " subtests")))
            return true;
    return alz_str_starts(text, "[") && alz_str_ends(text, "]") &&
           text.len == strlen("[15:59:20]");
}

/* prove has ended: what follows is for people. */
static bool take_summary(struct tap *tap)
{
    if (!tap->prove_summary && is_summary(tap->line.text)) {
        tap_point_flush(tap);
        tap->prove_summary = true;
    }
    return tap->prove_summary;
}

bool tap_row_prove(void *state, struct alz_out *out,
                   const struct alz_line *line)
{
    struct tap *tap = state;
    struct alz_str name, verdict;

    (void)out;
    (void)line;
    if ((tap->prove || !tap->any_tap) && tap->line.kind == TAP_TEXT &&
        tap->line.indent == 0 && is_head(tap->line.text, &name, &verdict)) {
        begin(tap, name, verdict);
        return true;
    }
    if (!tap->prove)
        return tap->bailed && tap->line.kind == TAP_TEXT;
    if (take_summary(tap))
        return true;
    if (alz_str_starts(tap->line.text, "Dubious, test returned ")) {
        tap_point_flush(tap);
        tap_set(tap, &tap->exit, tap->line.text);
        return true;
    }
    if (is_verdict(tap) || is_remark(tap)) {
        tap_point_flush(tap);
        return true;
    }
    return tap->bailed && tap->line.kind == TAP_TEXT;
}
