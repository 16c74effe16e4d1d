/* pipeline.c - the order in which everything is decided. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "policy/stages.h"

typedef void stage_fn(struct alz_policy *policy, struct alz_node *node);

/* Redaction is before identity, so that no secret shapes an id; truncation
 * is after it, so that no limit does. */
static stage_fn *const test_stages[] = {
    alz_stage_adopt, alz_stage_ending, alz_stage_redact,   alz_stage_timing,
    alz_stage_names, alz_stage_labels, alz_stage_identity, alz_stage_limits,
};

static stage_fn *const suite_stages[] = {
    alz_parts_ending, alz_stage_redact,   alz_parts_timing,
    alz_parts_names,  alz_suite_identity, alz_parts_limits,
};

static const struct alz_diag no_memory = {ALZ_ERROR, "policy/memory",
                                          "out of memory", 70};

/* Namespace of all runs' namespaces; never to be changed. */
static const struct alz_uuid root_space = {
    {0x5c, 0x1e, 0x7d, 0x52, 0x3b, 0x0a, 0x4f, 0x6e, 0x9d, 0x27, 0x41, 0x8c,
     0xe6, 0xb3, 0x90, 0x1f}
};

static const struct alz_limits default_limits = {
    .name = 4096,
    .parameter = 65536,
    .message = 65536,
    .trace = 1048576,
    .step_depth = 50,
};

static size_t or_default(size_t value, size_t fallback)
{
    return value ? value : fallback;
}

int alz_policy_init(struct alz_policy *policy,
                    const struct alz_policy_options *options)
{
    struct alz_limits *limits = &policy->options.limits;

    policy->options = *options;
    limits->name = or_default(limits->name, default_limits.name);
    limits->parameter = or_default(limits->parameter, default_limits.parameter);
    limits->message = or_default(limits->message, default_limits.message);
    limits->trace = or_default(limits->trace, default_limits.trace);
    limits->step_depth =
        or_default(limits->step_depth, default_limits.step_depth);
    policy->seen = (struct alz_keyset){0};
    policy->space = alz_uuid_v5(&root_space, options->run_id);
    policy->base_ms = policy->cursor_ms = 0;
    policy->input = NULL;
    return 0;
}

/* Tests without any time begin when the input was last changed: a fact of the
 * input, so that the same input gives the same results. */
void alz_policy_begin_input(struct alz_policy *policy,
                            const struct alz_input *input)
{
    int64_t base_ms = input->mtime_ms;

    if (base_ms < 0)
        base_ms = 0;
    if (base_ms > ALZ_TIME_MAX)
        base_ms = ALZ_TIME_MAX;
    policy->input = input;
    policy->base_ms = policy->cursor_ms = base_ms;
}

void alz_policy_done(struct alz_policy *policy)
{
    if (policy)
        alz_keyset_done(&policy->seen);
}

void alz_policy_report(const struct alz_policy *policy,
                       const struct alz_diag *diag, struct alz_str detail)
{
    if (policy->report)
        policy->report(policy->ctx, diag, detail);
}

static int apply(struct alz_policy *policy, struct alz_node *node,
                 stage_fn *const *stages, size_t count)
{
    policy->refused = false;
    for (size_t i = 0; i < count && !policy->refused; i++)
        stages[i](policy, node);
    if (node->arena->failed && !policy->refused) {
        policy->refused = true;
        alz_policy_report(policy, &no_memory, ALZ_STR(""));
    }
    if (!policy->refused)
        return 0;
    memset(&node->uuid, 0, sizeof(node->uuid));
    return -1;
}

int alz_policy_apply(struct alz_policy *policy, struct alz_node *test,
                     unsigned attempt, unsigned attempts)
{
    policy->attempt = attempt;
    policy->attempts = attempts;
    return apply(policy, test, test_stages,
                 sizeof(test_stages) / sizeof(*test_stages));
}

int alz_policy_apply_suite(struct alz_policy *policy, struct alz_node *suite)
{
    return apply(policy, suite, suite_stages,
                 sizeof(suite_stages) / sizeof(*suite_stages));
}
