/* parts.c - steps and files of a record. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "jsonmap.h"

static const struct alz_diag bad_base64 = {ALZ_WARNING, "jsonmap/base64",
                                           "not base64; left as it is", 0};

/* ---- files ------------------------------------------------------------ */

static struct alz_str base_name(struct alz_str path)
{
    size_t at = path.len;

    while (at && path.ptr[at - 1] != '/')
        at--;
    return alz_str_from_offset(path, at);
}

/* True: something was written. */
static bool write_base64(struct map *map, const struct map_section *section,
                         struct map_node *node, alz_ref ref)
{
    struct alz_str text = map_field(map, section, MAP_F_BASE64, node);
    struct alz_text bytes = {.max = MAP_LONG_TEXT};
    bool good = text.len && alz_base64_decode(text, &bytes);

    if (bytes.full && bytes.len < bytes.max)
        map_out_of_memory(map);
    else if (text.len && !good)
        alz_report(map->out, &bad_base64, ALZ_STR(""));
    if (text.len)
        alz_write(map->out, ref, good ? alz_text_str(&bytes) : text);
    alz_text_done(&bytes);
    return text.len > 0;
}

static void set_path(struct map *map, const struct map_section *section,
                     struct map_node *node, alz_ref ref, bool named)
{
    struct alz_str text = map_field(map, section, MAP_F_FILE, node);

    if (!text.len)
        return;
    if (!named)
        alz_set_text(map->out, ref, ALZ_NAME, base_name(text));
    alz_set_text(map->out, ref, ALZ_PATH, text);
}

static bool has_content(struct map *map, const struct map_section *section,
                        struct map_node *node)
{
    return map_field(map, section, MAP_F_FILE, node).len ||
           map_field(map, section, MAP_F_TEXT, node).len ||
           map_field(map, section, MAP_F_BASE64, node).len;
}

/* Its bytes, if the report holds them, else the file that it names. */
static void tell_file(struct map *map, const struct map_section *section,
                      struct map_node *node, alz_ref parent)
{
    struct alz_str text;
    bool named;
    alz_ref ref;

    if (!has_content(map, section, node))
        return;
    ref = alz_begin(map->out, parent, ALZ_ATTACHMENT);
    text = map_field(map, section, MAP_F_NAME, node);
    named = text.len > 0;
    if (named)
        alz_set_text(map->out, ref, ALZ_NAME, text);
    text = map_field(map, section, MAP_F_MIME, node);
    if (text.len)
        alz_set_text(map->out, ref, ALZ_MEDIA_TYPE, text);
    if (!write_base64(map, section, node, ref)) {
        text = map_field(map, section, MAP_F_TEXT, node);
        if (text.len)
            alz_write(map->out, ref, text);
        else
            set_path(map, section, node, ref, named);
    }
    alz_end(map->out, ref);
}

/* ---- steps ------------------------------------------------------------ */

static alz_ref begin_step(struct map *map, const struct map_section *section,
                          struct map_node *node, alz_ref parent)
{
    enum alz_kind kind = section->kind == MAP_SETUP      ? ALZ_SETUP
                         : section->kind == MAP_TEARDOWN ? ALZ_TEARDOWN
                                                         : ALZ_STEP;
    alz_ref ref = alz_begin(map->out, parent, kind);
    unsigned flags;
    enum alz_status status = map_status(map, section, node, &flags);

    alz_set_text(map->out, ref, ALZ_NAME,
                 map_field(map, section, MAP_F_NAME, node));
    if (status != ALZ_STATUS_NONE)
        alz_set_status(map->out, ref, status, flags);
    map_tell_facts(map, section, node, ref, status);
    return ref;
}

/* ---- all of them ------------------------------------------------------ */

/* A node whose parts are being told. */
struct level {
    const struct map_section *section;
    struct map_node *node;
    alz_ref ref;
    size_t number;       /* of the section in hand among all */
    struct map_node *at; /* its last value */
};

static struct map_node *next_value(const struct map *map, struct level *level)
{
    const struct map_mapping *mapping = map->mapping;
    uint64_t bit = UINT64_C(1) << (level->section - mapping->sections);

    for (; level->number < mapping->section_count; level->number++) {
        const struct map_section *part = &mapping->sections[level->number];

        if (part->kind & (MAP_STEPS | MAP_ATTACHMENT) && part->insides & bit)
            level->at = map_path_next(&part->path, level->node, level->at);
        else
            level->at = NULL;
        if (level->at)
            return level->at;
    }
    return NULL;
}

void map_tell_parts(struct map *map, const struct map_section *section,
                    struct map_node *node, alz_ref ref)
{
    struct level levels[MAP_DEPTH] = {
        {section, node, ref, 0, NULL}
    };
    size_t depth = 1;

    while (depth) {
        struct level *level = &levels[depth - 1];
        struct map_node *at = next_value(map, level);
        const struct map_section *part;

        if (!at) {
            if (--depth)
                alz_end(map->out, level->ref);
            continue;
        }
        part = &map->mapping->sections[level->number];
        if (!map_all_hold(map, part, at))
            continue;
        map->hits[level->number]++;
        if (part->kind == MAP_ATTACHMENT)
            tell_file(map, part, at, level->ref);
        else if (depth < MAP_DEPTH)
            levels[depth++] = (struct level){
                part, at, begin_step(map, part, at, level->ref), 0, NULL};
    }
}
