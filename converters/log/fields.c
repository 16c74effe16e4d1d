/* fields.c - names that groups and keys of a rule may have. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "rules.h"

#include <stdlib.h>

const char *const log_field_names[FIELD_COUNT] = {
    [FIELD_SUITE] = "suite",
    [FIELD_CLASS] = "class",
    [FIELD_NAME] = "name",
    [FIELD_FULL_NAME] = "full_name",
    [FIELD_ID] = "id",
    [FIELD_STATUS] = "status",
    [FIELD_MESSAGE] = "message",
    [FIELD_TRACE] = "trace",
    [FIELD_EXPECTED] = "expected",
    [FIELD_ACTUAL] = "actual",
    [FIELD_DESCRIPTION] = "description",
    [FIELD_HOST] = "host",
    [FIELD_THREAD] = "thread",
    [FIELD_FILE] = "file",
    [FIELD_LINE] = "line",
    [FIELD_DURATION] = "duration",
    [FIELD_DURATION_UNIT] = "duration_unit",
    [FIELD_TIMESTAMP] = "timestamp",
    [FIELD_START] = "start",
    [FIELD_STOP] = "stop",
    [FIELD_TOTAL] = "total",
    [FIELD_PASSED] = "passed",
    [FIELD_FAILED] = "failed",
    [FIELD_SKIPPED] = "skipped",
    [FIELD_ERRORS] = "errors",
    [FIELD_ATTACHMENT] = "attachment",
    [FIELD_MIME] = "mime",
    [FIELD_STEP] = "step",
    [FIELD_RETRY] = "retry",
    [FIELD_REASON] = "reason",
    [FIELD_INDENT] = "indent",
    [FIELD_OUTPUT] = "output",
    [FIELD_KEY] = "key",
};

int log_field_find(struct alz_str name)
{
    for (int i = 0; i < FIELD_COUNT; i++)
        if (alz_str_is(name, log_field_names[i]))
            return i;
    return -1;
}

/* ---- groups of a regular expression ----------------------------------- */

struct names {
    const uint8_t *table;
    uint32_t count, size;
};

static struct names names_of(const struct log_regex *regex)
{
    struct names names = {NULL, 0, 0};

    if (!regex || !regex->code)
        return names;
    pcre2_pattern_info(regex->code, PCRE2_INFO_NAMECOUNT, &names.count);
    pcre2_pattern_info(regex->code, PCRE2_INFO_NAMEENTRYSIZE, &names.size);
    pcre2_pattern_info(regex->code, PCRE2_INFO_NAMETABLE, &names.table);
    return names;
}

static struct alz_str name_at(const struct names *names, uint32_t i)
{
    return alz_str_from((const char *)names->table + i * names->size + 2);
}

bool log_groups_find(const struct log_regex *regex, struct alz_str name,
                     struct log_groups *ret)
{
    struct names names = names_of(regex);
    const uint8_t *entry;

    *ret = (struct log_groups){{0}, 0};
    for (uint32_t i = 0; i < names.count; i++) {
        entry = names.table + i * names.size;
        if (alz_str_equal(name_at(&names, i), name) &&
            ret->count < RULES_GROUPS)
            ret->numbers[ret->count++] =
                (uint32_t)entry[0] << 8 | (uint32_t)entry[1];
    }
    return ret->count > 0;
}

static bool set_group(struct log_load *load, struct log_value *value,
                      const struct log_groups *groups)
{
    value->pieces = calloc(1, sizeof(*value->pieces));
    if (!value->pieces) {
        load->no_memory = true;
        return false;
    }
    value->count = 1;
    value->pieces[0].kind = PIECE_GROUP;
    value->pieces[0].groups = *groups;
    return true;
}

/* Groups of the author's own begin with "x_": only templates use them. */
static void take_group(struct log_load *load, struct log_rule *rule,
                       struct alz_str name)
{
    int field = log_field_find(name);
    struct log_groups groups;
    enum alz_pair_kind kind;
    struct alz_str rest;
    struct log_pair *pair;

    log_groups_find(&rule->match, name, &groups);
    if (field >= 0) {
        set_group(load, &rule->fields[field], &groups);
    } else if (log_pair_find(name, &kind, &rest)) {
        if (rule->pair_count == RULES_PAIRS) {
            log_complain(load, rule->match.place, "too many pairs", name);
            return;
        }
        pair = &rule->pairs[rule->pair_count++];
        pair->kind = kind;
        pair->name = rest;
        set_group(load, &pair->value, &groups);
    } else if (!alz_str_starts(name, "x_")) {
        log_complain(load, rule->match.place,
                     "no such group (names of your own begin with x_)", name);
    }
}

void log_rule_groups(struct log_load *load, struct log_rule *rule)
{
    struct names names = names_of(&rule->match);

    for (uint32_t i = 0; i < names.count; i++)
        if (i == 0 ||
            !alz_str_equal(name_at(&names, i), name_at(&names, i - 1)))
            take_group(load, rule, name_at(&names, i));
}
