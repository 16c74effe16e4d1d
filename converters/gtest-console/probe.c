/* probe.c - whether an input is GoogleTest's console. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "console.h"

enum { LINES_MAX = 2000 };

/* What says for sure that it is, at the start of a line. */
static const char *const certain[] = {
    "[==========] Running ",
    "[ RUN      ] ",
    "Note: Google Test filter = ",
    "Note: Randomizing tests' orders with a seed of ",
    "Note: This is test shard ",
    "Repeating all tests (iteration ",
};

static struct alz_str without_colour(struct alz_str line)
{
    size_t escape;

    while ((escape = alz_escape_length(line)) > 0)
        line = alz_str_from_offset(line, escape);
    return line;
}

static bool is_certain(struct alz_str line)
{
    for (size_t i = 0; i < sizeof(certain) / sizeof(*certain); i++)
        if (alz_str_starts(line, certain[i]))
            return true;
    return alz_str_starts(line, "[==========] ") &&
           (alz_str_ends(line, " test(s).") ||
            alz_str_find(line, " ran.") != SIZE_MAX);
}

/* With --gtest_brief a failed test may be the first one to be named. A list of
 * tests begins as a run does. */
static bool is_likely(struct alz_str line)
{
    return alz_str_starts(line, "Running main() from ") ||
           alz_str_starts(line, "[  FAILED  ] ") ||
           alz_str_starts(line, "[       OK ] ");
}

/* Other formats may carry the console of a GoogleTest inside. */
static bool is_document(struct alz_str head)
{
    struct alz_str text = alz_str_trim(head);

    return alz_str_starts(text, "<") || alz_str_starts(text, "{");
}

enum alz_match gtcon_probe(struct alz_str head, struct alz_str base_name)
{
    enum alz_match match = ALZ_NO;
    struct alz_str line;
    size_t lines = 0;

    (void)base_name;
    if (is_document(head))
        return ALZ_NO;
    while (alz_str_split(&head, '\n', &line) && lines++ < LINES_MAX) {
        line = without_colour(line);
        if (is_certain(line))
            return ALZ_CERTAIN;
        if (is_likely(line))
            match = ALZ_LIKELY;
    }
    return match;
}
