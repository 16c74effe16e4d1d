/* graph.c - the calls of CMake that made the tests. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "list.h"

#include <stdio.h>
#include <stdlib.h>

bool ctlist_reserve(void **items, size_t *cap, size_t count, size_t size)
{
    size_t more = *cap ? 2 * *cap : 64;
    void *grown;

    if (count < *cap)
        return true;
    grown = realloc(*items, more * size);
    if (!grown)
        return false;
    *items = grown;
    *cap = more;
    return true;
}

void ctlist_graph_file(struct ctlist_graph *graph, struct alz_str path)
{
    void *files = graph->files;
    struct alz_text *paths = &graph->paths;

    if (path.len > CTLIST_PATH_MAX)
        path.len = CTLIST_PATH_MAX;
    graph->full |= path.len + 1 > CTLIST_PATHS_MAX - paths->len ||
                   graph->file_count >= CTLIST_NODES_MAX;
    if (graph->full)
        return;
    paths->max = CTLIST_PATHS_MAX;
    if (!ctlist_reserve(&files, &graph->file_cap, graph->file_count,
                        sizeof(*graph->files))) {
        graph->starved = true;
        return;
    }
    graph->files = files;
    graph->files[graph->file_count++] = paths->len;
    alz_text_add(paths, path);
    alz_text_add(paths, (struct alz_str){"", 1});
    graph->starved |= paths->full;
}

void ctlist_graph_node(struct ctlist_graph *graph)
{
    void *nodes = graph->nodes;

    graph->full |= graph->node_count >= CTLIST_NODES_MAX;
    if (graph->full)
        return;
    if (!ctlist_reserve(&nodes, &graph->node_cap, graph->node_count,
                        sizeof(*graph->nodes))) {
        graph->starved = true;
        return;
    }
    graph->nodes = nodes;
    graph->nodes[graph->node_count++] =
        (struct ctlist_node){CTLIST_NONE, CTLIST_NONE, 0, false};
}

void ctlist_graph_member(struct ctlist_graph *graph, struct alz_str name,
                         struct alz_str number)
{
    struct ctlist_node *node;
    uint64_t value;

    if (!graph->node_count || graph->full || graph->starved ||
        !alz_number_parse(number, &value) || value >= CTLIST_NONE)
        return;
    node = &graph->nodes[graph->node_count - 1];
    if (alz_str_is(name, "file"))
        node->file = (uint32_t)value;
    else if (alz_str_is(name, "parent"))
        node->parent = (uint32_t)value;
    else if (alz_str_is(name, "line"))
        node->line = (uint32_t)value;
    else
        node->call |= alz_str_is(name, "command");
}

static const struct ctlist_node *node_at(const struct ctlist_graph *graph,
                                         uint32_t index)
{
    return index < graph->node_count ? &graph->nodes[index] : NULL;
}

/* Between the calls of one file and those of another is a node of the file. */
bool ctlist_graph_source(const struct ctlist_graph *graph, uint32_t node,
                         struct alz_text *ret)
{
    const struct ctlist_node *at = node_at(graph, node), *outer = NULL;
    char line[16];

    for (unsigned depth = 0; at && at->call && depth < CTLIST_DEPTH_MAX;
         depth++) {
        outer = at;
        at = node_at(graph, at->parent);
    }
    if (!outer || outer->file >= graph->file_count || !outer->line ||
        graph->starved)
        return false;
    snprintf(line, sizeof(line), ":%lu", (unsigned long)outer->line);
    alz_text_clear(ret);
    alz_text_add(ret,
                 alz_str_from(graph->paths.ptr + graph->files[outer->file]));
    alz_text_add(ret, alz_str_from(line));
    return !ret->full;
}

void ctlist_graph_done(struct ctlist_graph *graph)
{
    free(graph->nodes);
    free(graph->files);
    alz_text_done(&graph->paths);
    *graph = (struct ctlist_graph){.full = graph->full};
}
