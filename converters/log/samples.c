/* samples.c - a rule file is good when its samples give what it says. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "log.h"

#include <stdlib.h>

struct sampling {
    struct log_trial trial;
    const struct alz_input *in;
    struct log log;
    /* The first line that nothing took; the rule that came farthest in it. */
    struct log_place lost_place; /* line 0: there is none */
    const struct log_rule *near_rule;
    /* The first line that a rule took before another one could. */
    struct log_place taken_place;
    const struct log_rule *took, *behind;
};

/* Remembers where the rule that came farthest stopped. */
static void look_near(struct sampling *sampling, struct alz_str text,
                      size_t line)
{
    const struct log_rules *rules = sampling->log.rules;
    size_t best = 0;

    if (sampling->lost_place.line)
        return;
    for (size_t i = 0; i < rules->rule_count; i++) {
        size_t reach = log_regex_reach(&rules->rules[i].match, text);

        if (reach <= best)
            continue;
        best = reach;
        sampling->near_rule = &rules->rules[i];
    }
    sampling->lost_place = (struct log_place){line, 2 + best};
}

/* Remembers a rule further down that fits the line too. */
static void look_behind(struct sampling *sampling, size_t state, size_t line)
{
    struct log *log = &sampling->log;
    const struct log_rules *rules = log->rules;
    const struct log_rule *took = log->rule;
    size_t i = (size_t)(took - rules->rules) + 1;

    if (sampling->took || took->go_on)
        return;
    for (; i < rules->rule_count && !sampling->took; i++) {
        struct log_rule *rule = &rules->rules[i];

        if (rule->inside != took->inside ||
            (rule->states && !(rule->states & 1u << state)) ||
            log_regex_match(&log->matcher, &rule->match, log->pending) !=
                LOG_MATCH_YES)
            continue;
        sampling->took = took;
        sampling->behind = rule;
        sampling->taken_place = (struct log_place){line, 2};
    }
}

static void say_lost(const struct sampling *sampling, struct alz_text *text)
{
    alz_text_add(text, ALZ_STR("no rule takes this line"));
    if (!sampling->near_rule)
        return;
    alz_text_add(text, ALZ_STR("; here stops rule "));
    alz_text_add(text, sampling->near_rule->name);
}

static void say_taken(const struct sampling *sampling, struct alz_text *text)
{
    alz_text_add(text, ALZ_STR("rule "));
    alz_text_add(text, sampling->took->name);
    alz_text_add(text, ALZ_STR(" takes this line before rule "));
    alz_text_add(text, sampling->behind->name);
    alz_text_add(text, ALZ_STR(" can"));
}

static void hint(struct log_trial *trial)
{
    struct sampling *sampling = (struct sampling *)trial;
    struct log_place place = sampling->lost_place;
    struct alz_text text = {0};

    if (place.line) {
        say_lost(sampling, &text);
    } else if (sampling->took) {
        place = sampling->taken_place;
        say_taken(sampling, &text);
    } else {
        return;
    }
    log_complain(trial->load, place, "sample", alz_text_str(&text));
    alz_text_done(&text);
}

static void feed_lines(struct sampling *sampling)
{
    const struct log_sample *sample = sampling->trial.sample;
    struct log *log = &sampling->log;
    struct alz_str rest = sample->text;
    struct alz_line line = {.number = sample->place.line};
    size_t number = sample->place.line;

    while (log_sample_next(&rest, &number, &line.text)) {
        uint64_t before = log->untaken;
        size_t state = log->state;

        line.number = number;
        log->rule = NULL;
        log_take(log, log->out, &line);
        if (log->untaken > before)
            look_near(sampling, line.text, number);
        else if (log->rule)
            look_behind(sampling, state, number);
    }
}

static void feed(struct log_trial *trial, struct alz_out *out)
{
    struct sampling *sampling = (struct sampling *)trial;
    struct log *log = &sampling->log;

    log->in_sample = true;
    if (log_begin(log, out, sampling->in, trial->load->into) == 0) {
        feed_lines(sampling);
        log_end(log, ALZ_COMPLETE);
    }
    trial->load->no_memory |= log->no_memory;
}

static bool check_one(struct log_load *load, const struct log_sample *sample,
                      const struct alz_input *in)
{
    struct sampling *sampling = calloc(1, sizeof(*sampling));
    bool good;

    if (!sampling) {
        load->no_memory = true;
        return false;
    }
    sampling->trial = (struct log_trial){
        .load = load, .sample = sample, .feed = feed, .hint = hint};
    sampling->in = in;
    good = log_trial_run(&sampling->trial);
    log_release(&sampling->log);
    free(sampling);
    return good;
}

int log_samples_check(struct log_load *load, const struct alz_input *in)
{
    const struct log_samples *samples = load->samples;
    bool good = true;

    for (size_t i = 0; i < samples->count && !load->no_memory; i++)
        good &= check_one(load, &samples->items[i], in);
    return good && !load->no_memory ? 0 : -1;
}
