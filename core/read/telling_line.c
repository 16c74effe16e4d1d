/* telling_line.c - the line of a test's output that people want. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <allurize/read.h>

#include <strings.h>

/* Words as they stand in a line, in any case. */
static const char *const failures[] = {
    "fail",  "error",     "assert",    "panic", "fatal",
    "abort", "exception", "traceback", NULL,
};
static const char *const skips[] = {"skip", NULL};

/* "0 failed", "no errors": a word of success after all. Not "10 failed". */
static const char *const denials[] = {"0 fail",   "0 error",       "no fail",
                                      "no error", "without error", NULL};

/* Lines that every test of a framework prints begin like this. */
static const char *const noise[] = {
    "Running main() from ", "Note: Google Test filter",
    "[==========]",         "[----------]",
    "[ RUN      ]",         NULL,
};

/* Lines that say where end like this: what is on the next one. */
static const char *const places[] = {": Failure", ": Skipped", NULL};

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

static bool has_word(struct alz_str line, const char *word)
{
    size_t len = strlen(word);

    for (size_t i = 0; i + len <= line.len; i++)
        if (strncasecmp(line.ptr + i, word, len) == 0)
            return !i || !is_digit(*word) || !is_digit(line.ptr[i - 1]);
    return false;
}

static bool has_any(struct alz_str line, const char *const *words)
{
    for (; *words; words++)
        if (has_word(line, *words))
            return true;
    return false;
}

static bool is_noise(struct alz_str line)
{
    for (const char *const *start = noise; *start; start++)
        if (alz_str_starts(line, *start))
            return true;
    return alz_str_first_line(line).len == 0;
}

static bool is_place(struct alz_str line)
{
    for (const char *const *end = places; *end; end++)
        if (alz_str_ends(line, *end))
            return true;
    return false;
}

/* The next line that is not noise; ptr NULL: there is none. */
static struct alz_str next_line(struct alz_str *rest)
{
    struct alz_str line;

    while (alz_str_split(rest, '\n', &line)) {
        line = alz_str_trim(line);
        if (!is_noise(line))
            return line;
    }
    return (struct alz_str){NULL, 0};
}

static struct alz_str find(struct alz_str text, const char *const *words)
{
    struct alz_str line, next, first = {NULL, 0};

    while ((line = next_line(&text)).ptr) {
        if (!first.ptr)
            first = line;
        if (!has_any(line, words) || has_any(line, denials))
            continue;
        next = is_place(line) ? next_line(&text) : line;
        return next.ptr ? next : line;
    }
    return first.ptr ? first : ALZ_STR("");
}

struct alz_str alz_str_failure_line(struct alz_str text)
{
    return find(text, failures);
}

struct alz_str alz_str_skip_line(struct alz_str text)
{
    return find(text, skips);
}
