/* keyset.c - 64-bit keys seen so far, by open addressing. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "base/keyset.h"

#include <stdlib.h>

enum { FIRST_CAPACITY = 16, FIRST_SHIFT = 59 /* with 1: to four bits */ };

/* Where looking for the key begins. The keys' high bits after the
 * multiplication are well spread, whatever the keys are, and keep their order
 * when the table doubles: growing it goes through memory from end to end. */
static size_t first_slot(const struct alz_keyset *set, uint64_t key)
{
    return (size_t)(key * UINT64_C(0x9e3779b97f4a7c15) >> 1 >> set->shift);
}

/* Index of the key's entry, or of the free one it would get. */
static size_t slot_of(const struct alz_keyset *set, uint64_t key)
{
    size_t mask = set->capacity - 1, slot = first_slot(set, key);

    while (set->entries[slot].key && set->entries[slot].key != key)
        slot = (slot + 1) & mask;
    return slot;
}

static int grow(struct alz_keyset *set)
{
    struct alz_keyset larger = {
        .count = set->count,
        .capacity = set->capacity ? 2 * set->capacity : FIRST_CAPACITY,
        .shift = set->capacity ? set->shift - 1 : FIRST_SHIFT,
    };

    larger.entries = calloc(larger.capacity, sizeof(*larger.entries));
    if (!larger.entries)
        return -1;
    for (size_t i = 0; i < set->capacity; i++) {
        const struct alz_keyset_entry *entry = &set->entries[i];

        if (entry->key)
            larger.entries[slot_of(&larger, entry->key)] = *entry;
    }
    free(set->entries);
    *set = larger;
    return 0;
}

/* Would one more make it more than 85 % full? */
static int crowded(const struct alz_keyset *set)
{
    return set->count + 1 > set->capacity * 17 / 20;
}

void alz_keyset_fetch(const struct alz_keyset *set, uint64_t key)
{
    if (set->capacity)
        __builtin_prefetch(&set->entries[first_slot(set, key)], 1);
}

struct alz_keyset_entry *alz_keyset_at(struct alz_keyset *set, uint64_t key)
{
    struct alz_keyset_entry *entry = NULL;

    if (key == 0)
        key = 1; /* 0 marks a free entry */
    if (set->capacity) {
        entry = &set->entries[slot_of(set, key)];
        if (entry->key)
            return entry;
    }
    if (crowded(set)) {
        if (grow(set))
            return NULL;
        entry = &set->entries[slot_of(set, key)];
    }
    entry->key = key;
    set->count++;
    return entry;
}

void alz_keyset_done(struct alz_keyset *set)
{
    if (!set)
        return;
    free(set->entries);
    *set = (struct alz_keyset){0};
}
