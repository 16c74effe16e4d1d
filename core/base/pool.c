/* pool.c - allocation functions that never return NULL, freed as a whole. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "base/pool.h"

#include <stdint.h>
#include <stdlib.h>

/* A block knows its neighbours, so that one can be freed alone. */
struct alz_pool_block {
    struct alz_pool_block *next, *prev;
    size_t size;
    max_align_t bytes[];
};

void alz_pool_init(struct alz_pool *pool, size_t max)
{
    pool->blocks = NULL;
    pool->used = 0;
    pool->max = max;
}

void alz_pool_done(struct alz_pool *pool)
{
    struct alz_pool_block *block, *next;

    if (pool == NULL)
        return;
    for (block = pool->blocks; block != NULL; block = next) {
        next = block->next;
        free(block);
    }
    pool->blocks = NULL;
    pool->used = 0;
}

static struct alz_pool_block *block_of(void *ptr)
{
    char *bytes = ptr;

    return (struct alz_pool_block *)(void *)(bytes -
                                             sizeof(struct alz_pool_block));
}

/* Links a block in, behind whatever it was linked to before. */
static void *block_link(struct alz_pool *pool, struct alz_pool_block *block,
                        size_t size)
{
    block->size = size;
    block->prev = NULL;
    block->next = pool->blocks;
    if (block->next != NULL)
        block->next->prev = block;
    pool->blocks = block;
    pool->used += size;
    return block->bytes;
}

static void block_unlink(struct alz_pool *pool, struct alz_pool_block *block)
{
    if (block->next != NULL)
        block->next->prev = block->prev;
    if (block->prev != NULL)
        block->prev->next = block->next;
    else
        pool->blocks = block->next;
    pool->used -= block->size;
}

static int beyond(const struct alz_pool *pool, size_t held, size_t size)
{
    if (size > SIZE_MAX - sizeof(struct alz_pool_block) - held)
        return 1;
    return pool->max != 0 && held + size > pool->max;
}

void *alz_pool_malloc(void *ctx, size_t size)
{
    struct alz_pool *pool = ctx;
    struct alz_pool_block *block = NULL;

    if (!beyond(pool, pool->used, size))
        block = malloc(sizeof *block + size);
    if (block == NULL)
        longjmp(pool->escape, 1);
    return block_link(pool, block, size);
}

void *alz_pool_realloc(void *ctx, void *ptr, size_t size)
{
    struct alz_pool *pool = ctx;
    struct alz_pool_block *block, *moved = NULL;

    if (ptr == NULL)
        return alz_pool_malloc(pool, size);
    block = block_of(ptr);
    block_unlink(pool, block);
    if (!beyond(pool, pool->used, size))
        moved = realloc(block, sizeof *block + size);
    if (moved == NULL) {
        block_link(pool, block, block->size);
        longjmp(pool->escape, 1);
    }
    return block_link(pool, moved, size);
}

void alz_pool_free(void *ctx, void *ptr)
{
    struct alz_pool *pool = ctx;
    struct alz_pool_block *block;

    if (ptr == NULL)
        return;
    block = block_of(ptr);
    block_unlink(pool, block);
    free(block);
}
