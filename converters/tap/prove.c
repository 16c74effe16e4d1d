/* prove.c - what `prove -v` prints around the documents of its files. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "tap.h"

/* "[15:59:20] t/a.t .. " begins the document of t/a.t. */
static bool is_head(struct alz_str text, struct alz_str *name)
{
    size_t at = text.len, dots = 0;

    if (alz_str_starts(text, "[") && tap_has(tap_head(text, 11), "] "))
        text = alz_str_from_offset(text, alz_str_find(text, "] ") + 2);
    for (at = text.len; at && text.ptr[at - 1] == '.'; at--)
        dots++;
    if (dots < 2 || at == 0 || text.ptr[at - 1] != ' ')
        return false;
    *name = alz_str_trim(tap_head(text, at));
    return name->len && !tap_has(*name, " ") &&
           (tap_has(*name, ".") || tap_has(*name, "/"));
}

static void begin(struct tap *tap, struct alz_str name)
{
    tap_document_end(tap, ALZ_COMPLETE);
    tap->prove = true;
    tap->prove_summary = false;
    tap_set(tap, &tap->document, name);
    tap_document_begin(tap);
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
    static const char *const starts[] = {
        "Failed ", "(less ", "skipped:", "(no reason given)", "(1 TODO test"};
    struct alz_str text = tap->line.text;

    if (tap->line.kind != TAP_TEXT || !tap->exit.ptr)
        return false;
    for (size_t i = 0; i < sizeof(starts) / sizeof(starts[0]); i++)
        if (alz_str_starts(text, starts[i]))
            return true;
    return false;
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
    struct alz_str name;

    (void)out;
    (void)line;
    if ((tap->prove || !tap->any_tap) && tap->line.kind == TAP_TEXT &&
        tap->line.indent == 0 && is_head(tap->line.text, &name)) {
        begin(tap, name);
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
    return tap->bailed;
}
