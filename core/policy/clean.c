/* clean.c - text as people may read it: no escapes, no control characters. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "policy/stages.h"

#include "base/utf8.h"
#include "base/words.h"

/*
 * Most text is clean, so it is looked at byte by byte first: by this table,
 * SUSPECT bytes may begin something to clean. Of the bytes beyond ASCII these
 * are the leads of C1 controls (c2), U+2028 and U+2029 (e2), U+FFFD (ef).
 */
enum { PLAIN, BLANK, SUSPECT };

static unsigned char class_of(unsigned char byte)
{
    if (byte > 0x20 && byte < 0x7f)
        return PLAIN;
    if (byte == ' ')
        return BLANK;
    return byte < 0x80 || byte == 0xc2 || byte == 0xe2 || byte == 0xef ? SUSPECT
                                                                       : PLAIN;
}

/* What one sequence is. */
enum { KEEP, SPACE, LINE_END, DROP, REPLACEMENT };

static int ascii_kind(unsigned char byte)
{
    if (byte == '\n' || byte == '\r')
        return LINE_END;
    if (byte == '\t' || byte == ' ' || byte == '\v' || byte == '\f')
        return SPACE;
    return byte < 0x20 || byte == 0x7f ? DROP : KEEP;
}

static int kind_of(const unsigned char *ptr, size_t len)
{
    if (len == 1)
        return ascii_kind(*ptr);
    if (len == 2 && ptr[0] == 0xc2 && ptr[1] < 0xa0)
        return ptr[1] == 0x85 ? LINE_END : DROP;
    if (len == 3 && ptr[0] == 0xe2 && ptr[1] == 0x80 &&
        (ptr[2] == 0xa8 || ptr[2] == 0xa9))
        return LINE_END;
    if (len == 3 && memcmp(ptr, "\xef\xbf\xbd", 3) == 0)
        return REPLACEMENT;
    return KEEP;
}

/* The next sequence of valid UTF-8 and its kind; an ANSI sequence is one. */
static size_t next_sequence(const char *ptr, const char *end, int *kind)
{
    size_t len = *ptr == 0x1b ? alz_ansi_sequence(ptr, end) : 0;

    *kind = DROP;
    if (len)
        return len;
    len = alz_utf8_sequence((const unsigned char *)ptr,
                            (const unsigned char *)end);
    if (len == 0)
        return 1;
    *kind = kind_of((const unsigned char *)ptr, len);
    return len;
}

/* ---- one line --------------------------------------------------------- */

/* ASCII without control characters, and no two blanks side by side. */
static bool is_plain_word(uint64_t word)
{
    uint64_t blanks = alz_word_exactly(word, ' ');

    return !(alz_word_wide(word) | alz_word_below(word, 0x20) |
             alz_word_has(word, 0x7f) | (blanks & blanks << 8));
}

/* Words overlap by a byte, so that two blanks are in one of them. The last
 * one ends with the text. */
static bool is_plain_line(struct alz_str text)
{
    const size_t size = sizeof(uint64_t);
    size_t at = 0;

    if (text.len < size || *text.ptr == ' ' || text.ptr[text.len - 1] == ' ')
        return false;
    for (; text.len - at > size; at += size - 1)
        if (!is_plain_word(alz_word_load(text.ptr + at)))
            return false;
    return is_plain_word(alz_word_load(text.ptr + text.len - size));
}

static bool is_clean_line(struct alz_str text)
{
    unsigned char before = BLANK;

    if (is_plain_line(text))
        return true;
    for (size_t i = 0; i < text.len; i++) {
        unsigned char now = class_of((unsigned char)text.ptr[i]);

        if (now == SUSPECT || (now == BLANK && before == BLANK))
            return false;
        before = now;
    }
    return before != BLANK || text.len == 0;
}

struct alz_str alz_clean_line(struct alz_arena *arena, struct alz_str text)
{
    const char *ptr = text.ptr, *end;
    char *to, *start;
    bool blank = false;

    if (is_clean_line(text))
        return text;
    start = to = alz_arena_bytes(arena, text.len);
    if (!to)
        return ALZ_STR("");
    for (end = ptr + text.len; ptr < end;) {
        int kind;
        size_t len = next_sequence(ptr, end, &kind);

        if (kind == SPACE || kind == LINE_END)
            blank = to > start;
        if (kind == KEEP || kind == REPLACEMENT) {
            if (blank)
                *to++ = ' ';
            blank = false;
        }
        if (kind == REPLACEMENT)
            *to++ = '?';
        for (size_t i = 0; kind == KEEP && i < len; i++)
            *to++ = ptr[i];
        ptr += len;
    }
    *to = '\0';
    return (struct alz_str){start, (size_t)(to - start)};
}

/* ---- many lines ------------------------------------------------------- */

static bool is_clean_part(const char *ptr, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        unsigned char byte = (unsigned char)ptr[i];

        if ((byte < 0x20 && byte != '\n' && byte != '\t') || byte == 0x7f ||
            byte == 0xc2)
            return false;
    }
    return true;
}

static bool is_clean_text(struct alz_str text)
{
    const size_t size = sizeof(uint64_t);
    size_t at = 0;

    for (; text.len - at >= size; at += size) {
        uint64_t word = alz_word_load(text.ptr + at);

        if ((alz_word_below(word, 0x20) | alz_word_has(word, 0x7f) |
             alz_word_has(word, 0xc2)) &&
            !is_clean_part(text.ptr + at, size))
            return false;
    }
    return is_clean_part(text.ptr + at, text.len - at);
}

struct alz_str alz_clean_text(struct alz_arena *arena, struct alz_str text)
{
    const char *ptr = text.ptr, *end;
    char *to, *start;

    if (is_clean_text(text))
        return text;
    start = to = alz_arena_bytes(arena, text.len);
    if (!to)
        return ALZ_STR("");
    for (end = ptr + text.len; ptr < end;) {
        int kind;
        size_t len = next_sequence(ptr, end, &kind);

        if (*ptr == '\r') {
            if (end - ptr < 2 || ptr[1] != '\n')
                *to++ = '\n';
        } else if (*ptr == '\v' || *ptr == '\f') {
            *to++ = ' ';
        } else {
            for (size_t i = 0; kind != DROP && i < len; i++)
                *to++ = ptr[i];
        }
        ptr += len;
    }
    *to = '\0';
    return (struct alz_str){start, (size_t)(to - start)};
}
