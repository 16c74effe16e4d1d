/* test_keyset.c - counting of keys, growth and lack of memory. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "base/keyset.h"
#include "fault.h"
#include "tap.h"

enum { MANY = 100000 };

/* Keys as digests are; the second kind is as bad as keys get. */
static uint64_t spread(uint64_t i)
{
    return (i + 1) * UINT64_C(0xd1342543de82ef95);
}

static uint64_t high_bits(uint64_t i)
{
    return (i + 1) << 40;
}

static void count_many(uint64_t (*key_of)(uint64_t i), const char *what)
{
    struct alz_keyset set = {0};
    bool good = true;

    for (int round = 0; round < 2; round++) {
        for (uint64_t i = 0; i < MANY; i++) {
            struct alz_keyset_entry *entry = alz_keyset_at(&set, key_of(i));

            good &= entry && entry->count == (unsigned)round;
            good &= entry && entry->last_ms == (round ? i : 0);
            if (entry) {
                entry->count++;
                entry->last_ms = i & 0xffffffff;
            }
            good &= set.count * 100 <= set.capacity * 85;
        }
    }
    OK(good, what);
    NUM(set.count, MANY, "each key once");
    NUM(set.capacity, 131072, "the table is not larger than it must be");
    alz_keyset_done(&set);
    OK(set.entries == NULL && set.capacity == 0, "done leaves an empty set");
}

static void test_growth(void)
{
    struct alz_keyset set = {0};
    size_t before;

    alz_keyset_at(&set, 1);
    before = set.capacity;
    for (uint64_t key = 2; key <= before * 85 / 100; key++)
        alz_keyset_at(&set, key);
    NUM(set.capacity, before, "as many as 85 % need no growth");
    alz_keyset_at(&set, 1);
    NUM(set.capacity, before, "a known key needs none either");
    alz_keyset_at(&set, 1000);
    NUM(set.capacity, 2 * before, "one more does");
    alz_keyset_done(&set);
}

static void test_edges(void)
{
    struct alz_keyset set = {0};
    struct alz_keyset_entry *entry;

    NUM(sizeof(struct alz_keyset_entry), 16, "16 bytes a key");
    entry = alz_keyset_at(&set, 0);
    OK(entry && entry->count == 0, "key 0 can be counted");
    entry->count++;
    OK(alz_keyset_at(&set, 0)->count == 1 && set.count == 1, "and found");
    entry = alz_keyset_at(&set, UINT64_MAX);
    entry->count = (1U << 20) - 1;
    entry->last_ms = (UINT64_C(1) << 44) - 1;
    entry = alz_keyset_at(&set, UINT64_MAX);
    OK(entry->count == 1048575 && entry->last_ms == UINT64_C(17592186044415),
       "the fields hold their largest values");
    alz_keyset_done(&set);
    alz_keyset_done(&set);
    alz_keyset_done(NULL);
}

static void test_out_of_memory(void)
{
    struct alz_keyset set = {0};
    uint64_t key = 1;
    bool intact = true;

    if (!FAULT_WORKS)
        return;
    fault_at(1);
    OK(alz_keyset_at(&set, 1) == NULL && set.count == 0, "no memory at first");
    fault_at(0);
    alz_keyset_at(&set, key)->count = 1;
    while ((set.count + 1) * 100 <= set.capacity * 85)
        alz_keyset_at(&set, ++key)->count = 1;
    fault_at(1);
    OK(alz_keyset_at(&set, 999) == NULL, "no memory to grow");
    for (uint64_t i = 1; i <= key; i++)
        intact &= alz_keyset_at(&set, i)->count == 1;
    OK(intact && set.count == key, "the set is intact");
    OK(alz_keyset_at(&set, 999) != NULL, "and grows when memory is back");
    alz_keyset_done(&set);
}

int main(void)
{
    count_many(spread, "100000 digests, counted twice");
    count_many(high_bits, "100000 keys with equal low bits");
    test_growth();
    test_edges();
    test_out_of_memory();
    return tap_done();
}
