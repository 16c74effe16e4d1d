/* keyset.h - 64-bit keys seen so far, each with a count and a time. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALZ_BASE_KEYSET_H
#define ALZ_BASE_KEYSET_H

#include <stddef.h>
#include <stdint.h>

/*
 * Law 6 needs a few bytes per test: 16 in an open-addressing table that is
 * at most 85 % full. Zero is an empty set.
 */
struct alz_keyset_entry {
    uint64_t key; /* 0 = free */
    uint64_t count : 20;
    uint64_t last_ms : 44; /* of the newest one; 0 = none */
};

struct alz_keyset {
    struct alz_keyset_entry *entries;
    size_t count;
    size_t capacity; /* a power of two, or 0 */
    unsigned shift;  /* of a hash, down to that many values */
};

/* The key's entry (a new one has count 0), NULL when out of memory. Valid
 * until the next call. */
struct alz_keyset_entry *alz_keyset_at(struct alz_keyset *set, uint64_t key);
/* The key is going to be asked for: its memory should be on the way. */
void alz_keyset_fetch(const struct alz_keyset *set, uint64_t key);
void alz_keyset_done(struct alz_keyset *set);

#endif
