/* test_map.c - what is open, by name; JSON objects in memory. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "tap.h"

#include "base/buf.h"

#include <allurize/read.h>

static void test_map(void)
{
    struct alz_map map = {.max = 3};
    int *one, *two, *three;

    OK(alz_map_find(&map, ALZ_STR("a")) == NULL, "an empty one has nothing");
    one = alz_map_add(&map, ALZ_STR("a"), sizeof *one);
    two = alz_map_add(&map, ALZ_STR(""), sizeof *two);
    three = alz_map_add(&map, ALZ_STR("a\0b"), sizeof *three);
    NUM(*two, 0, "an entry is zeroed");
    OK(alz_map_add(&map, ALZ_STR("d"), 1) == NULL && !map.starved,
       "it is full");
    OK(alz_map_find(&map, ALZ_STR("a")) == one, "found");
    OK(alz_map_find(&map, ALZ_STR("a\0b")) == three, "a key has any bytes");
    IS(alz_map_key(one), "a", "an entry knows its key");
    alz_map_drop(&map, two);
    OK(alz_map_find(&map, ALZ_STR("")) == NULL, "dropped");
    OK(alz_map_next(&map, NULL) == one, "the first one added");
    OK(alz_map_next(&map, one) == three, "the next one");
    OK(alz_map_next(&map, three) == NULL, "no more");
    alz_map_done(&map);
    OK(alz_map_next(&map, NULL) == NULL, "done is empty");
    alz_map_done(NULL);
}

static void test_many(void)
{
    struct alz_map map = {0};
    struct alz_text key = {0};
    size_t found = 0;

    for (int i = 0; i < 5000; i++) {
        alz_text_clear(&key);
        alz_buf_printf(&key, "%d", i);
        *(int *)alz_map_add(&map, alz_text_str(&key), sizeof(int)) = i;
    }
    for (int i = 0; i < 5000; i += 2)
        alz_map_drop(&map, alz_map_next(&map, NULL));
    for (int i = 0; i < 5000; i++) {
        const int *entry;

        alz_text_clear(&key);
        alz_buf_printf(&key, "%d", i);
        entry = alz_map_find(&map, alz_text_str(&key));
        found += entry != NULL && *entry == i && i >= 2500;
    }
    NUM(found, 2500, "the later half is left");
    NUM(map.count, 2500, "and counted");
    alz_map_done(&map);
    alz_text_done(&key);
}

/* ---- objects ---------------------------------------------------------- */

static void on_value(void *ctx, const struct alz_json_value *value)
{
    static const char types[] = "0ft#s{[";

    alz_buf_printf(ctx, "%zu%.*s=%c%.*s;", value->depth, (int)value->key.len,
                   value->key.ptr, types[value->type], (int)value->text.len,
                   value->text.ptr);
}

static void object(const char *text, enum alz_json_text end, const char *want)
{
    struct alz_text got = {0};

    NUM(alz_json_object_read(alz_str_from(text), on_value, &got), end, text);
    IS(alz_text_str(&got), want, "and hands on");
    alz_text_done(&got);
}

int main(void)
{
    test_map();
    test_many();
    object("{}", ALZ_JSON_TEXT_WHOLE, "");
    object(" {\"a\":1,\"b\":\"x\\ny\",\"c\":null} ", ALZ_JSON_TEXT_WHOLE,
           "1a=#1;1b=sx\ny;1c=0;");
    object("{\"a\":[\"b\",true],\"o\":{\"p\":false}}", ALZ_JSON_TEXT_WHOLE,
           "1a=[;2a=sb;2a=t;1o={;2p=f;");
    object("{\"a\":1,\"b\":\"cut", ALZ_JSON_TEXT_DAMAGED, "1a=#1;");
    object("{\"a\":1} {}", ALZ_JSON_TEXT_DAMAGED, "1a=#1;");
    object("{\"a\":1}x", ALZ_JSON_TEXT_DAMAGED, "1a=#1;");
    object("[1]", ALZ_JSON_TEXT_DAMAGED, "");
    object("1", ALZ_JSON_TEXT_DAMAGED, "");
    object("", ALZ_JSON_TEXT_DAMAGED, "");
    return tap_done();
}
