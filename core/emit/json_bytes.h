/* json_bytes.h - the bytes of JSON: commas, quotes and escapes. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALZ_EMIT_JSON_BYTES_H
#define ALZ_EMIT_JSON_BYTES_H

#include "base/buf.h"

/*
 * Knows tokens and no structure. Memory that runs out, or a document beyond
 * the ceiling, is the flag of the buffer. The caller says where a comma is
 * due: behind a value. A name needs none behind it.
 */
struct alz_json_bytes {
    struct alz_text out;
    bool comma; /* one is due before what comes next */
};

/* As it is: a number, a word, values that were written before. */
void alz_json_put(struct alz_json_bytes *json, struct alz_str token);
/* A key of ours, which has nothing to be escaped, and its colon. */
void alz_json_put_name(struct alz_json_bytes *json, struct alz_str key);
/* Valid UTF-8 between quotes. */
void alz_json_put_string(struct alz_json_bytes *json, struct alz_str text);

/* ---- in the header, as there are many of them --------------------------- */

/* Where the next n bytes go, NULL when there is no room: the document is
 * lost, and its end says so. */
static inline char *alz_json_room(struct alz_json_bytes *json, size_t n)
{
    struct alz_text *out = &json->out;

    if (n <= out->cap - out->len)
        return out->ptr + out->len;
    return alz_buf_reserve(out, n);
}

/* The buffer is filled up to here. */
static inline void alz_json_filled(struct alz_json_bytes *json, const char *to)
{
    json->out.len = (size_t)(to - json->out.ptr);
}

static inline void alz_json_put_byte(struct alz_json_bytes *json, char byte)
{
    char *to = alz_json_room(json, 2);

    if (!to)
        return;
    if (json->comma)
        *to++ = ',';
    *to++ = byte;
    alz_json_filled(json, to);
}

#endif
