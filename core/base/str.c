/* str.c - comparing, trimming, splitting borrowed text. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "base/utf8.h"

#include <allurize/read.h>

#include <limits.h>
#include <strings.h>

static bool is_blank(char byte)
{
    return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

struct alz_str alz_str_trim(struct alz_str text)
{
    while (text.len && is_blank(text.ptr[text.len - 1]))
        text.len--;
    while (text.len && is_blank(*text.ptr)) {
        text.ptr++;
        text.len--;
    }
    return text;
}

bool alz_str_is_nocase(struct alz_str text, const char *literal)
{
    size_t len = strlen(literal);

    return text.len == len &&
           (len == 0 || strncasecmp(text.ptr, literal, len) == 0);
}

/* How often a byte is met in names and output: 0 is the rarest kind. */
static int commonness(unsigned char byte)
{
    if (byte >= 'a' && byte <= 'z')
        return 3;
    if (byte == ' ' || byte == '\n' || (byte >= '0' && byte <= '9'))
        return 2;
    return byte == '.' || byte == ':' || byte == '-' || byte == '/';
}

static size_t rarest_at(const char *literal, size_t len)
{
    size_t best = 0;
    int least = INT_MAX;

    for (size_t i = 0; i < len && least > 0; i++) {
        int now = commonness((unsigned char)literal[i]);

        if (now < least) {
            least = now;
            best = i;
        }
    }
    return best;
}

/* Literals are short, so looking at each place where their rarest byte is
 * takes linear time, and mostly that of memchr alone. */
size_t alz_str_find(struct alz_str text, const char *literal)
{
    size_t len = strlen(literal), rare = rarest_at(literal, len);
    const char *at = text.ptr, *end;

    if (len == 0)
        return 0;
    if (len > text.len)
        return SIZE_MAX;
    end = text.ptr + text.len - (len - 1); /* of where it may begin */
    while (at < end) {
        const char *found =
            memchr(at + rare, literal[rare], (size_t)(end - at));

        if (!found)
            break;
        at = found - rare;
        if (memcmp(at, literal, len) == 0)
            return (size_t)(at - text.ptr);
        at++;
    }
    return SIZE_MAX;
}

struct alz_str alz_str_from_offset(struct alz_str text, size_t offset)
{
    if (offset > text.len)
        offset = text.len;
    if (offset)
        text.ptr += offset;
    text.len -= offset;
    return text;
}

bool alz_str_split(struct alz_str *rest, char separator, struct alz_str *ret)
{
    const char *found;

    if (!rest->ptr)
        return false;
    *ret = *rest;
    found = rest->len ? memchr(rest->ptr, separator, rest->len) : NULL;
    if (!found) {
        *rest = (struct alz_str){NULL, 0};
        return true;
    }
    ret->len = (size_t)(found - rest->ptr);
    *rest = alz_str_from_offset(*rest, ret->len + 1);
    return true;
}

/* ---- the first line that says something ------------------------------- */

/* Beyond ASCII everything counts as a letter but these: Latin-1 signs,
 * punctuation to dingbats and arrows (rulers of box-drawing characters),
 * CJK punctuation, variation selectors, U+FFFD, emoji. */
static const struct code_range {
    uint32_t first, last;
} signs[] = {
    {0x80,    0xa9   },
    {0xab,    0xb4   },
    {0xb6,    0xb9   },
    {0xbb,    0xbf   },
    {0xd7,    0xd7   },
    {0xf7,    0xf7   },
    {0x2000,  0x2bff },
    {0x3000,  0x3004 },
    {0x3008,  0x3020 },
    {0xe000,  0xf8ff },
    {0xfe00,  0xfe1f },
    {0xfe30,  0xfe6f },
    {0xfeff,  0xfeff },
    {0xff01,  0xff0f },
    {0xfff0,  0xffff },
    {0x1f000, 0x1faff},
};

static bool is_ascii_word(unsigned char byte)
{
    return (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') ||
           (byte >= 'a' && byte <= 'z');
}

static uint32_t decode(const unsigned char *ptr, size_t len)
{
    uint32_t code = ptr[0] & (0x7fU >> len);

    for (size_t i = 1; i < len; i++)
        code = code << 6 | (ptr[i] & 0x3fU);
    return code;
}

static bool is_word(const unsigned char *ptr, size_t len)
{
    uint32_t code;

    if (len < 2)
        return len == 1 && is_ascii_word(*ptr);
    code = decode(ptr, len);
    for (size_t i = 0; i < sizeof(signs) / sizeof(*signs); i++)
        if (code >= signs[i].first && code <= signs[i].last)
            return false;
    return true;
}

/* Colours are not words, though they are made of letters and digits. */
static bool says_something(struct alz_str line)
{
    const char *ptr = line.ptr, *end = line.ptr + line.len;

    while (ptr < end) {
        size_t skip = alz_ansi_sequence(ptr, end);
        const unsigned char *bytes = (const unsigned char *)ptr;

        if (skip == 0) {
            skip = alz_utf8_sequence(bytes, (const unsigned char *)end);
            if (is_word(bytes, skip))
                return true;
        }
        ptr += skip ? skip : 1;
    }
    return false;
}

struct alz_str alz_str_first_line(struct alz_str text)
{
    struct alz_str line;

    while (alz_str_split(&text, '\n', &line)) {
        line = alz_str_trim(line);
        if (line.len && says_something(line))
            return line;
    }
    return ALZ_STR("");
}
