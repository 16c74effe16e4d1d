/* json_table.c - finds the row of a JSON converter's table for a path. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "read/json_table.h"

#include <stdlib.h>

/* ---- names ------------------------------------------------------------ */

/* Few names, so a few bytes tell most of them apart. */
static size_t hash(struct alz_str key)
{
    size_t sum = key.len;

    if (key.len == 0)
        return 0;
    sum = sum * 31 + (unsigned char)key.ptr[0];
    sum = sum * 31 + (unsigned char)key.ptr[key.len / 2];
    sum = sum * 31 + (unsigned char)key.ptr[key.len - 1];
    return sum ^ sum >> 5;
}

static size_t slot_of(const struct alz_json_table *table, struct alz_str key)
{
    size_t slot = hash(key) & table->slot_mask;
    unsigned short part;

    while ((part = table->slots[slot]) != 0 &&
           !alz_str_equal(table->names[part - ALZ_JSON_PART_NAMES], key))
        slot = (slot + 1) & table->slot_mask;
    return slot;
}

unsigned alz_json_table_part(const struct alz_json_table *table,
                             struct alz_str key)
{
    if (key.len > table->name_max_len)
        return ALZ_JSON_PART_OTHER;
    return table->slots[slot_of(table, key)];
}

/* The number of a part as a row's path spells it. */
static unsigned short part_add(struct alz_json_table *table,
                               struct alz_str text)
{
    size_t slot;

    if (alz_str_is(text, "[]"))
        return ALZ_JSON_PART_ARRAY;
    if (alz_str_is(text, "*"))
        return ALZ_JSON_PART_STAR;
    slot = slot_of(table, text);
    if (table->slots[slot] == 0) {
        table->slots[slot] =
            (unsigned short)(ALZ_JSON_PART_NAMES + table->name_count);
        table->names[table->name_count++] = text;
        if (text.len > table->name_max_len)
            table->name_max_len = text.len;
    }
    return table->slots[slot];
}

/* ---- patterns --------------------------------------------------------- */

static size_t part_count(const char *path)
{
    size_t count = 1;

    for (path += *path == '/'; *path != '\0'; path++)
        count += *path == '/';
    return count;
}

static size_t stars(const struct alz_json_pattern *pattern)
{
    size_t count = 0, i;

    for (i = 0; i < pattern->len; i++)
        count += pattern->parts[i] == ALZ_JSON_PART_STAR;
    return count;
}

/* Whether a is to be tried before b, which stands later in the table. */
static int compare(const void *left, const void *right)
{
    const struct alz_json_pattern *a = left, *b = right;
    size_t stars_a = stars(a), stars_b = stars(b);

    if (a->len != b->len)
        return a->len > b->len ? -1 : 1;
    if (a->anchored != b->anchored)
        return a->anchored ? -1 : 1;
    if (stars_a != stars_b)
        return stars_a < stars_b ? -1 : 1;
    return (a->row > b->row) - (a->row < b->row);
}

static void patterns_make(struct alz_json_table *table,
                          const struct alz_json_row *rows)
{
    unsigned short *next = table->parts;
    const struct alz_json_row *row;
    struct alz_json_pattern *pattern;
    struct alz_str rest, part;

    for (row = rows; row->path != NULL; row++) {
        if (*row->path == '\0') {
            table->top = table->top != NULL ? table->top : row;
            continue;
        }
        pattern = &table->patterns[table->count++];
        pattern->row = row;
        pattern->parts = next;
        pattern->anchored = *row->path == '/';
        rest = alz_str_from(row->path + pattern->anchored);
        while (alz_str_split(&rest, '/', &part))
            pattern->parts[pattern->len++] = part_add(table, part);
        next += pattern->len;
    }
    qsort(table->patterns, table->count, sizeof *table->patterns, compare);
}

static bool part_fits(unsigned short pattern, unsigned short part)
{
    return pattern == part ||
           (pattern == ALZ_JSON_PART_STAR && part != ALZ_JSON_PART_ARRAY);
}

/* Fills the lists, or (lists NULL) only counts what they will hold. */
static size_t lists_make(struct alz_json_table *table)
{
    size_t parts = ALZ_JSON_PART_NAMES + table->name_count, count = 0, i;
    unsigned short part;

    for (part = 0; part < parts; part++) {
        table->starts[part] = count;
        for (i = 0; i < table->count; i++) {
            const struct alz_json_pattern *pattern = &table->patterns[i];

            if (!part_fits(pattern->parts[pattern->len - 1], part))
                continue;
            if (table->lists != NULL)
                table->lists[count] = pattern;
            count++;
        }
    }
    table->starts[parts] = count;
    return count;
}

/* ---- the whole -------------------------------------------------------- */

static bool fits(const struct alz_json_pattern *pattern,
                 const unsigned short *parts, size_t len)
{
    size_t i;

    if (pattern->len > len || (pattern->anchored && pattern->len != len))
        return false;
    parts += len - pattern->len;
    for (i = pattern->len; i > 0; i--)
        if (!part_fits(pattern->parts[i - 1], parts[i - 1]))
            return false;
    return true;
}

const struct alz_json_row *
alz_json_table_find(const struct alz_json_table *table,
                    const unsigned short *parts, size_t len)
{
    const struct alz_json_pattern *const *at, *const *end;

    if (len == 0)
        return table->top;
    at = table->lists + table->starts[parts[len - 1]];
    end = table->lists + table->starts[parts[len - 1] + 1];
    for (; at < end; at++)
        if (fits(*at, parts, len))
            return (*at)->row;
    return NULL;
}

static int tables_alloc(struct alz_json_table *table, size_t rows, size_t parts)
{
    size_t slots = 16;

    while (slots < 2 * parts)
        slots *= 2;
    table->slot_mask = slots - 1;
    table->patterns = calloc(rows + 1, sizeof *table->patterns);
    table->parts = calloc(parts + 1, sizeof *table->parts);
    table->names = calloc(parts + 1, sizeof *table->names);
    table->slots = calloc(slots, sizeof *table->slots);
    table->starts =
        calloc(parts + ALZ_JSON_PART_NAMES + 1, sizeof *table->starts);
    return table->patterns != NULL && table->parts != NULL &&
                   table->names != NULL && table->slots != NULL &&
                   table->starts != NULL
               ? 0
               : -1;
}

int alz_json_table_init(struct alz_json_table *table,
                        const struct alz_json_row *rows)
{
    size_t count = 0, parts = 0;

    *table = (struct alz_json_table){0};
    for (; rows[count].path != NULL; count++)
        parts += part_count(rows[count].path);
    if (tables_alloc(table, count, parts) == 0) {
        patterns_make(table, rows);
        table->lists =
            calloc(lists_make(table) + 1, sizeof(struct alz_json_pattern *));
    }
    if (table->lists == NULL) {
        alz_json_table_done(table);
        return -1;
    }
    lists_make(table);
    return 0;
}

void alz_json_table_done(struct alz_json_table *table)
{
    if (table == NULL)
        return;
    free(table->patterns);
    free(table->parts);
    free(table->names);
    free(table->slots);
    free(table->starts);
    free(table->lists);
    *table = (struct alz_json_table){0};
}
