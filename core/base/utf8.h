/* utf8.h - validity, repair and cutting of UTF-8. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALZ_BASE_UTF8_H
#define ALZ_BASE_UTF8_H

#include <allurize/convert.h>

/* Length of the valid sequence at ptr (1-4), or 0 when the bytes up to end
 * are no valid one (overlong, surrogate, above 10FFFF, cut). */
size_t alz_utf8_sequence(const unsigned char *ptr, const unsigned char *end);

/* Offset of the first invalid byte, or len. Fast on ASCII. */
size_t alz_utf8_valid(struct alz_str text);

/* Copies text to `to` (room for 3 * len bytes), each invalid byte replaced by
 * U+FFFD; returns the bytes written. */
size_t alz_utf8_repair(char *to, struct alz_str text);

/* The longest prefix of at most max bytes that does not cut a sequence. */
struct alz_str alz_utf8_cut(struct alz_str text, size_t max);

/* Appends one code point to `to` (room for 4), returns its length. */
size_t alz_utf8_put(char *to, uint32_t code);

/* Length of the ANSI escape sequence (CSI, OSC, two-byte) at ptr, 0 if none. */
size_t alz_ansi_sequence(const char *ptr, const char *end);

#endif
