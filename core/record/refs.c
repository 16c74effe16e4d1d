/* refs.c - from refs to open nodes in constant time. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "record/refs.h"

#include <stdlib.h>

/*
 * Free slots are reused first in, first out, so that even a converter that
 * opens and ends one node at a time comes back to the same ref after 2^25
 * nodes only.
 */
enum {
    INDEX_BITS = 17,
    INDEX_MASK = (1 << INDEX_BITS) - 1,
    FIRST_SLOTS = 1024,
    OPEN_MAX = 100000
};

struct alz_ref_slot {
    void *node; /* NULL: free */
    uint32_t generation;
    uint32_t next_free;
};

static uint32_t generation_mask(void)
{
    return UINT32_MAX >> INDEX_BITS;
}

static void append_free(struct alz_refs *refs, uint32_t index)
{
    refs->slots[index].next_free = 0;
    if (refs->free_last)
        refs->slots[refs->free_last].next_free = index;
    else
        refs->free_first = index;
    refs->free_last = index;
}

static bool grow(struct alz_refs *refs)
{
    uint32_t count = refs->count ? 2 * refs->count : (uint32_t)FIRST_SLOTS;
    uint32_t first = refs->count ? refs->count : 1;
    struct alz_ref_slot *slots;

    if (count > OPEN_MAX + 1)
        count = OPEN_MAX + 1;
    if (count <= refs->count)
        return false;
    slots = realloc(refs->slots, count * sizeof(*slots));
    if (!slots) {
        refs->starved = true;
        return false;
    }
    memset(slots + refs->count, 0, (count - refs->count) * sizeof(*slots));
    refs->slots = slots;
    refs->count = count;
    for (uint32_t index = first; index < count; index++)
        append_free(refs, index);
    return true;
}

alz_ref alz_refs_take(struct alz_refs *refs, void *node)
{
    struct alz_ref_slot *slot;
    uint32_t index;

    if (!refs->free_first && !grow(refs))
        return 0;
    index = refs->free_first;
    slot = &refs->slots[index];
    refs->free_first = slot->next_free;
    if (!refs->free_first)
        refs->free_last = 0;
    slot->node = node;
    return slot->generation << INDEX_BITS | index;
}

uint32_t alz_ref_index(alz_ref ref)
{
    return ref & INDEX_MASK;
}

static struct alz_ref_slot *slot_of(const struct alz_refs *refs, alz_ref ref)
{
    uint32_t index = alz_ref_index(ref);
    struct alz_ref_slot *slot;

    if (index >= refs->count)
        return NULL;
    slot = &refs->slots[index];
    return slot->node && slot->generation == ref >> INDEX_BITS ? slot : NULL;
}

void alz_refs_drop(struct alz_refs *refs, alz_ref ref)
{
    struct alz_ref_slot *slot = slot_of(refs, ref);

    if (!slot)
        return;
    slot->node = NULL;
    slot->generation = (slot->generation + 1) & generation_mask();
    append_free(refs, alz_ref_index(ref));
}

void *alz_refs_find(const struct alz_refs *refs, alz_ref ref)
{
    const struct alz_ref_slot *slot = slot_of(refs, ref);

    return slot ? slot->node : NULL;
}

void alz_refs_done(struct alz_refs *refs)
{
    free(refs->slots);
    *refs = (struct alz_refs){0};
}
