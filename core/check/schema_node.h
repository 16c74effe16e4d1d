/* schema_node.h - a compiled schema, between the compiler and the check. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALZ_CHECK_SCHEMA_NODE_H
#define ALZ_CHECK_SCHEMA_NODE_H

#include "check/pattern.h"
#include "check/schema.h"
#include "check/tree.h"

enum {
    ALZ_TYPES_ALL = (1 << (ALZ_JSON_ARRAY + 1)) - 1,
    ALZ_PROPERTIES_MAX = 64 /* of one object: bits of a mask */
};

struct alz_schema_property {
    struct alz_str name;
    const struct alz_schema_node *node;
};

/* What one value must be. Zeroed limits are replaced by real ones when the
 * node is made, so the check needs no flags. */
struct alz_schema_node {
    unsigned types; /* bits 1 << alz_json_type */
    bool whole;     /* a NUMBER must have no fraction */
    bool any;       /* nothing in it can be wrong */
    bool has_length, has_range, exclusive;
    size_t min_length, max_length; /* code points */
    double min, max;
    struct alz_pattern *pattern;
    struct alz_str pattern_text;
    const struct alz_tree *enumeration; /* children are the values */
    const struct alz_tree *constant;
    struct alz_schema_property *properties; /* one more, without a node */
    size_t property_count;
    unsigned char *slots; /* index + 1, by alz_schema_hash; 0: free */
    size_t slot_mask;
    uint64_t required; /* by index of the property */
    const struct alz_schema_node *additional;
    const struct alz_schema_node *items;
    size_t min_items, max_items;
    struct alz_schema_node *next; /* all of them, to free their patterns */
};

struct alz_schema {
    struct alz_arena arena;
    const struct alz_schema_node *root;
    struct alz_schema_node *nodes;
};

/* Length and three bytes tell the property names of a schema apart. */
static inline size_t alz_schema_hash(struct alz_str name)
{
    const unsigned char *ptr = (const unsigned char *)name.ptr;

    if (name.len == 0)
        return 0;
    return name.len * 7 + (size_t)ptr[0] * 31 + (size_t)ptr[name.len - 1] * 5 +
           (size_t)ptr[name.len / 2] * 11;
}

#endif
