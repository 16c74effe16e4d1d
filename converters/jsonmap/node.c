/* node.c - the tree of values that are kept. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "jsonmap.h"

#include <stdio.h>
#include <stdlib.h>

static const struct alz_diag too_large = {
    ALZ_ERROR, "jsonmap/too-large",
    "more than 256 MiB are open; the rest of this record is not read", 4};

static size_t size_of(const struct map_node *node)
{
    return sizeof(*node) + node->key.len + node->text.len;
}

/* The record in hand is not whole. */
static void cut(struct map *map)
{
    for (struct map_node *at = map->at; at; at = at->parent)
        at->cut |= at->whole;
    if (!map->large_said)
        alz_report(map->out, &too_large, ALZ_STR(""));
    map->large_said = true;
}

static void append(struct map_node *parent, struct map_node *node)
{
    node->parent = parent;
    node->prev = parent->last;
    *(parent->last ? &parent->last->next : &parent->first) = node;
    parent->last = node;
}

struct map_node *map_node_add(struct map *map, const struct map_node *model)
{
    size_t size = size_of(model);
    struct map_node *node;
    char *bytes;

    if (map->bytes + size > MAP_BYTES) {
        cut(map);
        return NULL;
    }
    node = malloc(size);
    if (!node) {
        map_out_of_memory(map);
        return NULL;
    }
    *node = *model;
    bytes = (char *)(node + 1);
    node->key.ptr = bytes;
    if (model->key.len)
        memcpy(bytes, model->key.ptr, model->key.len);
    bytes += model->key.len;
    node->text.ptr = bytes;
    if (model->text.len)
        memcpy(bytes, model->text.ptr, model->text.len);
    map->bytes += size;
    if (node->parent)
        append(node->parent, node);
    return node;
}

static void unlink_node(struct map_node *node)
{
    struct map_node *parent = node->parent;

    if (!parent)
        return;
    *(node->prev ? &node->prev->next : &parent->first) = node->next;
    *(node->next ? &node->next->prev : &parent->last) = node->prev;
}

void map_node_drop(struct map *map, struct map_node *node)
{
    struct map_node *at = node, *next;

    unlink_node(node);
    for (;;) {
        while (at->first)
            at = at->first;
        next = at == node ? NULL : at->next ? at->next : at->parent;
        if (at != node && at->parent)
            at->parent->first = at->next;
        map->bytes -= size_of(at);
        free(at->suite);
        free(at);
        if (!next)
            return;
        at = next;
    }
}

/* ---- as text ---------------------------------------------------------- */

enum { PLACE_DEPTH = 64 };

void map_node_place(struct map *map, const struct map_node *node,
                    struct alz_text *ret)
{
    const struct map_node *path[PLACE_DEPTH];
    size_t depth = 0;
    char digits[32];

    for (; node->parent && depth < PLACE_DEPTH; node = node->parent)
        path[depth++] = node;
    if (!depth)
        map_add(map, ret, ALZ_STR("/"));
    while (depth--) {
        map_add(map, ret, ALZ_STR("/"));
        snprintf(digits, sizeof(digits), "%zu", path[depth]->index);
        map_add(map, ret,
                path[depth]->parent->type == ALZ_JSON_ARRAY
                    ? alz_str_from(digits)
                    : path[depth]->key);
    }
}

bool map_node_empty(const struct map_node *node)
{
    if (node->type == ALZ_JSON_STRING)
        return node->text.len == 0;
    if (node->type == ALZ_JSON_OBJECT || node->type == ALZ_JSON_ARRAY)
        return node->count == 0;
    return node->type == ALZ_JSON_NULL;
}

static void add_quoted(struct alz_text *room, struct alz_str text)
{
    char escape[8];

    alz_text_add(room, ALZ_STR("\""));
    while (text.len) {
        size_t plain = 0;

        while (plain < text.len && (unsigned char)text.ptr[plain] >= 0x20 &&
               text.ptr[plain] != '"' && text.ptr[plain] != '\\')
            plain++;
        alz_text_add(room, (struct alz_str){text.ptr, plain});
        text = alz_str_from_offset(text, plain);
        if (!text.len)
            break;
        if ((unsigned char)*text.ptr >= 0x20)
            snprintf(escape, sizeof(escape), "\\%c", *text.ptr);
        else
            snprintf(escape, sizeof(escape), "\\u%04x",
                     (unsigned)(unsigned char)*text.ptr);
        alz_text_add(room, alz_str_from(escape));
        text = alz_str_from_offset(text, 1);
    }
    alz_text_add(room, ALZ_STR("\""));
}

static void add_begin(struct alz_text *room, const struct map_node *node,
                      const struct map_node *top)
{
    if (node != top && node->prev)
        alz_text_add(room, ALZ_STR(","));
    if (node != top && node->parent->type == ALZ_JSON_OBJECT) {
        add_quoted(room, node->key);
        alz_text_add(room, ALZ_STR(":"));
    }
    if (node->type == ALZ_JSON_OBJECT)
        alz_text_add(room, ALZ_STR("{"));
    else if (node->type == ALZ_JSON_ARRAY)
        alz_text_add(room, ALZ_STR("["));
    else if (node->type == ALZ_JSON_STRING)
        add_quoted(room, node->text);
    else
        alz_text_add(room, node->text);
}

static void add_end(struct alz_text *room, const struct map_node *node)
{
    if (node->type == ALZ_JSON_OBJECT)
        alz_text_add(room, ALZ_STR("}"));
    else if (node->type == ALZ_JSON_ARRAY)
        alz_text_add(room, ALZ_STR("]"));
}

struct alz_str map_node_text(struct map *map, const struct map_node *node,
                             struct alz_text *room)
{
    const struct map_node *at = node;

    if (map_node_empty(node))
        return ALZ_STR("");
    if (node->type != ALZ_JSON_OBJECT && node->type != ALZ_JSON_ARRAY)
        return node->text;
    alz_text_clear(room);
    room->max = MAP_LONG_TEXT;
    while (at) {
        add_begin(room, at, node);
        if (at->first) {
            at = at->first;
            continue;
        }
        add_end(room, at);
        while (at != node && !at->next) {
            at = at->parent;
            add_end(room, at);
        }
        at = at == node ? NULL : at->next;
    }
    if (room->full && room->len < room->max)
        map_out_of_memory(map);
    return alz_text_str(room);
}
