/* tape_event.h - how events lie on a tape. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALZ_RUN_TAPE_EVENT_H
#define ALZ_RUN_TAPE_EVENT_H

#include "run/tape.h"

enum alz_tape_verb {
    ALZ_TAPE_BEGIN,
    ALZ_TAPE_STATUS,
    ALZ_TAPE_TEXT,
    ALZ_TAPE_TIME,
    ALZ_TAPE_ADD,
    ALZ_TAPE_WRITE,
    ALZ_TAPE_END,
    ALZ_TAPE_REPORT,
    ALZ_TAPE_VERB_COUNT
};

/* Two texts follow it. A node is its index among those open. */
struct alz_tape_event {
    unsigned char verb;
    unsigned char what; /* kind, status, fact, when, kind of pair */
    uint32_t node;      /* 0: none */
    uint32_t other;     /* BEGIN: the parent; STATUS: flags */
    uint32_t len[2];
    int64_t number; /* BEGIN of a test: its number + 1; TIME: ms */
};

/* The second text of a REPORT. */
struct alz_tape_report {
    const struct alz_diag *diag;
    struct alz_position position;
};

/* Texts that make a test's identity, while it is open. */
struct alz_tape_names {
    struct alz_text full_name, class_name, name;
};

/* An open node. */
struct alz_tape_node {
    alz_ref ref;
    enum alz_kind kind;
    struct alz_tape_node *parent;      /* NULL: top level */
    struct alz_tape_nodes children;    /* open ones */
    struct alz_tape_node *prev, *next; /* next also of idle ones */
    bool is_test;                      /* one outside tests */
    size_t test;                       /* then: its number */
    struct alz_tape_names names;
};

/* tape_find.c: the tests by their keys. -1: no memory. */
int alz_tape_index(struct alz_tape *tape);

#endif
