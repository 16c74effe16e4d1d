/* utf8.c - validity, repair and cutting of UTF-8. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "base/utf8.h"

/* What the first byte of a sequence says of its length and second byte:
 * overlong forms, surrogates and codes above 10FFFF are out by the range. */
static const struct lead {
    unsigned char first, last, length, second_min, second_max;
} leads[] = {
    {0xc2, 0xdf, 2, 0x80, 0xbf},
    {0xe0, 0xe0, 3, 0xa0, 0xbf},
    {0xe1, 0xec, 3, 0x80, 0xbf},
    {0xed, 0xed, 3, 0x80, 0x9f},
    {0xee, 0xef, 3, 0x80, 0xbf},
    {0xf0, 0xf0, 4, 0x90, 0xbf},
    {0xf1, 0xf3, 4, 0x80, 0xbf},
    {0xf4, 0xf4, 4, 0x80, 0x8f},
};

static bool is_continuation(unsigned char byte)
{
    return (byte & 0xc0) == 0x80;
}

static const struct lead *lead_of(unsigned char byte)
{
    for (size_t i = 0; i < sizeof(leads) / sizeof(*leads); i++)
        if (byte <= leads[i].last)
            return byte >= leads[i].first ? &leads[i] : NULL;
    return NULL;
}

size_t alz_utf8_sequence(const unsigned char *ptr, const unsigned char *end)
{
    const struct lead *lead;

    if (ptr >= end)
        return 0;
    if (*ptr < 0x80)
        return 1;
    lead = lead_of(*ptr);
    if (!lead || lead->length > end - ptr || ptr[1] < lead->second_min ||
        ptr[1] > lead->second_max)
        return 0;
    for (size_t i = 2; i < lead->length; i++)
        if (!is_continuation(ptr[i]))
            return 0;
    return lead->length;
}

/* Skips ASCII, eight bytes at a time. */
static const unsigned char *skip_ascii(const unsigned char *ptr,
                                       const unsigned char *end)
{
    uint64_t word;

    while (end - ptr >= (ptrdiff_t)sizeof(word)) {
        memcpy(&word, ptr, sizeof(word));
        if (word & UINT64_C(0x8080808080808080))
            break;
        ptr += sizeof(word);
    }
    while (ptr < end && *ptr < 0x80)
        ptr++;
    return ptr;
}

size_t alz_utf8_valid(struct alz_str text)
{
    const unsigned char *start = (const unsigned char *)text.ptr;
    const unsigned char *ptr = start, *end;
    size_t len = 1;

    if (text.len == 0)
        return 0;
    end = start + text.len;
    while (len && ptr < end) {
        if (*ptr < 0x80)
            ptr = skip_ascii(ptr, end);
        len = alz_utf8_sequence(ptr, end);
        ptr += len;
    }
    return (size_t)(ptr - start);
}

size_t alz_utf8_repair(char *to, struct alz_str text)
{
    char *start = to;

    while (text.len) {
        size_t good = alz_utf8_valid(text);

        memcpy(to, text.ptr, good);
        to += good;
        text.ptr += good;
        text.len -= good;
        if (text.len) {
            to += alz_utf8_put(to, 0xfffd);
            text.ptr++;
            text.len--;
        }
    }
    return (size_t)(to - start);
}

struct alz_str alz_utf8_cut(struct alz_str text, size_t max)
{
    const unsigned char *ptr = (const unsigned char *)text.ptr;
    size_t back = 1;

    if (text.len <= max)
        return text;
    while (back < 4 && back < max && is_continuation(ptr[max - back]))
        back++;
    if (back <= max && back < 4 &&
        alz_utf8_sequence(ptr + max - back, ptr + text.len) > back)
        max -= back;
    return (struct alz_str){text.ptr, max};
}

size_t alz_utf8_put(char *to, uint32_t code)
{
    /* First byte's mark by the length of the sequence. */
    static const unsigned char marks[] = {0, 0, 0xc0, 0xe0, 0xf0};
    size_t len;

    if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff))
        code = 0xfffd;
    if (code < 0x80) {
        *to = (char)code;
        return 1;
    }
    len = code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    for (size_t i = len - 1; i > 0; i--, code >>= 6)
        to[i] = (char)(0x80 | (code & 0x3f));
    *to = (char)(marks[len] | code);
    return len;
}

/* ---- ANSI escape sequences (ECMA-48) ---------------------------------- */

/* Bytes of one range, then one final byte: its end, or NULL. */
static const char *skip_to_final(const char *ptr, const char *end, char last,
                                 char final)
{
    while (ptr < end && *ptr >= 0x20 && *ptr <= last)
        ptr++;
    return ptr < end && *ptr >= final && *ptr <= 0x7e ? ptr + 1 : NULL;
}

/* A control string up to BEL or ESC \. It ends at any other control byte, so
 * that many unfinished ones do not take quadratic time. */
static const char *skip_string(const char *ptr, const char *end)
{
    while (ptr < end && (unsigned char)*ptr >= 0x20)
        ptr++;
    if (ptr < end && *ptr == '\a')
        return ptr + 1;
    return end - ptr > 1 && ptr[0] == 0x1b && ptr[1] == '\\' ? ptr + 2 : NULL;
}

size_t alz_ansi_sequence(const char *ptr, const char *end)
{
    const char *after;

    if (ptr >= end || end - ptr < 2 || *ptr != 0x1b)
        return 0;
    if (ptr[1] == '[')
        after = skip_to_final(ptr + 2, end, 0x3f, 0x40);
    else if (ptr[1] != '\0' && strchr("]PX^_", ptr[1]))
        after = skip_string(ptr + 2, end);
    else
        after = skip_to_final(ptr + 1, end, 0x2f, 0x30);
    return after ? (size_t)(after - ptr) : 0;
}
