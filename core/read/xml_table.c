/* xml_table.c - builds the automaton that finds rows by path. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "read/xml_table.h"

#include <stdlib.h>

/* State 0 is "no part of any path fits", ALZ_XML_TABLE_TOP is the start of
 * the input, which the "/" of "/testsuite" stands for. */
enum { NONE = 0, FIRST_FREE = ALZ_XML_TABLE_TOP + 1 };

static size_t hash_name(struct alz_str name)
{
    uint32_t hash = 2166136261u;

    for (size_t i = 0; i < name.len; i++)
        hash = (hash ^ (unsigned char)name.ptr[i]) * 16777619u;
    return hash ^ hash >> 15;
}

/* The slot that holds the name, or the free one where it belongs. */
static size_t find_slot(const struct alz_xml_table *table, struct alz_str name)
{
    size_t slot = hash_name(name) & (table->slots - 1);

    while (table->names[slot].ptr && !alz_str_equal(table->names[slot], name))
        slot = (slot + 1) & (table->slots - 1);
    return slot;
}

uint16_t alz_xml_table_number(const struct alz_xml_table *table,
                              struct alz_str name)
{
    return table->numbers[find_slot(table, name)];
}

/* Takes the first part off a path. */
static bool next_part(const char **path, struct alz_str *ret)
{
    const char *p = *path;

    if (*p == '\0')
        return false;
    ret->ptr = p;
    ret->len = strcspn(p, "/");
    *path = p + ret->len + (p[ret->len] == '/');
    return true;
}

static const char *skip_anchor(const char *path)
{
    return *path == '/' ? path + 1 : path;
}

static size_t count_parts(const struct alz_xml_row *rows)
{
    struct alz_str part;
    size_t count = 0;

    for (; rows->path; rows++)
        for (const char *p = skip_anchor(rows->path); next_part(&p, &part);)
            count++;
    return count;
}

static int allocate(struct alz_xml_table *table, size_t parts)
{
    size_t states = parts + FIRST_FREE;

    for (table->slots = 16; table->slots < 2 * parts + 2;)
        table->slots *= 2;
    table->names = calloc(table->slots, sizeof(*table->names));
    table->numbers = calloc(table->slots, sizeof(*table->numbers));
    table->next = calloc(states * (parts + 1), sizeof(*table->next));
    table->found = calloc(states, sizeof(*table->found));
    return table->names && table->numbers && table->next && table->found ? 0
                                                                         : -1;
}

static void number_names(struct alz_xml_table *table)
{
    const struct alz_xml_row *row;
    struct alz_str part;
    size_t slot;

    for (row = table->rows; row->path; row++)
        for (const char *p = skip_anchor(row->path); next_part(&p, &part);) {
            slot = find_slot(table, part);
            if (table->names[slot].ptr)
                continue;
            table->names[slot] = part;
            table->numbers[slot] = (uint16_t)++table->name_count;
        }
}

static uint16_t *transition(struct alz_xml_table *table, size_t state,
                            size_t number)
{
    return &table->next[state * (table->name_count + 1) + number];
}

/* Adds a row's path to the tree; of two equal paths the first one stays. */
static void add_row(struct alz_xml_table *table, const struct alz_xml_row *row)
{
    const char *p = skip_anchor(row->path);
    size_t state = *row->path == '/' ? ALZ_XML_TABLE_TOP : NONE;
    struct alz_str part;
    uint16_t *next;

    if (strcmp(row->path, "*") == 0) {
        table->any = table->any ? table->any : row;
        return;
    }
    while (next_part(&p, &part)) {
        next = transition(table, state, alz_xml_table_number(table, part));
        if (*next == NONE)
            *next = (uint16_t)table->state_count++;
        state = *next;
    }
    if (state >= FIRST_FREE && table->found[state] == NULL)
        table->found[state] = row;
}

/* One state: what its missing transitions and its row are by its fall-back,
 * the state of the longest shorter path that also fits. */
static size_t complete(struct alz_xml_table *table, size_t state,
                       uint16_t *fall_back, uint16_t *queue, size_t tail)
{
    size_t other = fall_back[state];
    uint16_t *next, shorter;

    if (table->found[state] == NULL)
        table->found[state] = table->found[other];
    for (size_t number = 1; number <= table->name_count; number++) {
        next = transition(table, state, number);
        shorter = state == NONE ? NONE : *transition(table, other, number);
        if (*next == NONE) {
            *next = shorter;
        } else {
            fall_back[*next] = shorter;
            queue[tail++] = *next;
        }
    }
    return tail;
}

/* Visits the states by length of path, shorter ones first. */
static int link_states(struct alz_xml_table *table)
{
    uint16_t *fall_back = calloc(table->state_count, sizeof(*fall_back));
    uint16_t *queue = calloc(table->state_count, sizeof(*queue));
    size_t head = 0, tail = 1; /* queue[0] = NONE */
    bool done = fall_back && queue;

    while (done && head < tail) {
        tail = complete(table, queue[head++], fall_back, queue, tail);
        if (head == 1) /* "/" is as long as one name */
            queue[tail++] = ALZ_XML_TABLE_TOP;
    }
    free(fall_back);
    free(queue);
    return done ? 0 : -1;
}

int alz_xml_table_init(struct alz_xml_table *table,
                       const struct alz_xml_row *rows)
{
    size_t parts = count_parts(rows);

    memset(table, 0, sizeof(*table));
    table->rows = rows;
    table->state_count = FIRST_FREE;
    if (parts > UINT16_MAX - FIRST_FREE || allocate(table, parts) != 0)
        return -1;
    number_names(table);
    for (; rows->path; rows++)
        add_row(table, rows);
    return link_states(table);
}

void alz_xml_table_done(struct alz_xml_table *table)
{
    free(table->names);
    free(table->numbers);
    free(table->next);
    free(table->found);
    memset(table, 0, sizeof(*table));
}
