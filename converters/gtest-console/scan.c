/* scan.c - the lines that GoogleTest itself prints. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "console.h"

/* ---- marks ------------------------------------------------------------ */

enum { MARK_WIDTH = 10 };

static const struct {
    const char *word;
    enum gtcon_mark mark;
} marks[] = {
    {"==========", GTCON_BAR     },
    {"----------", GTCON_RULE    },
    {"RUN",        GTCON_RUN     },
    {"OK",         GTCON_OK      },
    {"FAILED",     GTCON_FAILED  },
    {"SKIPPED",    GTCON_SKIPPED },
    {"ERROR",      GTCON_ERROR   },
    {"PASSED",     GTCON_PASSED  },
    {"DISABLED",   GTCON_DISABLED},
    {"LINE",       GTCON_LINE    },
};

enum gtcon_mark gtcon_mark_read(struct alz_str line, struct alz_str *ret_rest)
{
    struct alz_str word;

    *ret_rest = line;
    if (line.len < MARK_WIDTH + 2 || line.ptr[0] != '[' ||
        line.ptr[MARK_WIDTH + 1] != ']')
        return GTCON_TEXT;
    word = alz_str_trim((struct alz_str){line.ptr + 1, MARK_WIDTH});
    for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++) {
        if (!alz_str_is(word, marks[i].word))
            continue;
        *ret_rest = alz_str_trim(alz_str_from_offset(line, MARK_WIDTH + 2));
        return marks[i].mark;
    }
    return GTCON_TEXT;
}

/* ---- numbers ---------------------------------------------------------- */

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

bool gtcon_take_number(struct alz_str *text, uint64_t *ret)
{
    size_t len = 0;

    while (len < text->len && is_digit(text->ptr[len]))
        len++;
    if (len > 15 || !alz_number_parse(gtest_head(*text, len), ret))
        return false;
    *text = alz_str_from_offset(*text, len);
    return true;
}

/* Fractions of a ms (busted) are dropped. */
bool gtcon_take_ms(struct alz_str *text, int64_t *ret_ms)
{
    size_t at = text->len;
    struct alz_str number;
    uint64_t ms;

    if (!alz_str_ends(*text, " ms)"))
        return false;
    at -= strlen(" ms)");
    while (at && (is_digit(text->ptr[at - 1]) || text->ptr[at - 1] == '.'))
        at--;
    if (at < 2 || text->ptr[at - 1] != '(' || text->ptr[at - 2] != ' ')
        return false;
    number = alz_str_from_offset(*text, at);
    if (!gtcon_take_number(&number, &ms))
        return false;
    *ret_ms = (int64_t)ms;
    text->len = at - 2;
    return true;
}

/* ---- failures --------------------------------------------------------- */

/* "t.cc:26" of "t.cc:26: Failure", "unknown file" of "unknown file: ...". */
static bool is_location(struct alz_str text)
{
    size_t at = text.len;

    if (alz_str_is(text, "unknown file"))
        return true;
    while (at && is_digit(text.ptr[at - 1]))
        at--;
    return at > 1 && at < text.len && text.ptr[at - 1] == ':';
}

/* "t.cc(26)": the way Visual C++ writes it. */
static bool is_windows_location(struct alz_str text)
{
    size_t at = text.len;

    if (alz_str_is(text, "unknown file"))
        return true;
    if (at < 4 || text.ptr[--at] != ')')
        return false;
    while (at && is_digit(text.ptr[at - 1]))
        at--;
    return at > 1 && at < text.len - 1 && text.ptr[at - 1] == '(';
}

static const struct {
    const char *word;
    enum gtcon_block block;
} endings[] = {
    {": Failure", GTCON_FAILURE},
    {": Skipped", GTCON_REASON },
};

static enum gtcon_block windows(struct alz_str line,
                                struct alz_str *ret_location,
                                struct alz_str *ret_body)
{
    size_t at = alz_str_find(line, ": error: ");

    if (at == SIZE_MAX || !is_windows_location(gtest_head(line, at)))
        return GTCON_NO_BLOCK;
    *ret_location = gtest_head(line, at);
    *ret_body = alz_str_from_offset(line, at + strlen(": error: "));
    return GTCON_FAILURE;
}

enum gtcon_block gtcon_block_read(struct alz_str line,
                                  struct alz_str *ret_location,
                                  struct alz_str *ret_body)
{
    *ret_body = ALZ_STR("");
    for (size_t i = 0; i < sizeof(endings) / sizeof(*endings); i++) {
        if (!alz_str_ends(line, endings[i].word))
            continue;
        *ret_location = gtest_head(line, line.len - strlen(endings[i].word));
        if (is_location(*ret_location))
            return endings[i].block;
    }
    return windows(line, ret_location, ret_body);
}
