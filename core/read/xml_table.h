/* xml_table.h - a converter's rows, made ready to be found by path. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALZ_READ_XML_TABLE_H
#define ALZ_READ_XML_TABLE_H

#include <allurize/read.h>

/*
 * The rows as an automaton (Aho-Corasick) over element names: the state of an
 * element follows from that of its parent and its name, and says which row
 * fits. Matching costs one look-up of the name, however many rows there are.
 */
struct alz_xml_table {
    const struct alz_xml_row *rows;
    const struct alz_xml_row *any; /* "*" */
    struct alz_str *names;         /* open addressing; ptr NULL: free */
    uint16_t *numbers;             /* of names, from 1; 0: not in a path */
    size_t slots;                  /* a power of two */
    size_t name_count;
    uint16_t *next; /* [state][number], number 0 leads to state 0 */
    const struct alz_xml_row **found; /* by state; NULL: none */
    size_t state_count;
};

/* -1 when out of memory (or beyond 65,535 states). rows is borrowed. */
int alz_xml_table_init(struct alz_xml_table *table,
                       const struct alz_xml_row *rows);
void alz_xml_table_done(struct alz_xml_table *table);

/* Number of an element's name, 0 when no row speaks of it. */
uint16_t alz_xml_table_number(const struct alz_xml_table *table,
                              struct alz_str name);

/* The state outside of the root. */
enum { ALZ_XML_TABLE_TOP = 1 };

static inline uint16_t alz_xml_table_next(const struct alz_xml_table *table,
                                          uint16_t state, uint16_t number)
{
    return table->next[state * (table->name_count + 1) + number];
}

/* The row of an element in that state, or NULL. */
static inline const struct alz_xml_row *
alz_xml_table_row(const struct alz_xml_table *table, uint16_t state)
{
    return table->found[state] ? table->found[state] : table->any;
}

#endif
