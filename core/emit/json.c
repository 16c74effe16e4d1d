/* json.c - writes JSON with yajl's generator, checking it on the way. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "emit/json.h"

#include "base/pool.h"

#include <stdlib.h>
#include <yajl/yajl_gen.h>

/*
 * yajl writes into our buffer through its print callback, so it allocates
 * nothing once it is made, and memory that runs out is a flag of the buffer.
 * It writes beyond its own state when it is called again behind an error:
 * after the first one nothing is passed on.
 */
enum {
    DEPTH_MAX = YAJL_MAX_DEPTH - 1,
    DOCUMENT_MAX = 64 << 20,
    KEEP_MAX = 1 << 20, /* of a buffer, from one document to the next */
    REASON_MAX = 4096,
    DIGITS_MAX = 20 /* of an int64_t with its sign */
};

struct alz_json {
    yajl_gen gen;
    struct alz_pool pool;
    struct alz_schema_check *check;
    struct alz_text out;
    struct alz_text reason; /* of the first violation */
    const char *broken;     /* why the document cannot be finished, or NULL */
    size_t depth;
    bool arrays[DEPTH_MAX]; /* of what is open: an array, or an object */
    bool keyed;             /* a key waits for its value */
};

/* Hundreds of calls a document, most of them with one byte. */
static void print(void *ctx, const char *bytes, size_t len)
{
    struct alz_text *out = &((struct alz_json *)ctx)->out;

    if (len > out->cap - out->len) {
        alz_text_add(out, (struct alz_str){bytes, len});
    } else if (len == 1) {
        out->ptr[out->len++] = *bytes;
    } else {
        memcpy(out->ptr + out->len, bytes, len);
        out->len += len;
    }
}

static void violation(void *ctx, const struct alz_violation *found)
{
    struct alz_json *json = ctx;

    if (json->reason.len)
        return;
    alz_text_add(&json->reason,
                 found->pointer.len ? found->pointer : ALZ_STR("document"));
    alz_text_add(&json->reason, ALZ_STR(": "));
    alz_text_add(&json->reason, found->text);
}

/* ---- events ----------------------------------------------------------- */

static const char malformed[] = "the document is not well-formed";

/* The first reason stands. */
static void fail(struct alz_json *json, const char *why)
{
    if (!json->broken)
        json->broken = why;
}

static void generated(struct alz_json *json, yajl_gen_status status)
{
    if (status != yajl_gen_status_ok)
        fail(json, malformed);
}

/* yajl itself takes a string without a key for a key. */
static bool expects_key(const struct alz_json *json)
{
    return json->depth && !json->arrays[json->depth - 1] && !json->keyed;
}

/* A value may come now. */
static bool value_fits(struct alz_json *json)
{
    if (expects_key(json))
        fail(json, malformed);
    json->keyed = false;
    return !json->broken;
}

static void open(struct alz_json *json, bool array)
{
    if (!value_fits(json))
        return;
    if (json->depth == DEPTH_MAX) {
        fail(json, "the document is nested too deep");
        return;
    }
    json->arrays[json->depth++] = array;
    generated(json, array ? yajl_gen_array_open(json->gen)
                          : yajl_gen_map_open(json->gen));
    alz_schema_check_open(json->check,
                          array ? ALZ_JSON_ARRAY : ALZ_JSON_OBJECT);
}

void alz_json_object(struct alz_json *json)
{
    open(json, false);
}

void alz_json_array(struct alz_json *json)
{
    open(json, true);
}

void alz_json_close(struct alz_json *json)
{
    if (json->depth == 0 || json->keyed)
        fail(json, malformed);
    if (json->broken)
        return;
    generated(json, json->arrays[--json->depth]
                        ? yajl_gen_array_close(json->gen)
                        : yajl_gen_map_close(json->gen));
    alz_schema_check_close(json->check);
}

static void string(struct alz_json *json, struct alz_str text)
{
    const char *ptr = text.ptr ? text.ptr : "";

    generated(json,
              yajl_gen_string(json->gen, (const unsigned char *)ptr, text.len));
}

void alz_json_key(struct alz_json *json, const char *key)
{
    struct alz_str text = alz_str_from(key);

    if (!expects_key(json))
        fail(json, malformed);
    if (json->broken)
        return;
    json->keyed = true;
    string(json, text);
    alz_schema_check_key(json->check, text);
}

void alz_json_string(struct alz_json *json, struct alz_str text)
{
    if (!value_fits(json))
        return;
    string(json, text);
    alz_schema_check_value(json->check, ALZ_JSON_STRING, text);
}

/* Written backwards; the magnitude of INT64_MIN fits the unsigned type. */
void alz_json_integer(struct alz_json *json, int64_t number)
{
    uint64_t rest = number < 0 ? -(uint64_t)number : (uint64_t)number;
    char digits[DIGITS_MAX], *first = digits + DIGITS_MAX;
    struct alz_str text;

    if (!value_fits(json))
        return;
    do {
        *--first = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest);
    if (number < 0)
        *--first = '-';
    text = (struct alz_str){first, (size_t)(digits + DIGITS_MAX - first)};
    generated(json, yajl_gen_number(json->gen, text.ptr, text.len));
    alz_schema_check_value(json->check, ALZ_JSON_NUMBER, text);
}

void alz_json_bool(struct alz_json *json, bool value)
{
    if (!value_fits(json))
        return;
    generated(json, yajl_gen_bool(json->gen, value));
    alz_schema_check_value(json->check, value ? ALZ_JSON_TRUE : ALZ_JSON_FALSE,
                           value ? ALZ_STR("true") : ALZ_STR("false"));
}

void alz_json_text(struct alz_json *json, const char *key, struct alz_str text)
{
    if (!text.ptr)
        return;
    alz_json_key(json, key);
    alz_json_string(json, text);
}

/* ---- documents -------------------------------------------------------- */

/* A huge document's memory is not kept for the small ones behind it. */
static void clear(struct alz_text *text, size_t max)
{
    if (text->cap > KEEP_MAX)
        alz_text_done(text);
    alz_text_clear(text);
    text->max = max;
}

void alz_json_begin(struct alz_json *json)
{
    yajl_gen_reset(json->gen, NULL);
    alz_schema_check_reset(json->check);
    clear(&json->out, DOCUMENT_MAX);
    clear(&json->reason, REASON_MAX);
    json->broken = NULL;
    json->depth = 0;
    json->keyed = false;
}

static const char *broken(const struct alz_json *json)
{
    if (json->broken)
        return json->broken;
    if (json->out.full)
        return "the document is too large, or out of memory";
    if (json->depth || json->out.len == 0)
        return "the document is not complete";
    return NULL;
}

struct alz_str alz_json_end(struct alz_json *json, struct alz_text *error)
{
    const char *why = broken(json);

    if (!why && alz_schema_check_violations(json->check) == 0)
        return alz_text_str(&json->out);
    alz_text_add(error, why ? alz_str_from(why) : alz_text_str(&json->reason));
    return (struct alz_str){NULL, 0};
}

/* ---- the writer ------------------------------------------------------- */

/* The only allocations yajl makes, so the jump out of them stays in here. */
static yajl_gen gen_new(struct alz_json *json)
{
    yajl_alloc_funcs funcs = {alz_pool_malloc, alz_pool_realloc, alz_pool_free,
                              &json->pool};

    alz_pool_init(&json->pool, 0);
    if (setjmp(json->pool.escape) != 0)
        return NULL;
    json->gen = yajl_gen_alloc(&funcs);
    yajl_gen_config(json->gen, yajl_gen_print_callback, print, json);
    return json->gen;
}

struct alz_json *alz_json_new(const struct alz_schema *schema)
{
    struct alz_json *json = calloc(1, sizeof *json);

    if (!json)
        return NULL;
    json->check = alz_schema_check_new(schema, violation, json);
    if (!json->check || !gen_new(json)) {
        alz_json_free(json);
        return NULL;
    }
    alz_json_begin(json);
    return json;
}

/* The generator is a few blocks of the pool. */
void alz_json_free(struct alz_json *json)
{
    if (!json)
        return;
    alz_pool_done(&json->pool);
    alz_schema_check_free(json->check);
    alz_text_done(&json->out);
    alz_text_done(&json->reason);
    free(json);
}
