/* json.h - writes JSON with yajl's generator, checking it on the way. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALZ_EMIT_JSON_H
#define ALZ_EMIT_JSON_H

#include "check/schema.h"

/*
 * One writer is used for many documents of one schema. Each event goes to the
 * generator and to the schema check, so a document is known to be valid when
 * its last bracket is written. Out of memory is a status, not a crash: yajl's
 * allocations come from a pool that can fail without yajl seeing NULL.
 */
struct alz_json;

struct alz_json *alz_json_new(const struct alz_schema *schema);
void alz_json_free(struct alz_json *json);

void alz_json_begin(struct alz_json *json); /* a new document */
void alz_json_object(struct alz_json *json);
void alz_json_array(struct alz_json *json);
void alz_json_close(struct alz_json *json); /* the innermost one */
void alz_json_key(struct alz_json *json, const char *key);
void alz_json_string(struct alz_json *json, struct alz_str text);
void alz_json_integer(struct alz_json *json, int64_t number);
void alz_json_bool(struct alz_json *json, bool value);
/* key + string, when the text was said (ptr not NULL). */
void alz_json_text(struct alz_json *json, const char *key, struct alz_str text);

/* The finished document (valid until the next begin), or {NULL, 0} with a
 * reason in *error when it breaks the schema or memory ran out. */
struct alz_str alz_json_end(struct alz_json *json, struct alz_text *error);

#endif
