/* schema.h - JSON Schema 2020-12, the subset our schemas use, in one pass. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALZ_CHECK_SCHEMA_H
#define ALZ_CHECK_SCHEMA_H

#include <allurize/read.h>

/*
 * A compiled schema is read-only and may serve several checks at once. The
 * supported keywords are the table in schema_keywords.c (schemas/README.md);
 * any other one makes compiling fail: a rule that is not enforced must not
 * look enforced.
 */
struct alz_schema;

/* NULL with a reason in *error (one line, JSON pointer first). */
struct alz_schema *alz_schema_compile(struct alz_str json,
                                      struct alz_text *error);
void alz_schema_free(struct alz_schema *schema);

/* One thing that is wrong with a document. */
struct alz_violation {
    const char *rule;       /* "schema/required", "schema/pattern", ... */
    struct alz_str pointer; /* JSON pointer into the document */
    struct alz_str text;    /* one line */
};

typedef void alz_violation_fn(void *ctx, const struct alz_violation *violation);

/*
 * Checks a document given as events, as a JSON parser or writer has them: a
 * state machine without recursion, no copy of the document, no allocation
 * while nothing is wrong. Depth beyond ALZ_SCHEMA_DEPTH_MAX, where Allure 2
 * gives up, is a violation.
 */
enum { ALZ_SCHEMA_DEPTH_MAX = 1000 };

struct alz_schema_check;

struct alz_schema_check *alz_schema_check_new(const struct alz_schema *schema,
                                              alz_violation_fn *violation,
                                              void *ctx);
void alz_schema_check_reset(struct alz_schema_check *check);
void alz_schema_check_key(struct alz_schema_check *check, struct alz_str key);
void alz_schema_check_open(struct alz_schema_check *check,
                           enum alz_json_type type);
void alz_schema_check_close(struct alz_schema_check *check);
/* STRING (text), NUMBER (its digits), TRUE, FALSE, NULL. */
void alz_schema_check_value(struct alz_schema_check *check,
                            enum alz_json_type type, struct alz_str text);
/* count more elements like one that was found good in this array, or in the
 * same array of another document: only their number is checked. */
void alz_schema_check_again(struct alz_schema_check *check, size_t count);
uint64_t alz_schema_check_violations(const struct alz_schema_check *check);
void alz_schema_check_free(struct alz_schema_check *check);

/* The embedded schemas: "result", "container", "globals", "categories",
 * "executor", "testplan". Text as in schemas/, NULL end. */
struct alz_schema_text {
    const char *name;
    const char *title;
    struct alz_str json;
};
extern const struct alz_schema_text alz_schema_texts[];
const struct alz_schema_text *alz_schema_text_find(const char *name);

#endif
