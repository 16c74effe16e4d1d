/* payload_made.h - payloads as CTest writes them, and as nobody should. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALZ_TESTS_PAYLOAD_MADE_H
#define ALZ_TESTS_PAYLOAD_MADE_H

#include <allurize/read.h>

#include <stdio.h>
#include <stdlib.h>
#include <zlib.h>

enum { ROOM = 1 << 20, BLOCK = 512 };

/* ---- making payloads ---------------------------------------------------- */

struct made {
    char *ptr;
    size_t len;
};

static inline struct made made_new(void)
{
    struct made made = {calloc(1, ROOM), 0};

    if (!made.ptr)
        exit(EXIT_FAILURE);
    return made;
}

static inline struct made base64_of(struct made from)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                 "abcdefghijklmnopqrstuvwxyz0123456789+/";
    struct made to = made_new();

    for (size_t i = 0; i < from.len; i += 3) {
        size_t left = from.len - i;
        unsigned bits = (unsigned)(unsigned char)from.ptr[i] << 16;

        bits |= left > 1 ? (unsigned)(unsigned char)from.ptr[i + 1] << 8 : 0;
        bits |= left > 2 ? (unsigned char)from.ptr[i + 2] : 0;
        for (unsigned n = 0; n < 4; n++)
            to.ptr[to.len++] =
                n > left ? '=' : digits[bits >> (18 - 6 * n) & 63];
    }
    return to;
}

/* window: 15 zlib, 31 gzip */
static inline struct made deflated(struct made from, int window)
{
    struct made to = made_new();
    z_stream stream = {.next_in = (Bytef *)from.ptr,
                       .avail_in = (uInt)from.len,
                       .next_out = (Bytef *)to.ptr,
                       .avail_out = ROOM};

    if (deflateInit2(&stream, 9, Z_DEFLATED, window, 8, Z_DEFAULT_STRATEGY) !=
            Z_OK ||
        deflate(&stream, Z_FINISH) != Z_STREAM_END)
        exit(EXIT_FAILURE);
    to.len = stream.total_out;
    deflateEnd(&stream);
    return to;
}

static inline void put_octal(char *to, size_t digits, unsigned long number)
{
    while (digits--) {
        to[digits] = (char)('0' + number % 8);
        number /= 8;
    }
}

/* A ustar header; size is what it claims. */
static inline void add_header(struct made *tar, const char *name, char type,
                              const char *link, unsigned long size)
{
    char *header = tar->ptr + tar->len;
    unsigned sum = 0;

    memset(header, 0, BLOCK);
    snprintf(header, 100, "%s", name);
    memcpy(header + 100, "0000644\0000000000\0000000000\0", 24);
    put_octal(header + 124, 11, size);
    memcpy(header + 136, "00000000000\0        ", 20);
    header[156] = type;
    snprintf(header + 157, 100, "%s", link);
    memcpy(header + 257, "ustar\00000", 8);
    for (int i = 0; i < BLOCK; i++)
        sum += (unsigned char)header[i];
    put_octal(header + 148, 6, sum);
    header[154] = 0;
    tar->len += BLOCK;
}

static inline void add_file(struct made *tar, const char *name,
                            const char *bytes)
{
    size_t len = strlen(bytes);

    add_header(tar, name, '0', "", len);
    memcpy(tar->ptr + tar->len, bytes, len);
    tar->len += (len + BLOCK - 1) / BLOCK * BLOCK;
}

static inline void end_tar(struct made *tar)
{
    memset(tar->ptr + tar->len, 0, 2 * BLOCK);
    tar->len += 2 * BLOCK;
}

#endif
