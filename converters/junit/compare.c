/* compare.c - expected and actual, out of the text of a failure. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "junit.h"

/*
 * One way to write a comparison: `before` expected `between` actual `after`.
 * last: the end of the second value is the last `after` of its line.
 */
static const struct pattern {
    const char *before, *between, *after;
    bool swapped; /* the first value is the actual one */
} patterns[] = {
    {"expected: <",  "> but was: <",     ">",  false}, /* opentest4j */
    {"expected:<",   "> but was:<",      ">",  false}, /* JUnit 4 */
    {"expected <",   ">\n\tbut was  <",  ">",  false}, /* CppUTest */
    {"expected [",   "] but found [",    "]",  false}, /* TestNG */
    {"Expected: ",   "\nReceived: ",     "\n", false}, /* Jest */
    {"Expected: ",   "\n    Received: ", "\n", false}, /* Playwright */
    {"\nleft: ",     "\nright: ",        "\n", true },
    {"  left: ",     "\n right: ",       "\n", true }, /* Rust */
    {"Passed in:\n", "\nExpected:\n",    "\n", true }, /* luassert */
};

enum { VALUE_MAX = 64 * 1024 };

static struct alz_str between(struct alz_str text, size_t from, size_t to)
{
    return junit_head(alz_str_from_offset(text, from), to - from);
}

/* The closing word of the second value: the last one on its last line, as the
 * value may hold the word itself. */
static size_t value_end(struct alz_str text, const char *after)
{
    size_t end = alz_str_find(text, "\n"), at = 0, found = SIZE_MAX, next;

    if (strcmp(after, "\n") == 0)
        return end == SIZE_MAX ? text.len : end;
    struct alz_str line = junit_head(text, end);
    while ((next = alz_str_find(alz_str_from_offset(line, at), after)) !=
           SIZE_MAX) {
        found = at + next;
        at = found + 1;
    }
    if (found == SIZE_MAX) /* the value has more lines than one */
        found = alz_str_find(text, after);
    return found;
}

/* False: not worth showing. */
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

static bool try_pattern(struct alz_out *out, alz_ref ref,
                        const struct pattern *pattern, struct alz_str text)
{
    size_t start = alz_str_find(text, pattern->before);
    if (start == SIZE_MAX)
        return false;
    start += strlen(pattern->before);
    size_t middle =
        alz_str_find(alz_str_from_offset(text, start), pattern->between);
    if (middle == SIZE_MAX)
        return false;
    struct alz_str first = between(text, start, start + middle);
    struct alz_str rest =
        alz_str_from_offset(text, start + middle + strlen(pattern->between));
    size_t end = value_end(rest, pattern->after);
    if (end == SIZE_MAX)
        return false;
    struct alz_str second = junit_head(rest, end);
    return tell(out, ref, pattern->swapped ? second : first,
                pattern->swapped ? first : second);
}

/* GoogleTest: two expressions, each with its value below when they differ.
 *     Expected equality of these values:
 *       a
 *         Which is: 1
 *       2
 */
static bool try_gtest(struct alz_out *out, alz_ref ref, struct alz_str text)
{
    const char *const title = "Expected equality of these values:\n";
    struct alz_str values[2] =
        {
            {NULL, 0},
            {NULL, 0}
    },
                   line;
    size_t at = alz_str_find(text, title), count = 0;

    if (at == SIZE_MAX)
        return false;
    struct alz_str rest = alz_str_from_offset(text, at + strlen(title));
    while (alz_str_split(&rest, '\n', &line)) {
        if (alz_str_starts(line, "    Which is: ") && count > 0)
            values[count - 1] = alz_str_from_offset(line, 14);
        else if (alz_str_starts(line, "  ") && count < 2)
            values[count++] = line;
        else
            break;
    }
    return count == 2 && tell(out, ref, values[0], values[1]);
}

bool junit_compare(struct alz_out *out, alz_ref ref, struct alz_str text)
{
    bool found = try_gtest(out, ref, text);

    for (size_t i = 0; !found && i < sizeof(patterns) / sizeof(patterns[0]);
         i++)
        found = try_pattern(out, ref, &patterns[i], text);
    return found;
}
