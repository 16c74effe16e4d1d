/* test_pool.c - allocation that never returns NULL. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "base/pool.h"
#include "tap.h"

#include <stdint.h>
#include <string.h>

/* Asks for size bytes (ptr not NULL: instead of those): 1 when it jumped. */
static int asks(struct alz_pool *pool, void *ptr, size_t size)
{
    if (setjmp(pool->escape) != 0)
        return 1;
    if (ptr != NULL)
        alz_pool_realloc(pool, ptr, size);
    else
        alz_pool_malloc(pool, size);
    return 0;
}

static void test_blocks(void)
{
    struct alz_pool pool;
    char *text, *other;

    alz_pool_init(&pool, 0);
    if (setjmp(pool.escape) != 0) {
        OK(false, "no jump without a ceiling");
        return;
    }
    text = alz_pool_malloc(&pool, 10);
    memset(text, 'a', 10);
    other = alz_pool_realloc(&pool, NULL, 20);
    memset(other, 'b', 20);
    NUM(pool.used, 30, "both are counted");
    OK((uintptr_t)text % _Alignof(max_align_t) == 0, "aligned for anything");
    text = alz_pool_realloc(&pool, text, 100000);
    OK(text[0] == 'a' && text[9] == 'a', "growing keeps the bytes");
    alz_pool_free(&pool, other);
    alz_pool_free(&pool, NULL);
    NUM(pool.used, 100000, "freed alone");
    alz_pool_done(&pool);
    NUM(pool.used, 0, "freed as a whole");
    alz_pool_done(NULL);
}

static void test_ceiling(void)
{
    struct alz_pool pool;
    void *ptr;

    alz_pool_init(&pool, 1000);
    ptr = alz_pool_malloc(&pool, 400);
    NUM(asks(&pool, NULL, 600), 0, "up to the ceiling");
    NUM(asks(&pool, NULL, 1), 1, "a byte more jumps");
    NUM(asks(&pool, ptr, 401), 1, "so does growing");
    NUM(asks(&pool, ptr, 400), 0, "after that all is as before");
    NUM(asks(&pool, NULL, SIZE_MAX), 1, "no size wraps around");
    NUM(asks(&pool, NULL, SIZE_MAX - 40), 1, "nor with the header");
    NUM(pool.used, 1000, "what was refused is not counted");
    alz_pool_done(&pool);
}

int main(void)
{
    test_blocks();
    test_ceiling();
    return tap_done();
}
