/* input.c - one input: found, opened, read. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "run/drive.h"
#include "run/session.h"
#include "run/sources.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

enum { PROGRESS_READS = 16 };

static const struct alz_diag cannot_read = {ALZ_ERROR, "run/input",
                                            "cannot be read", ALZ_EXIT_INPUT};
static const struct alz_diag no_file = {ALZ_ERROR, "run/input",
                                        "is not a regular file, and not read",
                                        ALZ_EXIT_INPUT};
static const struct alz_diag nothing_found = {ALZ_ERROR, "run/nothing-found",
                                              "no report in this directory",
                                              ALZ_EXIT_INPUT};
static const struct alz_diag stale = {ALZ_ERROR, "run/stale",
                                      "was there before the command started",
                                      ALZ_EXIT_DAMAGED};
static const struct alz_diag same_bytes = {
    ALZ_NOTE, "run/same-bytes", "was read already, with the same bytes", 0};
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

/* The last change of a pipe is now. */
void alz_session_read_fd(struct alz_session *session,
                         const struct alz_stream *what, int fd,
                         const struct stat *info)
{
    bool regular = S_ISREG(info->st_mode);
    struct alz_bytes_fd raw;
    struct counted counted = {
        .base = {counted_read, counted_wait},
        .next = &raw.base,
        .session = session,
        .size = regular ? (uint64_t)info->st_size : 0,
    };
    struct alz_stream stream = *what;

    stream.bytes = &counted.base;
    stream.mtime_ms = regular ? milliseconds(&info->st_mtim) : now_ms();
    stream.live = !regular;
    stream.interrupted = &raw.interrupted;
    alz_bytes_fd_init(&raw, fd, session->options.stop);
    alz_session_read(session, &stream);
    session->summary.bytes_read += counted.count;
}

void alz_session_report_errno(struct alz_session *session)
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
    fd = open(source->path, O_RDONLY | O_CLOEXEC | O_NOCTTY |
                                (session->files_only ? O_NONBLOCK : 0));
    if (!dir || fd < 0 || fstat(fd, &info)) {
        alz_session_report_errno(session);
    } else if (session->files_only && !S_ISREG(info.st_mode)) {
        session->log.position = NULL;
        alz_log_report(&session->log, &no_file, ALZ_STR(""));
    } else if (alz_session_is_old(session, &info)) {
        session->log.position = NULL;
        alz_log_report(&session->log, &stale, ALZ_STR(""));
    } else if (alz_session_seen(session, fd, source->path, &info)) {
        alz_log_report(&session->log, &same_bytes, ALZ_STR(""));
    } else {
        session->input_dir = dir;
        alz_session_read_fd(
            session,
            &(struct alz_stream){.name = alz_str_from(source->path),
                                 .asked_for = source->asked_for},
            fd, &info);
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
        alz_session_report_errno(session);
    else
        alz_session_read_fd(
            session,
            &(struct alz_stream){.name = ALZ_STR("-"), .asked_for = true},
            STDIN_FILENO, &info);
    session->input_dir = "";
    session->log.file = ALZ_STR("");
}

/* A directory with nothing in it, or nothing that is a report. */
static bool is_barren(const struct alz_sources *sources)
{
    return sources->count ? !sources->items[0].asked_for : !sources->problem;
}

void alz_session_convert(struct alz_session *session, const char *input)
{
    struct alz_sources sources = {0};
    bool found;
    uint64_t before = session->summary.inputs;
    const char *avoid = session->options.dry_run ? NULL : session->outdir.path;

    if (strcmp(input, "-") == 0 && !session->files_only) {
        read_stdin(session);
        return;
    }
    alz_session_begin_input(session, alz_str_from(input));
    found = alz_sources_add(&sources, input, avoid) == 0;
    if (!found)
        alz_session_report_errno(session);
    if (sources.problem)
        alz_log_report(&session->log, sources.problem,
                       alz_str_from(sources.about));
    for (size_t i = 0; i < sources.count; i++)
        read_file(session, &sources.items[i]);
    alz_session_begin_input(session, alz_str_from(input));
    if (found && is_barren(&sources) && session->summary.inputs == before)
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

void alz_session_read_pull(struct alz_session *session,
                           const struct alz_stream *what,
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
    struct alz_stream stream = *what;

    stream.bytes = &counted.base;
    stream.pull = pull;
    stream.mtime_ms = now_ms();
    stream.live = stream.asked_for = true;
    stream.interrupted = &pulled.interrupted;
    alz_session_begin_input(session, stream.name);
    session->input_dir = ".";
    alz_session_read(session, &stream);
    session->summary.bytes_read += counted.count;
    session->input_dir = "";
    session->log.file = ALZ_STR("");
}

void alz_session_convert_pull(struct alz_session *session, const char *name,
                              const struct alz_pull *pull)
{
    alz_session_read_pull(
        session, &(struct alz_stream){.name = alz_str_from(name)}, pull);
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
