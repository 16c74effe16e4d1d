/* session.c - one conversion, from its options to its summary. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "run/session.h"

#include <errno.h>
#include <stdlib.h>

static const struct alz_diag no_output = {ALZ_ERROR, "run/output",
                                          "the output directory cannot be used",
                                          ALZ_EXIT_OUTPUT};
static const struct alz_diag no_memory = {ALZ_ERROR, "run/memory",
                                          "out of memory", ALZ_EXIT_MEMORY};

static void report_policy(void *ctx, const struct alz_diag *diag,
                          struct alz_str detail)
{
    struct alz_session *session = ctx;

    alz_log_report(&session->log, diag, detail);
}

/* Damage of an input is said in the report too: both readers are silent. */
static void say_in_report(void *ctx, const struct alz_message *message,
                          int exit_status)
{
    struct alz_session *session = ctx;
    struct alz_text text = {0};

    if (exit_status != ALZ_EXIT_DAMAGED || !session->emitter)
        return;
    alz_text_add(&text, message->file);
    if (message->line)
        alz_buf_printf(&text, ":%llu:%llu", (unsigned long long)message->line,
                       (unsigned long long)message->column);
    if (text.len)
        alz_text_add(&text, ALZ_STR(": "));
    alz_text_add(&text, message->text);
    if (text.full)
        alz_log_raise(&session->log, ALZ_EXIT_MEMORY);
    alz_emit_run_error(session->emitter, alz_text_str(&text),
                       session->input_ms);
    alz_text_done(&text);
}

static bool open_output(struct alz_session *session)
{
    const struct alz_options *options = &session->options;
    const char *path = options->output ? options->output : "allure-results";
    enum alz_publish publish =
        options->publish_by_rename ? ALZ_PUBLISH_RENAME : ALZ_PUBLISH_LINK;

    if (options->dry_run) {
        session->sink = alz_sink_null_new();
        return true;
    }
    if (alz_outdir_open(&session->outdir, path, publish)) {
        session->log.file = alz_str_from(path);
        alz_log_report(&session->log, errno == ENOMEM ? &no_memory : &no_output,
                       alz_str_from(strerror(errno)));
        session->log.file = ALZ_STR("");
        return false;
    }
    session->sink =
        alz_sink_dir_new(&session->outdir, options->writers, options->durable);
    return true;
}

static bool build(struct alz_session *session,
                  const struct alz_policy_options *policy)
{
    struct alz_record_sink collect;

    session->policy.report = report_policy;
    session->policy.ctx = session;
    if (!session->sink || alz_policy_init(&session->policy, policy))
        return false;
    session->emitter = alz_emitter_new(session->sink);
    alz_session_collect(session, &collect);
    session->recorder = alz_recorder_new(
        &collect, session->options.dry_run ? NULL : &session->outdir);
    return session->emitter && session->recorder;
}

static bool prepare(struct alz_session *session)
{
    struct alz_policy_options policy = {0};

    session->log.hook = say_in_report;
    session->log.hook_ctx = session;
    if (!alz_session_configure(session, &policy) || !open_output(session))
        return false;
    if (build(session, &policy))
        return true;
    alz_log_report(&session->log, &no_memory, ALZ_STR(""));
    return false;
}

struct alz_session *alz_session_new(const struct alz_options *options,
                                    int *exit_status)
{
    struct alz_session *session = calloc(1, sizeof(*session));

    *exit_status = ALZ_EXIT_MEMORY;
    if (!session)
        return NULL;
    session->options = *options;
    session->outdir.dirfd = -1;
    session->outdir.sibling_fd = -1;
    session->input_dir = "";
    alz_tape_init(&session->held.tape);
    session->log.message = options->message;
    session->log.ctx = options->message_ctx;
    clock_gettime(CLOCK_MONOTONIC, &session->started);
    if (prepare(session)) {
        *exit_status = ALZ_EXIT_OK;
        return session;
    }
    *exit_status = session->log.exit_status;
    alz_session_free(session);
    return NULL;
}

static double seconds_since(const struct timespec *start)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - start->tv_sec) +
           (double)(now.tv_nsec - start->tv_nsec) / 1e9;
}

void alz_session_finish(struct alz_session *session, struct alz_summary *ret)
{
    static const char globals_name[] = "globals";
    struct alz_uuid uuid =
        alz_uuid_v5(&session->policy.space, alz_str_from(globals_name));

    alz_session_release(session);
    alz_session_expect_end(session);
    alz_log_flush(&session->log);
    if (alz_emitter_finish(session->emitter, &uuid))
        alz_session_output_failed(session);
    alz_session_write_environment(session);
    *ret = session->summary;
    ret->warnings = session->log.warnings;
    ret->errors = session->log.errors;
    ret->exit_status = session->log.exit_status;
    ret->files_written = session->sink->files;
    ret->bytes_written = session->sink->bytes;
    ret->seconds = seconds_since(&session->started);
}

void alz_session_free(struct alz_session *session)
{
    if (!session)
        return;
    alz_recorder_free(session->recorder);
    alz_emitter_free(session->emitter);
    if (session->sink)
        session->sink->ops->free(session->sink);
    alz_policy_done(&session->policy);
    alz_outdir_done(&session->outdir);
    alz_session_seen_done(session);
    alz_session_expect_done(session);
    alz_tape_done(&session->held.tape);
    alz_environment_done(&session->environment);
    alz_log_done(&session->log);
    free(session->extras);
    free(session);
}
