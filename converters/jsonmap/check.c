/* check.c - what can only be said of a whole mapping file; freeing it. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "mapping.h"

#include <stdlib.h>

static void fail(struct log_load *load, const struct map_section *section,
                 const char *what)
{
    log_complain(load, section->place, what, section->name);
}

/* ---- inside ----------------------------------------------------------- */

/* The kinds of sections in which one of that kind may be. */
static unsigned hosts_of(enum map_kind kind)
{
    if (kind == MAP_ATTEMPT)
        return MAP_TEST;
    if (kind == MAP_SETUP || kind == MAP_TEARDOWN)
        return MAP_RECORDS;
    return MAP_RECORDS | MAP_STEPS;
}

static void resolve_one(struct log_load *load, struct map_section *section,
                        struct alz_str name)
{
    const struct map_mapping *mapping = load->into;
    struct log_place place = section->inside_place;

    place.column += (size_t)(name.ptr - section->inside.ptr);
    for (size_t i = 0; i < mapping->section_count; i++) {
        if (!alz_str_equal(mapping->sections[i].name, name))
            continue;
        section->insides |= UINT64_C(1) << i;
        if (!(mapping->sections[i].kind & hosts_of(section->kind)))
            log_complain(load, place, "cannot be inside such a section", name);
        return;
    }
    log_complain(load, place, "no section of the name", name);
}

static void resolve_inside(struct log_load *load, struct map_section *section)
{
    struct alz_str rest = section->inside, name;

    if (!(section->kind & MAP_PARTS_OF))
        return;
    if (!rest.len)
        fail(load, section, "this section says inside which it is");
    while (rest.len && alz_str_split(&rest, ',', &name))
        resolve_one(load, section, alz_str_trim(name));
    if (section->path.root || (section->has_path && !section->path.len))
        fail(load, section, "a path inside a section begins with a part");
}

/* ---- one section ------------------------------------------------------ */

static bool says_status(const struct map_section *section)
{
    bool says = map_has(section, MAP_F_STATUS);

    for (size_t i = 0; i < section->clause_count; i++)
        says |= section->whens[i] >= MAP_WHEN_FAILED &&
                section->whens[i] <= MAP_WHEN_PASSED;
    return says;
}

static bool attempts_say_status(const struct map_mapping *mapping,
                                const struct map_section *test)
{
    uint64_t bit = UINT64_C(1) << (test - mapping->sections);

    for (size_t i = 0; i < mapping->section_count; i++)
        if (mapping->sections[i].kind == MAP_ATTEMPT &&
            mapping->sections[i].insides & bit &&
            says_status(&mapping->sections[i]))
            return true;
    return false;
}

static void check_lists(struct log_load *load,
                        const struct map_section *section)
{
    static const enum map_field lists[] = {
        MAP_F_TAGS,    MAP_F_LABELS,     MAP_F_PARAMS,
        MAP_F_XPARAMS, MAP_F_PROPERTIES, MAP_F_ENVIRONMENT,
    };

    for (size_t i = 0; i < sizeof(lists) / sizeof(*lists); i++) {
        const struct log_value *value = &section->fields[lists[i]];

        if (value->count &&
            (value->count > 1 || value->pieces[0].kind != PIECE_VARIABLE ||
             value->pieces[0].filters.len))
            fail(load, section,
                 "tags, labels, params, xparams, properties and "
                 "environment are paths");
    }
}

static void check_section(struct log_load *load, struct map_section *section)
{
    const struct map_mapping *mapping = load->into;
    const struct log_value *status = &section->fields[MAP_F_STATUS];

    if (!section->has_path && section->kind != MAP_RUN &&
        !(mapping->lines && section->kind == MAP_TEST))
        fail(load, section, "a section needs a path");
    if (section->kind & (MAP_TEST | MAP_SUITE | MAP_STEPS) &&
        !map_has(section, MAP_F_NAME))
        fail(load, section, "this section needs a name");
    if (section->kind == MAP_TEST && !says_status(section) &&
        !attempts_say_status(mapping, section))
        fail(load, section,
             "a test needs a status, or a failed-when and the "
             "like");
    if (section->kind == MAP_ATTACHMENT && !map_has(section, MAP_F_FILE) &&
        !map_has(section, MAP_F_TEXT) && !map_has(section, MAP_F_BASE64))
        fail(load, section, "an attachment needs a file, a text or base64");
    if (status->count && status->pieces[0].kind == PIECE_VARIABLE &&
        !mapping->words.count)
        fail(load, section, "a status that is read needs a [status] section");
    if (status->count == 1 && status->pieces[0].kind == PIECE_TEXT &&
        status->pieces[0].text.len &&
        !log_words_find(&mapping->words, status->pieces[0].text))
        log_complain(load, section->place, "no such status",
                     status->pieces[0].text);
    check_lists(load, section);
}

/* Without a path it is the document, or the line. */
static void settle_path(struct map_section *section)
{
    if (!section->has_path)
        section->path.root = true;
}

/* Its paths may name what is around records. */
static void note_refs(struct map_mapping *mapping,
                      const struct map_section *section)
{
    for (size_t i = section->first_ref; i < section->end_ref; i++)
        for (size_t k = 0; k < mapping->refs[i].count; k++)
            mapping->refs[i].around |= section->kind & (MAP_RUN | MAP_SUITE) ||
                                       mapping->refs[i].paths[k].up ||
                                       mapping->refs[i].paths[k].root;
}

void map_check(struct log_load *load)
{
    struct map_mapping *mapping = load->into;
    struct log_place top = {1, 1};
    bool tests = false;

    for (size_t i = 0; i < mapping->section_count; i++)
        resolve_inside(load, &mapping->sections[i]);
    for (size_t i = 0; i < mapping->section_count; i++) {
        struct map_section *section = &mapping->sections[i];

        check_section(load, section);
        settle_path(section);
        note_refs(mapping, section);
        tests |= section->kind == MAP_TEST;
    }
    if (mapping->prefix.source.ptr && !mapping->lines && !load->errors)
        log_complain(load, mapping->prefix.place,
                     "a prefix is of input = lines only",
                     mapping->prefix.source);
    if (!tests && !load->errors)
        log_complain(load, top, "there is no [test]", ALZ_STR(""));
    if (!mapping->samples.count && !load->errors)
        log_complain(load, top, "there is no [sample]", ALZ_STR(""));
}

/* ---- freeing ---------------------------------------------------------- */

void map_free(struct map_mapping *mapping)
{
    if (!mapping)
        return;
    for (size_t i = 0; i < mapping->section_count; i++) {
        struct map_section *section = &mapping->sections[i];

        for (size_t k = 0; k < MAP_FIELD_COUNT; k++)
            free(section->fields[k].pieces);
        for (size_t k = 0; k < section->pair_count; k++)
            free(section->pairs[k].value.pieces);
    }
    for (size_t i = 0; i < mapping->condition_count; i++) {
        alz_text_done(&mapping->conditions[i].text);
        log_regex_done(&mapping->conditions[i].regex);
    }
    log_regex_done(&mapping->prefix);
    free(mapping);
}
