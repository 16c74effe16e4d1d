/* stage.c - allurize as a process, and what is in its results directory. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "stage.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { WORDS_MAX = 24 };

static void die(const char *what)
{
    printf("Bail out! %s: %s\n", what, strerror(errno));
    exit(EXIT_FAILURE);
}

double stage_now_ms(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

void stage_sleep_us(long us)
{
    struct timespec time = {us / 1000000, us % 1000000 * 1000};

    nanosleep(&time, NULL);
}

void stage_init(struct stage *stage)
{
    const char *tmp = getenv("TMPDIR");

    *stage = (struct stage){.pid = -1, .to = -1};
    snprintf(stage->dir, sizeof(stage->dir), "%s/alz-live-XXXXXX",
             tmp ? tmp : "/tmp");
    if (!mkdtemp(stage->dir))
        die("mkdtemp");
    snprintf(stage->out, sizeof(stage->out), "%s/out", stage->dir);
    snprintf(stage->file, sizeof(stage->file), "%s/messages", stage->dir);
    signal(SIGPIPE, SIG_IGN);
}

static pid_t spawn(const char *const *words, int in, const char *messages)
{
    posix_spawn_file_actions_t actions;
    pid_t pid;

    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, in, STDIN_FILENO);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null",
                                     O_WRONLY, 0);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, messages,
                                     O_WRONLY | O_CREAT | O_TRUNC, 0600);
    errno = posix_spawn(&pid, words[0], &actions, NULL,
                        (char *const *)(uintptr_t)words, environ);
    if (errno)
        die(words[0]);
    posix_spawn_file_actions_destroy(&actions);
    return pid;
}

void stage_start(struct stage *stage, const char *const *words)
{
    const char *all[WORDS_MAX] = {words[0], words[1], "-o", stage->out};
    int pair[2];

    for (size_t i = 2; words[i] && i + 3 < WORDS_MAX; i++)
        all[i + 2] = words[i];
    if (pipe2(pair, O_CLOEXEC))
        die("pipe");
    stage->pid = spawn(all, pair[0], stage->file);
    close(pair[0]);
    stage->to = pair[1];
}

void stage_say(const struct stage *stage, const char *text)
{
    size_t len = strlen(text);

    while (len) {
        ssize_t done = write(stage->to, text, len);

        if (done < 0 && errno != EINTR)
            return;
        if (done > 0) {
            text += done;
            len -= (size_t)done;
        }
    }
}

void stage_close(struct stage *stage)
{
    close(stage->to);
    stage->to = -1;
}

int stage_wait(struct stage *stage)
{
    int status = -1;

    while (waitpid(stage->pid, &status, 0) < 0 && errno == EINTR)
        ;
    stage->pid = -1;
    return status;
}

static bool has(const char *name, const char *part)
{
    return strstr(name, part) != NULL;
}

void stage_count(const struct stage *stage, struct stage_count *ret)
{
    DIR *dir = opendir(stage->out);
    struct dirent *entry;

    *ret = (struct stage_count){0};
    while (dir && (entry = readdir(dir)) != NULL) {
        const char *name = entry->d_name;

        if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0)
            continue;
        if (has(name, "-result.json"))
            ret->results++;
        else if (has(name, "-container.json") || has(name, "-attachment") ||
                 has(name, "-globals.json"))
            ret->others++;
        else
            ret->strange++;
    }
    if (dir)
        closedir(dir);
}

size_t stage_debris(const struct stage *stage)
{
    DIR *dir = opendir(stage->dir);
    struct dirent *entry;
    size_t count = 0;

    while (dir && (entry = readdir(dir)) != NULL)
        count += entry->d_name[0] != '.' && strcmp(entry->d_name, "out") != 0 &&
                 strcmp(entry->d_name, "messages") != 0;
    if (dir)
        closedir(dir);
    return count;
}

int stage_validate(const struct stage *stage, const char *allurize)
{
    const char *words[] = {allurize, "validate", "-q", stage->out, NULL};
    int null = open("/dev/null", O_RDONLY | O_CLOEXEC), status = -1;
    pid_t pid = spawn(words, null, stage->file);

    close(null);
    waitpid(pid, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void remove_all(const char *path)
{
    DIR *dir = opendir(path);
    struct dirent *entry;

    while (dir && (entry = readdir(dir)) != NULL)
        unlinkat(dirfd(dir), entry->d_name, 0);
    if (dir)
        closedir(dir);
    rmdir(path);
}

void stage_clear(const struct stage *stage)
{
    DIR *dir = opendir(stage->dir);
    struct dirent *entry;
    char path[600];

    while (dir && (entry = readdir(dir)) != NULL) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        snprintf(path, sizeof(path), "%s/%s", stage->dir, entry->d_name);
        if (unlink(path))
            remove_all(path);
    }
    if (dir)
        closedir(dir);
}

void stage_done(const struct stage *stage)
{
    stage_clear(stage);
    rmdir(stage->dir);
}
