/* refs.c - from refs to open nodes in constant time. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "record/intake.h"

#include <stdlib.h>

/*
 * A ref is a slot's index and the slot's generation, which changes when the
 * node ends: a late fact finds nothing. Free slots are reused first in, first
 * out, so that even a converter that opens and ends one node at a time comes
 * back to the same ref after 2^25 nodes only.
 */
enum {
    INDEX_BITS = 17,
    INDEX_MASK = (1 << INDEX_BITS) - 1,
    FIRST_SLOTS = 1024,
    OPEN_MAX = 100000
};

static uint32_t generation_mask(void)
{
    return UINT32_MAX >> INDEX_BITS;
}

static void append_free(struct alz_recorder *recorder, uint32_t index)
{
    recorder->slots[index].next_free = 0;
    if (recorder->free_last)
        recorder->slots[recorder->free_last].next_free = index;
    else
        recorder->free_first = index;
    recorder->free_last = index;
}

static bool grow(struct alz_recorder *recorder)
{
    uint32_t count =
        recorder->slot_count ? 2 * recorder->slot_count : (uint32_t)FIRST_SLOTS;
    uint32_t first = recorder->slot_count ? recorder->slot_count : 1;
    struct alz_slot *slots;

    if (count > OPEN_MAX + 1)
        count = OPEN_MAX + 1;
    if (count <= recorder->slot_count) {
        alz_record_limited(recorder, ALZ_LIMIT_NODES, ALZ_STR(""));
        return false;
    }
    slots = realloc(recorder->slots, count * sizeof(*slots));
    if (!slots) {
        recorder->failed = true;
        return false;
    }
    memset(slots + recorder->slot_count, 0,
           (count - recorder->slot_count) * sizeof(*slots));
    recorder->slots = slots;
    recorder->slot_count = count;
    for (uint32_t index = first; index < count; index++)
        append_free(recorder, index);
    return true;
}

alz_ref alz_refs_take(struct alz_recorder *recorder, struct alz_record *record)
{
    struct alz_slot *slot;
    uint32_t index;

    if (!recorder->free_first && !grow(recorder))
        return 0;
    index = recorder->free_first;
    slot = &recorder->slots[index];
    recorder->free_first = slot->next_free;
    if (!recorder->free_first)
        recorder->free_last = 0;
    slot->record = record;
    return slot->generation << INDEX_BITS | index;
}

static struct alz_slot *slot_of(const struct alz_recorder *recorder,
                                alz_ref ref)
{
    uint32_t index = ref & INDEX_MASK;
    struct alz_slot *slot;

    if (index >= recorder->slot_count)
        return NULL;
    slot = &recorder->slots[index];
    return slot->record && slot->generation == ref >> INDEX_BITS ? slot : NULL;
}

void alz_refs_drop(struct alz_recorder *recorder, alz_ref ref)
{
    struct alz_slot *slot = slot_of(recorder, ref);

    if (!slot)
        return;
    slot->record = NULL;
    slot->generation = (slot->generation + 1) & generation_mask();
    append_free(recorder, ref & INDEX_MASK);
}

struct alz_record *alz_refs_find(const struct alz_recorder *recorder,
                                 alz_ref ref)
{
    const struct alz_slot *slot = slot_of(recorder, ref);

    return slot ? slot->record : NULL;
}
