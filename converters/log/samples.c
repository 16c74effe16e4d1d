/* samples.c - a rule file is good when its samples give what it says. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "log.h"

#include <stdlib.h>

struct sampling {
    struct log_trial trial;
    const struct alz_input *in;
    struct log log;
    /* The line that nothing took and a rule nearly did. */
    struct log_place near_place;
    const struct log_rule *near_rule;
};

/* Remembers the first line that was lost, and where the rule that came
 * farthest stopped. */
static void look_near(struct sampling *sampling, struct alz_str text,
                      size_t line)
{
    const struct log_rules *rules = sampling->log.rules;
    size_t best = 0;

    if (sampling->near_rule)
        return;
    for (size_t i = 0; i < rules->rule_count; i++) {
        size_t reach = log_regex_reach(&rules->rules[i].match, text);

        if (reach <= best)
            continue;
        best = reach;
        sampling->near_rule = &rules->rules[i];
        sampling->near_place = (struct log_place){line, 2 + reach};
    }
}

static void hint(struct log_trial *trial)
{
    struct sampling *sampling = (struct sampling *)trial;
    struct alz_text text = {0};

    if (!sampling->near_rule)
        return;
    alz_text_add(&text, ALZ_STR("no rule takes this line; here stops rule "));
    alz_text_add(&text, sampling->near_rule->name);
    log_complain(trial->load, sampling->near_place, "sample",
                 alz_text_str(&text));
    alz_text_done(&text);
}

static void feed_lines(struct sampling *sampling)
{
    const struct log_sample *sample = sampling->trial.sample;
    struct alz_str rest = sample->text;
    struct alz_line line = {.number = sample->place.line};
    size_t number = sample->place.line;

    while (log_sample_next(&rest, &number, &line.text)) {
        uint64_t before = sampling->log.untaken;

        line.number = number;
        log_take(&sampling->log, sampling->log.out, &line);
        if (sampling->log.untaken > before)
            look_near(sampling, line.text, number);
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
