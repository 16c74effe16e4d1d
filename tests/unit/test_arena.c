/* test_arena.c - alignment, ceilings and reuse of arenas. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "base/arena.h"
#include "fault.h"
#include "tap.h"

#include <stdalign.h>

static bool all_zero(const char *bytes, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (bytes[i])
            return false;
    return true;
}

static void test_alloc(void)
{
    struct alz_arena arena = {0};
    bool aligned = true, zero = true;

    for (size_t size = 0; size < 300; size++) {
        char *bytes = alz_arena_bytes(&arena, size % 7);
        char *object = alz_arena_alloc(&arena, size);

        memset(bytes, 0xff, size % 7 + 1);
        aligned &= (uintptr_t)object % alignof(max_align_t) == 0;
        zero &= all_zero(object, size);
        memset(object, 0xff, size);
    }
    OK(aligned, "objects are aligned, whatever was before them");
    OK(zero, "objects are zeroed");
    alz_arena_clear(&arena);
    OK(all_zero(alz_arena_alloc(&arena, 4000), 4000),
       "objects are zeroed in a reused block");
    alz_arena_done(&arena);
    OK(arena.block == NULL && arena.used == 0, "done leaves an empty arena");
    alz_arena_done(&arena);
    alz_arena_done(NULL);
    OK(alz_arena_alloc(&arena, 0) != NULL, "no bytes are an object too");
    alz_arena_done(&arena);
}

/* Every byte given out keeps its value: no two pieces overlap. */
static void test_pieces(void)
{
    enum { PIECES = 2000 };
    static unsigned char *pieces[PIECES];
    static size_t sizes[PIECES];
    struct alz_arena arena = {0};
    bool intact = true;

    for (size_t i = 0; i < PIECES; i++) {
        sizes[i] = i % 97 == 0 ? 70000 + i : i * 13 % 900;
        pieces[i] = alz_arena_alloc(&arena, sizes[i]);
        memset(pieces[i], (int)(i & 0xff), sizes[i]);
    }
    for (size_t i = 0; i < PIECES; i++)
        for (size_t j = 0; j < sizes[i]; j++)
            intact &= pieces[i][j] == (i & 0xff);
    OK(intact, "2000 pieces, small and big, do not overlap");
    alz_arena_done(&arena);
}

static void test_copy(void)
{
    struct alz_arena arena = {0};
    struct alz_str copy = alz_arena_copy(&arena, ALZ_STR("text"));

    IS(copy, "text", "a copy has the same bytes");
    OK(copy.ptr[4] == '\0', "and a NUL behind it");
    copy = alz_arena_copy(&arena, (struct alz_str){NULL, 0});
    OK(copy.ptr && copy.len == 0 && *copy.ptr == '\0', "a copy of nothing");
    copy = alz_arena_copy(&arena, (struct alz_str){"a\0b", 3});
    OK(copy.len == 3 && memcmp(copy.ptr, "a\0b", 4) == 0, "NULs are bytes");
    OK(!arena.failed, "nothing failed");
    alz_arena_done(&arena);
}

static void test_ceiling(void)
{
    struct alz_arena arena = {.max = 100};

    OK(alz_arena_bytes(&arena, 98) != NULL, "one byte below the ceiling");
    OK(!arena.failed && arena.used == 99, "has not failed");
    OK(alz_arena_bytes(&arena, 0) != NULL, "at the ceiling");
    OK(!arena.failed && arena.used == 100, "has not failed");
    OK(alz_arena_alloc(&arena, 1) == NULL && arena.failed,
       "beyond the ceiling it fails");
    OK(alz_arena_alloc(&arena, 0) && arena.failed, "failed stays set");
    alz_arena_clear(&arena);
    OK(!arena.failed && arena.used == 0, "until clear");
    OK(alz_arena_alloc(&arena, 100) != NULL, "the whole ceiling in one");
    alz_arena_clear(&arena);
    OK(alz_arena_alloc(&arena, 101) == NULL, "one more in one");
    OK(alz_arena_copy(&arena, ALZ_STR("x")).ptr != NULL, "less still fits");
    alz_arena_done(&arena);
}

static void test_overflow(void)
{
    struct alz_arena arena = {0};

    OK(alz_arena_bytes(&arena, SIZE_MAX) == NULL && arena.failed,
       "the NUL does not overflow");
    OK(alz_arena_alloc(&arena, SIZE_MAX - 8) == NULL,
       "the block's header does not overflow");
    OK(alz_arena_alloc(&arena, 8) != NULL, "the arena works on");
    alz_arena_done(&arena);
}

static void test_clear(void)
{
    struct alz_arena arena = {0};
    struct alz_arena_block *kept;

    alz_arena_bytes(&arena, 10);
    kept = arena.block;
    alz_arena_clear(&arena);
    OK(arena.block == kept, "a small block is kept");
    alz_arena_bytes(&arena, 1000000);
    OK(arena.block == kept, "a big request does not end the block in use");
    alz_arena_clear(&arena);
    OK(arena.block == kept, "and its own block is not kept");
    for (int i = 0; i < 3000; i++)
        alz_arena_bytes(&arena, 99);
    OK(arena.used == 300000, "used counts what was handed out");
    alz_arena_clear(&arena);
    OK(arena.block && arena.block != kept, "the largest one is kept");
    kept = arena.block;
    for (int i = 0; i < 600; i++)
        alz_arena_bytes(&arena, 99);
    OK(arena.block == kept, "60 KB fit into it again");
    alz_arena_done(&arena);
}

static void test_only_big(void)
{
    struct alz_arena arena = {0};

    alz_arena_bytes(&arena, 200000);
    alz_arena_clear(&arena);
    OK(arena.block == NULL, "of a big block alone nothing is kept");
    alz_arena_clear(&arena);
    OK(alz_arena_bytes(&arena, 1) != NULL, "cleared twice, used again");
    alz_arena_done(&arena);
}

static void test_out_of_memory(void)
{
    struct alz_arena arena = {0};
    struct alz_str copy;

    if (!FAULT_WORKS)
        return;
    fault_at(1);
    copy = alz_arena_copy(&arena, ALZ_STR("text"));
    OK(copy.ptr == NULL && copy.len == 0 && arena.failed,
       "out of memory at the first block");
    OK(arena.used == 0, "nothing was handed out");
    IS(alz_arena_copy(&arena, ALZ_STR("text")), "text",
       "works when it is back");
    fault_at(1);
    OK(alz_arena_alloc(&arena, 100000) == NULL, "out of memory, big");
    OK(alz_arena_alloc(&arena, 100) != NULL, "the block in use is still good");
    alz_arena_done(&arena);
}

int main(void)
{
    test_alloc();
    test_pieces();
    test_copy();
    test_ceiling();
    test_overflow();
    test_clear();
    test_only_big();
    test_out_of_memory();
    return tap_done();
}
