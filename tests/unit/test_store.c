/* test_store.c - bytes put aside and read again, in memory and from the file.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#include "base/store.h"
#include "tap.h"

enum { LINES = 400000, LINE = 13 };

/* "000000000012\n" */
static struct alz_str line(char *room, unsigned long number)
{
    snprintf(room, LINE + 1, "%012lu\n", number);
    return (struct alz_str){room, LINE};
}

static bool holds(struct alz_store *store, unsigned long number)
{
    char want[LINE + 1], got[LINE];

    line(want, number);
    return alz_store_read(store, (uint64_t)number * LINE, got, LINE) == 0 &&
           memcmp(want, got, LINE) == 0;
}

static void grows_into_a_file(void)
{
    struct alz_store store;
    bool same = true;
    char room[LINE + 1];

    alz_store_init(&store);
    for (unsigned long i = 0; i < LINES; i++) {
        struct alz_str text = line(room, i), parts[] = {text, text, text};

        parts[1].len = 5;
        parts[0].len = 0;
        parts[2] = alz_str_from_offset(text, 5);
        same &= alz_store_add(&store, parts, 3) == 0;
    }
    OK(same, "5 MB are taken in");
    NUM(alz_store_size(&store), (long long)LINES * LINE, "all of them");
    OK(store.flushed > 0 && store.page.cap <= 1024 * 1024 + 1,
       "no more than one of them in memory");
    for (unsigned long i = 0; i < LINES; i += 997)
        same &= holds(&store, i) && holds(&store, LINES - 1 - i);
    OK(same, "they are read from anywhere");
    OK(!store.error, "without an error");
    OK(alz_store_read(&store, (uint64_t)LINES * LINE - 1, room, 2) < 0 &&
           store.error,
       "what is not there cannot be read");
    alz_store_done(&store);
}

static void takes_large_parts(void)
{
    enum { SIZE = 3 * 1024 * 1024 };
    struct alz_store store;
    char *bytes = malloc(SIZE), *again = malloc(SIZE);
    struct alz_str parts[] = {
        ALZ_STR("before"), {bytes, SIZE}
    };

    for (size_t i = 0; i < SIZE; i++)
        bytes[i] = (char)(i * 7 + i / 251);
    alz_store_init(&store);
    OK(alz_store_add(&store, parts, 2) == 0 &&
           alz_store_add(&store, parts, 1) == 0,
       "parts larger than a page are added");
    OK(alz_store_read(&store, 6, again, SIZE) == 0 &&
           memcmp(bytes, again, SIZE) == 0,
       "and are there again");
    OK(alz_store_read(&store, 6 + SIZE, again, 6) == 0 &&
           memcmp(again, "before", 6) == 0,
       "so is what came behind them");
    alz_store_done(&store);
    free(bytes);
    free(again);
}

int main(void)
{
    grows_into_a_file();
    takes_large_parts();
    return tap_done();
}
