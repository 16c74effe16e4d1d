/* repair.c - UTF-8 whose bytes GoogleTest has escaped one by one. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "gtest.h"

/*
 * Where char is signed, GoogleTest takes every byte of a UTF-8 sequence for a
 * control character and writes it as \u00XX: "é" comes as the two characters
 * U+00C3 and U+00A9. Characters above U+00FF cannot come from there, so a text
 * that has one was written right.
 */

/* The character U+0080 to U+00FF at text[at], or 0. */
static unsigned byte_at(struct alz_str text, size_t at)
{
    unsigned char lead, next;

    if (at + 1 >= text.len)
        return 0;
    lead = (unsigned char)text.ptr[at];
    next = (unsigned char)text.ptr[at + 1];
    if ((lead != 0xc2 && lead != 0xc3) || (next & 0xc0) != 0x80)
        return 0;
    return (unsigned)(lead & 0x03) << 6 | (next & 0x3f);
}

static bool may_be_bytes(struct alz_str text)
{
    bool any = false;

    for (size_t at = 0; at < text.len; at++) {
        if (!((unsigned char)text.ptr[at] & 0x80))
            continue;
        if (!byte_at(text, at++))
            return false;
        any = true;
    }
    return any;
}

/* The bytes a UTF-8 sequence with that lead has, 0: it is no lead; and what
 * its second byte lies in. */
static size_t sequence_length(unsigned lead, unsigned *min, unsigned *max)
{
    static const struct {
        unsigned from, to, min, max;
        size_t len;
    } leads[] = {
        {0xc2, 0xdf, 0x80, 0xbf, 2},
        {0xe0, 0xe0, 0xa0, 0xbf, 3},
        {0xe1, 0xec, 0x80, 0xbf, 3},
        {0xed, 0xed, 0x80, 0x9f, 3},
        {0xee, 0xef, 0x80, 0xbf, 3},
        {0xf0, 0xf0, 0x90, 0xbf, 4},
        {0xf1, 0xf3, 0x80, 0xbf, 4},
        {0xf4, 0xf4, 0x80, 0x8f, 4},
    };

    for (size_t i = 0; i < sizeof(leads) / sizeof(*leads); i++) {
        if (lead < leads[i].from || lead > leads[i].to)
            continue;
        *min = leads[i].min;
        *max = leads[i].max;
        return leads[i].len;
    }
    return 0;
}

/* Reads one sequence of such characters. Its length in bytes, 0: none. */
static size_t sequence(struct alz_str text, size_t at, char bytes[4])
{
    unsigned min = 0, max = 0, byte = byte_at(text, at);
    size_t len = sequence_length(byte, &min, &max);

    if (!len)
        return 0;
    bytes[0] = (char)byte;
    for (size_t i = 1; i < len; i++) {
        byte = byte_at(text, at + 2 * i);
        if (byte < min || byte > max)
            return 0;
        bytes[i] = (char)byte;
        min = 0x80;
        max = 0xbf;
    }
    return len;
}

/* What makes no sequence stays a character: it was Latin-1. */
struct alz_str gtest_repair(struct gtest_room *room, struct alz_str text)
{
    struct alz_text *plain = &room->plain;
    char bytes[4];

    if (!may_be_bytes(text))
        return text;
    alz_text_clear(plain);
    for (size_t at = 0, len; at < text.len;) {
        len = sequence(text, at, bytes);
        if (len) {
            gtest_put(room, plain, GTEST_TRACE_MAX,
                      (struct alz_str){bytes, len});
            at += 2 * len;
            continue;
        }
        len = (unsigned char)text.ptr[at] & 0x80 ? 2 : 1;
        gtest_put(room, plain, GTEST_TRACE_MAX,
                  (struct alz_str){text.ptr + at, len});
        at += len;
    }
    return alz_text_str(plain);
}
