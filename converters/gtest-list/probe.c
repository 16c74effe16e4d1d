/* probe.c - whether an input is a list of GoogleTest's tests. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "list.h"

enum { LINE_SIZE = 1024 }; /* more is of a value */

/* Without terminal escapes, and without the end that Windows writes. */
static struct alz_str plain(struct alz_str line, char room[LINE_SIZE])
{
    size_t len = 0;

    if (alz_str_ends(line, "\r"))
        line.len--;
    while (line.len && len < LINE_SIZE) {
        size_t escape = alz_escape_length(line);

        if (!escape)
            room[len++] = *line.ptr;
        line = alz_str_from_offset(line, escape ? escape : 1);
    }
    return (struct alz_str){room, len};
}

/* Lines that are no list have no meaning before the first suite; behind it
 * they make it likely only, for the list may be some test's output. */
enum alz_match gtlist_probe(struct alz_str head, struct alz_str base_name)
{
    char room[LINE_SIZE];
    struct alz_str line, name, param;
    bool suite = false, other = false;
    size_t tests = 0;

    (void)base_name;
    while (alz_str_split(&head, '\n', &line) && head.ptr) {
        enum gtlist_kind kind;

        line = plain(line, room);
        kind = gtlist_line_read(line, &name, &param);
        if (alz_str_starts(line, "[==="))
            return ALZ_NO; /* a run */
        suite |= kind == GTLIST_SUITE;
        tests += suite && kind == GTLIST_TEST;
        other |= suite && kind == GTLIST_OTHER && line.len &&
                 !alz_str_starts(line, "Running main() from ");
    }
    if (!tests)
        return ALZ_NO;
    return other ? ALZ_POSSIBLE : ALZ_CERTAIN;
}
