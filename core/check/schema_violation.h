/* schema_violation.h - the state of a check, and how it says what is wrong. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALZ_CHECK_SCHEMA_VIOLATION_H
#define ALZ_CHECK_SCHEMA_VIOLATION_H

#include "check/schema_node.h"

enum { ALZ_SCHEMA_KEY_MAX = 64 };

/* An open object or array that a schema says something about. */
struct alz_schema_frame {
    const struct alz_schema_node *node;
    const struct alz_schema_node *value;        /* of what comes next */
    const struct alz_schema_property *property; /* its key, if known */
    const struct alz_schema_property *likely;   /* the key behind it, or NULL */
    uint64_t seen;                              /* properties, by index */
    size_t count;                               /* of values so far */
    size_t keys_mark; /* where the unknown key starts in check->keys */
    bool array;
    bool keyed; /* an object with a key and no value yet */
};

struct alz_schema_check {
    const struct alz_schema *schema;
    struct alz_matcher *matcher;
    alz_violation_fn *violation;
    void *ctx;
    uint64_t violations;
    size_t depth;
    size_t skipped; /* open brackets of a value in which all is allowed */
    bool deep;      /* depth was complained about */
    struct alz_text keys;
    struct alz_text pointer, text; /* of a violation */
    struct alz_schema_frame frames[ALZ_SCHEMA_DEPTH_MAX];
};

/* depth: how many of the open frames' present values the pointer names. */
void alz_schema_violate(struct alz_schema_check *check, const char *rule,
                        size_t depth, const char *text);
/* The value that comes now. */
void alz_schema_violate_type(struct alz_schema_check *check,
                             const struct alz_schema_node *node,
                             enum alz_json_type type);
void alz_schema_violate_enum(struct alz_schema_check *check,
                             const struct alz_schema_node *node,
                             struct alz_str text);
void alz_schema_violate_pattern(struct alz_schema_check *check,
                                const struct alz_schema_node *node,
                                struct alz_str text);
void alz_schema_violate_length(struct alz_schema_check *check,
                               const struct alz_schema_node *node,
                               size_t length);
void alz_schema_violate_range(struct alz_schema_check *check,
                              const struct alz_schema_node *node,
                              struct alz_str text);
/* The innermost open object or array. */
void alz_schema_violate_required(struct alz_schema_check *check,
                                 struct alz_str name);
void alz_schema_violate_count(struct alz_schema_check *check, const char *what,
                              size_t depth, size_t limit);

#endif
