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

/* Bytes that are this one. */
static inline uint64_t alz_word_has(uint64_t word, unsigned char byte)
{
    return alz_word_below(word ^ alz_word_of(byte), 1);
}

#endif
