/* suites.c - values that are suites, and suites that records name. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "jsonmap.h"

#include <stdlib.h>

enum { BETWEEN = '\x1f' }; /* levels: no name holds it */

void map_frame(struct map *map, alz_ref ref)
{
    const struct map_mapping *mapping = map->mapping;

    if (mapping->framework.len)
        alz_set_text(map->out, ref, ALZ_FRAMEWORK, mapping->framework);
    if (mapping->language.len)
        alz_set_text(map->out, ref, ALZ_LANGUAGE, mapping->language);
}

static alz_ref begin(struct map *map, alz_ref parent)
{
    alz_ref ref = alz_begin(map->out, parent, ALZ_SUITE);

    if (!parent)
        map_frame(map, ref);
    return ref;
}

/* ---- values that are suites ------------------------------------------- */

const struct map_section *map_suite_section(struct map *map,
                                            struct map_node *node)
{
    const struct map_mapping *mapping = map->mapping;

    for (size_t i = 0; i < mapping->section_count; i++) {
        const struct map_section *section = &mapping->sections[i];

        if (section->kind == MAP_SUITE && map_section_fits(section, node) &&
            map_all_hold(map, section, node))
            return section;
    }
    return NULL;
}

static void set_name(struct map *map, struct map_node *node)
{
    struct map_suite *suite = node->suite;

    alz_set_text(map->out, suite->ref, ALZ_NAME,
                 map_field(map, suite->section, MAP_F_NAME, node));
    suite->named = true;
}

/* A name that is still to come is said at the end. */
static void name_early(struct map *map, struct map_node *node)
{
    const struct map_section *section = node->suite->section;

    if (!map_late(map, section->first_ref, section->end_ref, node))
        set_name(map, node);
}

static void begin_suite(struct map *map, const struct map_section *section,
                        struct map_node *node, alz_ref parent)
{
    node->suite = calloc(1, sizeof(*node->suite));
    if (!node->suite) {
        map_out_of_memory(map);
        return;
    }
    map->hits[section - map->mapping->sections]++;
    map_explain(map, section, node);
    node->suite->section = section;
    node->suite->ref = begin(map, parent);
    name_early(map, node);
}

/* The suite that is next around a value; 0: none. */
static alz_ref suite_around(struct map *map, struct map_node *node)
{
    struct map_node *chain[MAP_DEPTH];
    size_t depth = 0;
    alz_ref ref = 0;

    for (node = node->parent; node && depth < MAP_DEPTH; node = node->parent)
        if (node->suite || map_suite_section(map, node))
            chain[depth++] = node;
    while (depth && !map->no_memory) {
        node = chain[--depth];
        if (!node->suite)
            begin_suite(map, map_suite_section(map, node), node, ref);
        ref = node->suite ? node->suite->ref : 0;
    }
    return ref;
}

void map_suite_name(struct map *map, struct map_node *node)
{
    if (node->suite && !node->suite->named)
        set_name(map, node);
}

void map_suite_end(struct map *map, struct map_node *node)
{
    if (!node->suite)
        return;
    if (map->group.depth && map->group.parent == node->suite->ref)
        map_group_end(map, 0);
    alz_end(map->out, node->suite->ref);
    free(node->suite);
    node->suite = NULL;
}

/* ---- suites that records name ----------------------------------------- */

/* The first level is cut off the rest. */
static struct alz_str next_level(const struct map *map, struct alz_str *rest)
{
    struct alz_str level = *rest, separator = map->mapping->separator;
    size_t skip = 0;

    level.len = 0;
    for (; level.len < rest->len && !skip; level.len++) {
        const char *at = rest->ptr + level.len;

        if (*at == BETWEEN)
            skip = 1;
        else if (separator.len && rest->len - level.len >= separator.len &&
                 memcmp(at, separator.ptr, separator.len) == 0)
            skip = separator.len;
    }
    if (skip)
        level.len--;
    *rest = alz_str_from_offset(*rest, level.len + skip);
    return alz_str_trim(level);
}

void map_group_end(struct map *map, size_t depth)
{
    struct map_group *group = &map->group;

    while (group->depth > depth) {
        group->depth--;
        alz_end(map->out, group->refs[group->depth]);
    }
}

static void open_level(struct map *map, struct alz_str name)
{
    struct map_group *group = &map->group;
    struct alz_text *kept = &group->names[group->depth];
    alz_ref parent =
        group->depth ? group->refs[group->depth - 1] : group->parent;
    alz_ref ref = begin(map, parent);

    alz_set_text(map->out, ref, ALZ_NAME, name);
    alz_text_clear(kept);
    map_add(map, kept, name);
    group->refs[group->depth++] = ref;
}

/* Levels that the record before had, too, stay open. */
static alz_ref enter_group(struct map *map, alz_ref parent, struct alz_str path)
{
    struct map_group *group = &map->group;
    size_t same = 0;

    if (group->parent != parent)
        map_group_end(map, 0);
    group->parent = parent;
    while (path.len && same < MAP_DEPTH) {
        struct alz_str level = next_level(map, &path);

        if (!level.len)
            continue;
        if (same < group->depth &&
            !alz_str_equal(alz_text_str(&group->names[same]), level))
            map_group_end(map, same);
        if (same == group->depth)
            open_level(map, level);
        same++;
    }
    map_group_end(map, same);
    return same ? group->refs[same - 1] : parent;
}

alz_ref map_suite_of(struct map *map, const struct map_section *section,
                     struct map_node *node)
{
    static const char between[] = {BETWEEN, '\0'};
    alz_ref parent = suite_around(map, node);

    return enter_group(
        map, parent,
        map_text(map, &section->fields[MAP_F_SUITE], node, between));
}
