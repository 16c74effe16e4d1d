/* probe.c - whether an input is GoogleTest's JSON. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "gtest.h"

static bool has(struct alz_str head, const char *literal)
{
    return alz_str_find(head, literal) != SIZE_MAX;
}

/* Other runners' JSON is taken when nothing else knows it: to be named. */
static bool is_foreign(struct alz_str text)
{
    static const char *const keys[] = {
        "\"testResults\"",
        "\"numTotalTests\"",
        "\"test_suites\"",
        "\"test-run\"",
    };

    for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++)
        if (has(text, keys[i]))
            return true;
    return false;
}

static bool is_object(struct alz_str head)
{
    struct alz_str text = alz_str_trim(head);

    if (alz_str_starts(text, "\xef\xbb\xbf"))
        text = alz_str_from_offset(text, 3);
    return alz_str_starts(text, "{");
}

/* A report counts its failures before anything else, a list has none. */
bool gtest_is_list(struct alz_str head)
{
    static const char *const verdicts[] = {"\"failures\"", "\"status\"",
                                           "\"result\""};

    for (size_t i = 0; i < sizeof(verdicts) / sizeof(*verdicts); i++)
        if (has(head, verdicts[i]))
            return false;
    return is_object(head) && has(head, "\"testsuites\"") &&
           (has(head, "\"testsuite\"") || has(head, "\"AllTests\""));
}

/* Every report has the list; all its other words may be far behind. */
enum alz_match gtest_probe(struct alz_str text, struct alz_str base_name)
{
    (void)base_name;
    if (!is_object(text) || gtest_is_list(text))
        return ALZ_NO;
    if (!has(text, "\"testsuites\""))
        return is_foreign(text) ? ALZ_POSSIBLE : ALZ_NO;
    if (has(text, "\"testsuite\"") || has(text, "\"AllTests\""))
        return ALZ_CERTAIN;
    if (has(text, "\"tests\"") || has(text, "\"failures\""))
        return ALZ_LIKELY;
    return ALZ_POSSIBLE;
}
