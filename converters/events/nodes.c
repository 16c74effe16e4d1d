/* nodes.c - what is open, under the author's refs. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "events.h"

struct events_node *events_node_add(struct events *state,
                                    struct events_node *parent,
                                    struct alz_str key)
{
    struct events_node *node = alz_map_add(&state->nodes, key, sizeof *node);

    if (node == NULL)
        return NULL;
    node->parent = parent;
    if (parent == NULL)
        return node;
    node->next = parent->first;
    if (node->next != NULL)
        node->next->prev = node;
    parent->first = node;
    return node;
}

static void drop_leaf(struct events *state, struct events_node *node)
{
    if (node->prev != NULL)
        node->prev->next = node->next;
    else if (node->parent != NULL)
        node->parent->first = node->next;
    if (node->next != NULL)
        node->next->prev = node->prev;
    alz_map_drop(&state->nodes, node);
}

void events_node_drop(struct events *state, struct events_node *node)
{
    struct events_node *at = node, *up;

    do {
        while (at->first != NULL)
            at = at->first;
        up = at == node ? NULL : at->parent;
        drop_leaf(state, at);
        at = up;
    } while (at != NULL);
}
