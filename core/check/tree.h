/* tree.h - a small JSON text as linked values: what schemas are made of. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALZ_CHECK_TREE_H
#define ALZ_CHECK_TREE_H

#include "base/arena.h"

#include <allurize/read.h>

enum { ALZ_TREE_DEPTH_MAX = 64 };

/* One value; all of it lives in the arena it was made in. */
struct alz_tree {
    enum alz_json_type type;
    struct alz_str key;  /* in an object */
    struct alz_str text; /* STRING, NUMBER */
    size_t index;        /* in its parent */
    size_t count;        /* of children */
    struct alz_tree *parent;
    struct alz_tree *first, *last; /* children */
    struct alz_tree *next;
    void *note; /* the user's own */
};

/* NULL with a reason appended to *error. */
struct alz_tree *alz_tree_parse(struct alz_arena *arena, struct alz_str json,
                                struct alz_text *error);

/* The object's member, or NULL. */
struct alz_tree *alz_tree_member(const struct alz_tree *object,
                                 struct alz_str key);

/* What a JSON pointer names ("/$defs/step"), or NULL. */
struct alz_tree *alz_tree_at(struct alz_tree *root, struct alz_str pointer);

/* Appends the value's JSON pointer. */
void alz_tree_pointer(const struct alz_tree *tree, struct alz_text *ret);

/* Appends "/" and one part of a JSON pointer. */
void alz_pointer_add(struct alz_text *ret, struct alz_str part);

#endif
