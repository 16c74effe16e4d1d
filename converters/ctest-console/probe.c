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

    if (!alz_str_split(&head, '\n', &line))
        return false;
    if (console_is_journal(line))
        return true;
    return alz_str_starts(line, "Start testing: ") &&
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

/* Another runner began before CTest did: whose test runs CTest? */
static bool is_others(struct alz_str line)
{
    static const char *const starts[] = {"TAP version ", "ok ",   "not ok ",
                                         "1..",          "[====", "[ RUN"};

    for (size_t i = 0; i < sizeof(starts) / sizeof(*starts); i++)
        if (alz_str_starts(line, starts[i]))
            return true;
    return false;
}

/* The log of a build may come before anything else. */
enum alz_match console_probe(struct alz_str head, struct alz_str base_name)
{
    struct alz_str line, rest = head;
    bool project = false, others = false;

    (void)base_name;
    if (is_log(head))
        return ALZ_ENCLOSES;
    while (alz_str_split(&rest, '\n', &line)) {
        line = without_cr(line);
        project |= alz_str_starts(line, "Test project ");
        others |= is_others(line);
        if (project && is_ours(line))
            return others ? ALZ_CERTAIN : ALZ_ENCLOSES;
        if (is_ours(line))
            return ALZ_LIKELY;
    }
    return project ? ALZ_LIKELY : ALZ_NO;
}
