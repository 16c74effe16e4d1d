/* marks.h - hashes seen so far, each with where it was seen first. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALZ_CHECK_MARKS_H
#define ALZ_CHECK_MARKS_H

#include <allurize/convert.h>

/*
 * 16 bytes per hash, whatever was hashed, in an open-addressing table that is
 * at most three quarters full. Zero is an empty set.
 */
struct alz_mark {
    uint64_t key;  /* 0: free */
    uint32_t file; /* the user's own; 0 when new */
    uint32_t note;
};

struct alz_marks {
    struct alz_mark *marks;
    size_t count;
    size_t capacity; /* a power of two, or 0 */
};

/* The key's mark and whether it is new; NULL when out of memory. Valid until
 * the next call. */
struct alz_mark *alz_marks_at(struct alz_marks *set, uint64_t key, bool *fresh);
/* The key's mark, or NULL. */
const struct alz_mark *alz_marks_find(const struct alz_marks *set,
                                      uint64_t key);
/* Empty again; a small table is kept. */
void alz_marks_clear(struct alz_marks *set);
void alz_marks_done(struct alz_marks *set);

/* Not for identities that leave the process: the seed is a random one, so
 * that nobody can choose texts that collide. */
uint64_t alz_hash(uint64_t seed, struct alz_str text);
uint64_t alz_hash_mix(uint64_t a, uint64_t b);

#endif
