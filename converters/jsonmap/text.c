/* text.c - the text of a field for a record. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "jsonmap.h"

#include <stdio.h>

static const struct alz_diag twice = {
    ALZ_WARNING, "jsonmap/twice",
    "the same name twice in an object; the last one counts", 0};

static void warn_twice(struct map *map, const struct map_node *node)
{
    struct alz_text place = {0};

    if (map->twice_said)
        return;
    map->twice_said = true;
    map_node_place(map, node, &place);
    alz_report(map->out, &twice, alz_text_str(&place));
    alz_text_done(&place);
}

static void join(struct map *map, struct alz_str text)
{
    if (!text.len)
        return;
    if (map->joined.len)
        map_add(map, &map->joined, alz_str_from(map->joint));
    map_add(map, &map->joined, text);
}

struct alz_str map_found_text(struct map *map, const struct map_found *found)
{
    char digits[32];

    if (found->path->take == MAP_KEY)
        return found->at->key;
    if (found->path->take == MAP_VALUE)
        return map_node_text(map, found->at, &map->json);
    snprintf(digits, sizeof(digits), "%zu", found->at->index);
    alz_text_clear(&map->json);
    map_add(map, &map->json, alz_str_from(digits));
    return alz_text_str(&map->json);
}

static struct alz_str piece_text(void *ctx, const struct log_piece *piece)
{
    struct map *map = ctx;
    struct map_found found, next;

    if (!map_find(&map->mapping->refs[piece->variable], map->record, &found))
        return ALZ_STR("");
    next = found;
    if (!map_find_next(&next))
        return map_found_text(map, &found);
    if (!found.path->many) {
        warn_twice(map, found.at);
        do
            found = next;
        while (map_find_next(&next));
        return map_found_text(map, &found);
    }
    alz_text_clear(&map->joined);
    do
        join(map, map_found_text(map, &found));
    while (map_find_next(&found));
    return alz_text_str(&map->joined);
}

struct alz_str map_text(struct map *map, const struct log_value *value,
                        struct map_node *node, const char *joint)
{
    struct log_texts texts = {piece_text, map, false};
    struct alz_str text;

    if (!value->count)
        return ALZ_STR("");
    map->record = node;
    map->joint = joint;
    map->scratch.max = MAP_LONG_TEXT;
    text = log_template_text(&texts, value, &map->scratch);
    if (texts.starved)
        map_out_of_memory(map);
    return text;
}

struct alz_str map_field(struct map *map, const struct map_section *section,
                         enum map_field field, struct map_node *node)
{
    return map_text(map, &section->fields[field], node, "\n");
}

const struct map_ref *map_plain_ref(const struct map *map,
                                    const struct log_value *value)
{
    const struct log_piece *piece = value->pieces;

    if (value->count != 1 || piece->kind != PIECE_VARIABLE ||
        piece->filters.len || piece->fallback.len)
        return NULL;
    return &map->mapping->refs[piece->variable];
}
