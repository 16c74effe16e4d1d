/* yaml.h - reads the YAML of a test point, and what is almost YAML. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALZ_TAP_YAML_H
#define ALZ_TAP_YAML_H

#include <allurize/read.h>

/*
 * Producers write YAML by hand: unfolded quotes over several lines, keys that
 * are no keys, pictures. So this reads entries of one level and hands out
 * whatever is deeper as text, which can be read the same way again. What is
 * not understood is passed over and remembered.
 */
enum tap_shape {
    TAP_NULL,   /* key: ~ */
    TAP_SCALAR, /* value is decoded */
    TAP_NESTED  /* value is a block of its own, without its indentation */
};

struct tap_entry {
    struct alz_str key; /* "" of an item of a list */
    struct alz_str value;
    enum tap_shape shape;
    bool item;
};

struct tap_yaml {
    struct alz_str rest;
    size_t indent;         /* of the entries */
    struct alz_text *text; /* holds the value in hand */
    bool broken;           /* something was passed over */
    bool no_memory;
};

/* text is cleared for every entry; its ceiling should be that of block. */
void tap_yaml_init(struct tap_yaml *yaml, struct alz_str block,
                   struct alz_text *text);
bool tap_yaml_next(struct tap_yaml *yaml, struct tap_entry *ret);

#endif
