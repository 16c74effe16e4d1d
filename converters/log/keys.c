/* keys.c - the keys of [rule]. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "log.h"

int log_state_number(struct log_load *load, struct alz_str name,
                     struct log_place place)
{
    struct log_rules *rules = load->into;

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
    struct log_rule *rule = load->part;
    struct alz_str part;
    int number;

    if (alz_str_is(value, "*"))
        return;
    while (alz_str_split(&value, ',', &part)) {
        number = log_state_number(load, alz_str_trim(part), place);
        if (number >= 0)
            rule->states |= 1u << number;
    }
}

static void set_variable(struct log_load *load, struct alz_str name,
                         struct alz_str value, struct log_place place)
{
    struct log_rules *rules = load->into;
    struct log_rule *rule = load->part;
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
    struct log_rule *rule = load->part;
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
    struct log_rule *rule = load->part;
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
            *switches[i].target = log_read_yes(load, value, place);
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
    struct log_rule *rule = load->part;

    if (alz_str_is(key, "keep"))
        rule->keep = (enum log_keep)log_read_word(load, keeps, value, place);
    else if (alz_str_is(key, "on-duplicate"))
        rule->duplicate =
            (enum log_duplicate)log_read_word(load, twice, value, place);
    else if (alz_str_is(key, "max-lines"))
        rule->max_lines = (size_t)log_read_number(load, value, 100000, place);
    else
        return false;
    return true;
}

static void set_event(struct log_load *load, struct alz_str value,
                      struct log_place place)
{
    struct log_rule *rule = load->part;

    if (rule->event_name.ptr)
        log_complain(load, place, "a rule has one event, not also", value);
    rule->event = log_event_find(value);
    rule->event_name = value;
    if (!rule->event)
        log_complain(load, place, "no such event", value);
}

static bool rule_parts(struct log_load *load, struct alz_str key,
                       struct alz_str value, struct log_place place)
{
    struct log_rule *rule = load->part;

    if (alz_str_is(key, "match") && rule->match.source.ptr) {
        log_complain_key(load, place, "is there already in this rule", key,
                         value);
    } else if (alz_str_is(key, "match")) {
        log_read_regex(load, &rule->match, value, place, false);
        if (rule->match.code)
            log_rule_groups(load, rule);
    } else if (alz_str_is(key, "until"))
        log_read_regex(load, &rule->until, value, place, false);
    else if (alz_str_is(key, "while"))
        log_read_regex(load, &rule->while_, value, place, false);
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
    struct log_rule *rule = load->part;
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
        if (field == FIELD_STATUS)
            rule->status_place = place;
        log_value_compile(load, &rule->fields[field], value, place,
                          &rule->match);
    } else if (log_pair_find(key, &kind, &name)) {
        set_pair(load, kind, name, value, place);
    } else {
        log_complain_key(load, place, "no such key of a rule", key, value);
    }
}
