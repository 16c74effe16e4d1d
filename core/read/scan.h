/* scan.h - a cursor over short text: numbers and dates. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALZ_READ_SCAN_H
#define ALZ_READ_SCAN_H

#include <allurize/convert.h>

/* What is left to read. Bytes are ASCII or taken as they are: no locale. */
struct alz_scan {
    const char *ptr, *end;
};

static inline bool alz_scan_blank(char byte)
{
    return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

/* The text without blanks at its ends. */
static inline struct alz_scan alz_scan_trimmed(struct alz_str text)
{
    const char *ptr = text.ptr ? text.ptr : "";
    struct alz_scan scan = {ptr, ptr + text.len};

    while (scan.ptr < scan.end && alz_scan_blank(*scan.ptr))
        scan.ptr++;
    while (scan.ptr < scan.end && alz_scan_blank(scan.end[-1]))
        scan.end--;
    return scan;
}

static inline bool alz_scan_end(const struct alz_scan *scan)
{
    return scan->ptr == scan->end;
}

/* The next byte, NUL at the end. */
static inline char alz_scan_peek(const struct alz_scan *scan)
{
    return scan->ptr < scan->end ? *scan->ptr : '\0';
}

static inline bool alz_scan_is_digit(const struct alz_scan *scan)
{
    return alz_scan_peek(scan) >= '0' && alz_scan_peek(scan) <= '9';
}

/* Passes over this byte, if it is next. */
static inline bool alz_scan_byte(struct alz_scan *scan, char byte)
{
    if (scan->ptr == scan->end || *scan->ptr != byte)
        return false;
    scan->ptr++;
    return true;
}

static inline void alz_scan_blanks(struct alz_scan *scan)
{
    while (scan->ptr < scan->end && alz_scan_blank(*scan->ptr))
        scan->ptr++;
}

/* A whole run of min to max digits (at most 9). */
static inline bool alz_scan_digits(struct alz_scan *scan, size_t min,
                                   size_t max, unsigned *ret)
{
    unsigned number = 0;
    size_t n = 0;

    while (n < max && alz_scan_is_digit(scan)) {
        number = number * 10 + (unsigned)(*scan->ptr++ - '0');
        n++;
    }
    *ret = number;
    return n >= min;
}

/* The letters that come next, perhaps none. */
static inline struct alz_str alz_scan_word(struct alz_scan *scan)
{
    struct alz_str word = {scan->ptr, 0};

    while (scan->ptr < scan->end && ((*scan->ptr | 32) >= 'a') &&
           ((*scan->ptr | 32) <= 'z'))
        scan->ptr++;
    word.len = (size_t)(scan->ptr - word.ptr);
    return word;
}

/* Equal letters, whatever their case; name is ASCII letters. */
static inline bool alz_scan_same(struct alz_str word, const char *name)
{
    size_t i;

    if (word.len != strlen(name))
        return false;
    for (i = 0; i < word.len; i++)
        if ((word.ptr[i] | 32) != (name[i] | 32))
            return false;
    return true;
}

#endif
