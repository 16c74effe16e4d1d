/* sections.c - the sections of a rule file for logs. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "rules.h"

#include <stdlib.h>

static void key_status(struct log_load *load, struct alz_str key,
                       struct alz_str value, struct log_place place)
{
    struct log_rules *rules = load->into;

    log_words_read(load, &rules->words, key, value, place);
}

static void begin_rule(struct log_load *load, struct alz_str name,
                       struct log_place place)
{
    struct log_rules *rules = load->into;
    struct log_rule *rule = &rules->rules[rules->rule_count];

    if (rules->rule_count == RULES_MAX) {
        log_complain(load, place, "too many rules", name);
        return;
    }
    for (size_t i = 0; i < rules->rule_count; i++)
        if (alz_str_equal(rules->rules[i].name, name))
            log_complain(load, place, "a second rule of the name", name);
    rules->rule_count++;
    rule->name = name;
    rule->place = place;
    rule->go_to = -1;
    rule->max_lines = 10000;
    load->part = rule;
}

/* The regular expression first: the other keys may name its groups. */
static const struct log_section sections[] = {
    {"profile", false, NULL,    NULL,       log_key_profile},
    {"status",  false, NULL,    NULL,       key_status     },
    {"rule",    true,  "match", begin_rule, log_key_rule   },
    {NULL,      false, NULL,    NULL,       NULL           },
};

void log_rules_parse(struct log_load *load, struct alz_str text)
{
    struct log_rules *rules = load->into;

    rules->max_line = 65536;
    rules->match_limit = 100000;
    rules->eof_status = ALZ_BROKEN;
    rules->states[0] = ALZ_STR("idle");
    rules->state_count = 1;
    rules->rules = calloc(RULES_MAX, sizeof(*rules->rules));
    rules->samples = calloc(1, sizeof(*rules->samples));
    load->no_memory = !rules->rules || !rules->samples;
    load->sections = sections;
    load->samples = rules->samples;
    if (!load->no_memory)
        log_parse(load, text);
}
