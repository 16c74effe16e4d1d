/* check.c - what can only be said of a whole rule file; freeing it. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "log.h"

#include <stdlib.h>

static bool says(const struct log_rule *rule, enum log_field field)
{
    return rule->fields[field].count > 0;
}

/* The only rules that may take a line in which nothing stands. */
static bool may_be_empty(const struct log_rule *rule)
{
    static const char *const events[] = {"ignore", "state", "output"};

    for (size_t i = 0; i < sizeof(events) / sizeof(*events); i++)
        if (alz_str_is(rule->event_name, events[i]))
            return true;
    return false;
}

static void check_block(struct log_load *load, const struct log_rule *rule)
{
    static const char *const targets[] = {"trace",       "message",  "stdout",
                                          "stderr",      "expected", "actual",
                                          "description", NULL};
    size_t i = 0;

    if (!rule->into.len) {
        log_complain(load, rule->place, "a block says into what", rule->name);
        return;
    }
    while (targets[i] && !alz_str_is(rule->into, targets[i]))
        i++;
    if (!targets[i])
        log_complain(load, rule->place, "a block cannot go into", rule->into);
    if (!rule->until.code && !rule->while_.code)
        log_complain(load, rule->place, "a block has until or while",
                     rule->name);
}

/* "status = OK": no other word will ever stand there. */
static void check_status(struct log_load *load, const struct log_rule *rule)
{
    const struct log_rules *rules = load->into;
    const struct log_value *status = &rule->fields[FIELD_STATUS];

    if (!status->count)
        return;
    if (status->count == 1 && status->pieces[0].kind == PIECE_TEXT) {
        if (!log_words_find(&rules->words, status->pieces[0].text))
            log_complain(load, rule->status_place, "no such status",
                         status->pieces[0].text);
    } else if (!rules->words.count && status->pieces[0].kind != PIECE_TEXT) {
        log_complain(load, rule->place,
                     "a group \"status\" needs a [status] section", rule->name);
    }
}

static void check_event(struct log_load *load, const struct log_rule *rule)
{
    bool named = says(rule, FIELD_NAME) || says(rule, FIELD_KEY);

    if (!rule->event)
        return;
    if (rule->event->names && !named)
        log_complain(load, rule->place,
                     "this event needs a name: a group or key \"name\"",
                     rule->event_name);
    if (!may_be_empty(rule) && log_regex_matches_empty(&rule->match))
        log_complain(load, rule->match.place,
                     "matches an empty line, so any line", rule->match.source);
    check_status(load, rule);
    if (alz_str_is(rule->event_name, "block"))
        check_block(load, rule);
}

static bool is_reached(const struct log_rules *rules, uint32_t states)
{
    uint32_t reached = 1;

    for (size_t i = 0; i < rules->rule_count; i++)
        if (rules->rules[i].go_to >= 0)
            reached |= 1u << rules->rules[i].go_to;
    return (states & reached) != 0;
}

static void resolve_inside(struct log_load *load, struct log_rule *rule)
{
    struct log_rules *rules = load->into;

    if (!rule->inside_name.len)
        return;
    for (size_t i = 0; i < rules->rule_count; i++)
        if (alz_str_equal(rules->rules[i].name, rule->inside_name) &&
            alz_str_is(rules->rules[i].event_name, "block"))
            rule->inside = &rules->rules[i];
    if (!rule->inside)
        log_complain(load, rule->inside_place, "no block rule of the name",
                     rule->inside_name);
}

static void check_rule(struct log_load *load, struct log_rule *rule)
{
    if (!rule->match.source.ptr)
        log_complain(load, rule->place, "a rule needs a match", rule->name);
    if (!rule->event_name.len)
        log_complain(load, rule->place, "a rule needs an event", rule->name);
    resolve_inside(load, rule);
    if (rule->match.code)
        check_event(load, rule);
    if (rule->states && !is_reached(load->into, rule->states))
        log_complain(load, rule->place, "no rule goes to a state of this one",
                     rule->name);
}

void log_rules_check(struct log_load *load)
{
    struct log_rules *rules = load->into;
    struct log_place top = {1, 1};
    bool ends = false;

    for (size_t i = 0; i < rules->rule_count; i++) {
        check_rule(load, &rules->rules[i]);
        ends |= rules->rules[i].event && rules->rules[i].event->ends;
    }
    if (!rules->rule_count && !load->errors)
        log_complain(load, top, "there is no [rule]", ALZ_STR(""));
    if (!ends && !load->errors)
        log_complain(load, top, "no rule ends a test", ALZ_STR(""));
    if (!rules->samples->count && !load->errors)
        log_complain(load, top, "there is no [sample]", ALZ_STR(""));
}

/* ---- freeing ---------------------------------------------------------- */

static void free_rule(struct log_rule *rule)
{
    log_regex_done(&rule->match);
    log_regex_done(&rule->until);
    log_regex_done(&rule->while_);
    for (size_t i = 0; i < FIELD_COUNT; i++)
        free(rule->fields[i].pieces);
    for (size_t i = 0; i < rule->pair_count; i++)
        free(rule->pairs[i].value.pieces);
    for (size_t i = 0; i < rule->set_count; i++)
        free(rule->sets[i].value.pieces);
}

void log_rules_free(struct log_rules *rules)
{
    if (!rules)
        return;
    for (size_t i = 0; rules->rules && i < rules->rule_count; i++)
        free_rule(&rules->rules[i]);
    log_regex_done(&rules->prefix);
    free(rules->rules);
    free(rules->samples);
    free(rules);
}
