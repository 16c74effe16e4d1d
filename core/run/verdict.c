/* verdict.c - a run's own verdict, as a test that no source names. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "run/session.h"

static const struct alz_diag broken = {ALZ_ERROR, "run/broken",
                                       "the run is broken", ALZ_EXIT_DAMAGED};

static int64_t now_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void alz_session_tell_run(struct alz_session *session, struct alz_str full_name,
                          struct alz_str message, struct alz_str trace)
{
    struct alz_out *out = alz_recorder_out(session->recorder);
    alz_ref test = alz_begin(out, 0, ALZ_TEST);

    alz_set_text(out, test, ALZ_NAME, ALZ_STR("(run)"));
    alz_set_text(out, test, ALZ_FULL_NAME, full_name);
    alz_set_text(out, test, ALZ_MESSAGE, message);
    if (trace.len)
        alz_set_text(out, test, ALZ_TRACE, trace);
    alz_set_status(out, test, ALZ_BROKEN, ALZ_SYNTHETIC);
    alz_set_time(out, test, ALZ_START, session->input_ms);
    alz_end(out, test);
    alz_recorder_finish_input(session->recorder, ALZ_COMPLETE);
}

static void tell(struct alz_session *session, const char *name,
                 struct alz_str message)
{
    struct alz_text full_name = {.max = SIZE_MAX / 4};

    alz_buf_printf(&full_name, "%s::[run]", name);
    alz_session_tell_run(session, alz_text_str(&full_name), message,
                         ALZ_STR(""));
    alz_session_check_memory(session, &full_name);
    alz_text_done(&full_name);
}

void alz_session_run_broken(struct alz_session *session, const char *name,
                            struct alz_str message)
{
    session->log.position = NULL;
    session->log.file = ALZ_STR("");
    session->input_ms = now_ms();
    alz_log_report(&session->log, &broken, message);
    if (name)
        tell(session, name, message);
}

void alz_session_set_format(struct alz_session *session, const char *format)
{
    session->options.format = format;
}

void alz_session_count(const struct alz_session *session,
                       struct alz_summary *ret)
{
    *ret = session->summary;
    ret->warnings = session->log.warnings;
    ret->errors = session->log.errors;
    ret->exit_status = session->log.exit_status;
}
