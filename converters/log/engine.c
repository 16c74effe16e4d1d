/* engine.c - offers lines to rules. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "log.h"

#include <stdlib.h>

static const struct alz_diag limit = {
    ALZ_ERROR, "log/limit",
    "a regular expression took too long; its rule did not take this line", 4};
static const struct alz_diag took = {ALZ_NOTE, "log/took", "taken by", 0};
static const struct alz_diag left = {ALZ_NOTE, "log/left", "taken by no rule",
                                     0};

/* ---- beginning and end ------------------------------------------------ */

static void look_at_rules(struct log *log)
{
    const struct log_rules *rules = log->rules;

    for (size_t i = 0; i < rules->rule_count; i++) {
        const struct log_rule *rule = &rules->rules[i];

        log->holds |=
            rule->duplicate == LOG_RETRY ||
            (rule->event->is_late && rule->fields[FIELD_KEY].count > 0);
        log->last_may_change |=
            rule->duplicate == LOG_MERGE || rule->event->revises;
        log->ending_required |= rule->required;
    }
}

int log_begin(struct log *log, struct alz_out *out, const struct alz_input *in,
              struct log_rules *rules)
{
    log->out = out;
    log->in = in;
    log->rules = rules;
    log->stamp_ms = LOG_NO_TIME;
    log->block.text.max = LOG_OUTPUT_MAX;
    log->clean.max = log->repaired.max = 4 * LOG_TEXT_MAX;
    log->scratch.max = LOG_TEXT_MAX;
    log->key.max = LOG_TEXT_MAX;
    log->variables = calloc(rules->variable_count + 1, sizeof(*log->variables));
    log->hits = calloc(rules->rule_count + 1, sizeof(*log->hits));
    if (!log->variables || !log->hits || log_skip_init(log) ||
        log_matcher_init(&log->matcher, rules->match_limit)) {
        log_out_of_memory(log);
        return -1;
    }
    log->matcher.is_utf8 = true; /* lines are prepared */
    look_at_rules(log);
    return 0;
}

/* Of a log that is cut, the last test may have had one more line. */
static void doubt_last(struct log *log)
{
    struct log_test *test = log->recent;

    if (!test || !log->last_may_change || !log->ending_required ||
        log->ending_seen || log->in_sample)
        return;
    if (log->rules->eof_status < test->status)
        test->status = log->rules->eof_status;
    test->flags |= ALZ_INCOMPLETE;
    if (!test->facts[LOG_MESSAGE].len)
        log_add(log, &test->facts[LOG_MESSAGE],
                ALZ_STR("the log ends before it is sure how this test ended"));
}

void log_end(struct log *log, enum alz_ending ending)
{
    (void)ending;
    log->line = NULL;
    log_block_end(log);
    doubt_last(log);
    log_tests_finish(log);
    log_suites_finish(log);
}

void log_release(struct log *log)
{
    for (size_t i = 0;
         log->rules && log->variables && i < log->rules->variable_count; i++)
        alz_text_done(&log->variables[i]);
    while (log->first) {
        struct log_test *next = log->first->next;

        log_test_free(log->first);
        log->first = next;
    }
    while (log->stack) {
        struct log_suite *parent = log->stack->parent;

        alz_text_done(&log->stack->path);
        free(log->stack);
        log->stack = parent;
    }
    free(log->variables);
    free(log->hits);
    free(log->scan);
    log_matcher_done(&log->matcher);
    alz_text_done(&log->block.text);
    alz_text_done(&log->clean);
    alz_text_done(&log->repaired);
    alz_text_done(&log->scratch);
    alz_text_done(&log->key);
}

/* ---- one rule --------------------------------------------------------- */

struct alz_str log_field(struct log *log, enum log_field field)
{
    return log_expand(log, &log->rule->fields[field], &log->scratch);
}

bool log_matches(struct log *log, struct alz_str who,
                 const struct log_regex *regex, struct alz_str text)
{
    struct log_regex *own = (struct log_regex *)(uintptr_t)regex;
    enum log_match got = log_regex_match(&log->matcher, own, text);
    struct alz_text name = {0};

    if (got == LOG_MATCH_LIMIT) {
        log_add(log, &name, who);
        if (own->off)
            log_add(log, &name, ALZ_STR(" (it is not tried any more)"));
        alz_report(log->out, &limit, alz_text_str(&name));
        alz_text_done(&name);
    }
    return got == LOG_MATCH_YES;
}

/* A line about a test that there is not is not this rule's, if it says so. */
static bool is_known(struct log *log)
{
    struct alz_str key = log_expand(
        log,
        &log->rule->fields[log->rule->fields[FIELD_KEY].count ? FIELD_KEY
                                                              : FIELD_NAME],
        &log->key);

    return log_test_find(log, key, true) || log_test_find(log, key, false);
}

static void set_variables(struct log *log)
{
    const struct log_rule *rule = log->rule;

    for (size_t i = 0; i < rule->set_count; i++) {
        struct alz_text value = {.max = LOG_VARIABLE_MAX};
        struct alz_str text =
            log_expand(log, &rule->sets[i].value, &log->scratch);

        log_add(log, &value, text);
        log_set(log, &log->variables[rule->sets[i].variable],
                alz_text_str(&value));
        alz_text_done(&value);
    }
}

/* "rule: line" */
static void explain_took(struct log *log, const struct log_rule *rule)
{
    struct alz_text text = {0};

    log_add(log, &text, rule->name);
    log_add(log, &text, ALZ_STR(": "));
    log_add(log, &text, log->pending);
    alz_report(log->out, &took, alz_text_str(&text));
    alz_text_done(&text);
}

static bool apply(struct log *log, struct log_rule *rule)
{
    if (!log_matches(log, rule->name, &rule->match, log->pending))
        return false;
    log->rule = rule;
    if (rule->known_key && !is_known(log))
        return false;
    log->hits[rule - log->rules->rules]++;
    if (log->explain)
        explain_took(log, rule);
    log->seen |= rule->event->says;
    log->ending_seen |= rule->required;
    set_variables(log);
    log_suite_indent(log);
    rule->event->run(log);
    if (rule->go_to >= 0)
        log->state = (size_t)rule->go_to;
    return true;
}

static bool offered(const struct log *log, const struct log_rule *rule)
{
    return !rule->states || (rule->states & 1u << log->state);
}

static bool offer(struct log *log, const struct log_rule *inside)
{
    bool taken = false;

    for (size_t i = 0; i < log->rules->rule_count; i++) {
        struct log_rule *rule = &log->rules->rules[i];

        if (rule->inside != inside || !offered(log, rule) || !apply(log, rule))
            continue;
        taken = true;
        if (!rule->go_on)
            break;
    }
    return taken;
}

/* ---- one line --------------------------------------------------------- */

struct alz_str log_cut_prefix(struct log *log, struct alz_str text)
{
    const struct log_regex *prefix = &log->rules->prefix;
    struct alz_str all, stamp;

    log->stamp_ms = LOG_NO_TIME;
    if (!prefix->code || !log_matches(log, ALZ_STR("prefix"), prefix, text))
        return text;
    all = log_regex_group(prefix, text, 0);
    if (log->stamp.count) {
        stamp = log_regex_group(prefix, text, log->stamp.numbers[0]);
        log->stamp_ms =
            log_time_read(&log->clock, &log->rules->time, stamp, log->in);
    }
    return alz_str_from_offset(text, all.len);
}

bool log_take_unmatched(struct log *log, struct alz_str text)
{
    struct log_test *test = log->current;

    if (!log->rules->unmatched_output || !test)
        return false;
    if (text.len || test->facts[LOG_STDOUT].len) {
        test->facts[LOG_STDOUT].max = LOG_OUTPUT_MAX;
        log_add(log, &test->facts[LOG_STDOUT], text);
        log_add(log, &test->facts[LOG_STDOUT], ALZ_STR("\n"));
    }
    return true;
}

static bool take_prepared(struct log *log, struct alz_str text)
{
    if (log->block.rule) {
        const struct log_rule *inside = log->block.rule;

        if (log_block_take(log, text)) {
            if (log->block.rule)
                offer(log, inside);
            return true;
        }
    }
    return offer(log, NULL);
}

bool log_take(void *state, struct alz_out *out, const struct alz_line *line)
{
    struct log *log = state;
    struct alz_str text;

    (void)out;
    if (log->no_memory || log_skip_line(log, line->text))
        return true;
    text = log_prepare(log, line->text);
    if (log->no_memory)
        return true;
    log->line = line;
    text = log_cut_prefix(log, text);
    log->pending = text;
    if (take_prepared(log, text)) {
        log->taken++;
        return true;
    }
    if (text.len && !log_take_unmatched(log, text)) {
        log->untaken++;
        if (log->explain)
            alz_report(log->out, &left, text);
    } else if (!text.len) {
        log_take_unmatched(log, text);
    }
    return true;
}
