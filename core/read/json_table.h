/* json_table.h - finds the row of a JSON converter's table for a path. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALZ_READ_JSON_TABLE_H
#define ALZ_READ_JSON_TABLE_H

#include <allurize/read.h>

/*
 * A path is a list of parts, outermost first, each a number: of a key that
 * the table names, or one of these. A top-level value has no parts.
 */
enum {
    ALZ_JSON_PART_OTHER, /* a key that the table does not name */
    ALZ_JSON_PART_ARRAY, /* an element of an array */
    ALZ_JSON_PART_STAR,  /* in a pattern only */
    ALZ_JSON_PART_NAMES  /* the first named one */
};

/* One row's path, cut into parts. "" fits top-level values only; a leading
 * "/" makes a path fit from the top only. */
struct alz_json_pattern {
    const struct alz_json_row *row;
    unsigned short *parts;
    size_t len;
    bool anchored;
};

/*
 * Made once for a run. For every last part there is a list of the patterns
 * that may fit, best first (longest, then fewest "*", then the table's
 * order), so that a look-up costs nothing for rows of other names.
 */
struct alz_json_table {
    struct alz_json_pattern *patterns;
    size_t count;
    struct alz_str *names; /* part ALZ_JSON_PART_NAMES + i */
    size_t name_count, name_max_len;
    unsigned short *slots; /* hash table of parts, 0: free */
    size_t slot_mask;
    const struct alz_json_pattern **lists; /* part p: from starts[p] */
    size_t *starts;                        /* part count + 1 */
    unsigned short *parts;
    const struct alz_json_row *top; /* the row of path "", or NULL */
};

/* 0, or -1 when out of memory (then nothing is held). */
int alz_json_table_init(struct alz_json_table *table,
                        const struct alz_json_row *rows);
void alz_json_table_done(struct alz_json_table *table);

unsigned alz_json_table_part(const struct alz_json_table *table,
                             struct alz_str key);

/* The row for a value with these parts, or NULL. */
const struct alz_json_row *
alz_json_table_find(const struct alz_json_table *table,
                    const unsigned short *parts, size_t len);

#endif
