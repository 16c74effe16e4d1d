/* child.c - a command that is run, teed and read at the same time. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "child.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* How often a command that keeps silent is looked after, and how long. */
enum { LOOK_MS = 50, KILL_AFTER_S = 10, DRAIN_S = 2, LINE_MAX_LEN = 65536 };

static double now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static int set_up_spawn(posix_spawnattr_t *attributes, bool group)
{
    sigset_t defaults, mask;
    short flags = POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK;

    sigemptyset(&mask);
    sigemptyset(&defaults);
    sigaddset(&defaults, SIGPIPE);
    posix_spawnattr_setsigmask(attributes, &mask);
    posix_spawnattr_setsigdefault(attributes, &defaults);
    if (group)
        flags |= POSIX_SPAWN_SETPGROUP;
    return posix_spawnattr_setflags(attributes, flags);
}

static int spawn(struct child *child, char *const *argv, const int *ends)
{
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    int error;

    posix_spawn_file_actions_init(&actions);
    posix_spawnattr_init(&attributes);
    posix_spawn_file_actions_adddup2(&actions, ends[0], STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDERR_FILENO);
    set_up_spawn(&attributes, child->group);
    error = posix_spawnp(&child->pid, argv[0], &actions, &attributes, argv,
                         environ);
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
    return error;
}

static int open_pipes(struct child *child, int *ends)
{
    for (int i = 0; i < 2; i++) {
        int pair[2];

        if (pipe2(pair, O_CLOEXEC))
            return errno;
        child->pipes[i].from = pair[0];
        ends[i] = pair[1];
    }
    return 0;
}

int child_start(struct child *child, char *const *argv,
                enum child_stream stream, double timeout)
{
    int ends[2] = {-1, -1}, error;

    *child = (struct child){
        .pid = -1,
        .pipes = {{.from = -1, .to = STDOUT_FILENO},
                  {.from = -1, .to = STDERR_FILENO}},
        .group = isatty(STDIN_FILENO) != 1,
        .deadline = timeout > 0 ? now() + timeout : 0,
    };
    child->held = malloc(4 * CHILD_BUFFER);
    for (unsigned i = 0; i < 2; i++) {
        child->pipes[i].read = (stream & 1u << i) != 0;
        if (stream == CHILD_BOTH)
            child->pipes[i].line = malloc(LINE_MAX_LEN);
    }
    error = child->held ? open_pipes(child, ends) : ENOMEM;
    if (!error)
        error = spawn(child, argv, ends);
    for (int i = 0; i < 2; i++)
        if (ends[i] >= 0)
            close(ends[i]);
    if (error)
        child_done(child);
    return error;
}

void child_signal(const struct child *child, int number)
{
    if (child->pid > 0 && !child->ended)
        kill(child->group ? -child->pid : child->pid, number);
}

/* A closed or full target ends the copying, never the reading. */
static void copy(struct child_pipe *from, const char *bytes, size_t len)
{
    while (len && from->to >= 0) {
        ssize_t put = write(from->to, bytes, len);

        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0) {
            from->to = -1;
            return;
        }
        bytes += put;
        len -= (size_t)put;
    }
}

static void hold(struct child *child, const char *bytes, size_t len)
{
    memcpy(child->held + child->held_len, bytes, len);
    child->held_len += len;
}

static void hold_line(struct child *child, struct child_pipe *from)
{
    hold(child, from->line, from->line_len);
    from->line_len = 0;
}

/* With two streams: hands out what ends in a newline, keeps the rest. */
static void hold_lines(struct child *child, struct child_pipe *from,
                       const char *bytes, size_t len)
{
    const char *newline = memrchr(bytes, '\n', len);
    size_t whole = newline ? (size_t)(newline - bytes) + 1 : 0;

    if (whole || from->line_len + len > LINE_MAX_LEN) {
        hold_line(child, from);
        hold(child, bytes, whole);
    }
    if (len - whole > LINE_MAX_LEN - from->line_len) {
        hold(child, bytes + whole, len - whole);
        return;
    }
    memcpy(from->line + from->line_len, bytes + whole, len - whole);
    from->line_len += len - whole;
}

static void end_pipe(struct child *child, struct child_pipe *from)
{
    if (from->line)
        hold_line(child, from);
    close(from->from);
    from->from = -1;
}

static void pump(struct child *child, struct child_pipe *from)
{
    char bytes[CHILD_BUFFER];
    ssize_t got = read(from->from, bytes, sizeof(bytes));

    if (got < 0 && errno == EINTR)
        return;
    if (got <= 0) {
        end_pipe(child, from);
        return;
    }
    copy(from, bytes, (size_t)got);
    if (from->line)
        hold_lines(child, from, bytes, (size_t)got);
    else if (from->read)
        hold(child, bytes, (size_t)got);
}

/* Is the command gone? Does it have to go? Is waiting over? */
static void look_after(struct child *child)
{
    double time = now();

    if (!child->ended && waitpid(child->pid, &child->status, WNOHANG) > 0) {
        child->ended = true;
        child->drain_at = time + DRAIN_S;
    }
    if (!child->ended && child->deadline > 0 && time >= child->deadline) {
        child->timed_out = true;
        child->deadline = 0;
        child->kill_at = time + KILL_AFTER_S;
        child_signal(child, SIGTERM);
    }
    if (!child->ended && child->kill_at > 0 && time >= child->kill_at) {
        child->kill_at = 0;
        child_signal(child, SIGKILL);
    }
    if (child->ended && time >= child->drain_at)
        for (int i = 0; i < 2; i++)
            if (child->pipes[i].from >= 0)
                end_pipe(child, &child->pipes[i]);
}

static bool over(const struct child *child)
{
    return child->pipes[0].from < 0 && child->pipes[1].from < 0;
}

/* Moves bytes once, waiting at most timeout_ms. */
static void turn(struct child *child, int timeout_ms)
{
    struct pollfd polls[2];

    for (int i = 0; i < 2; i++)
        polls[i] = (struct pollfd){child->pipes[i].from, POLLIN, 0};
    if (poll(polls, 2, timeout_ms < LOOK_MS ? timeout_ms : LOOK_MS) > 0)
        for (int i = 0; i < 2; i++)
            if (polls[i].revents)
                pump(child, &child->pipes[i]);
    look_after(child);
}

int child_wait(void *ctx, int timeout_ms)
{
    struct child *child = ctx;
    double end = now() + timeout_ms / 1e3;

    while (child->held_pos == child->held_len && !over(child)) {
        double left = timeout_ms < 0 ? 1 : end - now();

        if (left <= 0)
            return 0;
        child->held_pos = child->held_len = 0;
        turn(child, (int)(left * 1e3) + 1);
    }
    return 1;
}

ssize_t child_read(void *ctx, char *to, size_t cap)
{
    struct child *child = ctx;
    size_t len;

    child_wait(child, -1);
    len = child->held_len - child->held_pos;
    if (len > cap)
        len = cap;
    memcpy(to, child->held + child->held_pos, len);
    child->held_pos += len;
    return (ssize_t)len;
}

void child_finish(struct child *child)
{
    char bytes[CHILD_BUFFER];

    while (child_read(child, bytes, sizeof(bytes)) > 0)
        ;
    while (!child->ended) {
        turn(child, LOOK_MS);
    }
}

int child_exit_status(const struct child *child)
{
    if (WIFSIGNALED(child->status))
        return 128 + WTERMSIG(child->status);
    return WEXITSTATUS(child->status);
}

void child_done(struct child *child)
{
    for (int i = 0; i < 2; i++) {
        if (child->pipes[i].from >= 0)
            close(child->pipes[i].from);
        free(child->pipes[i].line);
    }
    free(child->held);
    child->held = NULL;
}
