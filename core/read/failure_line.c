/* failure_line.c - the line of an output that says what went wrong. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <allurize/read.h>

#include <strings.h>

/* Words of a failure, as they stand in a line in any case. */
static const char *const words[] = {"fail",  "error", "assert",    "panic",
                                    "fatal", "abort", "exception", "traceback"};

/* Where the word stands in the line, or SIZE_MAX. */
static size_t find_word(struct alz_str line, const char *word)
{
    size_t len = strlen(word);

    for (size_t i = 0; i + len <= line.len; i++)
        if (strncasecmp(line.ptr + i, word, len) == 0)
            return i;
    return SIZE_MAX;
}

/* "0 failed", "no errors": a word of success after all. Not "10 failed". */
static bool denies(struct alz_str line)
{
    static const char *const denials[] = {"0 fail", "0 error", "no fail",
                                          "no error", "without error"};

    for (size_t i = 0; i < sizeof(denials) / sizeof(*denials); i++) {
        size_t at = find_word(line, denials[i]);

        if (at == 0 || (at != SIZE_MAX &&
                        (line.ptr[at - 1] < '0' || line.ptr[at - 1] > '9')))
            return true;
    }
    return false;
}

static bool tells(struct alz_str line)
{
    for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
        if (find_word(line, words[i]) != SIZE_MAX)
            return !denies(line);
    return false;
}

struct alz_str alz_str_failure_line(struct alz_str text)
{
    struct alz_str line, rest = text;

    while (alz_str_split(&rest, '\n', &line))
        if (tells(line))
            return alz_str_trim(line);
    return alz_str_first_line(text);
}
