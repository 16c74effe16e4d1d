/* keys.c - the keys of [profile], [status] and [rule]. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "log.h"

/* ---- words ------------------------------------------------------------ */

static bool read_yes(struct log_load *load, struct alz_str value,
                     struct log_place place)
{
    if (!alz_str_is(value, "yes") && !alz_str_is(value, "no"))
        log_complain(load, place, "is yes or no, not", value);
    return alz_str_is(value, "yes");
}

/* The index of value in a list that ends with NULL; complains. */
static int read_word(struct log_load *load, const char *const *words,
                     struct alz_str value, struct log_place place)
{
    for (int i = 0; words[i]; i++)
        if (alz_str_is(value, words[i]))
            return i;
    log_complain(load, place, "no such value", value);
    return 0;
}

static uint64_t read_number(struct log_load *load, struct alz_str value,
                            uint64_t max, struct log_place place)
{
    uint64_t number = 0;

    if (!alz_number_parse(value, &number) || number < 1 || number > max)
        log_complain(load, place, "no such number", value);
    return number;
}

static void read_regex(struct log_load *load, struct log_regex *regex,
                       struct alz_str value, struct log_place place,
                       bool at_start)
{
    char room[256];
    size_t offset;
    const char *wrong;
    struct alz_text text = {0};

    log_regex_done(regex);
    *regex = (struct log_regex){.source = value, .place = place};
    wrong = value.len ? log_regex_compile(regex, at_start, room, sizeof(room),
                                          &offset)
                      : "an empty regular expression";
    if (!value.len)
        offset = 0;
    if (!wrong)
        return;
    place.column += offset;
    alz_text_add(&text, alz_str_from(wrong));
    log_complain(load, place, "regular expression", alz_text_str(&text));
    alz_text_done(&text);
}

static bool is_status_word(struct alz_str word, enum alz_status *ret)
{
    static const struct {
        const char *word;
        enum alz_status status;
    } words[] = {
        {"failed",  ALZ_FAILED },
        {"broken",  ALZ_BROKEN },
        {"unknown", ALZ_UNKNOWN},
        {"skipped", ALZ_SKIPPED},
        {"passed",  ALZ_PASSED },
    };

    for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
        if (alz_str_is(word, words[i].word)) {
            *ret = words[i].status;
            return true;
        }
    }
    return false;
}

/* ---- [profile] -------------------------------------------------------- */

static void set_zone(struct log_load *load, struct alz_str value,
                     struct log_place place)
{
    struct log_rules *rules = load->rules;
    const char *t = value.ptr;

    if (alz_str_is(value, "utc")) {
        rules->zone = LOG_ZONE_UTC;
    } else if (alz_str_is(value, "local")) {
        rules->zone = LOG_ZONE_LOCAL;
    } else if (value.len == 6 && (t[0] == '+' || t[0] == '-') && t[3] == ':' &&
               strspn(t + 1, "0123456789") == 2 &&
               strspn(t + 4, "0123456789") >= 2) {
        rules->zone = LOG_ZONE_FIXED;
        rules->zone_minutes = (t[1] - '0') * 600 + (t[2] - '0') * 60 +
                              (t[4] - '0') * 10 + (t[5] - '0');
        if (t[0] == '-')
            rules->zone_minutes = -rules->zone_minutes;
    } else {
        log_complain(load, place, "is utc, local or +hh:mm, not", value);
    }
}

static bool profile_texts(struct log_rules *rules, struct alz_str key,
                          struct alz_str value)
{
    const struct {
        const char *key;
        struct alz_str *target;
    } texts[] = {
        {"name",            &rules->name       },
        {"title",           &rules->title      },
        {"framework",       &rules->framework  },
        {"language",        &rules->language   },
        {"suite-separator", &rules->separator  },
        {"time-format",     &rules->time_format},
    };

    for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
        if (alz_str_is(key, texts[i].key)) {
            *texts[i].target = value;
            return true;
        }
    }
    return false;
}

static bool profile_choices(struct log_load *load, struct alz_str key,
                            struct alz_str value, struct log_place place)
{
    static const char *const unmatched[] = {"ignore", "output", NULL};
    static const char *const suites[] = {"early", "late", NULL};
    static const char *const classes[] = {"no", "suite", NULL};
    static const char *const ansi[] = {"strip", "keep", NULL};
    static const char *const encodings[] = {"utf-8", "latin-1", NULL};
    static const char *const starts[] = {"previous-end", "line-arrival", NULL};
    struct log_rules *rules = load->rules;
    const struct {
        const char *key;
        const char *const *words;
        bool *target;
    } choices[] = {
        {"unmatched",   unmatched, &rules->unmatched_output},
        {"suite-names", suites,    &rules->late_suite      },
        {"late-class",  classes,   &rules->late_class      },
        {"ansi",        ansi,      &rules->keep_ansi       },
        {"encoding",    encodings, &rules->latin1          },
        {"start-from",  starts,    &rules->arrival         },
    };

    for (size_t i = 0; i < sizeof(choices) / sizeof(*choices); i++) {
        if (alz_str_is(key, choices[i].key)) {
            *choices[i].target =
                read_word(load, choices[i].words, value, place) > 0;
            return true;
        }
    }
    return false;
}

void log_key_profile(struct log_load *load, struct alz_str key,
                     struct alz_str value, struct log_place place)
{
    struct log_rules *rules = load->rules;

    if (alz_str_is(key, "time-format") && !log_time_format_ok(value))
        log_complain(load, place, "no such time format", value);
    if (profile_texts(rules, key, value) ||
        profile_choices(load, key, value, place))
        return;
    if (alz_str_is(key, "prefix"))
        read_regex(load, &rules->prefix, value, place, true);
    else if (alz_str_is(key, "parallel"))
        rules->parallel = read_yes(load, value, place);
    else if (alz_str_is(key, "time-zone"))
        set_zone(load, value, place);
    else if (alz_str_is(key, "max-line"))
        rules->max_line = (size_t)read_number(load, value, 1 << 20, place);
    else if (alz_str_is(key, "match-limit"))
        rules->match_limit =
            (uint32_t)read_number(load, value, 1000000, place);
    else if (alz_str_is(key, "on-eof-open")) {
        if (!is_status_word(value, &rules->eof_status) ||
            rules->eof_status > ALZ_UNKNOWN)
            log_complain(load, place, "is broken, failed or unknown, not",
                         value);
    } else {
        log_complain(load, place, "no such key of [profile]", key);
    }
}

/* ---- [status] --------------------------------------------------------- */

void log_key_status(struct log_load *load, struct alz_str key,
                    struct alz_str value, struct log_place place)
{
    struct log_rules *rules = load->rules;
    struct log_word *word = &rules->words[rules->word_count];
    struct alz_str rest = value, part;

    if (rules->word_count == RULES_WORDS) {
        log_complain(load, place, "too many words", key);
        return;
    }
    *word = (struct log_word){key, ALZ_STATUS_NONE, 0};
    while (alz_str_split(&rest, ' ', &part)) {
        if (!part.len || is_status_word(part, &word->status))
            continue;
        if (alz_str_is(part, "known"))
            word->flags |= ALZ_KNOWN;
        else if (alz_str_is(part, "flaky"))
            word->flags |= ALZ_FLAKY;
        else
            log_complain(load, place, "no such status", part);
    }
    if (word->status == ALZ_STATUS_NONE)
        log_complain(load, place, "no status for", key);
    rules->word_count++;
}

/* ---- [rule] ----------------------------------------------------------- */

int log_state_number(struct log_load *load, struct alz_str name,
                     struct log_place place)
{
    struct log_rules *rules = load->rules;

    for (size_t i = 0; i < rules->state_count; i++)
        if (alz_str_equal(rules->states[i], name))
            return (int)i;
    if (rules->state_count == RULES_STATES) {
        log_complain(load, place, "too many states", name);
        return -1;
    }
    rules->states[rules->state_count] = name;
    return (int)rules->state_count++;
}

static void set_states(struct log_load *load, struct alz_str value,
                       struct log_place place)
{
    struct alz_str part;
    int number;

    if (alz_str_is(value, "*"))
        return;
    while (alz_str_split(&value, ',', &part)) {
        number = log_state_number(load, alz_str_trim(part), place);
        if (number >= 0)
            load->rule->states |= 1u << number;
    }
}

static void set_variable(struct log_load *load, struct alz_str name,
                         struct alz_str value, struct log_place place)
{
    struct log_rules *rules = load->rules;
    struct log_rule *rule = load->rule;
    struct log_set *set;
    size_t i = 0;

    while (i < rules->variable_count &&
           !alz_str_equal(rules->variables[i], name))
        i++;
    if (i == RULES_VARIABLES || rule->set_count == RULES_VARIABLES) {
        log_complain(load, place, "too many variables", name);
        return;
    }
    if (i == rules->variable_count)
        rules->variables[rules->variable_count++] = name;
    set = &rule->sets[rule->set_count++];
    set->variable = i;
    log_value_compile(load, &set->value, value, place, &rule->match);
}

static void set_pair(struct log_load *load, enum alz_pair_kind kind,
                     struct alz_str name, struct alz_str value,
                     struct log_place place)
{
    struct log_rule *rule = load->rule;
    struct log_pair *pair;

    if (rule->pair_count == RULES_PAIRS) {
        log_complain(load, place, "too many pairs", name);
        return;
    }
    pair = &rule->pairs[rule->pair_count++];
    pair->kind = kind;
    pair->name = name;
    log_value_compile(load, &pair->value, value, place, &rule->match);
}

static bool rule_switches(struct log_load *load, struct alz_str key,
                          struct alz_str value, struct log_place place)
{
    struct log_rule *rule = load->rule;
    const struct {
        const char *key;
        bool *target;
    } switches[] = {
        {"continue",          &rule->go_on    },
        {"consume",           &rule->consume  },
        {"dedent",            &rule->dedent   },
        {"require-known-key", &rule->known_key},
        {"required",          &rule->required },
        {"sum",               &rule->sum      },
    };

    for (size_t i = 0; i < sizeof(switches) / sizeof(*switches); i++) {
        if (alz_str_is(key, switches[i].key)) {
            *switches[i].target = read_yes(load, value, place);
            return true;
        }
    }
    return false;
}

static bool rule_words(struct log_load *load, struct alz_str key,
                       struct alz_str value, struct log_place place)
{
    static const char *const keeps[] = {"all", "first", "last", NULL};
    static const char *const twice[] = {"number", "merge", "retry", NULL};
    struct log_rule *rule = load->rule;

    if (alz_str_is(key, "keep"))
        rule->keep = (enum log_keep)read_word(load, keeps, value, place);
    else if (alz_str_is(key, "on-duplicate"))
        rule->duplicate =
            (enum log_duplicate)read_word(load, twice, value, place);
    else if (alz_str_is(key, "max-lines"))
        rule->max_lines = (size_t)read_number(load, value, 100000, place);
    else
        return false;
    return true;
}

static void set_event(struct log_load *load, struct alz_str value,
                      struct log_place place)
{
    load->rule->event = log_event_find(value);
    load->rule->event_name = value;
    if (!load->rule->event)
        log_complain(load, place, "no such event", value);
}

static bool rule_parts(struct log_load *load, struct alz_str key,
                       struct alz_str value, struct log_place place)
{
    struct log_rule *rule = load->rule;

    if (alz_str_is(key, "match"))
        read_regex(load, &rule->match, value, place, false);
    else if (alz_str_is(key, "until"))
        read_regex(load, &rule->until, value, place, false);
    else if (alz_str_is(key, "while"))
        read_regex(load, &rule->while_, value, place, false);
    else if (alz_str_is(key, "event"))
        set_event(load, value, place);
    else if (alz_str_is(key, "in"))
        set_states(load, value, place);
    else if (alz_str_is(key, "goto"))
        rule->go_to = log_state_number(load, value, place);
    else if (alz_str_is(key, "inside")) {
        rule->inside_name = value;
        rule->inside_place = place;
    } else if (alz_str_is(key, "into"))
        rule->into = value;
    else
        return false;
    return true;
}

void log_key_rule(struct log_load *load, struct alz_str key,
                  struct alz_str value, struct log_place place)
{
    struct log_rule *rule = load->rule;
    int field = log_field_find(key);
    enum alz_pair_kind kind;
    struct alz_str name;

    if (rule_parts(load, key, value, place) ||
        rule_words(load, key, value, place) ||
        rule_switches(load, key, value, place))
        return;
    if (alz_str_is(key, "duration-unit")) {
        rule->duration_unit = value;
        if (!log_unit_ok(value))
            log_complain(load, place, "no such unit", value);
    } else if (alz_str_starts(key, "set ")) {
        set_variable(load, alz_str_trim(alz_str_from_offset(key, 4)), value,
                     place);
    } else if (field >= 0) {
        log_value_compile(load, &rule->fields[field], value, place,
                          &rule->match);
    } else if (log_pair_find(key, &kind, &name)) {
        set_pair(load, kind, name, value, place);
    } else {
        log_complain(load, place, "no such key of a rule", key);
    }
}
