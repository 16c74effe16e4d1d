/* child_start.c - starts a command with its streams in our hands. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "child.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

double child_now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

/* Signals are for the command as they were for us. */
static int set_up_spawn(posix_spawnattr_t *attributes,
                        const struct child *child)
{
    short flags = POSIX_SPAWN_SETSIGDEF;
    sigset_t defaults;

    sigemptyset(&defaults);
    if (!child->options.ignore_pipe)
        sigaddset(&defaults, SIGPIPE);
    posix_spawnattr_setsigdefault(attributes, &defaults);
    if (child->group)
        flags |= POSIX_SPAWN_SETPGROUP;
    return posix_spawnattr_setflags(attributes, flags);
}

static int spawn(struct child *child, char *const *argv, const int *ends)
{
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    int error = 0;

    posix_spawn_file_actions_init(&actions);
    posix_spawnattr_init(&attributes);
    for (int i = 0; i < 2 && !error; i++)
        if (ends[i] >= 0)
            error = posix_spawn_file_actions_adddup2(&actions, ends[i],
                                                     STDOUT_FILENO + i);
    if (!error)
        error = set_up_spawn(&attributes, child);
    if (!error)
        error = posix_spawnp(&child->pid, argv[0], &actions, &attributes, argv,
                             environ);
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
    return error;
}

static bool same_file(int a, int b)
{
    struct stat first, second;

    return fstat(a, &first) == 0 && fstat(b, &second) == 0 &&
           first.st_dev == second.st_dev && first.st_ino == second.st_ino;
}

static int open_pipe(struct child *child, int number, int *ret_end)
{
    struct child_pipe *one = &child->pipes[number];
    int pair[2];

    if (pipe2(pair, O_CLOEXEC))
        return errno;
    one->from = pair[0];
    *ret_end = pair[1];
    one->read = (child->options.stream & 1u << number) != 0;
    return tee_open(&one->tee, STDOUT_FILENO + number) ? ENOMEM : 0;
}

/* ends: what the command writes to, -1: to ours. */
static int open_pipes(struct child *child, int *ends)
{
    enum child_stream stream = child->options.stream;
    int error;

    if (stream == CHILD_NONE)
        return 0;
    error = open_pipe(child, 0, &ends[0]);
    if (!error && stream == CHILD_BOTH &&
        same_file(STDOUT_FILENO, STDERR_FILENO)) {
        ends[1] = ends[0];
        return 0;
    }
    if (!error)
        error = open_pipe(child, 1, &ends[1]);
    for (int i = 0; i < 2 && !error && stream == CHILD_BOTH; i++) {
        child->pipes[i].line = malloc(CHILD_LINE_MAX);
        error = child->pipes[i].line ? 0 : ENOMEM;
    }
    return error;
}

static void watch(struct child *child)
{
#ifdef SYS_pidfd_open
    child->gone = (int)syscall(SYS_pidfd_open, child->pid, 0);
#endif
}

int child_start(struct child *child, char *const *argv,
                const struct child_options *options)
{
    int ends[2] = {-1, -1}, error;

    *child = (struct child){
        .options = *options,
        .pid = -1,
        .gone = -1,
        .pipes = {{.from = -1, .tee.to = -1}, {.from = -1, .tee.to = -1}},
        .group = isatty(STDIN_FILENO) != 1,
        .deadline = options->timeout > 0 ? child_now() + options->timeout : 0,
    };
    child->held = malloc(CHILD_HELD_MAX);
    error = child->held ? open_pipes(child, ends) : ENOMEM;
    if (!error)
        error = spawn(child, argv, ends);
    if (ends[1] >= 0 && ends[1] != ends[0])
        close(ends[1]);
    if (ends[0] >= 0)
        close(ends[0]);
    if (error)
        child_done(child);
    else
        watch(child);
    return error;
}

void child_done(struct child *child)
{
    for (int i = 0; i < 2; i++) {
        if (child->pipes[i].from >= 0)
            close(child->pipes[i].from);
        child->pipes[i].from = -1;
        free(child->pipes[i].line);
        child->pipes[i].line = NULL;
        tee_done(&child->pipes[i].tee);
    }
    if (child->gone >= 0)
        close(child->gone);
    child->gone = -1;
    free(child->held);
    child->held = NULL;
}
