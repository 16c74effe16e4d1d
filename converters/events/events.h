/* events.h - state and parts of the converter of JSON lines of events. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALZ_EVENTS_H
#define ALZ_EVENTS_H

#include <allurize/read.h>

/* Members of a line; the verbs come first. */
enum events_member {
    EVENTS_BEGIN,
    EVENTS_STATUS,
    EVENTS_TEXT,
    EVENTS_TIME,
    EVENTS_ADD,
    EVENTS_WRITE,
    EVENTS_END,
    EVENTS_REPORT,
    EVENTS_VERB_COUNT,
    EVENTS_REF = EVENTS_VERB_COUNT,
    EVENTS_IN,
    EVENTS_FLAGS,
    EVENTS_MS,
    EVENTS_NAME,
    EVENTS_VALUE,
    EVENTS_MEMBER_COUNT
};

struct events_value {
    bool seen; /* in the line in hand, if only as null */
    bool said;
    enum alz_json_type type;
    struct alz_text text;
};

/* What is open under a ref of the author's. It ends with its parent. */
struct events_node {
    alz_ref ref;
    enum alz_kind kind;
    struct events_node *parent, *first, *prev, *next;
};

struct events {
    struct alz_out *out;
    struct alz_map nodes;
    struct events_value members[EVENTS_MEMBER_COUNT];
    struct alz_text bytes; /* base64, decoded */
    struct alz_text key;   /* one that is none of the members */
    const char *twice;     /* a member that the line has twice; or NULL */
    unsigned flags;
    bool bad_flag;
    unsigned reports;
    bool live, begun;
    bool starved;
};

/* ---- words (words.c) -------------------------------------------------- */

/* The member of that name, or EVENTS_MEMBER_COUNT. */
enum events_member events_member_find(struct alz_str name);
const char *events_member_name(enum events_member member);

/* ---- nodes (nodes.c) -------------------------------------------------- */

struct events_node *events_node_add(struct events *state,
                                    struct events_node *parent,
                                    struct alz_str key);
/* Forgets it and what is inside it. */
void events_node_drop(struct events *state, struct events_node *node);

/* ---- verbs (verbs.c) -------------------------------------------------- */

/* Acts on the line in members. */
void events_act(struct events *state);

/* ---- complaints (events.c) -------------------------------------------- */

void events_complain(struct events *state, const struct alz_diag *diag,
                     struct alz_str detail);

enum alz_match events_probe(struct alz_str head, struct alz_str base_name);

#endif
