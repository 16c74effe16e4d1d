/* find.c - the values that paths name. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "jsonmap.h"

/* ---- one part --------------------------------------------------------- */

/* Whether name, in which "~1" is "/" and "~0" "~", is the key. */
static bool escaped_fits(struct alz_str name, struct alz_str key)
{
    size_t at = 0;

    for (size_t i = 0; i < name.len; i++, at++) {
        char c = name.ptr[i];

        if (c == '~' && i + 1 < name.len &&
            (name.ptr[i + 1] == '0' || name.ptr[i + 1] == '1'))
            c = name.ptr[++i] == '0' ? '~' : '/';
        if (at == key.len || key.ptr[at] != c)
            return false;
    }
    return at == key.len;
}

static bool name_fits(const struct map_part *part, const struct map_node *node)
{
    return part->escaped ? escaped_fits(part->name, node->key)
                         : alz_str_equal(part->name, node->key);
}

bool map_part_fits(const struct map_part *part, const struct map_node *node)
{
    const struct map_node *parent = node->parent;

    if (parent->type == ALZ_JSON_OBJECT)
        return part->kind == MAP_ANY ||
               (part->kind == MAP_NAME && name_fits(part, node));
    if (part->kind == MAP_INDEX && part->index >= 0)
        return node->index == (size_t)part->index;
    if (part->kind == MAP_INDEX)
        return node->index + (size_t)-part->index == parent->count;
    return part->kind == MAP_ELEMENT;
}

/* ---- the end of a path ------------------------------------------------ */

bool map_start_fits(const struct map_path *path, size_t len,
                    const struct map_node *node)
{
    for (; len; len--, node = node->parent)
        if (!node->parent || !map_part_fits(&path->parts[len - 1], node))
            return false;
    return !path->root || !node->parent;
}

bool map_section_fits(const struct map_section *section,
                      const struct map_node *node)
{
    return map_start_fits(&section->path, section->path.len, node);
}

/* ---- below a value ---------------------------------------------------- */

struct map_node *map_path_next(const struct map_path *path,
                               struct map_node *scope, struct map_node *last)
{
    struct map_node *chain[MAP_PARTS + 1] = {scope}, *at = last;
    size_t level = last ? path->len : 1;

    if (!path->len)
        return last ? NULL : scope;
    for (size_t i = path->len; last && i > 0; i--, at = at->parent)
        chain[i] = at;
    at = last ? last->next : scope->first;
    while (level) {
        while (at && !map_part_fits(&path->parts[level - 1], at))
            at = at->next;
        if (at && level == path->len)
            return at;
        if (at) {
            chain[level++] = at;
            at = at->first;
        } else if (--level) {
            at = chain[level]->next;
        }
    }
    return NULL;
}

static struct map_node *scope_of(const struct map_path *path,
                                 struct map_node *from)
{
    for (size_t i = 0; from && i < path->up; i++)
        from = from->parent;
    while (path->root && from->parent)
        from = from->parent;
    return from;
}

static bool find_by(const struct map_path *path, struct map_node *from,
                    struct map_found *ret)
{
    struct map_node *scope = scope_of(path, from);

    *ret = (struct map_found){path, scope, NULL};
    ret->at = scope ? map_path_next(path, scope, NULL) : NULL;
    return ret->at != NULL;
}

/* Of several paths the first that finds more than null. */
bool map_find(const struct map_ref *ref, struct map_node *from,
              struct map_found *ret)
{
    struct map_found found;
    bool any = false;

    for (size_t i = 0; i < ref->count; i++) {
        if (!find_by(&ref->paths[i], from, &found))
            continue;
        if (!any || found.at->type != ALZ_JSON_NULL)
            *ret = found;
        if (found.at->type != ALZ_JSON_NULL)
            return true;
        any = true;
    }
    return any;
}

bool map_find_next(struct map_found *found)
{
    found->at = map_path_next(found->path, found->scope, found->at);
    return found->at != NULL;
}

/* ---- what has not come yet -------------------------------------------- */

static struct map_node *late_ref(const struct map_ref *ref,
                                 struct map_node *from)
{
    struct map_found found;

    for (size_t i = 0; i < ref->count; i++) {
        if (find_by(&ref->paths[i], from, &found))
            return NULL;
        if (found.scope && found.scope->open && ref->paths[i].len)
            return found.scope;
    }
    return NULL;
}

struct map_node *map_late(const struct map *map, size_t first, size_t end,
                          struct map_node *from)
{
    struct map_node *scope = NULL;

    for (size_t i = first; i < end && !scope; i++)
        scope = late_ref(&map->mapping->refs[i], from);
    return scope;
}
