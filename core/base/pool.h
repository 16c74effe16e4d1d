/* pool.h - allocation functions that never return NULL, freed as a whole. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALZ_BASE_POOL_H
#define ALZ_BASE_POOL_H

#include <setjmp.h>
#include <stddef.h>

/*
 * For libraries that do not check their allocator (yajl). When memory runs
 * out, or the pool would hold more than max bytes, the request does not
 * return: it jumps to `escape`, and the pool must be given up as a whole.
 *
 *     alz_pool_init(&pool, max);
 *     if (setjmp(pool.escape) != 0)
 *         ... out of memory: use nothing that lives in the pool ...
 *     yajl_alloc_funcs funcs = {alz_pool_malloc, alz_pool_realloc,
 *                               alz_pool_free, &pool};
 *     ... calls of the library ...
 *     alz_pool_done(&pool);
 *
 * escape must belong to a function that is still running whenever the library
 * is called: set it again (setjmp) in each function that calls it. Locals
 * changed between setjmp and the jump are lost: keep such state in an object.
 * Nothing of ours that owns memory may stand between the library and us.
 */
struct alz_pool {
    struct alz_pool_block *blocks; /* all of them, newest first */
    size_t used;                   /* bytes asked for and not given back */
    size_t max;                    /* 0: none */
    jmp_buf escape;
};

void alz_pool_init(struct alz_pool *pool, size_t max);

/* Frees every block. The pool is empty and may be used again. */
void alz_pool_done(struct alz_pool *pool);

/* pool is a struct alz_pool *; the types are those of yajl_alloc_funcs. */
void *alz_pool_malloc(void *pool, size_t size);
void *alz_pool_realloc(void *pool, void *ptr, size_t size);
void alz_pool_free(void *pool, void *ptr);

#endif
