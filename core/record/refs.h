/* refs.h - from refs to open nodes in constant time. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALZ_RECORD_REFS_H
#define ALZ_RECORD_REFS_H

#include <allurize/convert.h>

/*
 * A ref is a slot's index and the slot's generation, which changes when the
 * node ends: a late fact finds nothing. Zero is empty; at most 100,000 nodes
 * are open at once.
 */
struct alz_refs {
    struct alz_ref_slot *slots; /* [0] is no node's */
    uint32_t count;             /* of slots */
    uint32_t free_first, free_last;
    bool starved; /* memory ran out */
};

/* A ref for node, 0 when too many are open or memory ran out. */
alz_ref alz_refs_take(struct alz_refs *refs, void *node);
/* The ref is dead from now on. */
void alz_refs_drop(struct alz_refs *refs, alz_ref ref);
/* NULL: dead, or never was. */
void *alz_refs_find(const struct alz_refs *refs, alz_ref ref);
/* The slot: below refs.count, and not 0. */
uint32_t alz_ref_index(alz_ref ref);
void alz_refs_done(struct alz_refs *refs);

#endif
