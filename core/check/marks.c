/* marks.c - hashes seen so far, by open addressing. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "check/marks.h"

#include <stdlib.h>

enum { FIRST_CAPACITY = 64, KEEP_CAPACITY = 4096 };

static size_t slot_of(const struct alz_marks *set, uint64_t key)
{
    size_t mask = set->capacity - 1;
    size_t slot = (size_t)key & mask;

    while (set->marks[slot].key && set->marks[slot].key != key)
        slot = (slot + 1) & mask;
    return slot;
}

static int grow(struct alz_marks *set)
{
    struct alz_marks larger = {
        .count = set->count,
        .capacity = set->capacity ? 2 * set->capacity : FIRST_CAPACITY,
    };

    larger.marks = calloc(larger.capacity, sizeof(*larger.marks));
    if (!larger.marks)
        return -1;
    for (size_t i = 0; i < set->capacity; i++) {
        const struct alz_mark *mark = &set->marks[i];

        if (mark->key)
            larger.marks[slot_of(&larger, mark->key)] = *mark;
    }
    free(set->marks);
    *set = larger;
    return 0;
}

struct alz_mark *alz_marks_at(struct alz_marks *set, uint64_t key, bool *fresh)
{
    struct alz_mark *mark;

    if (key == 0)
        key = 1; /* 0 marks a free entry */
    if (set->count + 1 > set->capacity / 4 * 3 && grow(set))
        return NULL;
    mark = &set->marks[slot_of(set, key)];
    *fresh = mark->key == 0;
    if (*fresh) {
        mark->key = key;
        set->count++;
    }
    return mark;
}

const struct alz_mark *alz_marks_find(const struct alz_marks *set, uint64_t key)
{
    const struct alz_mark *mark;

    if (set->capacity == 0)
        return NULL;
    mark = &set->marks[slot_of(set, key ? key : 1)];
    return mark->key ? mark : NULL;
}

void alz_marks_clear(struct alz_marks *set)
{
    if (set->count == 0)
        return;
    if (set->capacity > KEEP_CAPACITY) {
        alz_marks_done(set);
        return;
    }
    memset(set->marks, 0, set->capacity * sizeof(*set->marks));
    set->count = 0;
}

void alz_marks_done(struct alz_marks *set)
{
    if (!set)
        return;
    free(set->marks);
    *set = (struct alz_marks){0};
}

/* ---- hashing ---------------------------------------------------------- */

uint64_t alz_hash_mix(uint64_t a, uint64_t b)
{
    a = (a ^ b) * UINT64_C(0x9e3779b97f4a7c15);
    a ^= a >> 32;
    a *= UINT64_C(0xd6e8feb86659fd93);
    return a ^ a >> 29;
}

uint64_t alz_hash(uint64_t seed, struct alz_str text)
{
    uint64_t hash = seed + text.len * UINT64_C(0x9e3779b97f4a7c15), word;

    while (text.len >= sizeof(word)) {
        memcpy(&word, text.ptr, sizeof(word));
        hash = alz_hash_mix(hash, word);
        text.ptr += sizeof(word);
        text.len -= sizeof(word);
    }
    word = 0;
    if (text.len)
        memcpy(&word, text.ptr, text.len);
    return alz_hash_mix(hash, word);
}
