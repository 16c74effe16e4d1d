/* condition.c - `type == "test" and error`: reading it, and whether it holds.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#include "jsonmap.h"

#include <stdlib.h>

static const struct alz_diag limit = {
    ALZ_ERROR, "jsonmap/limit",
    "a regular expression took too long; its condition does not hold", 4};

/* JSON's numbers are those of C; the bytes behind them are not ours. */
static double number_of(struct alz_str text)
{
    char digits[64];
    size_t len = text.len < sizeof(digits) ? text.len : sizeof(digits) - 1;

    if (len)
        memcpy(digits, text.ptr, len);
    digits[len] = '\0';
    return strtod(digits, NULL);
}

/* ---- reading ---------------------------------------------------------- */

static const struct word {
    const char *word;
    enum map_test test;
    bool negated, compares, counts;
} words[] = {
    {"==",     MAP_EQUAL,    false, true,  false},
    {"!=",     MAP_EQUAL,    true,  true,  false},
    {"~",      MAP_MATCHES,  false, false, false},
    {"!~",     MAP_MATCHES,  true,  false, false},
    {"<",      MAP_LESS,     false, true,  true },
    {"<=",     MAP_AT_MOST,  false, true,  true },
    {">",      MAP_GREATER,  false, true,  true },
    {">=",     MAP_AT_LEAST, false, true,  true },
    {"exists", MAP_EXISTS,   false, false, false},
    {"and",    MAP_SAYS,     false, false, false},
    {NULL,     MAP_SAYS,     false, false, false},
};

struct reading {
    struct log_load *load;
    struct alz_str source, rest;
    struct log_place place;
};

static struct log_place place_of(const struct reading *reading,
                                 struct alz_str at)
{
    struct log_place place = reading->place;

    place.column += (size_t)(at.ptr - reading->source.ptr);
    return place;
}

static void fail(struct reading *reading, struct alz_str at, const char *what)
{
    log_complain(reading->load, place_of(reading, at), what, at);
}

/* The word that begins at offset of the rest, behind a blank. */
static const struct word *word_at(const struct reading *reading, size_t offset)
{
    struct alz_str rest = alz_str_from_offset(reading->rest, offset), one;

    alz_str_split(&rest, ' ', &one);
    for (const struct word *at = words; at->word; at++)
        if (alz_str_is(one, at->word))
            return at;
    return NULL;
}

/* Cuts off the path, up to the next word; NULL: nothing follows. */
static const struct word *cut_path(struct reading *reading, struct alz_str *ret)
{
    const struct word *word = NULL;
    struct alz_str rest = reading->rest;
    size_t at = 0;

    for (; at < rest.len && !word; at++)
        if (at && rest.ptr[at - 1] == ' ')
            word = word_at(reading, at);
    if (word)
        at--;
    *ret = alz_str_trim((struct alz_str){rest.ptr, at});
    if (word)
        at += strlen(word->word);
    reading->rest = alz_str_trim(alz_str_from_offset(rest, at));
    return word;
}

static void take_literal(void *ctx, const struct alz_json_value *value)
{
    struct map_condition *condition = ctx;

    condition->type = value->type;
    alz_text_clear(&condition->text);
    alz_text_add(&condition->text, value->text);
}

/* A JSON value up to the next blank, or the end of a string. */
static void read_literal(struct reading *reading,
                         struct map_condition *condition,
                         const struct word *word)
{
    struct alz_str rest = reading->rest, text = rest;
    size_t len = rest.len && *rest.ptr == '"';

    while (len < rest.len && rest.ptr[len] != (*rest.ptr == '"' ? '"' : ' '))
        len += rest.ptr[len] == '\\' && len + 1 < rest.len ? 2 : 1;
    len += len < rest.len && *rest.ptr == '"';
    text.len = len;
    reading->rest = alz_str_trim(alz_str_from_offset(rest, len));
    switch (alz_json_text_read(text, take_literal, condition)) {
    case ALZ_JSON_TEXT_NO_MEMORY:
        reading->load->no_memory = true;
        return;
    case ALZ_JSON_TEXT_DAMAGED:
        condition->type = ALZ_JSON_OBJECT;
        break;
    case ALZ_JSON_TEXT_WHOLE:
        break;
    }
    reading->load->no_memory |= condition->text.full;
    if (condition->type == ALZ_JSON_OBJECT || condition->type == ALZ_JSON_ARRAY)
        fail(reading, text,
             "is a \"text\", a number, true, false or null, not");
    else if (word->counts && condition->type != ALZ_JSON_NUMBER)
        fail(reading, text, "is a number, not");
    if (condition->type == ALZ_JSON_NUMBER)
        condition->number = number_of(alz_text_str(&condition->text));
}

static void read_one(struct reading *reading)
{
    struct map_mapping *mapping = reading->load->into;
    struct map_condition *condition =
        &mapping->conditions[mapping->condition_count];
    const struct word *word;
    struct alz_str path;

    if (mapping->condition_count == MAP_CONDITIONS) {
        fail(reading, reading->rest, "too many conditions in this file");
        reading->rest.len = 0;
        return;
    }
    mapping->condition_count++;
    if (alz_str_starts(reading->rest, "!")) {
        condition->negated = true;
        reading->rest = alz_str_trim(alz_str_from_offset(reading->rest, 1));
    }
    word = cut_path(reading, &path);
    condition->ref = map_ref_read(reading->load, path, place_of(reading, path));
    mapping->refs[condition->ref].shallow = true;
    if (!word)
        return;
    condition->test = word->test;
    condition->negated ^= word->negated;
    if (word->compares) {
        read_literal(reading, condition, word);
    } else if (word->test == MAP_MATCHES) {
        log_read_regex(reading->load, &condition->regex, reading->rest,
                       place_of(reading, reading->rest), false);
        reading->rest.len = 0;
    }
    if (word->test == MAP_SAYS && !reading->rest.len)
        fail(reading, path, "nothing stands behind \"and\"");
}

/* "and" was read behind the condition, or stands there. */
static void cut_and(struct reading *reading)
{
    struct alz_str rest = reading->rest;

    if (!rest.len)
        return;
    if (alz_str_starts(rest, "and "))
        reading->rest = alz_str_trim(alz_str_from_offset(rest, 4));
    else {
        fail(reading, rest, "expected \"and\"");
        reading->rest.len = 0;
    }
}

void map_clause_read(struct log_load *load, struct map_clause *clause,
                     struct alz_str text, struct log_place place)
{
    struct map_mapping *mapping = load->into;
    struct reading reading = {load, text, text, place};

    clause->first = mapping->condition_count;
    do {
        read_one(&reading);
        if (mapping->conditions[mapping->condition_count - 1].test != MAP_SAYS)
            cut_and(&reading);
    } while (reading.rest.len && !load->no_memory);
    clause->count = mapping->condition_count - clause->first;
}

/* ---- whether it holds ------------------------------------------------- */

static bool says(const struct map_node *node)
{
    if (node->type == ALZ_JSON_NUMBER)
        return number_of(node->text) != 0;
    return node->type != ALZ_JSON_FALSE && !map_node_empty(node);
}

static bool compares(const struct map_condition *condition,
                     const struct map_node *node)
{
    double number;

    if (node->type != condition->type)
        return false;
    if (node->type != ALZ_JSON_NUMBER)
        return alz_str_equal(node->text, alz_text_str(&condition->text)) ||
               node->type != ALZ_JSON_STRING;
    number = number_of(node->text);
    switch (condition->test) {
    case MAP_LESS:
        return number < condition->number;
    case MAP_AT_MOST:
        return number <= condition->number;
    case MAP_GREATER:
        return number > condition->number;
    case MAP_AT_LEAST:
        return number >= condition->number;
    default:
        return !(number < condition->number) && !(number > condition->number);
    }
}

static bool matches(struct map *map, struct map_condition *condition,
                    struct alz_str text)
{
    enum log_match got =
        log_regex_match(&map->matcher, &condition->regex, text);

    if (got == LOG_MATCH_LIMIT)
        alz_report(map->out, &limit, condition->regex.source);
    return got == LOG_MATCH_YES;
}

static bool fits(struct map *map, struct map_condition *condition,
                 const struct map_found *found)
{
    if (condition->test == MAP_EXISTS)
        return true;
    if (condition->test == MAP_MATCHES)
        return matches(map, condition, map_found_text(map, found));
    if (condition->test == MAP_EQUAL && found->path->take == MAP_KEY)
        return alz_str_equal(found->at->key, alz_text_str(&condition->text));
    return condition->test == MAP_SAYS ? says(found->at)
                                       : compares(condition, found->at);
}

/* Of several values one is enough. */
static bool condition_holds(struct map *map, struct map_condition *condition,
                            struct map_node *node)
{
    const struct map_ref *ref = &map->mapping->refs[condition->ref];
    struct map_found found;
    bool any = map_find(ref, node, &found);

    while (any && !fits(map, condition, &found))
        any = map_find_next(&found);
    return any != condition->negated;
}

static bool clause_holds(struct map *map, const struct map_clause *clause,
                         struct map_node *node)
{
    for (size_t i = 0; i < clause->count; i++)
        if (!condition_holds(map, &map->mapping->conditions[clause->first + i],
                             node))
            return false;
    return true;
}

bool map_all_hold(struct map *map, const struct map_section *section,
                  struct map_node *node)
{
    for (size_t i = 0; i < section->clause_count; i++)
        if (section->whens[i] == MAP_WHEN &&
            !clause_holds(map, &section->clauses[i], node))
            return false;
    return true;
}

bool map_any_holds(struct map *map, const struct map_section *section,
                   enum map_when when, struct map_node *node)
{
    for (size_t i = 0; i < section->clause_count; i++)
        if (section->whens[i] == when &&
            clause_holds(map, &section->clauses[i], node))
            return true;
    return false;
}
