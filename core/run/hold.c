/* hold.c - a run's console is held until its reports have been converted. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "run/drive.h"
#include "run/session.h"

#include <errno.h>

static const struct alz_diag no_memory = {ALZ_ERROR, "run/memory",
                                          "out of memory", ALZ_EXIT_MEMORY};
static const struct alz_diag no_tape = {ALZ_ERROR, "run/tape",
                                        "what the input says could not be kept",
                                        ALZ_EXIT_OUTPUT};

void alz_session_check_tape(struct alz_session *session, struct alz_tape *tape)
{
    int error = alz_tape_error(tape);

    if (error == ENOMEM && !tape->failure_said)
        alz_log_report(&session->log, &no_memory, ALZ_STR(""));
    else if (error && !tape->failure_said)
        alz_log_report(&session->log, &no_tape, alz_str_from(strerror(error)));
    tape->failure_said = error != 0;
}

void alz_session_check_memory(struct alz_session *session,
                              const struct alz_text *text)
{
    if (alz_recorder_failed(session->recorder) || text->full)
        alz_log_report(&session->log, &no_memory, ALZ_STR(""));
}

/* ---- which converter -------------------------------------------------- */

const struct alz_converter *
alz_console_of(const struct alz_converter *const *plugins, const char *format)
{
    const struct alz_converter *named = NULL, *at;
    struct alz_str profile;

    if (format)
        named = alz_format_find(plugins, format, &profile);
    if (named && named->console)
        return alz_format_find(plugins, named->console, &profile);
    for (size_t i = 0; (at = alz_converter_at(plugins, i)); i++)
        if (named && at->console && strcmp(at->console, named->name) == 0)
            return named;
    return NULL;
}

/* ---- held ------------------------------------------------------------- */

void alz_session_hold_pull(struct alz_session *session, const char *name,
                           const struct alz_pull *pull)
{
    struct alz_held *held = &session->held;
    struct alz_stream stream = {
        .name = alz_str_from(name),
        .converter =
            alz_console_of(session->options.plugins, session->options.format),
        .tape = &held->tape,
    };

    alz_session_release(session);
    held->tape.position = &session->position;
    alz_session_read_pull(session, &stream, pull);
    held->on = true;
    held->name = name;
    held->mtime_ms = session->input_ms;
    held->inputs = session->summary.inputs;
    held->errors = session->log.errors;
    held->bad_left = 0;
    for (size_t i = 0; i < held->tape.test_count; i++)
        held->bad_left += alz_tape_is_bad(&held->tape.tests[i]);
}

/* ---- released --------------------------------------------------------- */

/* All reports were read whole and have all that went wrong: what the console
 * alone could not explain (tests it does not name, its own end) they do. */
static bool is_explained(const struct alz_session *session)
{
    const struct alz_held *held = &session->held;

    return held->bad_left == 0 && session->summary.inputs > held->inputs &&
           session->log.errors == held->errors;
}

static void count_taken(void *ctx, alz_ref parent,
                        const struct alz_tape_test *test)
{
    struct alz_session *session = ctx;

    alz_recorder_count(session->recorder, parent, &test->uuid,
                       (enum alz_status)test->status, test->flags);
}

void alz_session_play(struct alz_session *session, struct alz_tape *tape,
                      const char *name, int64_t mtime_ms)
{
    struct alz_tape_player player = {
        .out = alz_recorder_out(session->recorder),
        .taken = count_taken,
        .ctx = session,
    };
    struct alz_input in = {.name = alz_str_from(name),
                           .mtime_ms = mtime_ms,
                           .naive = session->naive};

    alz_session_begin_input(session, in.name);
    session->input_ms = mtime_ms;
    alz_policy_begin_input(&session->policy, &in);
    alz_tape_play(tape, &player);
    alz_recorder_finish_input(session->recorder,
                              tape->cut ? ALZ_DAMAGED : ALZ_COMPLETE);
    session->policy.input = NULL;
    alz_session_check_memory(session, &(struct alz_text){0});
    alz_session_check_tape(session, tape);
    session->log.file = ALZ_STR("");
}

void alz_session_release(struct alz_session *session)
{
    struct alz_held *held = &session->held;

    if (!held->on)
        return;
    held->on = false;
    held->test = NULL;
    session->hushed = is_explained(session);
    session->input_dir = ".";
    alz_session_play(session, &held->tape, held->name, held->mtime_ms);
    session->input_dir = "";
    session->hushed = false;
    alz_tape_done(&held->tape);
}
