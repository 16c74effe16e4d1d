/* probe.c - whether an input is CTest's console or its LastTest.log. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "console.h"

static struct alz_str without_cr(struct alz_str line)
{
    if (line.len && line.ptr[line.len - 1] == '\r')
        line.len--;
    return line;
}

static bool is_log(struct alz_str head)
{
    struct alz_str line;

    return alz_str_split(&head, '\n', &line) &&
           alz_str_starts(line, "Start testing: ") &&
           alz_str_split(&head, '\n', &line) && alz_str_starts(line, "-----");
}

/* A line that only CTest prints; several may share it on a terminal. */
static bool is_ours(struct alz_str line)
{
    struct console_start start;
    struct console_result result;
    struct alz_str part;

    while (alz_str_split(&line, '\r', &part))
        if (console_scan_start(part, &start) ||
            (console_scan_result(part, &result) && result.total))
            return true;
    return false;
}

/* A name on its own may come before anything else: the log of a build. */
enum alz_match console_probe(struct alz_str head, struct alz_str base_name)
{
    struct alz_str line, rest = head;
    bool project = false;

    (void)base_name;
    if (is_log(head))
        return ALZ_CERTAIN;
    while (alz_str_split(&rest, '\n', &line)) {
        line = without_cr(line);
        project |= alz_str_starts(line, "Test project ");
        if (project && is_ours(line))
            return ALZ_CERTAIN;
        if (is_ours(line))
            return ALZ_LIKELY;
    }
    return project ? ALZ_LIKELY : ALZ_NO;
}
