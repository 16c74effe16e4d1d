/* tape_find.c - tests of a tape by their identity. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "run/tape_event.h"

#include "base/buf.h"
#include "base/utf8.h"

#include <stdlib.h>

/* ---- keys ------------------------------------------------------------- */

/* As the recorder has it: valid UTF-8. */
static void add_name(struct alz_text *text, struct alz_str name)
{
    size_t good = alz_utf8_valid(name);
    char *room;

    alz_text_add(text, (struct alz_str){name.ptr, good});
    name = alz_str_from_offset(name, good);
    room = name.len ? alz_buf_reserve(text, 3 * name.len) : NULL;
    if (room)
        text->len += alz_utf8_repair(room, name);
}

uint64_t alz_tape_key(struct alz_tape *tape, struct alz_str full_name,
                      struct alz_str class_name, struct alz_str name)
{
    bool full = full_name.len || class_name.len;
    struct alz_text *text = &tape->payload;
    uint64_t key;

    if (!full && !name.len)
        return 0;
    alz_text_clear(text);
    alz_text_add(text, full ? ALZ_STR("f\n") : ALZ_STR("n\n"));
    add_name(text, full_name.len ? full_name : class_name);
    if (full && !full_name.len)
        alz_text_add(text, ALZ_STR("."));
    if (!full_name.len)
        add_name(text, name);
    if (text->full) {
        alz_tape_starve(tape);
        return 0;
    }
    key = alz_key64(alz_text_str(text));
    return key ? key : 1;
}

/* ---- buckets ---------------------------------------------------------- */

static uint32_t *bucket_of(const struct alz_tape *tape, uint64_t key)
{
    return &tape->buckets[key & (tape->bucket_count - 1)];
}

int alz_tape_index(struct alz_tape *tape)
{
    size_t count = 16;

    while (count < tape->test_count)
        count *= 2;
    tape->buckets = calloc(count, sizeof(*tape->buckets));
    if (!tape->buckets)
        return -1;
    tape->bucket_count = count;
    for (size_t i = 0; i < tape->test_count; i++) {
        struct alz_tape_test *test = &tape->tests[i];
        uint32_t *bucket = bucket_of(tape, test->key);

        if (!test->key)
            continue;
        test->next = *bucket;
        *bucket = (uint32_t)i + 1;
    }
    return 0;
}

static struct alz_tape_test *find_from(const struct alz_tape *tape,
                                       uint32_t number, uint64_t key)
{
    while (number && tape->tests[number - 1].key != key)
        number = tape->tests[number - 1].next;
    return number ? &tape->tests[number - 1] : NULL;
}

struct alz_tape_test *alz_tape_find(const struct alz_tape *tape, uint64_t key)
{
    if (!tape->buckets || !key)
        return NULL;
    return find_from(tape, *bucket_of(tape, key), key);
}

struct alz_tape_test *alz_tape_before(const struct alz_tape *tape,
                                      const struct alz_tape_test *test)
{
    return find_from(tape, test->next, test->key);
}
