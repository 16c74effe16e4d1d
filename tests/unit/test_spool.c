/* test_spool.c - attachment bytes in memory, in drafts, and cut. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "base/spool.h"
#include "fault.h"
#include "scratch.h"
#include "tap.h"

#include <errno.h>

enum { KIB = 1024, MIB = 1024 * 1024, MEMORY = 64 * KIB, ALL = 6 * MIB };

static struct alz_outdir dir;
static char *bytes; /* ALL of them, no two places alike */

static void fill(void)
{
    uint32_t state = 1;

    bytes = malloc(ALL);
    for (size_t i = 0; bytes && i < ALL; i++) {
        state = state * 1664525 + 1013904223;
        bytes[i] = (char)(state >> 24);
    }
}

/* What a spool of that ceiling must hold after size bytes. */
static struct alz_text expected(size_t size, size_t max)
{
    struct alz_text text = {.max = 2 * (size_t)ALL};
    size_t tail = max >= 2 * MIB ? MIB : max - max / 2;
    char line[64];

    if (size <= max) {
        alz_text_add(&text, (struct alz_str){bytes, size});
        return text;
    }
    alz_text_add(&text, (struct alz_str){bytes, max - tail});
    snprintf(line, sizeof(line), "\n[... %zu bytes cut ...]\n", size - max);
    alz_text_add(&text, alz_str_from(line));
    alz_text_add(&text, (struct alz_str){bytes + size - tail, tail});
    return text;
}

static bool holds(size_t size, size_t max, size_t piece)
{
    struct alz_spool spool;
    struct alz_text want = expected(size, max);
    struct scratch path_at = scratch_path(dir.path, "spooled");
    const char *path = path_at.path;
    bool good;

    alz_spool_init(&spool, &dir, max);
    for (size_t at = 0; at < size; at += piece)
        alz_spool_add(&spool,
                      (struct alz_str){bytes + at,
                                       size - at < piece ? size - at : piece});
    alz_spool_finish(&spool);
    alz_spool_finish(&spool);
    good = spool.size == size && spool.error == 0 &&
           alz_spool_publish(&spool, "spooled") == 0 &&
           scratch_holds(path, alz_text_str(&want));
    unlink(path);
    alz_spool_done(&spool);
    alz_text_done(&want);
    if (!good)
        printf("# size %zu, max %zu, piece %zu\n", size, max, piece);
    return good;
}

static void test_sizes(void)
{
    static const size_t sizes[] = {0,           1,          MEMORY - 1,
                                   MEMORY,      MEMORY + 1, 2 * MEMORY + 3,
                                   2 * MIB - 1, 2 * MIB,    2 * MIB + 1,
                                   3 * MIB - 1, 3 * MIB,    3 * MIB + 1,
                                   4 * MIB - 1, 4 * MIB,    4 * MIB + 1,
                                   ALL};
    static const size_t pieces[] = {777, MEMORY - 1, MEMORY, MEMORY + 1, ALL};
    bool good = true;

    for (size_t i = 0; i < sizeof(sizes) / sizeof(*sizes); i++)
        for (size_t j = 0; j < sizeof(pieces) / sizeof(*pieces); j++)
            good &= holds(sizes[i], 3 * MIB, pieces[j]);
    OK(good, "head, cut line and tail at every size and piece");
}

/* Ceilings below 2 MiB, down to one byte. */
static void test_small_ceilings(void)
{
    bool good = true;

    for (size_t max = 1; max < 20; max++)
        for (size_t size = 0; size < 60; size++)
            for (size_t piece = 1; piece < 30; piece += 3)
                good &= holds(size, max, piece);
    OK(good, "tiny ceilings keep half of it as a tail");
    OK(holds(70 * KIB, MEMORY, 1000), "a ceiling as large as the memory");
    OK(holds(MIB, 100 * KIB, 100 * KIB), "one between memory and tail");
}

static void test_memory(void)
{
    struct alz_spool spool;
    struct alz_str text = {bytes, MEMORY};

    alz_spool_init(&spool, &dir, 0);
    NUM(spool.max, 16 * MIB, "the ceiling is 16 MiB unless told");
    alz_spool_add(&spool, text);
    OK(spool.draft.fd == -1 && spool.memory.len == MEMORY,
       "64 KiB stay in memory");
    alz_spool_add(&spool, ALZ_STR("x"));
    OK(spool.draft.fd >= 0 && spool.memory.len == 1,
       "one byte more goes to a draft");
    alz_spool_done(&spool);
    alz_spool_done(&spool);
    alz_spool_done(NULL);
    alz_spool_done(&(struct alz_spool){0});
    NUM(scratch_count(dir.path), 0, "done drops the draft");
    OK(fcntl(0, F_GETFD) != -1, "and closes nobody else's descriptor");
}

static void test_dry_run(void)
{
    struct alz_spool spool;

    alz_spool_init(&spool, NULL, 2 * MIB);
    for (int i = 0; i < 6; i++)
        alz_spool_add(&spool, (struct alz_str){bytes + i * MIB, MIB});
    alz_spool_finish(&spool);
    NUM(spool.size, ALL, "a dry run counts");
    OK(spool.memory.len == MEMORY &&
           memcmp(spool.memory.ptr, bytes, MEMORY) == 0,
       "keeps the first 64 KiB");
    OK(spool.tail.ptr == NULL && spool.error == 0, "and no more");
    NUM(alz_spool_publish(&spool, "dry"), 0, "and publishes nothing");
    NUM(scratch_count(dir.path), 0, "really");
    alz_spool_done(&spool);
}

static void test_errors(void)
{
    struct alz_outdir gone;
    struct alz_spool spool;

    scratch_write(scratch_path(dir.path, "taken").path, ALZ_STR("other"));
    alz_spool_init(&spool, &dir, 0);
    alz_spool_add(&spool, ALZ_STR("bytes"));
    alz_spool_finish(&spool);
    NUM(alz_spool_publish(&spool, "taken"), -1, "a name that is taken");
    OK(errno == EEXIST && spool.error == EEXIST, "errno says so");
    alz_spool_done(&spool);
    unlink(scratch_path(dir.path, "taken").path);

    alz_outdir_open(&gone, scratch_path(dir.path, "gone").path,
                    ALZ_PUBLISH_RENAME);
    rmdir(gone.path);
    alz_spool_init(&spool, &gone, 0);
    alz_spool_add(&spool, (struct alz_str){bytes, MEMORY + 1});
    NUM(spool.error, ENOENT, "no directory for the draft");
    alz_spool_add(&spool, ALZ_STR("more"));
    alz_spool_finish(&spool);
    NUM(spool.size, MEMORY + 5, "the bytes are counted on");
    NUM(alz_spool_publish(&spool, "x"), -1, "nothing is published");
    NUM(errno, ENOENT, "the first error stays");
    alz_spool_done(&spool);
    alz_outdir_done(&gone);
}

static void out_of_memory_at(size_t size, const char *what)
{
    struct alz_spool spool;

    alz_spool_init(&spool, &dir, 2 * MIB);
    alz_spool_add(&spool, (struct alz_str){bytes, size});
    fault_at(1);
    alz_spool_add(&spool, (struct alz_str){bytes, MIB});
    fault_at(0);
    NUM(spool.error, ENOMEM, what);
    alz_spool_finish(&spool);
    OK(alz_spool_publish(&spool, "x") == -1 && errno == ENOMEM,
       "is an error, not a shorter file");
    alz_spool_done(&spool);
    NUM(scratch_count(dir.path), 0, "and nothing is left");
}

static void test_out_of_memory(void)
{
    struct alz_spool spool;

    if (!FAULT_WORKS)
        return;
    out_of_memory_at(MIB, "out of memory for the tail");
    alz_spool_init(&spool, NULL, 0);
    fault_at(1);
    alz_spool_add(&spool, ALZ_STR("x"));
    fault_at(0);
    NUM(spool.error, ENOMEM, "out of memory for the first byte");
    alz_spool_done(&spool);
}

int main(void)
{
    const char *path = scratch_new();

    fill();
    if (!bytes || alz_outdir_open(&dir, scratch_path(path, "results").path,
                                  ALZ_PUBLISH_LINK))
        return EXIT_FAILURE;
    test_sizes();
    test_small_ceilings();
    test_memory();
    test_dry_run();
    test_errors();
    test_out_of_memory();
    alz_outdir_done(&dir);
    free(bytes);
    scratch_remove(path);
    return tap_done();
}
