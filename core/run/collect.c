/* collect.c - what the recorder hands on: through policy, to the emitter. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "run/session.h"

static const struct alz_diag output = {
    ALZ_ERROR, "run/output", "the results cannot be written", ALZ_EXIT_OUTPUT};
static const struct alz_diag no_memory = {ALZ_ERROR, "run/memory",
                                          "out of memory", ALZ_EXIT_MEMORY};
static const struct alz_diag invalid = {
    ALZ_ERROR, "run/invalid", "a document was not written, it is not valid",
    ALZ_EXIT_OUTPUT};

static const struct alz_diag *output_diag(const struct alz_session *session)
{
    if (alz_emitter_no_memory(session->emitter))
        return &no_memory;
    return session->sink->error.len ? &output : &invalid;
}

/* A document that breaks its schema is our own fault; the others go on. */
void alz_session_output_failed(struct alz_session *session)
{
    const struct alz_position *position = session->log.position;

    if (session->output_failed)
        return;
    session->output_failed = session->sink->error.len > 0;
    session->log.position = NULL;
    alz_log_report(&session->log, output_diag(session),
                   alz_emitter_error(session->emitter));
    session->log.position = position;
}

static uint64_t count_attachments(const struct alz_node *top)
{
    const struct alz_node *node = top;
    uint64_t count = 0;

    while (node) {
        count += node->kind == ALZ_ATTACHMENT;
        if (node->first && (node == top || node->kind != ALZ_TEST)) {
            node = node->first;
            continue;
        }
        while (node != top && !node->next)
            node = node->parent;
        node = node == top ? NULL : node->next;
    }
    return count;
}

static void count_test(struct alz_session *session, const struct alz_node *test,
                       bool final)
{
    struct alz_summary *summary = &session->summary;

    summary->results++;
    summary->attachments += count_attachments(test);
    if (!final) {
        summary->retries++;
        return;
    }
    summary->tests++;
    summary->by_status[test->status]++;
    summary->flaky += (test->flags & ALZ_FLAKY) != 0;
    summary->synthetic += (test->flags & ALZ_SYNTHETIC) != 0;
}

static void take_test(void *ctx, struct alz_node *test, unsigned attempt,
                      unsigned attempts)
{
    struct alz_session *session = ctx;

    if (attempt == 1)
        alz_session_supplement(session, attempts > 1 ? test->parent : test);
    alz_session_attach(session, test);
    if (alz_policy_apply(&session->policy, test, attempt, attempts))
        return;
    if (attempt == attempts)
        alz_session_supplied(session, test);
    count_test(session, test, attempt == attempts);
    if (!session->output_failed && alz_emit_result(session->emitter, test))
        alz_session_output_failed(session);
}

/* Suite output interests when something in the suite went wrong (D10). */
static bool wants_output(const struct alz_session *session,
                         const struct alz_node *suite)
{
    const uint64_t *by_status = suite->suite->by_status;

    if (session->suite_output != ALZ_SUITE_OUTPUT_FAILED)
        return session->suite_output == ALZ_SUITE_OUTPUT_ALWAYS;
    return by_status[ALZ_FAILED] + by_status[ALZ_BROKEN] +
               by_status[ALZ_UNKNOWN] >
           0;
}

static void drop_output(struct alz_node *suite)
{
    struct alz_node **link = &suite->first;

    suite->last = NULL;
    while (*link) {
        if ((*link)->kind == ALZ_ATTACHMENT) {
            *link = (*link)->next;
            continue;
        }
        suite->last = *link;
        link = &(*link)->next;
    }
}

static void take_suite(void *ctx, struct alz_node *suite)
{
    struct alz_session *session = ctx;

    if (!wants_output(session, suite))
        drop_output(suite);
    alz_session_attach(session, suite);
    if (!suite->first || alz_policy_apply_suite(&session->policy, suite))
        return;
    session->summary.containers += suite->suite->child_count > 0;
    session->summary.attachments += count_attachments(suite);
    if (!session->output_failed && alz_emit_container(session->emitter, suite))
        alz_session_output_failed(session);
}

static void take_run(void *ctx, struct alz_node *run)
{
    struct alz_session *session = ctx;

    for (const struct alz_pair *pair = run->pairs; pair; pair = pair->next)
        if (pair->kind == ALZ_ENVIRONMENT)
            alz_environment_add(&session->environment, pair->name, pair->value,
                                false);
    alz_session_attach(session, run);
    if (alz_policy_apply_suite(&session->policy, run))
        return;
    for (struct alz_node *node = run->first; node; node = node->next) {
        if (node->kind != ALZ_ATTACHMENT)
            continue;
        session->summary.attachments++;
        alz_emit_run_attachment(session->emitter, node, session->input_ms);
    }
}

static void take_report(void *ctx, const struct alz_diag *diag,
                        struct alz_str detail)
{
    struct alz_session *session = ctx;

    if (session->hushed && diag->exit_status <= ALZ_EXIT_DAMAGED &&
        diag->exit_status != ALZ_EXIT_USAGE)
        alz_log_note(&session->log, diag, detail);
    else
        alz_log_report(&session->log, diag, detail);
}

/* While reports are read, the console still has bad tests to tell. */
static bool is_excused(void *ctx)
{
    const struct alz_held *held = &((const struct alz_session *)ctx)->held;

    return held->on && held->bad_left > 0;
}

void alz_session_collect(struct alz_session *session,
                         struct alz_record_sink *ret)
{
    *ret = (struct alz_record_sink){
        .test = take_test,
        .suite = take_suite,
        .run = take_run,
        .report = take_report,
        .excused = is_excused,
        .ctx = session,
    };
}
