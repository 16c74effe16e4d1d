/* words.h - eight bytes at a time: whether one of them is of a kind. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALZ_BASE_WORDS_H
#define ALZ_BASE_WORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/*
 * Most bytes are plain, and these tell so faster than one look at each. A
 * result that is not 0 says that some byte of the word is of the kind, not
 * which one: the caller looks at the bytes then.
 */
static inline uint64_t alz_word_load(const char *ptr)
{
    uint64_t word;

    memcpy(&word, ptr, sizeof(word));
    return word;
}

static inline uint32_t alz_half_load(const char *ptr)
{
    uint32_t half;

    memcpy(&half, ptr, sizeof(half));
    return half;
}

static inline uint64_t alz_word_of(unsigned char byte)
{
    return UINT64_C(0x0101010101010101) * byte;
}

/* Bytes beyond ASCII. */
static inline uint64_t alz_word_wide(uint64_t word)
{
    return word & alz_word_of(0x80);
}

/* Bytes below limit, which is at most 0x80. */
static inline uint64_t alz_word_below(uint64_t word, unsigned char limit)
{
    return (word - alz_word_of(limit)) & ~word & alz_word_of(0x80);
}

/* Of a word in which none is wide: exactly the bytes that are this one. */
static inline uint64_t alz_word_exactly(uint64_t word, unsigned char byte)
{
    return ~((word ^ alz_word_of(byte)) + alz_word_of(0x7f)) &
           alz_word_of(0x80);
}

/* Bytes that are this one. */
static inline uint64_t alz_word_has(uint64_t word, unsigned char byte)
{
    return alz_word_below(word ^ alz_word_of(byte), 1);
}

/* memcmp for texts that are short as a rule. */
static inline bool alz_words_equal(const char *a, const char *b, size_t len)
{
    if (len > 2 * sizeof(uint64_t))
        return memcmp(a, b, len) == 0;
    if (len >= sizeof(uint64_t))
        return alz_word_load(a) == alz_word_load(b) &&
               alz_word_load(a + len - sizeof(uint64_t)) ==
                   alz_word_load(b + len - sizeof(uint64_t));
    if (len >= sizeof(uint32_t))
        return alz_half_load(a) == alz_half_load(b) &&
               alz_half_load(a + len - sizeof(uint32_t)) ==
                   alz_half_load(b + len - sizeof(uint32_t));
    while (len && a[len - 1] == b[len - 1])
        len--;
    return len == 0;
}

#endif
