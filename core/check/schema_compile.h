/* schema_compile.h - the parts of the schema compiler. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALZ_CHECK_SCHEMA_COMPILE_H
#define ALZ_CHECK_SCHEMA_COMPILE_H

#include "check/schema_node.h"

struct alz_schema_compiler {
    struct alz_schema *schema;
    struct alz_tree *root;
    struct alz_text *error;
    size_t nesting;
};

struct alz_schema_keyword {
    const char *name;
    /* False after a refusal. */
    bool (*compile)(struct alz_schema_compiler *compiler,
                    struct alz_schema_node *node, struct alz_tree *value);
};

const struct alz_schema_keyword *alz_schema_keyword_find(struct alz_str name);

/* The node of a schema in the tree; each is compiled once, so schemas may
 * name each other. NULL after a refusal. */
const struct alz_schema_node *
alz_schema_node_at(struct alz_schema_compiler *compiler, struct alz_tree *tree);

/* The tables of an object's properties and what is required of them. */
bool alz_schema_object_make(struct alz_schema_compiler *compiler,
                            struct alz_schema_node *node,
                            const struct alz_tree *tree);

/* Says why, pointer first; always false. */
bool alz_schema_refuse(struct alz_schema_compiler *compiler,
                       const struct alz_tree *at, const char *why);

/* Zeroed memory of the schema, or NULL after a refusal. */
void *alz_schema_alloc(struct alz_schema_compiler *compiler,
                       const struct alz_tree *at, size_t size);

#endif
