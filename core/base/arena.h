/* arena.h - memory that is freed all at once, with a ceiling. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALZ_BASE_ARENA_H
#define ALZ_BASE_ARENA_H

#include <allurize/convert.h>

/*
 * Zero is an empty arena without a ceiling. Small arenas are cheap: the first
 * block holds 1 KiB. failed is set by the first request that could not be
 * met (out of memory, or beyond max) and stays set until clear.
 */
struct alz_arena {
    struct alz_arena_block *block; /* the one in use; older ones behind it */
    size_t used;                   /* bytes handed out */
    size_t max;                    /* 0: none */
    bool failed;
};

/* Zeroed memory aligned for any object, or NULL (then failed is set). */
void *alz_arena_alloc(struct alz_arena *arena, size_t size);

/* A copy with a NUL behind it (not counted). {NULL, 0} when out of memory. */
struct alz_str alz_arena_copy(struct alz_arena *arena, struct alz_str text);

/* Room for len bytes and a NUL, not zeroed. */
char *alz_arena_bytes(struct alz_arena *arena, size_t len);

/* Gives back all but one block, for use by the next node. */
void alz_arena_clear(struct alz_arena *arena);

void alz_arena_done(struct alz_arena *arena);

#endif
