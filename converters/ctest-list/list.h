/* list.h - state and parts of the converter of CTest's lists of tests. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALZ_CTEST_LIST_H
#define ALZ_CTEST_LIST_H

#include <allurize/read.h>

/* ---- where tests are written (graph.c) -------------------------------- */

enum {
    CTLIST_PATH_MAX = 64 * 1024,
    CTLIST_NODES_MAX = 1000000,
    CTLIST_PATHS_MAX = 16 * 1024 * 1024, /* bytes, of all files */
    CTLIST_DEPTH_MAX = 1000 /* calls in calls: CMake allows no more */
};

#define CTLIST_NONE UINT32_MAX

/* One call, made in a file; or that file, above the calls in it. */
struct ctlist_node {
    uint32_t file, parent; /* CTLIST_NONE: there is none */
    uint32_t line;         /* 0: unknown */
    bool call;
};

/* "backtraceGraph". Zero is empty. */
struct ctlist_graph {
    struct ctlist_node *nodes;
    size_t node_count, node_cap;
    struct alz_text paths; /* a NUL behind each */
    size_t *files;         /* where each begins */
    size_t file_count, file_cap;
    bool full, starved;
};

void ctlist_graph_file(struct ctlist_graph *graph, struct alz_str path);
/* One more node; what is known of it comes later. */
void ctlist_graph_node(struct ctlist_graph *graph);
/* A member of the last node: "file", "line", "command", "parent". */
void ctlist_graph_member(struct ctlist_graph *graph, struct alz_str name,
                         struct alz_str number);
/* "file:line" of the outermost call, in one file, that a node is in: what a
 * function of the author's is called with tells more than the add_test in it.
 * False: it is unknown. */
bool ctlist_graph_source(const struct ctlist_graph *graph, uint32_t node,
                         struct alz_text *ret);
void ctlist_graph_done(struct ctlist_graph *graph);

/* ---- everything ------------------------------------------------------- */

/* A test that waits for the graph, which comes behind the tests. */
struct ctlist_waiting {
    alz_ref ref;
    uint32_t node;
};

struct ctlist {
    bool ours; /* kind is "ctestInfo" */
    bool seen; /* a list of tests */
    bool foreign;
    bool graph_over;
    struct ctlist_graph graph;
    struct ctlist_waiting *waiting;
    size_t waiting_count, waiting_cap;
    alz_ref test; /* 0: its name is not known yet */
    uint32_t node;
    const struct ctlist_property *property; /* in hand; NULL: none of ours */
    struct alz_text source;
    bool no_memory;
};

/* Room for one more of count items; false when there is none. */
bool ctlist_reserve(void **items, size_t *cap, size_t count, size_t size);

enum alz_match ctlist_probe(struct alz_str head, struct alz_str base_name);

#endif
