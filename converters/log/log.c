/* log.c - the converter of any log: descriptor, options, life. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "log.h"

#include <stdio.h>
#include <stdlib.h>

static const struct alz_diag no_rules = {
    ALZ_ERROR, "log/no-rules",
    "which rules? Name a file with --rules, or a profile: --format log:NAME",
    2};
static const struct alz_diag no_profile = {ALZ_ERROR, "log/profile",
                                           "no such profile", 2};
static const struct alz_diag bad_rules = {ALZ_ERROR, "log/rules",
                                          "in the rule file", 2};
static const struct alz_diag nothing = {ALZ_ERROR, "log/nothing",
                                        "no rule says anything of this log", 3};
static const struct alz_diag no_summary = {
    ALZ_ERROR, "log/no-summary",
    "the log ends without the line that rules require", 4};
static const struct alz_diag idle_rule = {ALZ_NOTE, "log/idle-rule", "rule", 0};
static const struct alz_diag used_rule = {ALZ_NOTE, "log/used-rule", "rule", 0};
static const struct alz_diag coverage = {ALZ_NOTE, "log/coverage",
                                         "lines taken, lines left", 0};

/* Made from profiles/ at build time; name NULL end. */
extern const struct alz_converter_profile alz_log_profiles[];

static const struct alz_line_row rows[] = {
    {"rules", log_take},
    {NULL,    NULL    },
};

/* ---- loading ---------------------------------------------------------- */

/* The text of the rules; ptr NULL after reporting. */
static struct alz_str find_text(struct log_source *source)
{
    struct alz_str text = log_source_text(source);
    struct alz_str profile = log_option(source->in, "profile");

    if (text.ptr)
        return text;
    if (!profile.ptr) {
        alz_report(source->out, &no_rules, ALZ_STR(""));
        return text;
    }
    source->name = profile;
    for (const struct alz_converter_profile *at = alz_log_profiles; at->name;
         at++)
        if (alz_str_is(profile, at->name))
            return alz_str_from(at->text);
    alz_report(source->out, &no_profile, profile);
    return text;
}

/* Reads, checks and tries the rules. NULL after reporting. */
static struct log_rules *load_rules(struct log *log, struct alz_out *out,
                                    const struct alz_input *in)
{
    struct log_source source = {.in = in, .out = out, .wrong = &bad_rules};
    struct alz_str text = find_text(&source);
    struct log_load load = {.complain = log_source_complain, .ctx = &source};
    struct log_rules *rules;

    if (!text.ptr)
        return NULL;
    load.into = rules = calloc(1, sizeof(*rules));
    load.no_memory = !rules;
    if (!load.no_memory)
        log_rules_parse(&load, text);
    if (!load.no_memory)
        log_rules_check(&load);
    if (!load.no_memory && !load.errors)
        log_samples_check(&load, in);
    if (!load.no_memory && !load.errors)
        return rules;
    log->out = out;
    if (load.no_memory)
        log_out_of_memory(log);
    log_rules_free(rules);
    return NULL;
}

/* ---- life ------------------------------------------------------------- */

static int start(void *ctx, struct alz_out *out, const struct alz_input *in)
{
    struct log *log = ctx;
    struct log_rules *rules = load_rules(log, out, in);

    if (!rules)
        return -1;
    log->explain = log_option(in, "rules-explain").len > 0;
    return log_begin(log, out, in, rules);
}

static void explain(struct log *log)
{
    char text[128];

    for (size_t i = 0; i < log->rules->rule_count; i++) {
        struct alz_str name = log->rules->rules[i].name;

        snprintf(text, sizeof(text), "%.*s: %llu",
                 (int)(name.len < 80 ? name.len : 80), name.ptr,
                 (unsigned long long)log->hits[i]);
        alz_report(log->out, log->hits[i] ? &used_rule : &idle_rule,
                   alz_str_from(text));
    }
    snprintf(text, sizeof(text), "%llu, %llu", (unsigned long long)log->taken,
             (unsigned long long)log->untaken);
    alz_report(log->out, &coverage, alz_str_from(text));
}

static void finish(void *ctx, struct alz_out *out, enum alz_ending ending)
{
    struct log *log = ctx;

    log_end(log, ending);
    if (log->explain)
        explain(log);
    if (!log->seen && ending == ALZ_COMPLETE)
        alz_report(out, &nothing, ALZ_STR(""));
    else if (log->ending_required && !log->ending_seen &&
             ending != ALZ_INTERRUPTED)
        alz_report(out, &no_summary, ALZ_STR(""));
}

/* Nothing comes for a while: what has ended may be told. */
static void idle(void *ctx, struct alz_out *out)
{
    struct log *log = ctx;

    (void)out;
    if (!log->last_may_change && !log->block.rule &&
        !log->rules->unmatched_output)
        log_test_settle(log, NULL);
}

static void done(void *ctx)
{
    struct log *log = ctx;
    struct log_rules *rules = log->rules;

    log_release(log);
    log_rules_free(rules);
}

/* No probe: it is read with -f log only. */
const struct alz_converter alz_converter_log = {
    .abi = ALZ_CONVERTER_ABI,
    .name = "log",
    .title = "any log, by a rule file (--rules) or a profile (log:NAME)",
    .reader = ALZ_READ_LINES,
    .table = rows,
    .state_size = sizeof(struct log),
    .start = start,
    .finish = finish,
    .skip = log_skip,
    .idle = idle,
    .done = done,
    .profiles = alz_log_profiles,
    .rules = "profile",
};
