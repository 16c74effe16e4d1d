/* arena.c - memory that is freed all at once, with a ceiling. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "base/arena.h"

#include <stdalign.h>
#include <stdlib.h>

enum { FIRST_BLOCK = 1024, LARGEST_BLOCK = 64 * 1024 };

/* grade is the size of a shared block, header included; 0 for a block made
 * for one big request, so that it does not make the next one large. */
struct alz_arena_block {
    struct alz_arena_block *prev;
    size_t cap;
    size_t used;
    size_t grade;
    alignas(max_align_t) char data[];
};

static const size_t header_size = sizeof(struct alz_arena_block);

static size_t next_grade(const struct alz_arena *arena)
{
    size_t grade = arena->block ? 2 * arena->block->grade : 0;

    if (grade < FIRST_BLOCK)
        return FIRST_BLOCK;
    return grade > LARGEST_BLOCK ? LARGEST_BLOCK : grade;
}

static struct alz_arena_block *block_new(size_t cap, size_t grade)
{
    struct alz_arena_block *block;

    if (cap > SIZE_MAX - header_size)
        return NULL;
    block = malloc(header_size + cap);
    if (block) {
        block->prev = NULL;
        block->cap = cap;
        block->used = 0;
        block->grade = grade;
    }
    return block;
}

/* A block with room for size bytes. A big request's own block goes behind
 * the one in use, whose rest is still good. */
static struct alz_arena_block *block_add(struct alz_arena *arena, size_t size)
{
    size_t grade = next_grade(arena);
    bool own = size > grade - header_size;
    struct alz_arena_block *block;

    block = own ? block_new(size, 0) : block_new(grade - header_size, grade);
    if (!block)
        return NULL;
    if (own && arena->block) {
        block->prev = arena->block->prev;
        arena->block->prev = block;
    } else {
        block->prev = arena->block;
        arena->block = block;
    }
    return block;
}

/* Bytes to skip for the next object to be aligned. */
static size_t padding(const struct alz_arena_block *block, size_t align)
{
    return (align - block->used % align) % align;
}

static bool fits(const struct alz_arena_block *block, size_t size, size_t align)
{
    size_t room = block->cap - block->used;
    size_t skip = padding(block, align);

    return skip <= room && size <= room - skip;
}

static char *fail(struct alz_arena *arena)
{
    arena->failed = true;
    return NULL;
}

static char *take(struct alz_arena *arena, size_t size, size_t align)
{
    struct alz_arena_block *block = arena->block;
    char *ret;

    if (arena->max &&
        (arena->used > arena->max || size > arena->max - arena->used))
        return fail(arena);
    if (!block || !fits(block, size, align))
        block = block_add(arena, size);
    if (!block)
        return fail(arena);
    block->used += padding(block, align);
    ret = block->data + block->used;
    block->used += size;
    arena->used += size;
    return ret;
}

void *alz_arena_alloc(struct alz_arena *arena, size_t size)
{
    char *ret = take(arena, size, alignof(max_align_t));

    return ret ? memset(ret, 0, size) : NULL;
}

char *alz_arena_bytes(struct alz_arena *arena, size_t len)
{
    if (len == SIZE_MAX)
        return fail(arena);
    return take(arena, len + 1, 1);
}

struct alz_str alz_arena_copy(struct alz_arena *arena, struct alz_str text)
{
    char *copy = alz_arena_bytes(arena, text.len);

    if (!copy)
        return (struct alz_str){NULL, 0};
    if (text.len)
        memcpy(copy, text.ptr, text.len);
    copy[text.len] = '\0';
    return (struct alz_str){copy, text.len};
}

/* The better of two to keep for later; the other one is freed. */
static struct alz_arena_block *keep_one(struct alz_arena_block *kept,
                                        struct alz_arena_block *block)
{
    if (block->cap > LARGEST_BLOCK - header_size ||
        (kept && kept->cap >= block->cap)) {
        free(block);
        return kept;
    }
    free(kept);
    return block;
}

void alz_arena_clear(struct alz_arena *arena)
{
    struct alz_arena_block *kept = NULL, *block = arena->block, *prev;

    for (; block; block = prev) {
        prev = block->prev;
        kept = keep_one(kept, block);
    }
    if (kept) {
        kept->prev = NULL;
        kept->used = 0;
    }
    arena->block = kept;
    arena->used = 0;
    arena->failed = false;
}

void alz_arena_done(struct alz_arena *arena)
{
    struct alz_arena_block *block, *prev;

    if (!arena)
        return;
    for (block = arena->block; block; block = prev) {
        prev = block->prev;
        free(block);
    }
    *arena = (struct alz_arena){.max = arena->max};
}
