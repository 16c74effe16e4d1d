/* rules.h - a rule file, read and checked. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALZ_LOG_RULES_H
#define ALZ_LOG_RULES_H

#include "shared.h"

enum {
    RULES_MAX = 256,
    RULES_STATES = 32,
    RULES_VARIABLES = 16,
    RULES_PAIRS = 16 /* of one rule */
};

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
    struct log_place status_place;
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

struct log_rules {
    struct alz_str file;
    struct alz_str name, title, framework, language;
    struct alz_str separator;
    struct log_time_style time;
    struct log_regex prefix;
    size_t max_line;
    uint32_t match_limit;
    enum alz_status eof_status;
    bool keep_ansi, latin1, parallel, late_suite, unmatched_output, arrival;
    bool late_class; /* the suite's name is the class of its tests */

    struct log_words words;
    struct log_rule *rules;
    size_t rule_count;
    struct log_samples *samples;
    struct alz_str states[RULES_STATES];
    size_t state_count;
    struct alz_str variables[RULES_VARIABLES];
    size_t variable_count;
};

/* ---- loading ---------------------------------------------------------- */

/* log_load.into is the struct log_rules (zeroed), log_load.part the rule in
 * hand. */
void log_rules_parse(struct log_load *load, struct alz_str text);
/* profile.c */
void log_key_profile(struct log_load *load, struct alz_str key,
                     struct alz_str value, struct log_place place);
/* keys.c */
void log_key_rule(struct log_load *load, struct alz_str key,
                  struct alz_str value, struct log_place place);
/* The state's number; -1: too many. */
int log_state_number(struct log_load *load, struct alz_str name,
                     struct log_place place);
/* fields.c */
extern const char *const log_field_names[FIELD_COUNT];
int log_field_find(struct alz_str name);
/* The groups of that name; false: there is none. */
bool log_groups_find(const struct log_regex *regex, struct alz_str name,
                     struct log_groups *ret);
void log_rule_groups(struct log_load *load, struct log_rule *rule);
/* groups.c: a template, for the groups of a regex (or NULL). */
void log_value_compile(struct log_load *load, struct log_value *value,
                       struct alz_str source, struct log_place place,
                       const struct log_regex *regex);
/* check.c: everything that can only be said of the whole file. */
void log_rules_check(struct log_load *load);
void log_rules_free(struct log_rules *rules);

#endif
