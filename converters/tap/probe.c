/* probe.c - is this TAP? */
/* SPDX-License-Identifier: Apache-2.0 */
#include "probe.h"
#include "line.h"

/* What the head of an input holds. */
struct sight {
    bool version;
    size_t plans, points, texts;
    bool first; /* the first line that is not blank or a comment is TAP */
};

enum { LINES_MAX = 400 };

static bool ends_with_version(struct alz_str text)
{
    size_t at = alz_str_find(text, "TAP version ");
    uint64_t number;
    struct alz_str tail;

    if (at == SIZE_MAX)
        return false;
    tail = alz_str_trim(alz_str_from_offset(text, at + strlen("TAP version ")));
    return tail.len && tap_number_scan(tail, &number) == tail.len;
}

/* A plan or a numbered point at the margin; "ok" may be a word. Output that
 * holds TAP somewhere behind its own first line may be another runner's. */
static void see(struct sight *sight, struct alz_str text)
{
    struct tap_line line;
    bool tap, first = sight->plans + sight->points + sight->texts == 0 &&
                      !sight->version;

    tap_line_parse(text, &line);
    if (line.kind == TAP_BLANK || line.kind == TAP_COMMENT)
        return;
    tap = line.kind == TAP_VERSION;
    sight->version |= tap || ends_with_version(line.text);
    if (line.kind == TAP_PLAN && line.indent == 0) {
        sight->plans++;
        tap = true;
    } else if (line.kind == TAP_POINT &&
               (line.point.numbered || line.point.dashed)) {
        sight->points++;
        tap = true;
    } else if (line.kind == TAP_TEXT && line.indent == 0) {
        sight->texts++;
    }
    if (first)
        sight->first = tap;
}

enum alz_match tap_probe(struct alz_str head, struct alz_str base_name)
{
    struct sight sight = {0};
    struct alz_str line;

    for (int i = 0; i < LINES_MAX && alz_str_split(&head, '\n', &line); i++)
        see(&sight, line);
    if (sight.first && (sight.version || (sight.plans && sight.points)))
        return ALZ_CERTAIN;
    if (sight.version || sight.first || (sight.plans && sight.points))
        return ALZ_LIKELY;
    if (sight.points > sight.texts ||
        (alz_str_ends(base_name, ".tap") && sight.points + sight.plans))
        return ALZ_LIKELY;
    return sight.points > 1 ? ALZ_POSSIBLE : ALZ_NO;
}
