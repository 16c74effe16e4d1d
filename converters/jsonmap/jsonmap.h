/* jsonmap.h - parts of the converter that reads JSON by a mapping file. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALZ_JSONMAP_H
#define ALZ_JSONMAP_H

#include "mapping.h"

/*
 * Values come one after the other (walk.c). Kept of them is a tree (node.c):
 * the values that are open, all of a record, and of what is around records
 * only what a path of the mapping names. A record that has ended is offered
 * to the sections (record.c), told (tell.c, parts.c) and forgotten, unless it
 * names something of an enclosing value that has not come yet: then it waits
 * until that has ended.
 */
enum {
    MAP_DEPTH = 60, /* suites in suites, steps in steps */
    MAP_BYTES = 256 * 1024 * 1024,
    MAP_WAITING = MAP_BYTES / 2, /* beyond that nothing more waits */
    MAP_LONG_TEXT = 64 * 1024 * 1024
};

struct map_suite {
    alz_ref ref;
    const struct map_section *section;
    bool named;
};

struct map_node {
    struct map_node *parent, *prev, *next, *first, *last;
    size_t index; /* among all that its parent had */
    size_t count; /* children it had */
    enum alz_json_type type;
    struct alz_str key, text; /* behind the node */
    bool open;                /* it has not ended */
    bool whole;               /* it and all in it is kept: a record */
    bool noted;               /* a path may name it */
    bool cut;                 /* too large: something of it is missing */
    bool waits;               /* a record that is not told yet */
    size_t pins;              /* records in it that wait, itself too */
    struct map_node *waiter, *last_waiter; /* that wait for its end */
    struct map_node *next_waiter;
    struct map_suite *suite; /* owned; NULL: none was begun */
};

/* What a ref found. */
struct map_found {
    const struct map_path *path;
    struct map_node *scope, *at;
};

/* Suites that a record names itself, as long as the next one names them. */
struct map_group {
    alz_ref parent, refs[MAP_DEPTH];
    struct alz_text names[MAP_DEPTH];
    size_t depth;
};

struct map {
    const struct alz_input *in;
    struct alz_out *out;
    struct map_mapping *mapping; /* owned */
    struct log_matcher matcher;
    struct log_clock clock;
    struct map_node *at; /* the innermost open value; NULL: none */
    size_t depth;
    size_t skipped; /* open values that are not kept at all */
    size_t bytes;   /* of the tree */
    struct map_group group;
    const char *joint;       /* between several values of a text */
    struct map_node *record; /* that texts are made for */
    struct alz_text scratch, joined, json;
    struct alz_text first_left; /* the place of a record that none took */
    uint64_t hits[MAP_SECTIONS];
    uint64_t taken, left;
    bool explain, seen, required_seen;
    bool large_said, late_said, twice_said;
    bool no_memory;
};

/* ---- life (jsonmap.c) ------------------------------------------------- */

int map_begin(struct map *map, struct alz_out *out, const struct alz_input *in,
              struct map_mapping *mapping);
void map_end(struct map *map);
void map_release(struct map *map); /* all but the mapping */
void map_out_of_memory(struct map *map);
/* A text that grew beyond its ceiling is cut, below it memory is out. */
void map_add(struct map *map, struct alz_text *text, struct alz_str bytes);
/* samples.c */
void map_samples_check(struct log_load *load, const struct alz_input *in);
/* lines.c */
bool map_take_line(void *state, struct alz_out *out,
                   const struct alz_line *line);
/* Whole texts of JSON; false: damaged, and nothing of it was read. */
bool map_read_text(struct map *map, struct alz_str text);

/* ---- values as they come (walk.c) ------------------------------------- */

void map_open(struct map *map, const struct alz_json_value *value);
void map_scalar(struct map *map, const struct alz_json_value *value);
void map_close(struct map *map);
/* What is open stays cut. */
void map_abandon(struct map *map);

/* ---- the tree (node.c) ------------------------------------------------ */

/* NULL: out of memory, or too large. */
struct map_node *map_node_add(struct map *map, const struct map_node *model);
/* Takes it out of the tree, and frees it with all in it. */
void map_node_drop(struct map *map, struct map_node *node);
void map_node_place(struct map *map, const struct map_node *node,
                    struct alz_text *ret);
/* Its text; of an object or array its JSON, put in room. */
struct alz_str map_node_text(struct map *map, const struct map_node *node,
                             struct alz_text *room);
/* Nothing: null, "", {} or []. */
bool map_node_empty(const struct map_node *node);

/* ---- finding values (find.c) ------------------------------------------ */

bool map_part_fits(const struct map_part *part, const struct map_node *node);
/* The last len parts of the node's path are the first len of path. */
bool map_start_fits(const struct map_path *path, size_t len,
                    const struct map_node *node);
/* The end of the node's path is that of the section. */
bool map_section_fits(const struct map_section *section,
                      const struct map_node *node);
bool map_find(const struct map_ref *ref, struct map_node *from,
              struct map_found *ret);
bool map_find_next(struct map_found *found);
/* The next value of a path below scope; NULL: the first. */
struct map_node *map_path_next(const struct map_path *path,
                               struct map_node *scope, struct map_node *last);
/* An enclosing value that is open and may still say what refs first to end
 * need; NULL: none. */
struct map_node *map_late(const struct map *map, size_t first, size_t end,
                          struct map_node *from);

/* ---- texts and conditions (text.c, condition.c) ----------------------- */

/* The value for a node; borrowed until the next call. */
struct alz_str map_text(struct map *map, const struct log_value *value,
                        struct map_node *node, const char *joint);
struct alz_str map_field(struct map *map, const struct map_section *section,
                         enum map_field field, struct map_node *node);
struct alz_str map_found_text(struct map *map, const struct map_found *found);
/* One that is a path and nothing else: the ref; NULL. */
const struct map_ref *map_plain_ref(const struct map *map,
                                    const struct log_value *value);
/* Clauses of the key: all hold (of "when"), or any. */
bool map_all_hold(struct map *map, const struct map_section *section,
                  struct map_node *node);
bool map_any_holds(struct map *map, const struct map_section *section,
                   enum map_when when, struct map_node *node);

/* ---- records (record.c) ----------------------------------------------- */

/* A record has ended: it is told, waits, or is none. True: told. */
bool map_offer(struct map *map, struct map_node *node);
/* Of a run section: counts, environment. */
void map_tell_run(struct map *map, struct map_node *node);
void map_explain(struct map *map, const struct map_section *section,
                 const struct map_node *node);

/* ---- suites (suites.c) ------------------------------------------------ */

/* The section that makes the value a suite; NULL. */
const struct map_section *map_suite_section(struct map *map,
                                            struct map_node *node);
/* The suite for a test at node, begun when it was not: 0 is top level. */
alz_ref map_suite_of(struct map *map, const struct map_section *section,
                     struct map_node *node);
/* The node has ended: its suite gets its name. */
void map_suite_name(struct map *map, struct map_node *node);
void map_suite_end(struct map *map, struct map_node *node);
void map_group_end(struct map *map, size_t depth);
/* What is at top level says who made it. */
void map_frame(struct map *map, alz_ref ref);

/* ---- telling (tell.c, facts.c, parts.c) ------------------------------- */

void map_tell_test(struct map *map, const struct map_section *section,
                   struct map_node *node);
/* What the section says of a node, except name, status and parts. */
void map_tell_facts(struct map *map, const struct map_section *section,
                    struct map_node *node, alz_ref ref, enum alz_status status);
/* Tags, labels, parameters, properties, environment. */
void map_tell_lists(struct map *map, const struct map_section *section,
                    struct map_node *node, alz_ref ref);
/* STATUS_NONE: nothing says one. */
enum alz_status map_status(struct map *map, const struct map_section *section,
                           struct map_node *node, unsigned *ret_flags);
/* Steps and files of the section, in it and below. */
void map_tell_parts(struct map *map, const struct map_section *section,
                    struct map_node *node, alz_ref ref);

#endif
