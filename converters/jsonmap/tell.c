/* tell.c - a record as a test: its verdict, its attempts. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "jsonmap.h"

static const struct alz_diag no_status = {
    ALZ_ERROR, "jsonmap/no-status", "a record does not say how it ended", 4};
static const struct alz_diag bad_word = {ALZ_WARNING, "jsonmap/status",
                                         "no status is known for the word", 0};

/* ---- status ----------------------------------------------------------- */

struct verdict {
    enum alz_status status;
    unsigned flags;
};

static void take_word(struct map *map, struct alz_str text,
                      struct verdict *verdict)
{
    const struct log_word *word = log_words_find(&map->mapping->words, text);
    enum alz_status status = word ? word->status : ALZ_UNKNOWN;

    if (!text.len)
        return;
    if (!word)
        alz_report(map->out, &bad_word, text);
    if (word)
        verdict->flags |= word->flags;
    if (status < verdict->status)
        verdict->status = status;
}

/* null says something only when [status] has a row for it. */
static void take_node(struct map *map, const struct map_node *node,
                      struct verdict *verdict)
{
    const struct log_words *words = &map->mapping->words;

    if (node->type != ALZ_JSON_NULL)
        take_word(map, map_node_text(map, node, &map->json), verdict);
    else if (log_words_find_own(words, ALZ_STR("null")))
        take_word(map, ALZ_STR("null"), verdict);
}

static void take_field(struct map *map, const struct map_section *section,
                       struct map_node *node, struct verdict *verdict)
{
    const struct log_value *value = &section->fields[MAP_F_STATUS];
    const struct map_ref *ref = map_plain_ref(map, value);
    struct map_found found;
    bool any = ref && map_find(ref, node, &found);

    if (value->count && !ref)
        take_word(map, map_text(map, value, node, " "), verdict);
    for (; any; any = map_find_next(&found)) {
        if (found.path->take == MAP_VALUE)
            take_node(map, found.at, verdict);
        else
            take_word(map, map_found_text(map, &found), verdict);
    }
}

/* Of all that is said the worst stands. */
enum alz_status map_status(struct map *map, const struct map_section *section,
                           struct map_node *node, unsigned *ret_flags)
{
    static const struct {
        enum map_when when;
        enum alz_status status;
    } whens[] = {
        {MAP_WHEN_FAILED,  ALZ_FAILED },
        {MAP_WHEN_BROKEN,  ALZ_BROKEN },
        {MAP_WHEN_UNKNOWN, ALZ_UNKNOWN},
        {MAP_WHEN_SKIPPED, ALZ_SKIPPED},
        {MAP_WHEN_PASSED,  ALZ_PASSED },
    };
    struct verdict verdict = {ALZ_STATUS_NONE, 0};

    take_field(map, section, node, &verdict);
    for (size_t i = 0; i < sizeof(whens) / sizeof(*whens); i++)
        if (whens[i].status < verdict.status &&
            map_any_holds(map, section, whens[i].when, node))
            verdict.status = whens[i].status;
    if (map_any_holds(map, section, MAP_WHEN_FLAKY, node))
        verdict.flags |= ALZ_FLAKY;
    if (map_any_holds(map, section, MAP_WHEN_KNOWN, node))
        verdict.flags |= ALZ_KNOWN;
    if (verdict.status <= ALZ_BROKEN)
        verdict.flags &= ~(unsigned)ALZ_KNOWN;
    if (node->cut)
        verdict.flags |= ALZ_INCOMPLETE;
    *ret_flags = verdict.flags;
    return verdict.status;
}

static void report_no_status(struct map *map, const struct map_node *node)
{
    struct alz_text place = {0};

    map_node_place(map, node, &place);
    alz_report(map->out, &no_status, alz_text_str(&place));
    alz_text_done(&place);
}

/* ---- attempts --------------------------------------------------------- */

/* The first section of attempts that finds some. */
static const struct map_section *attempts_of(const struct map *map,
                                             const struct map_section *test,
                                             struct map_node *node)
{
    const struct map_mapping *mapping = map->mapping;
    uint64_t bit = UINT64_C(1) << (test - mapping->sections);

    for (size_t i = 0; i < mapping->section_count; i++) {
        const struct map_section *section = &mapping->sections[i];

        if (section->kind == MAP_ATTEMPT && section->insides & bit &&
            map_path_next(&section->path, node, NULL))
            return section;
    }
    return NULL;
}

static enum alz_status tell_attempt(struct map *map,
                                    const struct map_section *section,
                                    struct map_node *node, alz_ref test)
{
    alz_ref ref = alz_begin(map->out, test, ALZ_TEST);
    unsigned flags;
    enum alz_status status = map_status(map, section, node, &flags);

    alz_set_status(map->out, ref,
                   status == ALZ_STATUS_NONE ? ALZ_UNKNOWN : status, flags);
    map_tell_facts(map, section, node, ref, status);
    map_tell_parts(map, section, node, ref);
    alz_end(map->out, ref);
    return status;
}

/* The last attempt is what the test itself says, if it says nothing else. */
static void tell_attempts(struct map *map, const struct map_section *section,
                          struct map_node *node, alz_ref test,
                          struct verdict *ret)
{
    struct map_node *at = map_path_next(&section->path, node, NULL), *next;
    bool failed = false;

    for (; (next = map_path_next(&section->path, node, at)); at = next) {
        map->hits[section - map->mapping->sections]++;
        failed |= tell_attempt(map, section, at, test) <= ALZ_BROKEN;
    }
    map->hits[section - map->mapping->sections]++;
    ret->status = map_status(map, section, at, &ret->flags);
    map_tell_facts(map, section, at, test, ret->status);
    map_tell_parts(map, section, at, test);
    if (failed)
        ret->flags |= ALZ_FLAKY;
}

/* ---- a test ----------------------------------------------------------- */

static void tell_identity(struct map *map, const struct map_section *section,
                          struct map_node *node, alz_ref test)
{
    static const struct {
        enum map_field field;
        enum alz_fact fact;
    } facts[] = {
        {MAP_F_NAME,      ALZ_NAME     },
        {MAP_F_CLASS,     ALZ_CLASS    },
        {MAP_F_FULL_NAME, ALZ_FULL_NAME},
        {MAP_F_ID,        ALZ_ID       },
    };

    for (size_t i = 0; i < sizeof(facts) / sizeof(*facts); i++) {
        struct alz_str text = map_field(map, section, facts[i].field, node);

        if (text.len)
            alz_set_text(map->out, test, facts[i].fact, text);
    }
}

static void tell_verdict(struct map *map, const struct map_section *section,
                         struct map_node *node, alz_ref test,
                         struct verdict last)
{
    unsigned flags;
    enum alz_status status = map_status(map, section, node, &flags);

    flags |= last.flags;
    if (status == ALZ_STATUS_NONE)
        status = last.status;
    if (status == ALZ_STATUS_NONE) {
        report_no_status(map, node);
        status = ALZ_UNKNOWN;
    }
    if (status != ALZ_PASSED)
        flags &= ~(unsigned)ALZ_FLAKY;
    map_tell_facts(map, section, node, test, status);
    alz_set_status(map->out, test, status, flags);
}

void map_tell_test(struct map *map, const struct map_section *section,
                   struct map_node *node)
{
    const struct map_section *attempts = attempts_of(map, section, node);
    struct verdict last = {ALZ_STATUS_NONE, 0};
    alz_ref suite = map_suite_of(map, section, node);
    alz_ref test = alz_begin(map->out, suite, ALZ_TEST);

    if (!suite)
        map_frame(map, test);
    tell_identity(map, section, node, test);
    if (attempts)
        tell_attempts(map, attempts, node, test, &last);
    tell_verdict(map, section, node, test, last);
    map_tell_parts(map, section, node, test);
    alz_end(map->out, test);
}
