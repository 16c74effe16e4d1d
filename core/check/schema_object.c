/* schema_object.c - the property table of a compiled schema. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "check/schema_compile.h"

static const struct alz_schema_node anything = {.types = ALZ_TYPES_ALL,
                                                .any = true};

static size_t children(const struct alz_tree *tree)
{
    return tree ? tree->count : 0;
}

/* Index of the property, a new one if need be. */
static size_t property_at(struct alz_schema_node *node, struct alz_str name)
{
    size_t i = 0;

    while (i < node->property_count &&
           !alz_str_equal(node->properties[i].name, name))
        i++;
    if (i == node->property_count)
        node->properties[node->property_count++] =
            (struct alz_schema_property){name, &anything};
    return i;
}

static bool fill(struct alz_schema_compiler *compiler,
                 struct alz_schema_node *node, struct alz_tree *properties,
                 struct alz_tree *required)
{
    struct alz_tree *at;

    for (at = properties ? properties->first : NULL; at; at = at->next) {
        const struct alz_schema_node *child = alz_schema_node_at(compiler, at);

        if (!child)
            return false;
        node->properties[property_at(node, at->key)].node = child;
    }
    for (at = required ? required->first : NULL; at; at = at->next)
        node->required |= UINT64_C(1) << property_at(node, at->text);
    return true;
}

static bool hash(struct alz_schema_compiler *compiler,
                 struct alz_schema_node *node, const struct alz_tree *tree)
{
    size_t size = 4;

    while (size < 4 * node->property_count)
        size *= 2;
    node->slot_mask = size - 1;
    node->slots = alz_schema_alloc(compiler, tree, size);
    if (!node->slots)
        return false;
    for (size_t i = 0; i < node->property_count; i++) {
        size_t slot = alz_schema_hash(node->properties[i].name);

        while (node->slots[slot & node->slot_mask])
            slot++;
        node->slots[slot & node->slot_mask] = (unsigned char)(i + 1);
    }
    return true;
}

bool alz_schema_object_make(struct alz_schema_compiler *compiler,
                            struct alz_schema_node *node,
                            const struct alz_tree *tree)
{
    struct alz_tree *properties = alz_tree_member(tree, ALZ_STR("properties"));
    struct alz_tree *required = alz_tree_member(tree, ALZ_STR("required"));
    size_t count = children(properties) + children(required);

    if (count > ALZ_PROPERTIES_MAX)
        return alz_schema_refuse(compiler, tree, "too many properties");
    if (count) {
        node->properties = alz_schema_alloc(
            compiler, tree, (count + 1) * sizeof(*node->properties));
        if (!node->properties || !fill(compiler, node, properties, required))
            return false;
    }
    return hash(compiler, node, tree);
}
