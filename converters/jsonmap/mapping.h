/* mapping.h - a mapping file, read and checked. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALZ_JSONMAP_MAPPING_H
#define ALZ_JSONMAP_MAPPING_H

#include "log/shared.h"

#include <allurize/read.h>

enum {
    MAP_SECTIONS = 64,
    MAP_PARTS = 12,       /* of a path */
    MAP_ALTERNATIVES = 4, /* "title, name" */
    MAP_REFS = 512,
    MAP_CONDITIONS = 256,
    MAP_CLAUSES = 16, /* of a section */
    MAP_PAIRS = 16    /* of a section */
};

/* ---- paths (path.c) --------------------------------------------------- */

enum map_part_kind {
    MAP_NAME,    /* a member of an object */
    MAP_ANY,     /* "*": any member */
    MAP_ELEMENT, /* "[]": any element of an array */
    MAP_INDEX    /* "[0]", "[-1]": one from the start, or from the end */
};

struct map_part {
    enum map_part_kind kind;
    struct alz_str name; /* "~0" is "~", "~1" is "/" */
    bool escaped;        /* it holds one of them */
    long index;
};

/* What of the value at the end of a path is meant. */
enum map_take { MAP_VALUE, MAP_KEY, MAP_NUMBER };

struct map_path {
    bool root; /* "/a": from the top */
    size_t up; /* "..": from an enclosing value */
    struct map_part parts[MAP_PARTS];
    size_t len;
    bool many;          /* "[]" or "*": it may find several values */
    enum map_take take; /* "@key", "@index" at the end */
};

/* A name in a template: the first of its paths that finds something. */
struct map_ref {
    struct map_path paths[MAP_ALTERNATIVES];
    size_t count;
    bool around;  /* it may name what is around records */
    bool shallow; /* what is in the value does not matter */
};

/* What is wrong with it is said. */
void map_path_read(struct log_load *load, struct map_path *path,
                   struct alz_str text, struct log_place place);

/* ---- conditions (condition.c) ----------------------------------------- */

enum map_test {
    MAP_SAYS, /* neither null, false, 0 nor empty */
    MAP_EXISTS,
    MAP_EQUAL,
    MAP_MATCHES,
    MAP_LESS,
    MAP_AT_MOST,
    MAP_GREATER,
    MAP_AT_LEAST
};

struct map_condition {
    size_t ref;
    enum map_test test;
    bool negated;
    enum alz_json_type type; /* of what it is compared with */
    struct alz_text text;    /* owned */
    double number;
    struct log_regex regex;
};

/* What holds when all its conditions do. */
struct map_clause {
    size_t first, count;
};

/* ---- sections --------------------------------------------------------- */

enum map_kind {
    MAP_RUN = 1,
    MAP_SUITE = 2,
    MAP_TEST = 4,
    MAP_ATTEMPT = 8,
    MAP_STEP = 16,
    MAP_SETUP = 32,
    MAP_TEARDOWN = 64,
    MAP_ATTACHMENT = 128,
    MAP_STEPS = MAP_STEP | MAP_SETUP | MAP_TEARDOWN,
    MAP_RECORDS = MAP_TEST | MAP_ATTEMPT,
    MAP_PARTS_OF = MAP_ATTEMPT | MAP_STEPS | MAP_ATTACHMENT /* need inside */
};

enum map_field {
    MAP_F_NAME,
    MAP_F_SUITE,
    MAP_F_CLASS,
    MAP_F_FULL_NAME,
    MAP_F_ID,
    MAP_F_STATUS,
    MAP_F_MESSAGE,
    MAP_F_TRACE,
    MAP_F_EXPECTED,
    MAP_F_ACTUAL,
    MAP_F_DESCRIPTION,
    MAP_F_HOST,
    MAP_F_THREAD,
    MAP_F_FILE,
    MAP_F_LINE,
    MAP_F_START,
    MAP_F_STOP,
    MAP_F_DURATION,
    MAP_F_STDOUT,
    MAP_F_STDERR,
    MAP_F_TAGS,
    MAP_F_LABELS,
    MAP_F_PARAMS,
    MAP_F_XPARAMS,
    MAP_F_PROPERTIES,
    MAP_F_MIME,
    MAP_F_TEXT,
    MAP_F_BASE64,
    MAP_F_TESTS,
    MAP_F_FAILED,
    MAP_F_ERRORS,
    MAP_F_ENVIRONMENT,
    MAP_FIELD_COUNT
};

/* When clauses apply, by the key that they stand behind. */
enum map_when {
    MAP_WHEN, /* the section takes the value */
    MAP_WHEN_FAILED,
    MAP_WHEN_BROKEN,
    MAP_WHEN_UNKNOWN,
    MAP_WHEN_SKIPPED,
    MAP_WHEN_PASSED,
    MAP_WHEN_KNOWN,
    MAP_WHEN_FLAKY,
    MAP_WHEN_COUNT
};

struct map_pair {
    enum alz_pair_kind kind;
    struct alz_str name;
    struct log_value value;
};

struct map_section {
    enum map_kind kind;
    struct alz_str name;
    struct log_place place;
    bool has_path;
    struct alz_str path_text;
    struct log_place path_place;
    struct map_path path;
    struct alz_str inside; /* names of sections */
    struct log_place inside_place;
    uint64_t insides; /* bits of their numbers */
    struct log_value fields[MAP_FIELD_COUNT];
    struct map_pair pairs[MAP_PAIRS];
    size_t pair_count;
    struct map_clause clauses[MAP_CLAUSES];
    enum map_when whens[MAP_CLAUSES];
    size_t clause_count;
    struct alz_str duration_unit;
    size_t first_ref, end_ref;   /* all that its fields and clauses name */
    size_t first_when, end_when; /* those of "when" */
    bool required;
};

struct map_mapping {
    struct alz_str name, title, framework, language, separator;
    struct alz_str duration_unit;
    struct log_time_style time;
    struct log_regex prefix;
    bool lines; /* one document a line */
    struct log_words words;
    struct map_section sections[MAP_SECTIONS];
    size_t section_count;
    struct map_ref refs[MAP_REFS];
    size_t ref_count;
    struct map_condition conditions[MAP_CONDITIONS];
    size_t condition_count;
    struct log_samples samples;
};

/* ---- loading ---------------------------------------------------------- */

/* log_load.into is the mapping (zeroed), log_load.part the section. */
extern const struct log_section map_file_sections[]; /* sections.c */
/* keys.c */
void map_key_section(struct log_load *load, struct alz_str key,
                     struct alz_str value, struct log_place place);
/* values.c: what a field is: a path, a "constant" or a template. */
void map_value_read(struct log_load *load, struct log_value *value,
                    struct alz_str source, struct log_place place);
/* The paths in text as a new ref; SIZE_MAX: there are too many. */
size_t map_ref_read(struct log_load *load, struct alz_str text,
                    struct log_place place);
/* condition.c */
void map_clause_read(struct log_load *load, struct map_clause *clause,
                     struct alz_str text, struct log_place place);
/* check.c: what can only be said of a whole file. */
void map_check(struct log_load *load);
void map_free(struct map_mapping *mapping);

static inline bool map_has(const struct map_section *section,
                           enum map_field field)
{
    return section->fields[field].count > 0;
}

#endif
