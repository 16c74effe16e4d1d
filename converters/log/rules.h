/* rules.h - a rule file, read and checked. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALZ_LOG_RULES_H
#define ALZ_LOG_RULES_H

#define PCRE2_CODE_UNIT_WIDTH 8
#include <allurize/read.h>

#include <pcre2.h>

enum {
    RULES_MAX = 256,
    RULES_STATES = 32,
    RULES_VARIABLES = 16,
    RULES_PAIRS = 16, /* of one rule */
    RULES_WORDS = 64, /* of [status] */
    RULES_SAMPLES = 256,
    RULES_GROUPS = 4, /* of the same name */
    RULES_PIECES = 16
};

/* A place in the rule file; both count from 1. */
struct log_place {
    size_t line, column;
};

/* ---- regular expressions (regex.c) ------------------------------------ */

/* What all regular expressions of a file share while lines are matched. */
struct log_matcher {
    pcre2_match_context *context;
    pcre2_jit_stack *stack;
    uint32_t steps; /* callouts of the match in hand */
};

struct log_regex {
    struct alz_str source;
    struct log_place place;
    pcre2_code *code; /* NULL: there is none */
    pcre2_match_data *match;
    struct alz_str literal; /* is in every match; "" when none is known */
    uint8_t first[32];      /* bytes that a match at the start may begin with */
    bool has_first;
    bool anchored;
    unsigned limits; /* how often a limit was hit */
    bool off;        /* too often */
};

enum log_match { LOG_MATCH_NO, LOG_MATCH_YES, LOG_MATCH_LIMIT };

int log_matcher_init(struct log_matcher *matcher, uint32_t match_limit);
void log_matcher_done(struct log_matcher *matcher);
/* NULL, or what is wrong with source; *ret_offset is where. */
const char *log_regex_compile(struct log_regex *regex, bool at_start,
                              char *room, size_t room_size, size_t *ret_offset);
enum log_match log_regex_match(struct log_matcher *matcher,
                               struct log_regex *regex, struct alz_str text);
/* The group's text in the last match; ptr NULL when it took no part. */
struct alz_str log_regex_group(const struct log_regex *regex,
                               struct alz_str text, uint32_t number);
/* The longest start of text that could still become a match. */
size_t log_regex_reach(const struct log_regex *regex, struct alz_str text);
bool log_regex_matches_empty(const struct log_regex *regex);
void log_regex_done(struct log_regex *regex);

/* ---- values ----------------------------------------------------------- */

enum log_field {
    FIELD_SUITE,
    FIELD_CLASS,
    FIELD_NAME,
    FIELD_FULL_NAME,
    FIELD_ID,
    FIELD_STATUS,
    FIELD_MESSAGE,
    FIELD_TRACE,
    FIELD_EXPECTED,
    FIELD_ACTUAL,
    FIELD_DESCRIPTION,
    FIELD_HOST,
    FIELD_THREAD,
    FIELD_FILE,
    FIELD_LINE,
    FIELD_DURATION,
    FIELD_DURATION_UNIT,
    FIELD_TIMESTAMP,
    FIELD_START,
    FIELD_STOP,
    FIELD_TOTAL,
    FIELD_PASSED,
    FIELD_FAILED,
    FIELD_SKIPPED,
    FIELD_ERRORS,
    FIELD_ATTACHMENT,
    FIELD_MIME,
    FIELD_STEP,
    FIELD_RETRY,
    FIELD_REASON,
    FIELD_INDENT,
    FIELD_OUTPUT,
    FIELD_KEY,
    FIELD_COUNT
};

struct log_groups {
    uint32_t numbers[RULES_GROUPS];
    size_t count;
};

enum log_piece_kind { PIECE_TEXT, PIECE_GROUP, PIECE_VARIABLE };

struct log_piece {
    enum log_piece_kind kind;
    struct alz_str text; /* PIECE_TEXT */
    struct log_groups groups;
    size_t variable;
    struct alz_str filters;  /* "lower|replace:a:b" */
    struct alz_str fallback; /* of ":-" */
};

struct log_value {
    struct log_piece *pieces; /* owned */
    size_t count;
};

struct log_pair {
    enum alz_pair_kind kind;
    struct alz_str name;
    struct log_value value;
};

/* ---- rules ------------------------------------------------------------ */

enum log_duplicate { LOG_NUMBER, LOG_MERGE, LOG_RETRY };
enum log_keep { LOG_KEEP_ALL, LOG_KEEP_FIRST, LOG_KEEP_LAST };

struct log_set {
    size_t variable;
    struct log_value value;
};

struct log_event;

struct log_rule {
    struct alz_str name;
    struct log_place place;
    struct log_regex match, until, while_;
    const struct log_event *event;
    struct alz_str event_name;
    struct log_value fields[FIELD_COUNT];
    struct log_pair pairs[RULES_PAIRS];
    size_t pair_count;
    struct log_set sets[RULES_VARIABLES];
    size_t set_count;
    uint32_t states; /* bits; 0: all */
    int go_to;       /* -1: stays */
    const struct log_rule *inside;
    struct alz_str inside_name;
    struct log_place inside_place;
    struct alz_str into;
    struct alz_str duration_unit;
    size_t max_lines;
    enum log_duplicate duplicate;
    enum log_keep keep;
    bool go_on; /* continue = yes */
    bool consume, dedent, known_key, required, sum;
};

struct log_word {
    struct alz_str word;
    enum alz_status status;
    unsigned flags;
};

struct log_sample {
    struct log_place place;
    struct alz_str text; /* of the section, lines of it follow its head */
};

enum log_zone { LOG_ZONE_AUTO, LOG_ZONE_UTC, LOG_ZONE_LOCAL, LOG_ZONE_FIXED };

struct log_rules {
    struct alz_str file;
    struct alz_str name, title, framework, language;
    struct alz_str time_format, separator;
    enum log_zone zone;
    int zone_minutes;
    struct log_regex prefix;
    size_t max_line;
    uint32_t match_limit;
    enum alz_status eof_status;
    bool keep_ansi, latin1, parallel, late_suite, unmatched_output, arrival;
    bool late_class; /* the suite's name is the class of its tests */

    struct log_word words[RULES_WORDS];
    size_t word_count;
    struct log_rule *rules;
    size_t rule_count;
    struct log_sample *samples;
    size_t sample_count;
    struct alz_str states[RULES_STATES];
    size_t state_count;
    struct alz_str variables[RULES_VARIABLES];
    size_t variable_count;
};

/* ---- loading ---------------------------------------------------------- */

/* What is wrong is told as it is found. */
struct log_load {
    struct log_rules *rules;
    void (*complain)(void *ctx, struct log_place place, struct alz_str what);
    void *ctx;
    size_t errors;
    bool no_memory;
    /* What the parser is in. */
    struct log_rule *rule;
    int section;
};

/* "what: detail" at a place. */
void log_complain(struct log_load *load, struct log_place place,
                  const char *what, struct alz_str detail);

/* parse.c: the text of a file into load->rules (zeroed); borrowed by them. */
void log_rules_parse(struct log_load *load, struct alz_str text);
/* profile.c; what is wrong with a value is said. */
bool log_read_yes(struct log_load *load, struct alz_str value,
                  struct log_place place);
/* The index of value in a list that ends with NULL. */
int log_read_word(struct log_load *load, const char *const *words,
                  struct alz_str value, struct log_place place);
uint64_t log_read_number(struct log_load *load, struct alz_str value,
                         uint64_t max, struct log_place place);
void log_read_regex(struct log_load *load, struct log_regex *regex,
                    struct alz_str value, struct log_place place,
                    bool at_start);
/* "failed"; false, and nothing said: it is none. */
bool log_read_status(struct alz_str word, enum alz_status *ret);
void log_key_profile(struct log_load *load, struct alz_str key,
                     struct alz_str value, struct log_place place);
/* keys.c */
void log_key_status(struct log_load *load, struct alz_str key,
                    struct alz_str value, struct log_place place);
void log_key_rule(struct log_load *load, struct alz_str key,
                  struct alz_str value, struct log_place place);
/* The state's number; -1: too many. */
int log_state_number(struct log_load *load, struct alz_str name,
                     struct log_place place);
/* fields.c */
extern const char *const log_field_names[FIELD_COUNT];
int log_field_find(struct alz_str name);
/* "param_x", "xparam_x", "label_x", "link_x": its kind and the x of it. */
bool log_pair_find(struct alz_str name, enum alz_pair_kind *ret_kind,
                   struct alz_str *ret_name);
/* The groups of that name; false: there is none. */
bool log_groups_find(const struct log_regex *regex, struct alz_str name,
                     struct log_groups *ret);
void log_rule_groups(struct log_load *load, struct log_rule *rule);
/* value.c: a template, for the groups of a regex (or NULL). */
void log_value_compile(struct log_load *load, struct log_value *value,
                       struct alz_str source, struct log_place place,
                       const struct log_regex *regex);
/* check.c: everything that can only be said of the whole file. */
void log_rules_check(struct log_load *load);
void log_rules_free(struct log_rules *rules);

/* ---- time (clock.c, span.c) ------------------------------------------- */

struct log_clock {
    int64_t last_ms; /* of times that name no day */
    int64_t day_ms;
    bool running;
};

/* LOG_NO_TIME: it does not fit the file's format. */
int64_t log_time_read(struct log_clock *clock, const struct log_rules *rules,
                      struct alz_str text, const struct alz_input *in);
/* A time format has nothing unknown in it. */
bool log_time_format_ok(struct alz_str format);
/* "12", "1.5s", "1m30s", "00:01:02.5", "< 1 ms" to ms; -1: it is none. */
int64_t log_span_read(struct alz_str text, struct alz_str unit);
bool log_unit_ok(struct alz_str unit);

#endif
