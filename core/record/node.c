/* node.c - reading and completing a node. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "record/node.h"

struct alz_node *alz_node_suite(const struct alz_node *node)
{
    struct alz_node *at = node->parent;

    while (at && at->kind != ALZ_SUITE)
        at = at->parent;
    return at;
}

struct alz_str alz_node_inherited(const struct alz_node *node,
                                  enum alz_fact fact)
{
    for (; node; node = node->parent)
        if (node->text[fact].len)
            return node->text[fact];
    return (struct alz_str){NULL, 0};
}

void alz_node_add(struct alz_node *node, enum alz_pair_kind kind,
                  struct alz_str name, struct alz_str value)
{
    struct alz_pair *pair = alz_arena_alloc(node->arena, sizeof(*pair));

    if (!pair)
        return;
    pair->kind = kind;
    pair->name = alz_arena_copy(node->arena, name);
    pair->value = alz_arena_copy(node->arena, value);
    if (!pair->name.ptr || !pair->value.ptr)
        return;
    if (node->last_pair)
        node->last_pair->next = pair;
    else
        node->pairs = pair;
    node->last_pair = pair;
}

struct alz_pair *alz_node_pair(const struct alz_node *node,
                               enum alz_pair_kind kind, const char *name)
{
    struct alz_str wanted = alz_str_from(name);
    struct alz_pair *pair = node->pairs;

    while (pair && (pair->kind != kind || !alz_str_equal(pair->name, wanted)))
        pair = pair->next;
    return pair;
}
