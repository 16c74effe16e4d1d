/* parse.c - the sections and lines of a rule file. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "rules.h"

#include <stdlib.h>

enum {
    SECTION_NONE,
    SECTION_PROFILE,
    SECTION_STATUS,
    SECTION_RULE,
    SECTION_SAMPLE,
    SECTION_BAD
};

enum { ENTRIES_MAX = 64 };

struct entry {
    struct alz_str key, value;
    struct log_place place;
};

struct parser {
    struct log_load *load;
    struct entry entries[ENTRIES_MAX]; /* of the rule in hand */
    size_t entry_count;
    size_t line;
};

void log_complain(struct log_load *load, struct log_place place,
                  const char *what, struct alz_str detail)
{
    struct alz_text text = {0};

    load->errors++;
    alz_text_add(&text, alz_str_from(what));
    if (detail.len) {
        alz_text_add(&text, ALZ_STR(": "));
        alz_text_add(&text, detail);
    }
    load->complain(load->ctx, place, alz_text_str(&text));
    alz_text_done(&text);
}

/* ---- a rule ----------------------------------------------------------- */

/* The regular expression first: the other keys may name its groups. */
static void finish_rule(struct parser *parser)
{
    struct log_load *load = parser->load;
    struct log_rule *rule = load->rule;

    if (!rule)
        return;
    for (int round = 0; round < 2; round++) {
        for (size_t i = 0; i < parser->entry_count; i++) {
            struct entry *entry = &parser->entries[i];

            if (alz_str_is(entry->key, "match") == (round == 0))
                log_key_rule(load, entry->key, entry->value, entry->place);
        }
        if (round == 0 && rule->match.code)
            log_rule_groups(load, rule);
    }
    parser->entry_count = 0;
    load->rule = NULL;
}

static void begin_rule(struct parser *parser, struct alz_str name,
                       struct log_place place)
{
    struct log_load *load = parser->load;
    struct log_rules *rules = load->rules;
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
    load->rule = rule;
}

/* ---- lines ------------------------------------------------------------ */

static struct alz_str trim_end(struct alz_str text)
{
    while (text.len &&
           (text.ptr[text.len - 1] == ' ' || text.ptr[text.len - 1] == '\t' ||
            text.ptr[text.len - 1] == '\r'))
        text.len--;
    return text;
}

static bool is_raw(struct alz_str key)
{
    static const char *const keys[] = {"match", "until", "while", "prefix"};

    for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++)
        if (alz_str_is(key, keys[i]))
            return true;
    return false;
}

/* "value   # remark": two blanks and a blank behind make it one. */
static struct alz_str cut_remark(struct alz_str value)
{
    size_t at = alz_str_find(value, "  # ");

    if (at != SIZE_MAX)
        value.len = at;
    return trim_end(value);
}

static void take_entry(struct parser *parser, struct alz_str line)
{
    struct log_load *load = parser->load;
    const char *equals = memchr(line.ptr, '=', line.len);
    struct log_place place = {parser->line, 1};
    struct alz_str key, value;

    if (!equals) {
        log_complain(load, place, "expected \"key = value\"", line);
        return;
    }
    key = alz_str_trim((struct alz_str){line.ptr, (size_t)(equals - line.ptr)});
    value = alz_str_from_offset(line, (size_t)(equals - line.ptr) + 1);
    while (value.len && (*value.ptr == ' ' || *value.ptr == '\t'))
        value = alz_str_from_offset(value, 1);
    if (!is_raw(key))
        value = cut_remark(value);
    place.column = (size_t)(value.ptr - line.ptr) + 1;
    if (load->section == SECTION_PROFILE)
        log_key_profile(load, key, value, place);
    else if (load->section == SECTION_STATUS)
        log_key_status(load, key, value, place);
    else if (load->section == SECTION_RULE && load->rule) {
        if (parser->entry_count == ENTRIES_MAX)
            log_complain(load, place, "too many keys in this rule", key);
        else
            parser->entries[parser->entry_count++] =
                (struct entry){key, value, place};
    } else if (load->section == SECTION_NONE) {
        log_complain(load, place, "before the first [section]", key);
    }
}

/* "[rule result]": the word and the name. */
static bool split_head(struct alz_str line, struct alz_str *word,
                       struct alz_str *name)
{
    const char *blank;

    if (line.len < 3 || line.ptr[0] != '[' || line.ptr[line.len - 1] != ']')
        return false;
    *word = alz_str_trim((struct alz_str){line.ptr + 1, line.len - 2});
    *name = ALZ_STR("");
    blank = memchr(word->ptr, ' ', word->len);
    if (blank) {
        *name = alz_str_trim(
            alz_str_from_offset(*word, (size_t)(blank - word->ptr)));
        word->len = (size_t)(blank - word->ptr);
    }
    return true;
}

static void take_head(struct parser *parser, struct alz_str line)
{
    struct log_load *load = parser->load;
    struct log_rules *rules = load->rules;
    struct log_place place = {parser->line, 1};
    struct alz_str word, name;

    finish_rule(parser);
    load->section = SECTION_BAD;
    if (!split_head(line, &word, &name)) {
        log_complain(load, place, "not a [section]", line);
    } else if (alz_str_is(word, "profile")) {
        load->section = SECTION_PROFILE;
    } else if (alz_str_is(word, "status")) {
        load->section = SECTION_STATUS;
    } else if (alz_str_is(word, "rule") && name.len) {
        load->section = SECTION_RULE;
        begin_rule(parser, name, place);
    } else if (alz_str_is(word, "rule")) {
        log_complain(load, place, "a rule needs a name", line);
    } else if (alz_str_is(word, "sample")) {
        load->section = SECTION_SAMPLE;
        if (rules->sample_count == RULES_SAMPLES)
            log_complain(load, place, "too many samples", line);
        else
            rules->samples[rules->sample_count++] = (struct log_sample){
                place, {NULL, 0}
            };
    } else {
        log_complain(load, place, "no such section", line);
    }
}

/* "|line" of a log, "=> result", "=+ fact"; samples.c reads them again. */
static void take_sample(struct parser *parser, struct alz_str line)
{
    struct log_rules *rules = parser->load->rules;
    struct log_sample *sample;

    if (*line.ptr != '|' && !alz_str_starts(line, "=> ") &&
        !alz_str_starts(line, "=+ ")) {
        log_complain(parser->load, (struct log_place){parser->line, 1},
                     "a line of a sample begins with \"|\", \"=> \" or "
                     "\"=+ \"",
                     line);
        return;
    }
    if (!rules->sample_count)
        return;
    sample = &rules->samples[rules->sample_count - 1];
    if (!sample->text.ptr)
        sample->text = line;
    sample->text.len = (size_t)(line.ptr + line.len - sample->text.ptr);
}

static void take_line(struct parser *parser, struct alz_str line)
{
    bool sample = parser->load->section == SECTION_SAMPLE;

    if (line.len && *line.ptr == '|' && sample) {
        take_sample(parser, line);
        return;
    }
    line = trim_end(line);
    if (!line.len || *line.ptr == '#' || *line.ptr == ';')
        return;
    if (*line.ptr == '[')
        take_head(parser, line);
    else if (sample)
        take_sample(parser, line);
    else
        take_entry(parser, line);
}

void log_rules_parse(struct log_load *load, struct alz_str text)
{
    struct parser parser = {.load = load};
    struct log_rules *rules = load->rules;
    struct alz_str line;

    rules->max_line = 65536;
    rules->match_limit = 100000;
    rules->eof_status = ALZ_BROKEN;
    rules->states[0] = ALZ_STR("idle");
    rules->state_count = 1;
    rules->rules = calloc(RULES_MAX, sizeof(*rules->rules));
    rules->samples = calloc(RULES_SAMPLES, sizeof(*rules->samples));
    load->no_memory = !rules->rules || !rules->samples;
    if (alz_str_starts(text, "\xEF\xBB\xBF"))
        text = alz_str_from_offset(text, 3);
    while (!load->no_memory && alz_str_split(&text, '\n', &line)) {
        parser.line++;
        take_line(&parser, line);
    }
    if (!load->no_memory)
        finish_rule(&parser);
}
