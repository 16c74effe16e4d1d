/* json.c - writes JSON, checking it against a schema on the way. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "emit/json.h"

#include "base/buf.h"
#include "base/words.h"

#include <stdlib.h>

/*
 * Text goes straight into the buffer: a generator that takes each byte, brace
 * and comma through a callback is a quarter of a conversion. Memory that runs
 * out is a flag of the buffer, looked at when the document ends.
 */
enum {
    DEPTH_MAX = 127, /* of brackets; readers give up at a few more */
    DOCUMENT_MAX = 64 << 20,
    KEEP_MAX = 1 << 20, /* of a buffer, from one document to the next */
    REASON_MAX = 4096,
    DIGITS_MAX = 20, /* of an int64_t with its sign */
    ESCAPE_MAX = 6   /* "\u001B" */
};

struct alz_json {
    struct alz_schema_check *check;
    struct alz_text out;
    struct alz_text reason; /* of the first violation */
    const char *broken;     /* why the document cannot be finished, or NULL */
    size_t depth;
    bool arrays[DEPTH_MAX]; /* of what is open: an array, or an object */
    bool keyed;             /* a key waits for its value */
    bool comma;             /* one is due before what comes next */
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

/* ---- bytes ------------------------------------------------------------ */

/* Where the next n bytes go, NULL when there is no room: the document is
 * lost, and its end says so. */
static char *room(struct alz_json *json, size_t n)
{
    struct alz_text *out = &json->out;

    if (n <= out->cap - out->len)
        return out->ptr + out->len;
    return alz_buf_reserve(out, n);
}

/* The buffer is filled up to here. */
static void filled(struct alz_json *json, const char *to)
{
    json->out.len = (size_t)(to - json->out.ptr);
}

static void put(struct alz_json *json, struct alz_str bytes)
{
    char *to = room(json, bytes.len + 1);

    if (!to)
        return;
    if (json->comma)
        *to++ = ',';
    memcpy(to, bytes.ptr, bytes.len);
    filled(json, to + bytes.len);
}

static void put_byte(struct alz_json *json, char byte)
{
    char *to = room(json, 2);

    if (!to)
        return;
    if (json->comma)
        *to++ = ',';
    *to++ = byte;
    filled(json, to);
}

static bool is_special(char byte)
{
    return (unsigned char)byte < 0x20 || byte == '"' || byte == '\\';
}

static bool has_special(uint64_t word)
{
    uint64_t quote = word ^ alz_word_of('"');
    uint64_t slash = word ^ alz_word_of('\\');

    /* alz_word_below of all three, the common part taken once */
    return (((word - alz_word_of(0x20)) | (quote - alz_word_of(1)) |
             (slash - alz_word_of(1))) &
            ~word & alz_word_of(0x80)) != 0;
}

/* Copies up to the first byte to be escaped, or all. Returns how many. The
 * last word overlaps the one before it: few texts end with a whole one. */
static size_t copy_plain(char *to, struct alz_str text)
{
    const size_t size = sizeof(uint64_t);
    size_t at = 0;

    while (text.len - at >= size) {
        uint64_t word = alz_word_load(text.ptr + at);

        if (has_special(word))
            break;
        memcpy(to + at, &word, size);
        at += size;
        if (at < text.len && text.len - at < size)
            at = text.len - size;
    }
    for (; at < text.len && !is_special(text.ptr[at]); at++)
        to[at] = text.ptr[at];
    return at;
}

static char *put_escape(char *to, char byte)
{
    static const char hex[] = "0123456789ABCDEF";
    static const char bytes[] = "\"\\\b\f\n\r\t";
    static const char letters[] = "\"\\bfnrt";
    const char *found = memchr(bytes, byte, sizeof(bytes) - 1);

    *to++ = '\\';
    if (found) {
        *to++ = letters[found - bytes];
        return to;
    }
    memcpy(to, "u00", 3);
    to[3] = hex[byte >> 4];
    to[4] = hex[byte & 15];
    return to + 5;
}

/* Valid UTF-8 between quotes. */
static void put_string(struct alz_json *json, struct alz_str text)
{
    char *to = room(json, text.len + 3);
    size_t plain;

    if (to && json->comma)
        *to++ = ',';
    if (to)
        *to++ = '"';
    while (to) {
        plain = copy_plain(to, text);
        to += plain;
        if (plain == text.len)
            break;
        to = put_escape(to, text.ptr[plain]);
        filled(json, to);
        text = alz_str_from_offset(text, plain + 1);
        to = room(json, text.len + ESCAPE_MAX + 1);
    }
    if (!to)
        return;
    *to++ = '"';
    filled(json, to);
}

/* A key of ours, which has nothing to be escaped. */
static void put_name(struct alz_json *json, struct alz_str key)
{
    char *to = room(json, key.len + 4);

    if (!to)
        return;
    if (json->comma)
        *to++ = ',';
    *to++ = '"';
    memcpy(to, key.ptr, key.len);
    to += key.len;
    *to++ = '"';
    *to++ = ':';
    filled(json, to);
    json->comma = false;
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
    if (expects_key(json) || (json->depth == 0 && json->out.len))
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
    put_byte(json, array ? '[' : '{');
    json->comma = false;
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
    json->comma = false;
    put_byte(json, json->arrays[--json->depth] ? ']' : '}');
    json->comma = true;
    alz_schema_check_close(json->check);
}

void alz_json_name(struct alz_json *json, struct alz_str key)
{
    if (!expects_key(json))
        fail(json, malformed);
    if (json->broken)
        return;
    json->keyed = true;
    put_name(json, key);
    alz_schema_check_key(json->check, key);
}

void alz_json_string(struct alz_json *json, struct alz_str text)
{
    if (!value_fits(json))
        return;
    put_string(json, text);
    json->comma = true;
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
    put(json, text);
    json->comma = true;
    alz_schema_check_value(json->check, ALZ_JSON_NUMBER, text);
}

void alz_json_bool(struct alz_json *json, bool value)
{
    struct alz_str text = value ? ALZ_STR("true") : ALZ_STR("false");

    if (!value_fits(json))
        return;
    put(json, text);
    json->comma = true;
    alz_schema_check_value(json->check, value ? ALZ_JSON_TRUE : ALZ_JSON_FALSE,
                           text);
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
    clear(&json->out, DOCUMENT_MAX);
    clear(&json->reason, REASON_MAX);
    json->broken = NULL;
    json->depth = 0;
    json->keyed = json->comma = false;
}

static const char *broken(const struct alz_json *json)
{
    if (json->broken)
        return json->broken;
    if (json->out.full)
        return json->out.len > DOCUMENT_MAX / 2 ? "the document is too large"
                                                : "";
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
    alz_text_done(&json->out);
    alz_text_done(&json->reason);
    free(json);
}
