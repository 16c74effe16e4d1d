/* json.h - writes JSON, checking it against a schema on the way. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALZ_EMIT_JSON_H
#define ALZ_EMIT_JSON_H

#include "check/schema.h"

/*
 * One writer is used for many documents of one schema. What is written is
 * told to the schema check too, so a document is known to be valid when its
 * last bracket is written. Texts must be valid UTF-8.
 */
struct alz_json;

struct alz_json *alz_json_new(const struct alz_schema *schema);
void alz_json_free(struct alz_json *json);

void alz_json_begin(struct alz_json *json); /* a new document */
void alz_json_object(struct alz_json *json);
void alz_json_array(struct alz_json *json);
void alz_json_close(struct alz_json *json); /* the innermost one */
/* The key is plain: no quote, backslash or control character. */
void alz_json_name(struct alz_json *json, struct alz_str key);
void alz_json_string(struct alz_json *json, struct alz_str text);
void alz_json_integer(struct alz_json *json, int64_t number);
void alz_json_bool(struct alz_json *json, bool value);

/* In the header, so that the length of a literal costs nothing. */
static inline void alz_json_key(struct alz_json *json, const char *key)
{
    alz_json_name(json, alz_str_from(key));
}

/* key + string, when the text was said (ptr not NULL). */
static inline void alz_json_text(struct alz_json *json, const char *key,
                                 struct alz_str text)
{
    if (!text.ptr)
        return;
    alz_json_key(json, key);
    alz_json_string(json, text);
}

/*
 * For elements of an array that many documents share: write them once, and
 * take the bytes from where the array was written to last (without a comma
 * before the first), if nothing was wrong so far; add them to the same array
 * of the next document.
 */
bool alz_json_good(const struct alz_json *json);
size_t alz_json_written(const struct alz_json *json);
struct alz_str alz_json_since(const struct alz_json *json, size_t written);
void alz_json_again(struct alz_json *json, struct alz_str elements,
                    size_t count);

/* The finished document (valid until the next begin), or {NULL, 0} with a
 * reason in *error when it breaks the schema; without one memory ran out. */
struct alz_str alz_json_end(struct alz_json *json, struct alz_text *error);

#endif
