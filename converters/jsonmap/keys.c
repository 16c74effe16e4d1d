/* keys.c - the keys of the sections that take values. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "mapping.h"

/* Each field, and the kinds of sections that may say it. */
static const struct {
    const char *name;
    unsigned kinds;
} fields[MAP_FIELD_COUNT] = {
    [MAP_F_NAME] = {"name",        MAP_TEST | MAP_SUITE | MAP_STEPS | MAP_ATTACHMENT},
    [MAP_F_SUITE] = {"suite",       MAP_TEST                                         },
    [MAP_F_CLASS] = {"class",       MAP_TEST                                         },
    [MAP_F_FULL_NAME] = {"full_name",   MAP_TEST                                         },
    [MAP_F_ID] = {"id",          MAP_TEST                                         },
    [MAP_F_STATUS] = {"status",      MAP_RECORDS | MAP_STEPS                          },
    [MAP_F_MESSAGE] = {"message",     MAP_RECORDS | MAP_STEPS                          },
    [MAP_F_TRACE] = {"trace",       MAP_RECORDS | MAP_STEPS                          },
    [MAP_F_EXPECTED] = {"expected",    MAP_RECORDS                                      },
    [MAP_F_ACTUAL] = {"actual",      MAP_RECORDS                                      },
    [MAP_F_DESCRIPTION] = {"description", MAP_TEST                                         },
    [MAP_F_HOST] = {"host",        MAP_RECORDS                                      },
    [MAP_F_THREAD] = {"thread",      MAP_RECORDS                                      },
    [MAP_F_FILE] = {"file",        MAP_TEST | MAP_ATTACHMENT                        },
    [MAP_F_LINE] = {"line",        MAP_TEST                                         },
    [MAP_F_START] = {"start",       MAP_RECORDS | MAP_STEPS                          },
    [MAP_F_STOP] = {"stop",        MAP_RECORDS | MAP_STEPS                          },
    [MAP_F_DURATION] = {"duration",    MAP_RECORDS | MAP_STEPS                          },
    [MAP_F_STDOUT] = {"stdout",      MAP_RECORDS | MAP_STEPS                          },
    [MAP_F_STDERR] = {"stderr",      MAP_RECORDS | MAP_STEPS                          },
    [MAP_F_TAGS] = {"tags",        MAP_TEST                                         },
    [MAP_F_LABELS] = {"labels",      MAP_TEST                                         },
    [MAP_F_PARAMS] = {"params",      MAP_TEST                                         },
    [MAP_F_XPARAMS] = {"xparams",     MAP_RECORDS | MAP_STEPS                          },
    [MAP_F_PROPERTIES] = {"properties",  MAP_TEST                                         },
    [MAP_F_MIME] = {"mime",        MAP_ATTACHMENT                                   },
    [MAP_F_TEXT] = {"text",        MAP_ATTACHMENT                                   },
    [MAP_F_BASE64] = {"base64",      MAP_ATTACHMENT                                   },
    [MAP_F_TESTS] = {"tests",       MAP_RUN                                          },
    [MAP_F_FAILED] = {"failed",      MAP_RUN                                          },
    [MAP_F_ERRORS] = {"errors",      MAP_RUN                                          },
    [MAP_F_ENVIRONMENT] = {"environment", MAP_RUN                                          },
};

static const struct {
    const char *name;
    enum map_when when;
    unsigned kinds;
} whens[] = {
    {"when",         MAP_WHEN,         0xFFFF & ~(unsigned)MAP_ATTEMPT},
    {"failed-when",  MAP_WHEN_FAILED,  MAP_RECORDS | MAP_STEPS        },
    {"broken-when",  MAP_WHEN_BROKEN,  MAP_RECORDS | MAP_STEPS        },
    {"unknown-when", MAP_WHEN_UNKNOWN, MAP_RECORDS | MAP_STEPS        },
    {"skipped-when", MAP_WHEN_SKIPPED, MAP_RECORDS | MAP_STEPS        },
    {"passed-when",  MAP_WHEN_PASSED,  MAP_RECORDS | MAP_STEPS        },
    {"known-when",   MAP_WHEN_KNOWN,   MAP_RECORDS                    },
    {"flaky-when",   MAP_WHEN_FLAKY,   MAP_RECORDS                    },
};

static bool field_key(struct log_load *load, struct alz_str key,
                      struct alz_str value, struct log_place place)
{
    struct map_section *section = load->part;

    for (size_t i = 0; i < MAP_FIELD_COUNT; i++) {
        if (!alz_str_is(key, fields[i].name) ||
            !(fields[i].kinds & section->kind))
            continue;
        if (section->fields[i].count)
            log_complain_key(load, place, "is there already in this section",
                             key, value);
        map_value_read(load, &section->fields[i], value, place);
        return true;
    }
    return false;
}

static bool pair_key(struct log_load *load, struct alz_str key,
                     struct alz_str value, struct log_place place)
{
    struct map_section *section = load->part;
    enum alz_pair_kind kind;
    struct alz_str name;
    struct map_pair *pair;

    if (!log_pair_find(key, &kind, &name) ||
        (section->kind != MAP_TEST &&
         (kind != ALZ_EXCLUDED || !(section->kind & MAP_STEPS))))
        return false;
    if (section->pair_count == MAP_PAIRS) {
        log_complain(load, place, "too many pairs", key);
        return true;
    }
    pair = &section->pairs[section->pair_count++];
    pair->kind = kind;
    pair->name = name;
    map_value_read(load, &pair->value, value, place);
    return true;
}

static void add_clause(struct log_load *load, enum map_when when,
                       struct alz_str value, struct log_place place)
{
    struct map_section *section = load->part;
    const struct map_mapping *mapping = load->into;

    if (section->clause_count == MAP_CLAUSES) {
        log_complain(load, place, "too many conditions in this section", value);
        return;
    }
    if (when == MAP_WHEN && section->first_when == section->end_when)
        section->first_when = mapping->ref_count;
    map_clause_read(load, &section->clauses[section->clause_count], value,
                    place);
    if (when == MAP_WHEN)
        section->end_when = mapping->ref_count;
    section->whens[section->clause_count++] = when;
}

static bool when_key(struct log_load *load, struct alz_str key,
                     struct alz_str value, struct log_place place)
{
    const struct map_section *section = load->part;

    for (size_t i = 0; i < sizeof(whens) / sizeof(*whens); i++) {
        if (!alz_str_is(key, whens[i].name) ||
            !(whens[i].kinds & section->kind))
            continue;
        add_clause(load, whens[i].when, value, place);
        return true;
    }
    return false;
}

static void path_key(struct log_load *load, struct alz_str value,
                     struct log_place place)
{
    struct map_section *section = load->part;

    map_path_read(load, &section->path, value, place);
    section->has_path = true;
    section->path_text = value;
    section->path_place = place;
    if (section->path.up || section->path.take != MAP_VALUE)
        log_complain(load, place,
                     "the path of a section has neither \"..\" nor \"@\"",
                     value);
}

static bool other_key(struct log_load *load, struct alz_str key,
                      struct alz_str value, struct log_place place)
{
    struct map_section *section = load->part;

    if (alz_str_is(key, "path") && section->has_path)
        log_complain_key(load, place, "is there already in this section", key,
                         value);
    else if (alz_str_is(key, "path"))
        path_key(load, value, place);
    else if (alz_str_is(key, "inside") && section->kind & MAP_PARTS_OF) {
        section->inside = value;
        section->inside_place = place;
    } else if (alz_str_is(key, "required") && section->kind == MAP_RUN)
        section->required = log_read_yes(load, value, place);
    else if (alz_str_is(key, "duration-unit") &&
             section->kind & (MAP_RECORDS | MAP_STEPS)) {
        section->duration_unit = value;
        if (!log_unit_ok(value))
            log_complain(load, place, "no such unit", value);
    } else
        return false;
    return true;
}

void map_key_section(struct log_load *load, struct alz_str key,
                     struct alz_str value, struct log_place place)
{
    struct map_section *section = load->part;
    const struct map_mapping *mapping = load->into;

    place.column = place.column ? place.column : 1;
    if (!other_key(load, key, value, place) &&
        !field_key(load, key, value, place) &&
        !when_key(load, key, value, place) &&
        !pair_key(load, key, value, place))
        log_complain_key(load, place, "no such key of this section", key,
                         value);
    section->end_ref = mapping->ref_count;
}
