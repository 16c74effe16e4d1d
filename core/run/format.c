/* format.c - the format that the user named, tried before anything is read. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "run/drive.h"
#include "run/session.h"

static const struct alz_diag bad_format = {
    ALZ_ERROR, "run/option", "no such format (allurize formats lists them)",
    ALZ_EXIT_USAGE};

static const struct alz_diag no_memory = {ALZ_ERROR, "run/memory",
                                          "out of memory", ALZ_EXIT_MEMORY};

void alz_session_report_at(void *ctx, struct alz_str file,
                           struct alz_position position,
                           const struct alz_diag *diag, struct alz_str detail)
{
    struct alz_session *session = ctx;
    struct alz_log *log = &session->log;
    struct alz_str own_file = log->file;
    const struct alz_position *own = log->position;

    log->file = file;
    log->position = &position;
    alz_log_report(log, diag, detail);
    log->file = own_file;
    log->position = own;
}

/* A receiver that only takes reports. */
struct deaf {
    struct alz_out out;
    struct alz_session *session;
};

static void on_report(struct alz_out *out, const struct alz_diag *diag,
                      struct alz_str detail)
{
    alz_log_report(&((struct deaf *)out)->session->log, diag, detail);
}

bool alz_session_try_format(struct alz_session *session)
{
    static const struct alz_out_ops ops = {.report = on_report};
    const char *format = session->options.format;
    struct deaf deaf = {{&ops}, session};
    struct alz_drive drive = {
        .out = &deaf.out,
        .in = {.name = ALZ_STR("-")},
        .settings = session->options.converter_options,
        .report_at = alz_session_report_at,
        .ctx = session,
    };

    if (!format)
        return true;
    drive.converter =
        alz_format_find(session->options.plugins, format, &drive.profile);
    if (!drive.converter) {
        alz_log_report(&session->log, &bad_format, alz_str_from(format));
        return false;
    }
    if (!drive.converter->rules)
        return true;
    if (alz_drive_try(&drive) == 0)
        return true;
    if (session->log.exit_status == ALZ_EXIT_OK)
        alz_log_report(&session->log, &no_memory, ALZ_STR(""));
    return false;
}
