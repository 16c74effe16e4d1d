/* tree.c - walking the parts of a test, and lists of pairs. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "policy/stages.h"

static struct alz_node *skip_attempts(struct alz_node *node)
{
    while (node && node->kind == ALZ_TEST)
        node = node->next;
    return node;
}

struct alz_node *alz_tree_next(const struct alz_node *top, struct alz_node *at)
{
    struct alz_node *next = skip_attempts(at->first);

    while (!next && at != top) {
        next = skip_attempts(at->next);
        at = at->parent;
    }
    return next;
}

void alz_pair_append(struct alz_node *node, enum alz_pair_kind kind,
                     struct alz_str name, struct alz_str value)
{
    struct alz_pair *pair = alz_arena_alloc(node->arena, sizeof(*pair));

    if (!pair)
        return;
    pair->kind = kind;
    pair->name = name;
    pair->value = value;
    if (node->last_pair)
        node->last_pair->next = pair;
    else
        node->pairs = pair;
    node->last_pair = pair;
}

bool alz_pair_exists(const struct alz_node *node, enum alz_pair_kind kind,
                     struct alz_str name)
{
    for (const struct alz_pair *pair = node->pairs; pair; pair = pair->next)
        if (pair->kind == kind && alz_str_equal(pair->name, name))
            return true;
    return false;
}

struct alz_str alz_join(struct alz_arena *arena, const struct alz_str *parts,
                        size_t count)
{
    size_t len = 0, at = 0;
    char *to;

    for (size_t i = 0; i < count; i++)
        len += parts[i].len;
    to = alz_arena_bytes(arena, len);
    if (!to)
        return ALZ_STR("");
    for (size_t i = 0; i < count; i++) {
        if (parts[i].len)
            memcpy(to + at, parts[i].ptr, parts[i].len);
        at += parts[i].len;
    }
    to[len] = '\0';
    return (struct alz_str){to, len};
}
