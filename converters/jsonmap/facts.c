/* facts.c - what a section says of a record: texts, times, labels. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "jsonmap.h"

#include <stdio.h>
#include <stdlib.h>

static const struct alz_diag bad_time = {
    ALZ_WARNING, "jsonmap/time", "not a time of the mapping's format", 0};
static const struct alz_diag bad_duration = {ALZ_WARNING, "jsonmap/duration",
                                             "not a duration", 0};

/* ---- times ------------------------------------------------------------ */

static int64_t moment(struct map *map, const struct map_section *section,
                      enum map_field field, struct map_node *node)
{
    struct alz_str text = map_field(map, section, field, node);
    int64_t ms;

    if (!text.len)
        return LOG_NO_TIME;
    ms = log_time_read(&map->clock, &map->mapping->time, text, map->in);
    if (ms == LOG_NO_TIME)
        alz_report(map->out, &bad_time, text);
    return ms;
}

/* "1.5e-3" as a plain number; what is none is left as it is. */
static struct alz_str plain_number(struct alz_str text, char *room, size_t size)
{
    char *end;
    double number;

    if (text.len >= size ||
        (!memchr(text.ptr, 'e', text.len) && !memchr(text.ptr, 'E', text.len)))
        return text;
    memcpy(room, text.ptr, text.len);
    room[text.len] = '\0';
    number = strtod(room, &end);
    if (*end || !(number >= 0) || number > 1e15)
        return text;
    snprintf(room, size, "%.12f", number);
    return alz_str_from(room);
}

static int64_t duration(struct map *map, const struct map_section *section,
                        struct map_node *node)
{
    struct alz_str text = map_field(map, section, MAP_F_DURATION, node);
    struct alz_str unit = section->duration_unit;
    char room[64];
    int64_t ms;

    if (!text.len)
        return LOG_NO_TIME;
    if (!unit.len)
        unit = map->mapping->duration_unit;
    ms = log_span_read(plain_number(text, room, sizeof(room)), unit);
    if (ms >= 0)
        return ms;
    alz_report(map->out, &bad_duration, text);
    return LOG_NO_TIME;
}

static void tell_times(struct map *map, const struct map_section *section,
                       struct map_node *node, alz_ref ref)
{
    int64_t start = moment(map, section, MAP_F_START, node);
    int64_t stop = moment(map, section, MAP_F_STOP, node);
    int64_t length = duration(map, section, node);

    if (start == LOG_NO_TIME && stop != LOG_NO_TIME && length != LOG_NO_TIME)
        start = stop - length;
    if (start != LOG_NO_TIME)
        alz_set_time(map->out, ref, ALZ_START, start);
    if (length != LOG_NO_TIME)
        alz_set_time(map->out, ref, ALZ_DURATION, length);
    else if (stop != LOG_NO_TIME)
        alz_set_time(map->out, ref, ALZ_STOP, stop);
}

/* ---- texts ------------------------------------------------------------ */

static struct alz_str trim_end(struct alz_str text)
{
    while (text.len && strchr(" \t\r\n", text.ptr[text.len - 1]))
        text.len--;
    return text;
}

/* What the record says, else the line of its trace that tells most. */
static void tell_message(struct map *map, const struct map_section *section,
                         struct map_node *node, alz_ref ref,
                         enum alz_status status)
{
    struct alz_str text =
        alz_str_trim(map_field(map, section, MAP_F_MESSAGE, node));

    if (!text.len && status < ALZ_PASSED) {
        text = map_field(map, section, MAP_F_TRACE, node);
        text = status == ALZ_SKIPPED ? alz_str_skip_line(text)
                                     : alz_str_failure_line(text);
    }
    if (text.len)
        alz_set_text(map->out, ref, ALZ_MESSAGE, text);
}

static void tell_texts(struct map *map, const struct map_section *section,
                       struct map_node *node, alz_ref ref)
{
    static const struct {
        enum map_field field;
        enum alz_fact fact;
    } facts[] = {
        {MAP_F_TRACE,       ALZ_TRACE      },
        {MAP_F_EXPECTED,    ALZ_EXPECTED   },
        {MAP_F_ACTUAL,      ALZ_ACTUAL     },
        {MAP_F_DESCRIPTION, ALZ_DESCRIPTION},
        {MAP_F_HOST,        ALZ_HOST       },
        {MAP_F_THREAD,      ALZ_THREAD     },
    };

    for (size_t i = 0; i < sizeof(facts) / sizeof(*facts); i++) {
        struct alz_str text =
            trim_end(map_field(map, section, facts[i].field, node));

        if (text.len)
            alz_set_text(map->out, ref, facts[i].fact, text);
    }
}

static void tell_source(struct map *map, const struct map_section *section,
                        struct map_node *node, alz_ref ref)
{
    struct alz_text source = {0};
    struct alz_str line;

    map_add(map, &source, map_field(map, section, MAP_F_FILE, node));
    if (source.len) {
        line = map_field(map, section, MAP_F_LINE, node);
        map_add(map, &source, line.len ? ALZ_STR(":") : ALZ_STR(""));
        map_add(map, &source, line);
        alz_set_text(map->out, ref, ALZ_SOURCE, alz_text_str(&source));
    }
    alz_text_done(&source);
}

static void tell_output(struct map *map, const struct map_section *section,
                        enum map_field field, const char *name,
                        struct map_node *node, alz_ref ref)
{
    struct alz_str text = trim_end(map_field(map, section, field, node));
    alz_ref attachment;

    if (!alz_str_trim(text).len)
        return;
    attachment = alz_begin(map->out, ref, ALZ_ATTACHMENT);
    alz_set_text(map->out, attachment, ALZ_NAME, alz_str_from(name));
    alz_set_text(map->out, attachment, ALZ_MEDIA_TYPE, ALZ_STR("text/plain"));
    alz_write(map->out, attachment, text);
    alz_write(map->out, attachment, ALZ_STR("\n"));
    alz_end(map->out, attachment);
}

/* ---- pairs ------------------------------------------------------------ */

/* Every value that the path finds is a pair of its own. */
static void tell_pair(struct map *map, const struct map_pair *pair,
                      struct map_node *node, alz_ref ref)
{
    const struct map_ref *plain = map_plain_ref(map, &pair->value);
    struct map_found found;
    struct alz_str text;

    if (!plain) {
        text = map_text(map, &pair->value, node, ", ");
        if (text.len)
            alz_add(map->out, ref, pair->kind, pair->name, text);
        return;
    }
    if (!map_find(plain, node, &found))
        return;
    do {
        text = map_found_text(map, &found);
        if (text.len)
            alz_add(map->out, ref, pair->kind, pair->name, text);
    } while (map_find_next(&found));
}

static void add_label(struct map *map, alz_ref ref, struct alz_str name,
                      struct alz_str value)
{
    alz_add(map->out, ref, ALZ_LABEL, name, value);
}

static void add_param(struct map *map, alz_ref ref, struct alz_str name,
                      struct alz_str value)
{
    alz_add(map->out, ref, ALZ_PARAMETER, name, value);
}

static void add_xparam(struct map *map, alz_ref ref, struct alz_str name,
                       struct alz_str value)
{
    alz_add(map->out, ref, ALZ_EXCLUDED, name, value);
}

static void add_property(struct map *map, alz_ref ref, struct alz_str name,
                         struct alz_str value)
{
    alz_property_tell(map->out, ref, name, value);
}

/* Of the run, whatever ref is. */
static void add_environment(struct map *map, alz_ref ref, struct alz_str name,
                            struct alz_str value)
{
    (void)ref;
    alz_add(map->out, 0, ALZ_ENVIRONMENT, name, value);
}

static void add_tag(struct map *map, alz_ref ref, struct alz_str name,
                    struct alz_str value)
{
    (void)name;
    alz_tag_tell(map->out, ref, value);
}

typedef void add_fn(struct map *map, alz_ref ref, struct alz_str name,
                    struct alz_str value);

static const struct map_node *member(const struct map_node *object,
                                     const char *name)
{
    const struct map_node *at = object->first;

    while (at && !alz_str_is(at->key, name))
        at = at->next;
    return at;
}

static void add_value(struct map *map, add_fn *add, alz_ref ref,
                      struct alz_str name, const struct map_node *node)
{
    struct alz_str text = map_node_text(map, node, &map->json);

    if (text.len)
        add(map, ref, name, text);
}

/* An object's members, or {"name": ..., "value": ...}; else it is one. */
static void add_all(struct map *map, add_fn *add, alz_ref ref,
                    const struct map_node *node)
{
    const struct map_node *name, *value;
    char digits[32];

    if (node->type != ALZ_JSON_OBJECT) {
        snprintf(digits, sizeof(digits), "%zu", node->index);
        add_value(map, add, ref,
                  node->key.len ? node->key : alz_str_from(digits), node);
        return;
    }
    name = member(node, "name");
    value = member(node, "value");
    if (name && value) {
        add_value(map, add, ref, name->text, value);
        return;
    }
    for (value = node->first; value; value = value->next)
        add_value(map, add, ref, value->key, value);
}

void map_tell_lists(struct map *map, const struct map_section *section,
                    struct map_node *node, alz_ref ref)
{
    static const struct {
        enum map_field field;
        add_fn *add;
    } lists[] = {
        {MAP_F_TAGS,        add_tag        },
        {MAP_F_LABELS,      add_label      },
        {MAP_F_PARAMS,      add_param      },
        {MAP_F_XPARAMS,     add_xparam     },
        {MAP_F_PROPERTIES,  add_property   },
        {MAP_F_ENVIRONMENT, add_environment},
    };

    for (size_t i = 0; i < sizeof(lists) / sizeof(*lists); i++) {
        const struct map_ref *ref_of =
            map_plain_ref(map, &section->fields[lists[i].field]);
        struct map_found found;
        bool any = ref_of && map_find(ref_of, node, &found);

        for (; any; any = map_find_next(&found))
            add_all(map, lists[i].add, ref, found.at);
    }
}

void map_tell_facts(struct map *map, const struct map_section *section,
                    struct map_node *node, alz_ref ref, enum alz_status status)
{
    tell_message(map, section, node, ref, status);
    tell_texts(map, section, node, ref);
    tell_source(map, section, node, ref);
    tell_times(map, section, node, ref);
    for (size_t i = 0; i < section->pair_count; i++)
        tell_pair(map, &section->pairs[i], node, ref);
    map_tell_lists(map, section, node, ref);
    tell_output(map, section, MAP_F_STDOUT, "stdout", node, ref);
    tell_output(map, section, MAP_F_STDERR, "stderr", node, ref);
}
