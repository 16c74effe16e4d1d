/* json.c - writes JSON, checking it against a schema on the way. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "emit/json.h"

#include "emit/json_bytes.h"

#include <stdlib.h>

enum {
    DEPTH_MAX = 127, /* of brackets; readers give up at a few more */
    DOCUMENT_MAX = 64 << 20,
    KEEP_MAX = 1 << 20, /* of a buffer, from one document to the next */
    REASON_MAX = 4096,
    DIGITS_MAX = 20 /* of an int64_t with its sign */
};

struct alz_json {
    struct alz_schema_check *check;
    struct alz_json_bytes bytes;
    struct alz_text reason; /* of the first violation */
    const char *broken;     /* why the document cannot be finished, or NULL */
    size_t depth;
    bool arrays[DEPTH_MAX]; /* of what is open: an array, or an object */
    bool keyed;             /* a key waits for its value */
};

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

static bool expects_key(const struct alz_json *json)
{
    return json->depth && !json->arrays[json->depth - 1] && !json->keyed;
}

/* A value may come now: a document is one. */
static bool value_fits(struct alz_json *json)
{
    if (expects_key(json) || (json->depth == 0 && json->bytes.out.len))
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
    alz_json_put_byte(&json->bytes, array ? '[' : '{');
    json->bytes.comma = false;
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
    json->bytes.comma = false;
    alz_json_put_byte(&json->bytes, json->arrays[--json->depth] ? ']' : '}');
    json->bytes.comma = true;
    alz_schema_check_close(json->check);
}

void alz_json_name(struct alz_json *json, struct alz_str key)
{
    if (!expects_key(json))
        fail(json, malformed);
    if (json->broken)
        return;
    json->keyed = true;
    alz_json_put_name(&json->bytes, key);
    alz_schema_check_key(json->check, key);
}

void alz_json_string(struct alz_json *json, struct alz_str text)
{
    if (!value_fits(json))
        return;
    alz_json_put_string(&json->bytes, text);
    json->bytes.comma = true;
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
    alz_json_put(&json->bytes, text);
    json->bytes.comma = true;
    alz_schema_check_value(json->check, ALZ_JSON_NUMBER, text);
}

void alz_json_bool(struct alz_json *json, bool value)
{
    struct alz_str text = value ? ALZ_STR("true") : ALZ_STR("false");

    if (!value_fits(json))
        return;
    alz_json_put(&json->bytes, text);
    json->bytes.comma = true;
    alz_schema_check_value(json->check, value ? ALZ_JSON_TRUE : ALZ_JSON_FALSE,
                           text);
}

/* ---- elements again --------------------------------------------------- */

bool alz_json_good(const struct alz_json *json)
{
    return !json->broken && !json->bytes.out.full &&
           alz_schema_check_violations(json->check) == 0;
}

/* Where the next value begins. */
size_t alz_json_written(const struct alz_json *json)
{
    return json->bytes.out.len + json->bytes.comma;
}

struct alz_str alz_json_since(const struct alz_json *json, size_t written)
{
    return alz_str_from_offset(alz_text_str(&json->bytes.out), written);
}

void alz_json_again(struct alz_json *json, struct alz_str elements,
                    size_t count)
{
    if (count == 0 || !value_fits(json))
        return;
    alz_json_put(&json->bytes, elements);
    json->bytes.comma = true;
    alz_schema_check_again(json->check, count);
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
    alz_schema_check_reset(json->check);
    clear(&json->bytes.out, DOCUMENT_MAX);
    clear(&json->reason, REASON_MAX);
    json->broken = NULL;
    json->depth = 0;
    json->keyed = json->bytes.comma = false;
}

static const char *broken(const struct alz_json *json)
{
    if (json->broken)
        return json->broken;
    if (json->bytes.out.full)
        return json->bytes.out.len > DOCUMENT_MAX / 2
                   ? "the document is too large"
                   : "";
    if (json->depth || json->bytes.out.len == 0)
        return "the document is not complete";
    return NULL;
}

struct alz_str alz_json_end(struct alz_json *json, struct alz_text *error)
{
    const char *why = broken(json);

    if (!why && alz_schema_check_violations(json->check) == 0)
        return alz_text_str(&json->bytes.out);
    alz_text_add(error, why ? alz_str_from(why) : alz_text_str(&json->reason));
    return (struct alz_str){NULL, 0};
}

/* ---- the writer ------------------------------------------------------- */

struct alz_json *alz_json_new(const struct alz_schema *schema)
{
    struct alz_json *json = calloc(1, sizeof *json);

    if (!json)
        return NULL;
    json->check = alz_schema_check_new(schema, violation, json);
    if (!json->check) {
        alz_json_free(json);
        return NULL;
    }
    alz_json_begin(json);
    return json;
}

void alz_json_free(struct alz_json *json)
{
    if (!json)
        return;
    alz_schema_check_free(json->check);
    alz_text_done(&json->bytes.out);
    alz_text_done(&json->reason);
    free(json);
}
