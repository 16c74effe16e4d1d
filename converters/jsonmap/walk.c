/* walk.c - values as they come: what is kept, what is a record, what ends. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "jsonmap.h"

/* ---- what is kept ----------------------------------------------------- */

static bool is_record(const struct map *map, const struct map_node *node)
{
    const struct map_mapping *mapping = map->mapping;

    for (size_t i = 0; i < mapping->section_count; i++)
        if (mapping->sections[i].kind == MAP_TEST &&
            map_section_fits(&mapping->sections[i], node))
            return true;
    return false;
}

enum named { UNNAMED, ON_THE_WAY, NAMED };

/* Whether its path ends with what the path begins with, or is. */
static enum named named_by(const struct map_path *path,
                           const struct map_node *node)
{
    for (size_t len = path->len; len; len--)
        if (map_part_fits(&path->parts[len - 1], node) &&
            map_start_fits(path, len, node))
            return len == path->len && path->parts[len - 1].kind == MAP_NAME
                       ? NAMED
                       : ON_THE_WAY;
    return UNNAMED;
}

/* What a path names around records is kept with all that is in it. */
static enum named named_by_any(const struct map *map,
                               const struct map_node *node)
{
    const struct map_mapping *mapping = map->mapping;
    enum named best = node->parent ? UNNAMED : ON_THE_WAY;

    for (size_t i = 0; node->parent && i < mapping->ref_count; i++) {
        const struct map_ref *ref = &mapping->refs[i];

        for (size_t k = 0; ref->around && k < ref->count; k++) {
            enum named named = named_by(&ref->paths[k], node);

            if (named == NAMED && ref->shallow)
                named = ON_THE_WAY;
            best = named > best ? named : best;
        }
    }
    return best;
}

static struct map_node model_of(const struct map *map,
                                const struct alz_json_value *value)
{
    static const char *const words[] = {
        [ALZ_JSON_NULL] = "null",
        [ALZ_JSON_FALSE] = "false",
        [ALZ_JSON_TRUE] = "true",
    };
    struct map_node model = {.parent = map->at, .type = value->type};
    enum named named;

    model.text = value->type <= ALZ_JSON_TRUE ? alz_str_from(words[value->type])
                                              : value->text;
    if (map->at && map->at->type == ALZ_JSON_OBJECT)
        model.key = value->key;
    if (map->at)
        model.index = map->at->count++;
    model.whole = (map->at && map->at->whole) || is_record(map, &model);
    named = model.whole ? UNNAMED : named_by_any(map, &model);
    model.noted = named != UNNAMED;
    model.whole |= named == NAMED;
    return model;
}

/* ---- what has ended --------------------------------------------------- */

/* Nothing in it waits and nobody will ask for it: it is forgotten. */
static bool settle(struct map *map, struct map_node *node, bool told)
{
    struct map_node *parent = node->parent;

    if (node->open || node->pins)
        return false;
    map_suite_end(map, node);
    if (!told && parent && (parent->whole || node->noted))
        return false;
    map_node_drop(map, node);
    return true;
}

static void unpin(struct map_node *node)
{
    for (; node; node = node->parent)
        node->pins--;
}

/* It was told, or is none after all. */
static void release(struct map *map, struct map_node *node, bool told)
{
    unpin(node);
    while (node) {
        struct map_node *parent = node->parent;

        if (!settle(map, node, told))
            return;
        node = parent;
        told = false;
    }
}

/* Records that waited for the value's end; they may wait for another's. */
static void wake(struct map *map, struct map_node *node)
{
    struct map_node *at = node->waiter, *next;

    node->waiter = node->last_waiter = NULL;
    for (; at; at = next) {
        bool told;

        next = at->next_waiter;
        at->waits = false;
        told = !map->no_memory && map_offer(map, at);
        if (at->waits)
            unpin(at); /* pinned twice now */
        else
            release(map, at, told);
    }
}

/* An array without elements, where records are expected. */
static void see_empty(struct map *map, struct map_node *node)
{
    struct map_node none = {.parent = node};
    bool empty = node->type >= ALZ_JSON_OBJECT && node->count == 0;

    map->seen |= empty && is_record(map, &none);
}

static void end_value(struct map *map, struct map_node *node, bool whole)
{
    bool told = false;

    node->open = false;
    map_suite_name(map, node);
    node->pins++; /* it stays until all is said */
    wake(map, node);
    if (whole && !map->no_memory) {
        told = node->whole && is_record(map, node) && map_offer(map, node);
        map_tell_run(map, node);
        see_empty(map, node);
    }
    node->pins--;
    settle(map, node, told);
}

/* ---- what comes ------------------------------------------------------- */

void map_open(struct map *map, const struct alz_json_value *value)
{
    struct map_node model, *node;

    if (map->no_memory)
        return;
    if (map->skipped) {
        map->skipped++;
        return;
    }
    model = model_of(map, value);
    model.open = true;
    node = map_node_add(map, &model);
    if (!node) {
        map->skipped = 1;
        return;
    }
    map->at = node;
    map->depth++;
}

void map_scalar(struct map *map, const struct alz_json_value *value)
{
    struct map_node model, *node;

    if (map->no_memory || map->skipped)
        return;
    model = model_of(map, value);
    if (!model.whole && !model.noted)
        return;
    node = map_node_add(map, &model);
    if (node)
        end_value(map, node, true);
}

void map_close(struct map *map)
{
    struct map_node *node = map->at;

    if (map->no_memory)
        return;
    if (map->skipped) {
        map->skipped--;
        return;
    }
    map->at = node->parent;
    map->depth--;
    end_value(map, node, true);
}

void map_abandon(struct map *map)
{
    while (map->at) {
        struct map_node *node = map->at;

        map->at = node->parent;
        end_value(map, node, false);
    }
    map->depth = map->skipped = 0;
}
