/* chars.c - which bytes and characters XML allows. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "read/tag.h"

#include <string.h>

/* The sums of the bits in tag.h; 16 bytes a line. */
/* clang-format off */
const unsigned char alz_byte_class[256] = {
     7,  7,  7,  7,  7,  7,  7,  7,  7, 32, 32,  7,  7, 39,  7,  7,
     7,  7,  7,  7,  7,  7,  7,  7,  7,  7,  7,  7,  7,  7,  7,  7,
    32,  0,  2,  0,  0,  0,  3,  2,  0,  0,  0,  0,  0,  8,  8,  0,
     8,  8,  8,  8,  8,  8,  8,  8,  8,  8, 24,  0,  3,  0,  0,  0,
     0, 24, 24, 24, 24, 24, 24, 24, 24, 24, 24, 24, 24, 24, 24, 24,
    24, 24, 24, 24, 24, 24, 24, 24, 24, 24, 24,  0,  0,  5,  0, 24,
     0, 24, 24, 24, 24, 24, 24, 24, 24, 24, 24, 24, 24, 24, 24, 24,
    24, 24, 24, 24, 24, 24, 24, 24, 24, 24, 24,  0,  0,  0,  0,  0,
    31, 31, 31, 31, 31, 31, 31, 31, 31, 31, 31, 31, 31, 31, 31, 31,
    31, 31, 31, 31, 31, 31, 31, 31, 31, 31, 31, 31, 31, 31, 31, 31,
    31, 31, 31, 31, 31, 31, 31, 31, 31, 31, 31, 31, 31, 31, 31, 31,
    31, 31, 31, 31, 31, 31, 31, 31, 31, 31, 31, 31, 31, 31, 31, 31,
    31, 31, 31, 31, 31, 31, 31, 31, 31, 31, 31, 31, 31, 31, 31, 31,
    31, 31, 31, 31, 31, 31, 31, 31, 31, 31, 31, 31, 31, 31, 31, 31,
    31, 31, 31, 31, 31, 31, 31, 31, 31, 31, 31, 31, 31, 31, 31, 31,
    31, 31, 31, 31, 31, 31, 31, 31, 31, 31, 31, 31, 31, 31, 31, 31,
};
/* clang-format on */

static bool follows(unsigned char byte)
{
    return (byte & 0xC0) == 0x80;
}

/* EE 80 80-9F is how control characters travel to the parser; EF BF BE and
 * EF BF BF are no characters. */
static bool three_legal(const unsigned char *p)
{
    if (!follows(p[1]) || !follows(p[2]))
        return false;
    switch (p[0]) {
    case 0xE0:
        return p[1] >= 0xA0;
    case 0xED:
        return p[1] < 0xA0;
    case 0xEE:
        return p[1] != 0x80 || p[2] >= 0xA0;
    case 0xEF:
        return p[1] != 0xBF || p[2] < 0xBE;
    default:
        return true;
    }
}

static bool four_legal(const unsigned char *p)
{
    if (p[0] == 0xF0 && p[1] < 0x90)
        return false;
    if (p[0] == 0xF4 && p[1] >= 0x90)
        return false;
    return follows(p[1]) && follows(p[2]) && follows(p[3]);
}

size_t alz_char_legal(const unsigned char *p)
{
    if (p[0] >= 0xC2 && p[0] < 0xE0)
        return follows(p[1]) ? 2 : 0;
    if (p[0] >= 0xE0 && p[0] < 0xF0)
        return three_legal(p) ? 3 : 0;
    if (p[0] >= 0xF0 && p[0] < 0xF5)
        return four_legal(p) ? 4 : 0;
    return 0;
}

bool alz_char_code_legal(uint32_t code)
{
    if (code == ALZ_CHAR_NAMED)
        return true;
    if (code < 0x20)
        return code == '\t' || code == '\n' || code == '\r';
    if (code >= 0xD800 && code < 0xE020)
        return false;
    return code < 0xFFFE || (code >= 0x10000 && code < 0x110000);
}

static int digit(unsigned char byte)
{
    if (byte >= '0' && byte <= '9')
        return byte - '0';
    byte |= 0x20;
    return byte >= 'a' && byte <= 'f' ? byte - 'a' + 10 : 16;
}

/* The number of "&#10;" or "&#xA;", from behind the "#". */
static int numeric(const unsigned char *p, size_t left, uint32_t *code)
{
    enum { LENGTH_MAX = 16 };
    uint32_t base = 10, number = 0;
    size_t i = 2, first;
    int value;

    if (left > 2 && p[2] == 'x') {
        base = 16;
        i = 3;
    }
    for (first = i; i < left && i < LENGTH_MAX; i++) {
        value = digit(p[i]);
        if (value >= (int)base)
            break;
        if (number < 0x110000)
            number = number * base + (uint32_t)value;
    }
    if (i == left)
        return -1;
    if (i == first || p[i] != ';')
        return 0;
    *code = number;
    return (int)i + 1;
}

int alz_char_reference(const unsigned char *p, size_t left, uint32_t *code)
{
    static const struct {
        const char *text;
        size_t len;
    } names[] = {
        {"&amp;",  5},
        {"&lt;",   4},
        {"&gt;",   4},
        {"&quot;", 6},
        {"&apos;", 6}
    };
    size_t i, n;

    if (left > 1 && p[1] == '#')
        return numeric(p, left, code);
    for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        n = left < names[i].len ? left : names[i].len;
        if (memcmp(p, names[i].text, n) != 0)
            continue;
        if (n < names[i].len)
            return -1;
        *code = ALZ_CHAR_NAMED;
        return (int)n;
    }
    return 0;
}
