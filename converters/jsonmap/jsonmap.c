/* jsonmap.c - the converter of any JSON by a mapping file: descriptor, life. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "jsonmap.h"

#include <stdio.h>
#include <stdlib.h>

enum { MATCH_LIMIT = 100000 };

static const struct alz_diag no_mapping = {
    ALZ_ERROR, "jsonmap/no-rules", "which mapping? Name a file with --rules",
    2};
static const struct alz_diag bad_mapping = {ALZ_ERROR, "jsonmap/rules",
                                            "in the rule file", 2};
static const struct alz_diag memory = {ALZ_ERROR, "jsonmap/memory",
                                       "out of memory", 70};
static const struct alz_diag nothing = {
    ALZ_ERROR, "jsonmap/nothing", "no record of this mapping is in the input",
    3};
static const struct alz_diag no_summary = {
    ALZ_ERROR, "jsonmap/no-summary",
    "the input ends without the section [run] that is required", 4};
static const struct alz_diag idle_rule = {ALZ_NOTE, "jsonmap/idle-rule",
                                          "section", 0};
static const struct alz_diag used_rule = {ALZ_NOTE, "jsonmap/used-rule",
                                          "section", 0};
static const struct alz_diag coverage = {
    ALZ_NOTE, "jsonmap/coverage", "records taken, records and lines left", 0};

void map_out_of_memory(struct map *map)
{
    if (!map->no_memory && map->out)
        alz_report(map->out, &memory, ALZ_STR(""));
    map->no_memory = true;
}

void map_add(struct map *map, struct alz_text *text, struct alz_str bytes)
{
    if (!text->max)
        text->max = MAP_LONG_TEXT;
    alz_text_add(text, bytes);
    if (text->full && text->len < text->max)
        map_out_of_memory(map);
}

/* ---- what the reader says --------------------------------------------- */

static void on_open(void *state, struct alz_out *out,
                    const struct alz_json_value *value)
{
    (void)out;
    map_open(state, value);
}

static void on_value(void *state, struct alz_out *out,
                     const struct alz_json_value *value)
{
    (void)out;
    map_scalar(state, value);
}

static void on_close(void *state, struct alz_out *out)
{
    (void)out;
    map_close(state);
}

/* Every value there is. */
static const struct alz_json_row values[] = {
    {"",   on_open, on_value, on_close},
    {"*",  on_open, on_value, on_close},
    {"[]", on_open, on_value, on_close},
    {NULL, NULL,    NULL,     NULL    },
};

static const struct alz_line_row lines[] = {
    {"record", map_take_line},
    {NULL,     NULL         },
};

/* ---- loading ---------------------------------------------------------- */

/* Reads, checks and tries the mapping. NULL after reporting. */
static struct map_mapping *load_mapping(struct map *map, struct alz_out *out,
                                        const struct alz_input *in)
{
    struct log_source source = {.in = in, .out = out, .wrong = &bad_mapping};
    struct alz_str text = log_source_text(&source);
    struct log_load load = {.sections = map_file_sections,
                            .complain = log_source_complain,
                            .ctx = &source};
    struct map_mapping *mapping;

    if (!text.ptr) {
        alz_report(out, &no_mapping, ALZ_STR(""));
        return NULL;
    }
    load.into = mapping = calloc(1, sizeof(*mapping));
    load.no_memory = !mapping;
    if (!load.no_memory) {
        load.samples = &mapping->samples;
        log_parse(&load, text);
    }
    if (!load.no_memory)
        map_check(&load);
    if (!load.no_memory && !load.errors)
        map_samples_check(&load, in);
    if (!load.no_memory && !load.errors)
        return mapping;
    map->out = out;
    if (load.no_memory)
        map_out_of_memory(map);
    map_free(mapping);
    return NULL;
}

/* ---- life ------------------------------------------------------------- */

int map_begin(struct map *map, struct alz_out *out, const struct alz_input *in,
              struct map_mapping *mapping)
{
    map->out = out;
    map->in = in;
    map->mapping = mapping;
    if (log_matcher_init(&map->matcher, MATCH_LIMIT) == 0)
        return 0;
    map_out_of_memory(map);
    return -1;
}

void map_end(struct map *map)
{
    map_abandon(map);
    map_group_end(map, 0);
}

void map_release(struct map *map)
{
    struct map_node *top = map->at;

    while (top && top->parent)
        top = top->parent;
    if (top)
        map_node_drop(map, top);
    log_matcher_done(&map->matcher);
    for (size_t i = 0; i < MAP_DEPTH; i++)
        alz_text_done(&map->group.names[i]);
    alz_text_done(&map->scratch);
    alz_text_done(&map->joined);
    alz_text_done(&map->json);
    alz_text_done(&map->first_left);
}

static int start(void *ctx, struct alz_out *out, const struct alz_input *in)
{
    struct map *map = ctx;
    struct map_mapping *mapping = load_mapping(map, out, in);

    if (!mapping)
        return -1;
    map->explain = log_option(in, "rules-explain").len > 0;
    if (map_begin(map, out, in, mapping) < 0)
        return -1;
    return mapping->lines ? ALZ_START_LINES : 0;
}

static void explain(struct map *map)
{
    const struct map_mapping *mapping = map->mapping;
    char text[128];

    for (size_t i = 0; i < mapping->section_count; i++) {
        struct alz_str name = mapping->sections[i].name;

        snprintf(text, sizeof(text), "%.*s: %llu",
                 (int)(name.len < 80 ? name.len : 80), name.ptr,
                 (unsigned long long)map->hits[i]);
        alz_report(map->out, map->hits[i] ? &used_rule : &idle_rule,
                   alz_str_from(text));
    }
    snprintf(text, sizeof(text), "%llu, %llu", (unsigned long long)map->taken,
             (unsigned long long)map->left);
    alz_report(map->out, &coverage, alz_str_from(text));
}

static bool is_required(const struct map_mapping *mapping)
{
    for (size_t i = 0; i < mapping->section_count; i++)
        if (mapping->sections[i].required)
            return true;
    return false;
}

static void finish(void *ctx, struct alz_out *out, enum alz_ending ending)
{
    struct map *map = ctx;

    map_end(map);
    if (map->explain)
        explain(map);
    if (!map->seen && ending == ALZ_COMPLETE)
        alz_report(out, &nothing, ALZ_STR(""));
    else if (is_required(map->mapping) && !map->required_seen &&
             ending == ALZ_COMPLETE)
        alz_report(out, &no_summary, ALZ_STR(""));
}

static void done(void *ctx)
{
    struct map *map = ctx;

    map_release(map);
    map_free(map->mapping);
}

/* No probe: it is read with -f jsonmap only. */
const struct alz_converter alz_converter_jsonmap = {
    .abi = ALZ_CONVERTER_ABI,
    .name = "jsonmap",
    .title = "any JSON or JSON lines, by a mapping file (--rules)",
    .reader = ALZ_READ_JSON,
    .table = values,
    .state_size = sizeof(struct map),
    .start = start,
    .finish = finish,
    .done = done,
    .rules = "mapping",
    .lines = lines,
};
