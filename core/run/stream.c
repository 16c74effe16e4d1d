/* stream.c - one stream: recognised, and read to its end. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "run/drive.h"
#include "run/session.h"

#include <errno.h>

enum { HEAD_MAX = 65536 };

static const struct alz_diag cannot_read = {ALZ_ERROR, "run/input",
                                            "cannot be read", ALZ_EXIT_INPUT};
static const struct alz_diag interrupted = {
    ALZ_WARNING, "run/interrupted", "stopped before the end of the input", 0};
static const struct alz_diag a_list = {
    ALZ_ERROR, "run/list",
    "this is a list of tests, none of them has run; give it with --list",
    ALZ_EXIT_INPUT};
static const struct alz_diag no_memory = {ALZ_ERROR, "run/memory",
                                          "out of memory", ALZ_EXIT_MEMORY};

static void input_ended(void *ctx, enum alz_ending ending)
{
    struct alz_session *session = ctx;

    if (ending == ALZ_INTERRUPTED)
        alz_log_report(&session->log, &interrupted, ALZ_STR(""));
    if (session->tape)
        alz_tape_finish(session->tape, ending);
    else
        alz_recorder_finish_input(session->recorder, ending);
}

static void run_converter(struct alz_session *session,
                          const struct alz_converter *converter,
                          struct alz_str profile,
                          const struct alz_stream *stream,
                          struct alz_bytes *bytes)
{
    struct alz_drive drive = {
        .converter = converter,
        .profile = profile,
        .report_at = alz_session_report_at,
        .out = stream->tape ? &stream->tape->out
                            : alz_recorder_out(session->recorder),
        .bytes = bytes,
        .pull = stream->pull,
        .position = &session->position,
        .in = {.name = stream->name,
               .base_name = alz_base_name(stream->name),
               .mtime_ms = stream->mtime_ms,
               .live = stream->live,
               .naive = session->naive},
        .settings = session->options.converter_options,
        .interrupted = stream->interrupted,
        .ended = input_ended,
        .ctx = session,
    };

    session->input_ms = stream->mtime_ms;
    session->tape = stream->tape;
    alz_policy_begin_input(&session->policy, &drive.in);
    if (alz_drive_run(&drive) || alz_recorder_failed(session->recorder))
        alz_log_report(&session->log, &no_memory, ALZ_STR(""));
    if (session->tape)
        alz_session_check_tape(session, session->tape);
    session->tape = NULL;
}

/* Reads until the format is known: a file's head at once, a pipe's piece by
 * piece. NULL after reporting why. */
static const struct alz_converter *
find_converter(struct alz_session *session, const struct alz_stream *stream,
               struct alz_text *head)
{
    bool wait = true, more = true;
    const struct alz_converter *found = NULL;
    struct alz_text decoded = {0};

    while (!found && wait) {
        char *room = alz_buf_reserve(head, HEAD_MAX - head->len);
        ssize_t got = room ? stream->bytes->read(stream->bytes, room,
                                                 HEAD_MAX - head->len)
                           : 0;

        if (!room)
            break;
        if (got < 0) {
            alz_log_report(&session->log, &cannot_read,
                           alz_str_from(strerror(errno)));
            break;
        }
        head->len += (size_t)got;
        if (got == 0 && stream->interrupted && *stream->interrupted) {
            alz_log_report(&session->log, &interrupted, ALZ_STR(""));
            break;
        }
        more = got > 0 && head->len < HEAD_MAX;
        if (more && !stream->live)
            continue;
        alz_text_clear(&decoded);
        alz_head_decode(alz_text_str(head), &decoded);
        found = alz_detect(session, alz_text_str(&decoded),
                           alz_base_name(stream->name), !stream->asked_for,
                           more, stream->lists, &wait);
    }
    if (head->full || decoded.full)
        alz_log_report(&session->log, &no_memory, ALZ_STR(""));
    alz_text_done(&decoded);
    return found;
}

/* A list was asked for as one, or is no input. */
static bool is_wanted(struct alz_session *session,
                      const struct alz_converter *converter,
                      const struct alz_stream *stream)
{
    if (!converter || !converter->lists || stream->lists)
        return converter != NULL;
    if (stream->asked_for)
        alz_log_report(&session->log, &a_list, ALZ_STR(""));
    return false;
}

void alz_session_read(struct alz_session *session,
                      const struct alz_stream *stream)
{
    const struct alz_converter *converter = stream->converter;
    struct alz_text head = {.max = 2 * HEAD_MAX};
    struct alz_str profile = {NULL, 0};
    struct alz_bytes_head bytes;

    if (!converter && session->options.format && !stream->lists)
        converter = alz_format_find(session->options.plugins,
                                    session->options.format, &profile);
    else if (!converter)
        converter = find_converter(session, stream, &head);
    if (is_wanted(session, converter, stream)) {
        session->summary.inputs += !stream->lists;
        alz_bytes_head_init(&bytes, alz_text_str(&head), stream->bytes);
        run_converter(session, converter, profile, stream, &bytes.base);
    }
    alz_text_done(&head);
}
