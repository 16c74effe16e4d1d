/* input.c - one input: opened, recognised, read to its end. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "run/drive.h"
#include "run/session.h"
#include "run/sources.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

enum { HEAD_MAX = 65536, PROGRESS_READS = 16 };

static const struct alz_diag cannot_read = {ALZ_ERROR, "run/input",
                                            "cannot be read", ALZ_EXIT_INPUT};
static const struct alz_diag nothing_found = {ALZ_ERROR, "run/nothing-found",
                                              "no report in this directory",
                                              ALZ_EXIT_INPUT};
static const struct alz_diag stale = {ALZ_ERROR, "run/stale",
                                      "was there before the command started",
                                      ALZ_EXIT_DAMAGED};
static const struct alz_diag same_bytes = {
    ALZ_NOTE, "run/same-bytes", "was read already, with the same bytes", 0};
static const struct alz_diag interrupted = {
    ALZ_WARNING, "run/interrupted", "stopped before the end of the input", 0};
static const struct alz_diag no_memory = {ALZ_ERROR, "run/memory",
                                          "out of memory", ALZ_EXIT_MEMORY};

/* Bytes that are counted on their way, for the summary and the progress. */
struct counted {
    struct alz_bytes base;
    struct alz_bytes *next;
    struct alz_session *session;
    uint64_t count, size;
    unsigned reads;
};

static ssize_t counted_read(struct alz_bytes *bytes, char *to, size_t cap)
{
    struct counted *counted = (struct counted *)bytes;
    const struct alz_options *options = &counted->session->options;
    ssize_t got = counted->next->read(counted->next, to, cap);

    if (got > 0)
        counted->count += (uint64_t)got;
    if (options->progress && ++counted->reads % PROGRESS_READS == 0)
        options->progress(options->progress_ctx, counted->session->log.file,
                          counted->count, counted->size,
                          counted->session->summary.tests);
    return got;
}

static int counted_wait(struct alz_bytes *bytes, int timeout_ms)
{
    struct counted *counted = (struct counted *)bytes;

    return counted->next->wait ? counted->next->wait(counted->next, timeout_ms)
                               : 1;
}

void alz_session_begin_input(struct alz_session *session, struct alz_str name)
{
    session->log.file = name;
    session->position = (struct alz_position){0};
    session->log.position = &session->position;
}

static void input_ended(void *ctx, enum alz_ending ending)
{
    struct alz_session *session = ctx;

    if (ending == ALZ_INTERRUPTED)
        alz_log_report(&session->log, &interrupted, ALZ_STR(""));
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
        .out = alz_recorder_out(session->recorder),
        .bytes = bytes,
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
    alz_policy_begin_input(&session->policy, &drive.in);
    if (alz_drive_run(&drive) || alz_recorder_failed(session->recorder))
        alz_log_report(&session->log, &no_memory, ALZ_STR(""));
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
        found = alz_detect(&session->log, alz_text_str(&decoded),
                           alz_base_name(stream->name), !stream->asked_for,
                           more, &wait);
    }
    alz_text_done(&decoded);
    return found;
}

void alz_session_read(struct alz_session *session,
                      const struct alz_stream *stream)
{
    const struct alz_converter *converter = NULL;
    struct alz_text head = {.max = 2 * HEAD_MAX};
    struct alz_str profile = {NULL, 0};
    struct alz_bytes_head bytes;

    if (session->options.format)
        converter = alz_format_find(session->options.format, &profile);
    else
        converter = find_converter(session, stream, &head);
    if (converter) {
        session->summary.inputs++;
        alz_bytes_head_init(&bytes, alz_text_str(&head), stream->bytes);
        run_converter(session, converter, profile, stream, &bytes.base);
    }
    alz_text_done(&head);
}

static char *directory_of(const char *path)
{
    const char *slash = strrchr(path, '/');

    if (!slash)
        return strdup(".");
    return strndup(path, slash == path ? 1 : (size_t)(slash - path));
}

static int64_t milliseconds(const struct timespec *time)
{
    return (int64_t)time->tv_sec * 1000 + time->tv_nsec / 1000000;
}

static int64_t now_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_REALTIME, &now);
    return milliseconds(&now);
}

/* A descriptor as a stream; the last change of a pipe is now. */
static void read_fd(struct alz_session *session, const char *path, int fd,
                    const struct stat *info, bool asked_for)
{
    bool regular = S_ISREG(info->st_mode);
    struct alz_bytes_fd raw;
    struct counted counted = {
        .base = {counted_read, counted_wait},
        .next = &raw.base,
        .session = session,
        .size = regular ? (uint64_t)info->st_size : 0,
    };
    struct alz_stream stream = {
        .name = alz_str_from(path),
        .bytes = &counted.base,
        .mtime_ms = regular ? milliseconds(&info->st_mtim) : now_ms(),
        .live = !regular,
        .asked_for = asked_for,
        .interrupted = &raw.interrupted,
    };

    alz_bytes_fd_init(&raw, fd, session->options.stop);
    alz_session_read(session, &stream);
    session->summary.bytes_read += counted.count;
}

static void report_errno(struct alz_session *session)
{
    session->log.position = NULL;
    alz_log_report(&session->log, &cannot_read, alz_str_from(strerror(errno)));
}

static void read_file(struct alz_session *session,
                      const struct alz_source *source)
{
    char *dir = directory_of(source->path);
    struct stat info;
    int fd;

    alz_session_begin_input(session, alz_str_from(source->path));
    fd = open(source->path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (!dir || fd < 0 || fstat(fd, &info)) {
        report_errno(session);
    } else if (alz_session_is_old(session, &info)) {
        session->log.position = NULL;
        alz_log_report(&session->log, &stale, ALZ_STR(""));
    } else if (alz_session_seen(session, fd, source->path, &info)) {
        alz_log_report(&session->log, &same_bytes, ALZ_STR(""));
    } else {
        session->input_dir = dir;
        read_fd(session, source->path, fd, &info, source->asked_for);
        session->input_dir = "";
    }
    if (fd >= 0)
        close(fd);
    free(dir);
    session->log.file = ALZ_STR("");
}

static void read_stdin(struct alz_session *session)
{
    struct stat info;

    alz_session_begin_input(session, ALZ_STR("-"));
    session->input_dir = ".";
    if (fstat(STDIN_FILENO, &info))
        report_errno(session);
    else
        read_fd(session, "-", STDIN_FILENO, &info, true);
    session->input_dir = "";
    session->log.file = ALZ_STR("");
}

void alz_session_convert(struct alz_session *session, const char *input)
{
    struct alz_sources sources = {0};
    uint64_t before = session->summary.inputs;
    const char *avoid = session->options.dry_run ? NULL : session->outdir.path;

    if (strcmp(input, "-") == 0) {
        read_stdin(session);
        return;
    }
    alz_session_begin_input(session, alz_str_from(input));
    if (alz_sources_add(&sources, input, avoid))
        report_errno(session);
    if (sources.problem)
        alz_log_report(&session->log, sources.problem,
                       alz_str_from(sources.about));
    for (size_t i = 0; i < sources.count; i++)
        read_file(session, &sources.items[i]);
    alz_session_begin_input(session, alz_str_from(input));
    if (sources.count && !sources.items[0].asked_for &&
        session->summary.inputs == before)
        alz_log_report(&session->log, &nothing_found, ALZ_STR(""));
    session->log.file = ALZ_STR("");
    alz_sources_done(&sources);
}

/* The caller's bytes as a stream of ours. */
struct pulled {
    struct alz_bytes base;
    const struct alz_pull *pull;
    const volatile sig_atomic_t *stop;
    bool interrupted;
};

static ssize_t pulled_read(struct alz_bytes *bytes, char *to, size_t cap)
{
    struct pulled *pulled = (struct pulled *)bytes;
    ssize_t got = pulled->pull->read(pulled->pull->ctx, to, cap);

    pulled->interrupted = got == 0 && pulled->stop && *pulled->stop;
    return got;
}

static int pulled_wait(struct alz_bytes *bytes, int timeout_ms)
{
    const struct alz_pull *pull = ((struct pulled *)bytes)->pull;

    return pull->wait ? pull->wait(pull->ctx, timeout_ms) : 1;
}

void alz_session_convert_pull(struct alz_session *session, const char *name,
                              const struct alz_pull *pull)
{
    struct pulled pulled = {
        .base = {pulled_read, pulled_wait},
        .pull = pull,
        .stop = session->options.stop,
    };
    struct counted counted = {
        .base = {counted_read, counted_wait},
        .next = &pulled.base,
        .session = session,
    };
    struct alz_stream stream = {
        .name = alz_str_from(name),
        .bytes = &counted.base,
        .mtime_ms = now_ms(),
        .live = true,
        .asked_for = true,
        .interrupted = &pulled.interrupted,
    };

    alz_session_begin_input(session, stream.name);
    session->input_dir = ".";
    alz_session_read(session, &stream);
    session->summary.bytes_read += counted.count;
    session->input_dir = "";
    session->log.file = ALZ_STR("");
}

void alz_session_convert_memory(struct alz_session *session, const char *name,
                                struct alz_str bytes, int64_t mtime_ms)
{
    struct alz_bytes_memory memory;
    char *dir = directory_of(name);
    struct alz_stream stream = {
        .name = alz_str_from(name),
        .bytes = &memory.base,
        .mtime_ms = mtime_ms,
        .asked_for = true,
    };

    alz_bytes_memory_init(&memory, bytes, session->options.read_size);
    alz_session_begin_input(session, stream.name);
    session->input_dir = dir ? dir : "";
    if (dir)
        alz_session_read(session, &stream);
    else
        alz_log_report(&session->log, &no_memory, ALZ_STR(""));
    session->input_dir = "";
    session->log.file = ALZ_STR("");
    session->summary.bytes_read += bytes.len;
    free(dir);
}
