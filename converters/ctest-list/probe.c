/* probe.c - whether an input is CTest's list of tests. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "list.h"

static bool has(struct alz_str head, const char *literal)
{
    return alz_str_find(head, literal) != SIZE_MAX;
}

/* CMake writes keys in the order of the alphabet: "kind" comes behind
 * "backtraceGraph", which can be long. */
enum alz_match ctlist_probe(struct alz_str head, struct alz_str base_name)
{
    struct alz_str text = alz_str_trim(head);

    (void)base_name;
    if (!alz_str_starts(text, "{"))
        return ALZ_NO;
    return has(text, "\"ctestInfo\"") || has(text, "\"backtraceGraph\"")
               ? ALZ_CERTAIN
               : ALZ_NO;
}
