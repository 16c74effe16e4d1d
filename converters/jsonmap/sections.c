/* sections.c - the sections of a mapping file; [mapping] and [status]. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "mapping.h"

/* ---- [mapping] -------------------------------------------------------- */

static bool text_key(struct map_mapping *mapping, struct alz_str key,
                     struct alz_str value)
{
    const struct {
        const char *key;
        struct alz_str *target;
    } texts[] = {
        {"name",            &mapping->name         },
        {"title",           &mapping->title        },
        {"framework",       &mapping->framework    },
        {"language",        &mapping->language     },
        {"suite-separator", &mapping->separator    },
        {"duration-unit",   &mapping->duration_unit},
    };

    for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
        if (alz_str_is(key, texts[i].key)) {
            *texts[i].target = value;
            return true;
        }
    }
    return false;
}

static void key_mapping(struct log_load *load, struct alz_str key,
                        struct alz_str value, struct log_place place)
{
    static const char *const inputs[] = {"document", "lines", NULL};
    struct map_mapping *mapping = load->into;

    if (alz_str_is(key, "duration-unit") && !log_unit_ok(value))
        log_complain(load, place, "no such unit", value);
    if (text_key(mapping, key, value) ||
        log_time_style_read(load, &mapping->time, key, value, place))
        return;
    if (alz_str_is(key, "input"))
        mapping->lines = log_read_word(load, inputs, value, place) > 0;
    else if (alz_str_is(key, "prefix"))
        log_read_regex(load, &mapping->prefix, value, place, true);
    else
        log_complain_key(load, place, "no such key of [mapping]", key, value);
}

static void key_status(struct log_load *load, struct alz_str key,
                       struct alz_str value, struct log_place place)
{
    struct map_mapping *mapping = load->into;

    log_words_read(load, &mapping->words, key, value, place);
}

/* ---- sections of values ----------------------------------------------- */

static void begin(struct log_load *load, struct alz_str name,
                  struct log_place place, enum map_kind kind)
{
    struct map_mapping *mapping = load->into;
    struct map_section *section = &mapping->sections[mapping->section_count];

    if (!name.len)
        name = alz_str_from(load->section->word);
    for (size_t i = 0; i < mapping->section_count; i++)
        if (alz_str_equal(mapping->sections[i].name, name))
            log_complain(load, place, "a second section of the name", name);
    if (mapping->section_count == MAP_SECTIONS) {
        log_complain(load, place, "too many sections", name);
        return;
    }
    mapping->section_count++;
    section->kind = kind;
    section->name = name;
    section->place = place;
    section->first_ref = section->end_ref = mapping->ref_count;
    load->part = section;
}

#define BEGIN(function, kind)                                                  \
    static void function(struct log_load *load, struct alz_str name,           \
                         struct log_place place)                               \
    {                                                                          \
        begin(load, name, place, kind);                                        \
    }

BEGIN(begin_run, MAP_RUN)
BEGIN(begin_suite, MAP_SUITE)
BEGIN(begin_test, MAP_TEST)
BEGIN(begin_attempt, MAP_ATTEMPT)
BEGIN(begin_step, MAP_STEP)
BEGIN(begin_setup, MAP_SETUP)
BEGIN(begin_teardown, MAP_TEARDOWN)
BEGIN(begin_attachment, MAP_ATTACHMENT)

const struct log_section map_file_sections[] = {
    {"mapping",    false, NULL, NULL,             key_mapping    },
    {"status",     false, NULL, NULL,             key_status     },
    {"run",        false, NULL, begin_run,        map_key_section},
    {"suite",      false, NULL, begin_suite,      map_key_section},
    {"test",       false, NULL, begin_test,       map_key_section},
    {"attempt",    false, NULL, begin_attempt,    map_key_section},
    {"step",       false, NULL, begin_step,       map_key_section},
    {"setup",      false, NULL, begin_setup,      map_key_section},
    {"teardown",   false, NULL, begin_teardown,   map_key_section},
    {"attachment", false, NULL, begin_attachment, map_key_section},
    {NULL,         false, NULL, NULL,             NULL           },
};
