/* compare.c - expected and actual, out of the text of a failure. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "shared.h"

enum { VALUE_MAX = 64 * 1024 };

static bool tell(struct alz_out *out, alz_ref ref, struct alz_str expected,
                 struct alz_str actual)
{
    expected = alz_str_trim(expected);
    actual = alz_str_trim(actual);
    if (!expected.len || !actual.len || expected.len > VALUE_MAX ||
        actual.len > VALUE_MAX)
        return false;
    alz_set_text(out, ref, ALZ_EXPECTED, expected);
    alz_set_text(out, ref, ALZ_ACTUAL, actual);
    return true;
}

/* Two expressions, each with its value below when they differ:
 *     Expected equality of these values:
 *       a
 *         Which is: 1
 *       2
 */
static bool equality(struct alz_out *out, alz_ref ref, struct alz_str body)
{
    static const char title[] = "Expected equality of these values:\n",
                      value[] = "    Which is: ";
    struct alz_str values[2] = {ALZ_STR(""), ALZ_STR("")}, rest, line;
    size_t count = 0;

    if (!alz_str_starts(body, title))
        return false;
    rest = alz_str_from_offset(body, sizeof(title) - 1);
    while (alz_str_split(&rest, '\n', &line)) {
        if (count > 0 && alz_str_starts(line, value))
            values[count - 1] = alz_str_from_offset(line, sizeof(value) - 1);
        else if (count < 2 && alz_str_starts(line, "  "))
            values[count++] = line;
        else
            break;
    }
    return count == 2 && tell(out, ref, values[0], values[1]);
}

/* The rest of the first line that begins with `lead`. */
static struct alz_str line_of(struct alz_str text, const char *lead)
{
    struct alz_str line;

    while (alz_str_split(&text, '\n', &line))
        if (alz_str_starts(line, lead))
            return alz_str_from_offset(line, strlen(lead));
    return ALZ_STR("");
}

/*
 *     Value of: f(x)
 *       Actual: false
 *     Expected: true
 * Matchers write the last two the other way round.
 */
static bool value(struct alz_out *out, alz_ref ref, struct alz_str body)
{
    return alz_str_starts(body, "Value of: ") &&
           tell(out, ref, line_of(body, "Expected: "),
                line_of(body, "  Actual: "));
}

void gtest_compare(struct alz_out *out, alz_ref ref, struct alz_str body)
{
    if (!equality(out, ref, body))
        value(out, ref, body);
}
