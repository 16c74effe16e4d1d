/* node.h - a finished test and its parts, as policy and emit see them. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALZ_RECORD_NODE_H
#define ALZ_RECORD_NODE_H

#include "base/arena.h"
#include "base/digest.h"
#include "base/spool.h"

#define ALZ_TIME_NONE INT64_MIN

struct alz_pair {
    struct alz_pair *next;
    enum alz_pair_kind kind;
    struct alz_str name;
    struct alz_str value;
};

/* Names from the outside in. */
struct alz_path {
    struct alz_path *next;
    struct alz_str name;
};

/*
 * One node. The recorder fills the first part; texts are valid UTF-8 in the
 * arena of the enclosing top-level TEST or SUITE. A SUITE outlives its tests,
 * everything below a top-level TEST dies with it.
 */
struct alz_node {
    enum alz_kind kind;
    alz_ref ref;
    struct alz_node *parent;              /* NULL: top level */
    struct alz_node *first, *last, *next; /* children in order of begin;
                                             tests are not kept in suites */
    enum alz_status status;
    unsigned flags;
    struct alz_str text[ALZ_FACT_COUNT]; /* ptr NULL: never said */
    int64_t time[ALZ_WHEN_COUNT];        /* ALZ_TIME_NONE: never said */
    struct alz_pair *pairs, *last_pair;
    struct alz_spool *spool; /* ATTACHMENT with written bytes, else NULL */
    struct alz_arena *arena;
    bool open; /* not ended: the input broke off here */

    /* A top-level TEST or an attempt, after the policy pipeline. */
    struct alz_uuid uuid;
    char test_case_id[ALZ_MD5_HEX + 1];
    char history_id[2 * ALZ_MD5_HEX + 2];
    struct alz_path *title_path;

    /* An ATTACHMENT, once the pipeline has named it: "<uuid>-attachment.ext" */
    char source[64];

    /* A SUITE. */
    struct alz_suite *suite;
};

/* What the recorder remembers of a suite while it is open. */
struct alz_suite {
    struct alz_uuid *children; /* results published from it */
    size_t child_count, child_cap;
    uint64_t by_status[ALZ_STATUS_COUNT]; /* final tests below it */
    uint64_t attempts;
    int64_t cursor_ms; /* where the next test without a start begins */
};

/* The enclosing SUITE, NULL at top level. */
struct alz_node *alz_node_suite(const struct alz_node *node);

/* The nearest value of a fact on the node or its enclosing suites. */
struct alz_str alz_node_inherited(const struct alz_node *node,
                                  enum alz_fact fact);

/* Adds a pair, texts copied to the node's arena. */
void alz_node_add(struct alz_node *node, enum alz_pair_kind kind,
                  struct alz_str name, struct alz_str value);

/* First pair of a kind with that name, NULL if none. */
struct alz_pair *alz_node_pair(const struct alz_node *node,
                               enum alz_pair_kind kind, const char *name);

#endif
