/* probe.c - whether an input is subunit, version 1. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "subunit.h"

enum { LINES_MAX = 500 };

static bool is_outcome(struct alz_str line, struct alz_str name)
{
    static const char *const keywords[] = {
        "success: ", "successful: ", "failure: ",  "error: ",
        "skip: ",    "xfail: ",      "uxsuccess: "};

    for (size_t i = 0; i < sizeof(keywords) / sizeof *keywords; i++) {
        size_t len = strlen(keywords[i]);

        if (alz_str_starts(line, keywords[i]) && line.len >= len + name.len &&
            alz_str_equal((struct alz_str){line.ptr + len, name.len}, name))
            return true;
    }
    return false;
}

/* A test that begins, and the outcome of the same one. */
enum alz_match subunit_probe(struct alz_str head, struct alz_str base_name)
{
    struct alz_str line, name = ALZ_STR(""), rest;

    (void)base_name;
    for (int i = 0; i < LINES_MAX && alz_str_split(&head, '\n', &line); i++) {
        line = alz_str_trim(line);
        if (alz_str_starts(line, "test: ") &&
            subunit_keyword(line, "test", &rest))
            name = rest;
        else if (alz_str_starts(line, "testing: ") &&
                 subunit_keyword(line, "testing", &rest))
            name = rest;
        else if (name.len > 0 && is_outcome(line, name))
            return ALZ_CERTAIN;
    }
    return name.len > 0 ? ALZ_POSSIBLE : ALZ_NO;
}
