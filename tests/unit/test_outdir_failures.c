/* test_outdir_failures.c - publishing while things go wrong, or at once. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "outdir_ways.h"
#include "scratch.h"
#include "tap.h"

#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/wait.h>

enum { THREADS = 2, FILES = 500 };

static const char *scratch;

/* A process that dies leaves nothing in the directory. */
static void test_killed(enum way way)
{
    struct scratch path_at = scratch_path(scratch, "killed");
    const char *path = path_at.path;
    int status = 0;
    pid_t child = fork();

    if (child == 0) {
        struct alz_outdir dir;
        struct alz_draft draft;

        if (open_way(&dir, path, way) || alz_draft_open(&dir, &draft) ||
            alz_draft_write(&draft, ALZ_STR("half of it")))
            _exit(1);
        kill(getpid(), SIGKILL);
    }
    waitpid(child, &status, 0);
    OK(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL, "it was killed");
    NUM(scratch_count(path), 0, "and left nothing");
}

static void test_vanished(enum way way)
{
    struct scratch path_at = scratch_path(scratch, "vanished");
    const char *path = path_at.path;
    struct alz_outdir dir;
    struct alz_draft draft;

    open_way(&dir, path, way);
    NUM(publish(&dir, "x", ALZ_STR("x"), NULL), 0, "one file");
    NUM(alz_draft_open(&dir, &draft), 0, "and a draft");
    unlink(scratch_path(path, "x").path);
    OK(rmdir(path) == 0, "the directory goes");
    NUM(alz_draft_publish(&dir, &draft, "d", NULL), -1, "the draft is lost");
    NUM(errno, ENOENT, "errno says why");
    NUM(publish(&dir, "y", ALZ_STR("y"), NULL), -1, "nothing more");
    NUM(errno, ENOENT, "errno says why");
    OK(access(path, F_OK) != 0, "and it is not made again");
    alz_outdir_done(&dir);
}

/* ---- threads ---------------------------------------------------------- */

struct worker {
    pthread_t thread;
    struct alz_outdir *dir;
    int number, existed, failed;
};

/* Own files and files both want. */
static void *work(void *arg)
{
    struct worker *worker = arg;
    char name[32];

    for (int i = 0; i < FILES; i++) {
        bool existed = false;

        snprintf(name, sizeof(name), "own-%d-%d", worker->number, i);
        worker->failed +=
            publish(worker->dir, name, alz_str_from(name), NULL) != 0;
        snprintf(name, sizeof(name), "shared-%d", i);
        worker->failed +=
            publish(worker->dir, name, alz_str_from(name), &existed) != 0;
        worker->existed += existed;
    }
    return NULL;
}

static bool all_whole(const char *path)
{
    char name[32];
    bool good = true;

    for (int i = 0; i < FILES; i++) {
        for (int number = 0; number < THREADS; number++) {
            snprintf(name, sizeof(name), "own-%d-%d", number, i);
            good &= scratch_holds(scratch_path(path, name).path,
                                  alz_str_from(name));
        }
        snprintf(name, sizeof(name), "shared-%d", i);
        good &=
            scratch_holds(scratch_path(path, name).path, alz_str_from(name));
    }
    return good;
}

static void test_threads(enum way way)
{
    struct scratch path_at = scratch_path(scratch, "threads");
    const char *path = path_at.path;
    struct worker workers[THREADS];
    struct alz_outdir dir;
    int failed = 0, existed = 0;

    open_way(&dir, path, way);
    for (int i = 0; i < THREADS; i++) {
        workers[i] = (struct worker){.dir = &dir, .number = i};
        pthread_create(&workers[i].thread, NULL, work, &workers[i]);
    }
    for (int i = 0; i < THREADS; i++) {
        pthread_join(workers[i].thread, NULL);
        failed += workers[i].failed;
        existed += workers[i].existed;
    }
    NUM(failed, 0, "two threads publish");
    NUM(existed, FILES, "each shared name was made once");
    NUM(scratch_count(path), (THREADS + 1) * FILES, "all are there");
    OK(all_whole(path), "and whole");
    alz_outdir_done(&dir);
    scratch_remove(path);
}

/* ---- no room ---------------------------------------------------------- */

/* In a mount namespace of its own: returns 77 where that is forbidden. */
static int fill_tmpfs(const char *path, enum way way)
{
    static char bytes[1024 * 1024];
    char inner[4200];
    struct alz_outdir dir;
    struct alz_draft draft;
    int result, error;

    if (unshare(CLONE_NEWNS) ||
        mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) ||
        mount("none", path, "tmpfs", 0, "size=256k"))
        return 77;
    snprintf(inner, sizeof(inner), "%s/results", path);
    if (open_way(&dir, inner, way) || alz_draft_open(&dir, &draft))
        return 1;
    result = alz_draft_write(&draft, (struct alz_str){bytes, sizeof(bytes)});
    error = errno;
    alz_draft_drop(&dir, &draft);
    if (result != -1 || error != ENOSPC || scratch_count(inner) != 0)
        return 2;
    result = publish(&dir, "small", ALZ_STR("fits again"), NULL);
    alz_outdir_done(&dir);
    return result || scratch_count(path) != 1 ? 3 : 0;
}

static void test_no_room(enum way way)
{
    struct scratch path_at = scratch_path(scratch, "tmpfs");
    const char *path = path_at.path;
    int status = 0;
    pid_t child;

    mkdir(path, 0777);
    child = fork();
    if (child == 0)
        _exit(fill_tmpfs(path, way));
    waitpid(child, &status, 0);
    if (WIFEXITED(status) && WEXITSTATUS(status) == 77)
        OK(true, "no room is an error # SKIP may not mount");
    else
        OK(WIFEXITED(status) && WEXITSTATUS(status) == 0,
           "no room is ENOSPC, and leaves nothing");
}

int main(void)
{
    scratch = scratch_new();
    for (enum way way = BY_LINK; way < WAYS; way++) {
        test_killed(way);
        test_vanished(way);
        test_threads(way);
        test_no_room(way);
    }
    scratch_remove(scratch);
    return tap_done();
}
