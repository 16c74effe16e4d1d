/* json_object.c - JSON in memory: an object, as formats of lines write it. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "base/pool.h"
#include "read/reader.h"

#include <yajl/yajl_parse.h>

enum {
    POOL_MAX = 64 * 1024 * 1024,
    DEPTH_MAX = 64 /* deeper objects are no record of anything */
};

struct object {
    void (*value)(void *ctx, const struct alz_json_value *value);
    void *ctx;
    size_t depth;
    bool any;  /* not only one object */
    bool over; /* what is at top level has ended */
    bool starved;
    struct alz_text key;
    struct alz_pool pool;
};

static int tell(struct object *object, enum alz_json_type type,
                struct alz_str text)
{
    struct alz_json_value value = {type, alz_text_str(&object->key), text,
                                   object->depth};

    if (object->depth == 0 && !object->any)
        return type == ALZ_JSON_OBJECT && !object->over;
    if (object->depth == 0)
        object->over = type != ALZ_JSON_OBJECT && type != ALZ_JSON_ARRAY;
    object->value(object->ctx, &value);
    return 1;
}

static int on_null(void *ctx)
{
    return tell(ctx, ALZ_JSON_NULL, ALZ_STR(""));
}

static int on_boolean(void *ctx, int yes)
{
    return tell(ctx, yes ? ALZ_JSON_TRUE : ALZ_JSON_FALSE, ALZ_STR(""));
}

static int on_number(void *ctx, const char *digits, size_t len)
{
    return tell(ctx, ALZ_JSON_NUMBER, (struct alz_str){digits, len});
}

static int on_string(void *ctx, const unsigned char *bytes, size_t len)
{
    return tell(ctx, ALZ_JSON_STRING,
                (struct alz_str){(const char *)bytes, len});
}

static int on_key(void *ctx, const unsigned char *bytes, size_t len)
{
    struct object *object = ctx;

    alz_text_clear(&object->key);
    alz_text_add(&object->key, (struct alz_str){(const char *)bytes, len});
    object->starved |= object->key.full;
    return !object->starved;
}

static int deeper(struct object *object, enum alz_json_type type)
{
    return tell(object, type, ALZ_STR("")) && ++object->depth < DEPTH_MAX;
}

static int on_object(void *ctx)
{
    return deeper(ctx, ALZ_JSON_OBJECT);
}

static int on_array(void *ctx)
{
    return deeper(ctx, ALZ_JSON_ARRAY);
}

static int on_close(void *ctx)
{
    struct object *object = ctx;

    object->over = --object->depth == 0;
    return 1;
}

static const yajl_callbacks callbacks = {
    .yajl_null = on_null,
    .yajl_boolean = on_boolean,
    .yajl_number = on_number,
    .yajl_string = on_string,
    .yajl_start_map = on_object,
    .yajl_map_key = on_key,
    .yajl_end_map = on_close,
    .yajl_start_array = on_array,
    .yajl_end_array = on_close,
};

/* The parser lives in the pool: nothing of it is freed one by one. */
static void parse(struct object *object, struct alz_str text)
{
    yajl_alloc_funcs funcs = {alz_pool_malloc, alz_pool_realloc, alz_pool_free,
                              &object->pool};
    yajl_handle yajl;

    if (setjmp(object->pool.escape) != 0) {
        object->starved = true;
        return;
    }
    yajl = yajl_alloc(&callbacks, &funcs, object);
    yajl_config(yajl, yajl_dont_validate_strings, 1);
    yajl_config(yajl, yajl_allow_multiple_values, object->any);
    if (yajl_parse(yajl, (const unsigned char *)text.ptr, text.len) !=
            yajl_status_ok ||
        yajl_complete_parse(yajl) != yajl_status_ok)
        object->over = false;
}

static enum alz_json_text read_text(struct object *object, struct alz_str text)
{
    alz_pool_init(&object->pool, POOL_MAX);
    parse(object, text);
    alz_pool_done(&object->pool);
    alz_text_done(&object->key);
    if (object->starved)
        return ALZ_JSON_TEXT_NO_MEMORY;
    return object->over ? ALZ_JSON_TEXT_WHOLE : ALZ_JSON_TEXT_DAMAGED;
}

enum alz_json_text alz_json_object_read(
    struct alz_str text,
    void (*value)(void *ctx, const struct alz_json_value *value), void *ctx)
{
    struct object object = {.value = value, .ctx = ctx};

    return read_text(&object, text);
}

enum alz_json_text
alz_json_text_read(struct alz_str text,
                   void (*value)(void *ctx, const struct alz_json_value *value),
                   void *ctx)
{
    struct object object = {.value = value, .ctx = ctx, .any = true};

    return read_text(&object, text);
}
