/* document_state.h - a document while it is parsed. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALZ_CHECK_DOCUMENT_STATE_H
#define ALZ_CHECK_DOCUMENT_STATE_H

#include "base/pool.h"
#include "check/document.h"
#include "check/marks.h"
#include "check/schema.h"

#include <yajl/yajl_parse.h>

enum { ALZ_DOCUMENT_DEPTH_MAX = ALZ_SCHEMA_DEPTH_MAX };

/* Where the parser is in a document, as far as it matters (facts.c). */
enum alz_spot {
    ALZ_SPOT_ANY,
    ALZ_SPOT_RESULT,
    ALZ_SPOT_CONTAINER,
    ALZ_SPOT_GLOBALS,
    ALZ_SPOT_RUN_ATTACHMENTS,
    ALZ_SPOT_ERRORS,
    ALZ_SPOT_CATEGORIES,
    ALZ_SPOT_LABELS,
    ALZ_SPOT_LABEL,
    ALZ_SPOT_PARAMETERS,
    ALZ_SPOT_PARAMETER,
    ALZ_SPOT_LINKS,
    ALZ_SPOT_LINK,
    ALZ_SPOT_ATTACHMENTS,
    ALZ_SPOT_ATTACHMENT,
    ALZ_SPOT_STEPS,
    ALZ_SPOT_STEP,
    ALZ_SPOT_CHILDREN,
    ALZ_SPOT_CATEGORY,
    ALZ_SPOT_COUNT
};

/* One open object or array. */
struct alz_scope {
    size_t at;                      /* offset of its bracket */
    size_t key_at, key_len;         /* raw, in the text */
    size_t count;                   /* of elements or members before this one */
    uint64_t serial;                /* of this object, spread, for its keys */
    const struct alz_spot_row *row; /* of the present key, or NULL */
    enum alz_spot spot;
    bool array;
    /* What an object has said until it closes. */
    unsigned said;
    int64_t start, stop;
    uint64_t name, value;
};

struct alz_token {
    enum alz_json_type type;
    struct alz_str text;
    size_t at, end; /* offsets of its bytes */
};

struct alz_document {
    struct alz_document_user user;
    struct alz_schema *schemas[ALZ_FILE_DOCUMENTS];
    struct alz_schema_check *checks[ALZ_FILE_DOCUMENTS];
    struct alz_schema_check *check; /* of the present document */
    enum alz_file_kind kind;
    struct alz_str text;
    yajl_handle handle;
    struct alz_pool pool;
    struct alz_token token;
    size_t end; /* of what was parsed */
    uint64_t serial;
    struct alz_marks keys;
    bool out_of_memory;
    bool unencoded; /* some bytes are not UTF-8 */
    struct alz_result_facts facts;
    size_t step_depth;
    struct alz_text pointer;
    size_t line_at; /* of the locator: start of line number `line` */
    uint64_t line;
    size_t depth;
    struct alz_scope scopes[ALZ_DOCUMENT_DEPTH_MAX];
};

/* What facts.c does with the events; schema and syntax are dealt with. */
struct alz_spot_row {
    struct alz_str key;
    enum alz_spot child; /* of an object or array */
    void (*take)(struct alz_document *document, struct alz_scope *scope);
};

void alz_facts_begin(struct alz_document *document);
void alz_facts_key(struct alz_document *document, struct alz_str key);
void alz_facts_value(struct alz_document *document);
/* The spot of an object or array that opens now. */
enum alz_spot alz_facts_open(struct alz_document *document);
void alz_facts_close(struct alz_document *document, struct alz_scope *scope);
/* The document is well-formed and over. */
void alz_facts_end(struct alz_document *document);

/* Looks at the raw bytes: BOM, encoding, UTF-8. False: cannot be parsed. */
bool alz_bytes_check(struct alz_document *document);
/* A string or key with escapes: halves of surrogate pairs. */
void alz_string_check(struct alz_document *document);

void alz_document_locate(struct alz_document *document, size_t offset,
                         struct alz_place *ret);
/* A finding of the whole text at an offset. */
void alz_document_find_raw(struct alz_document *document, const char *rule,
                           size_t offset, const char *text);
void alz_document_violation(void *ctx, const struct alz_violation *violation);

#endif
