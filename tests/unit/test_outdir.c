/* test_outdir.c - publishing: whole files, once, never over others. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "base/outdir.h"
#include "scratch.h"
#include "tap.h"

#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/wait.h>

enum { THREADS = 2, FILES = 500 };

static const char *scratch;

/* The ways to publish; the tests run with each. */
enum way { BY_LINK, BY_PROCFD, BY_RENAME, WAYS };

static const char *const way_names[] = {"link", "procfd", "rename"};

static int open_way(struct alz_outdir *dir, const char *path, enum way way)
{
    enum alz_publish publish =
        way == BY_RENAME ? ALZ_PUBLISH_RENAME : ALZ_PUBLISH_LINK;
    int result = alz_outdir_open(dir, path, publish);

    if (way == BY_PROCFD)
        dir->by_procfd = true;
    return result;
}

static int publish(struct alz_outdir *dir, const char *name,
                   struct alz_str bytes, bool *existed)
{
    struct alz_draft draft;

    if (alz_draft_open(dir, &draft))
        return -1;
    if (alz_draft_write(&draft, bytes)) {
        alz_draft_drop(dir, &draft);
        return -1;
    }
    return alz_draft_publish(dir, &draft, name, existed);
}

static int open_fds(void)
{
    return scratch_count("/proc/self/fd");
}

/* ---- opening ---------------------------------------------------------- */

static void test_open(void)
{
    struct scratch deep_at = scratch_path(scratch, "a/b//c///");
    const char *deep = deep_at.path;
    struct scratch file_at = scratch_path(scratch, "file");
    const char *file = file_at.path;
    struct alz_outdir dir;

    NUM(alz_outdir_open(&dir, deep, ALZ_PUBLISH_LINK), 0, "parents are made");
    OK(dir.path[strlen(dir.path) - 1] == 'c', "slashes at the end go");
    NUM(publish(&dir, "x", ALZ_STR("1"), NULL), 0, "a file in it");
    alz_outdir_done(&dir);
    OK(dir.dirfd == -1 && dir.path == NULL, "done leaves it closed");
    alz_outdir_done(&dir);
    alz_outdir_done(&(struct alz_outdir){0});
    alz_outdir_done(NULL);
    NUM(alz_outdir_open(&dir, deep, ALZ_PUBLISH_LINK), 0, "opened again");
    OK(scratch_holds(scratch_path(dir.path, "x").path, ALZ_STR("1")),
       "with what was in it");
    alz_outdir_done(&dir);
    scratch_write(file, ALZ_STR("x"));
    NUM(alz_outdir_open(&dir, file, ALZ_PUBLISH_LINK), -1, "a file");
    NUM(errno, ENOTDIR, "is no directory");
    NUM(alz_outdir_open(&dir, scratch_path(scratch, "file/x").path,
                        ALZ_PUBLISH_LINK),
        -1, "nothing is in a file");
    NUM(errno, ENOTDIR, "errno says so");
    NUM(alz_outdir_open(&dir, "", ALZ_PUBLISH_LINK), -1, "no name");
    NUM(errno, ENOENT, "errno says so");
    OK(dir.dirfd == -1, "and nothing is open");
}

static void test_modes(void)
{
    struct alz_outdir dir;
    struct stat info = {0};
    mode_t before = umask(027);

    alz_outdir_open(&dir, scratch_path(scratch, "modes/in").path,
                    ALZ_PUBLISH_LINK);
    stat(dir.path, &info);
    NUM(info.st_mode & 0777, 0750, "the umask shapes directories");
    publish(&dir, "link", ALZ_STR("x"), NULL);
    stat(scratch_path(dir.path, "link").path, &info);
    NUM(info.st_mode & 0777, 0640, "and linked files");
    alz_outdir_done(&dir);
    open_way(&dir, scratch_path(scratch, "modes/in").path, BY_RENAME);
    publish(&dir, "rename", ALZ_STR("x"), NULL);
    stat(scratch_path(dir.path, "rename").path, &info);
    NUM(info.st_mode & 0777, 0640, "and renamed ones");
    alz_outdir_done(&dir);
    umask(before);
}

/* ---- publishing ------------------------------------------------------- */

static void test_publish(enum way way)
{
    struct scratch path_at = scratch_path(scratch, way_names[way]);
    const char *path = path_at.path;
    struct alz_outdir dir;
    bool existed = true;
    int fds = open_fds();

    printf("# by %s\n", way_names[way]);
    NUM(open_way(&dir, path, way), 0, "opened");
    NUM(publish(&dir, "a", ALZ_STR("bytes"), &existed), 0, "published");
    OK(!existed, "a new name");
    OK(scratch_holds(scratch_path(path, "a").path, ALZ_STR("bytes")),
       "all of it");
    NUM(publish(&dir, "a", ALZ_STR("bytes"), &existed), 0, "again");
    OK(existed, "existed");
    existed = true;
    NUM(publish(&dir, "a", ALZ_STR("bytez"), &existed), -1, "other bytes");
    NUM(errno, EEXIST, "are refused");
    OK(!existed, "and are not the same");
    NUM(publish(&dir, "a", ALZ_STR("bytes+"), NULL), -1, "more bytes too");
    OK(scratch_holds(scratch_path(path, "a").path, ALZ_STR("bytes")),
       "it stays");
    NUM(publish(&dir, "empty", ALZ_STR(""), NULL), 0, "an empty file");
    NUM(publish(&dir, "empty", ALZ_STR(""), &existed), 0, "twice");
    NUM(scratch_count(path), 2, "nothing else is in the directory");
    NUM(alz_outdir_sync(&dir), 0, "synced");
    alz_outdir_done(&dir);
    NUM(open_fds(), fds, "every descriptor is closed");
}

static void refused(struct alz_outdir *dir, const char *name, int want,
                    const char *what)
{
    errno = 0;
    if (NUM(publish(dir, name, ALZ_STR("x"), NULL), -1, what))
        NUM(errno, want, "errno says why");
}

static void test_names(enum way way)
{
    struct scratch path_at = scratch_path(scratch, "names");
    const char *path = path_at.path;
    struct alz_outdir dir;
    char long_name[300];

    memset(long_name, 'x', sizeof(long_name));
    long_name[256] = '\0';
    open_way(&dir, path, way);
    refused(&dir, "", EINVAL, "no name");
    refused(&dir, ".", EINVAL, "the directory");
    refused(&dir, "..", EINVAL, "its parent");
    refused(&dir, "../outside", EINVAL, "a name outside");
    refused(&dir, "/tmp/outside", EINVAL, "an absolute name");
    refused(&dir, long_name, ENAMETOOLONG, "256 bytes");
    long_name[255] = '\0';
    NUM(publish(&dir, long_name, ALZ_STR("x"), NULL), 0, "255 bytes");
    unlink(scratch_path(path, long_name).path);
    NUM(scratch_count(path), 0, "nothing is left");
    alz_outdir_done(&dir);
}

static void test_taken(enum way way)
{
    struct scratch path_at = scratch_path(scratch, "taken");
    const char *path = path_at.path;
    struct alz_outdir dir;

    open_way(&dir, path, way);
    OK(symlink("nowhere", scratch_path(path, "dangling").path) == 0 || way > 0,
       "a dangling link");
    refused(&dir, "dangling", EEXIST, "its name is taken");
    OK(access(scratch_path(path, "nowhere").path, F_OK) != 0,
       "nothing behind it");
    scratch_write(scratch_path(path, "same").path, ALZ_STR("x"));
    OK(symlink("same", scratch_path(path, "link").path) == 0 || way > 0,
       "a link");
    refused(&dir, "link", EEXIST, "links are not followed, equal or not");
    OK(mkdir(scratch_path(path, "dir").path, 0777) == 0 || way > 0,
       "a directory");
    refused(&dir, "dir", EEXIST, "its name is taken");
    OK(mkfifo(scratch_path(path, "fifo").path, 0666) == 0 || way > 0, "a fifo");
    refused(&dir, "fifo", EEXIST, "is taken, and does not block");
    NUM(scratch_count(path), 5, "nothing is left");
    alz_outdir_done(&dir);
}

/* Same length, other bytes: at the start, at each side of a block, at the
 * end. */
static void test_compare(void)
{
    static const size_t offsets[] = {0, 8191, 8192, 19999};
    struct scratch path_at = scratch_path(scratch, "compare");
    const char *path = path_at.path;
    static char bytes[20000];
    struct alz_str text = {bytes, sizeof(bytes)};
    struct alz_outdir dir;
    bool existed = false;

    memset(bytes, 'x', sizeof(bytes));
    open_way(&dir, path, BY_LINK);
    NUM(publish(&dir, "f", text, NULL), 0, "20000 bytes");
    NUM(publish(&dir, "f", text, &existed), 0, "the same again");
    OK(existed, "existed");
    for (size_t i = 0; i < sizeof(offsets) / sizeof(*offsets); i++) {
        bytes[offsets[i]] = 'y';
        NUM(publish(&dir, "f", text, NULL), -1, "one other byte is seen");
        bytes[offsets[i]] = 'x';
    }
    alz_outdir_done(&dir);
}

static void test_drop(enum way way)
{
    struct scratch path_at = scratch_path(scratch, "drop");
    const char *path = path_at.path;
    struct alz_outdir dir;
    struct alz_draft draft;
    int fds = open_fds();

    open_way(&dir, path, way);
    NUM(alz_draft_open(&dir, &draft), 0, "a draft");
    NUM(alz_draft_write(&draft, ALZ_STR("x")), 0, "some bytes");
    NUM(scratch_count(path), 0, "has no name");
    alz_draft_drop(&dir, &draft);
    OK(draft.fd == -1, "dropped");
    alz_draft_drop(&dir, &draft);
    NUM(alz_draft_publish(&dir, &draft, "x", NULL), -1, "cannot be published");
    NUM(errno, EBADF, "errno says why");
    alz_outdir_done(&dir);
    NUM(scratch_count(path), 0, "nothing is left");
    NUM(open_fds(), fds, "every descriptor is closed");
}

/* ---- the sibling ------------------------------------------------------ */

static void sibling_name(char *to, size_t cap, const char *path)
{
    snprintf(to, cap, "%s.tmp.%ld", path, (long)getpid());
}

static void test_sibling(void)
{
    struct scratch path_at = scratch_path(scratch, "sib");
    const char *path = path_at.path;
    char sibling[5000], left_over[5100];
    struct alz_outdir dir;
    struct alz_draft draft;

    sibling_name(sibling, sizeof(sibling), path);
    open_way(&dir, path, BY_RENAME);
    OK(access(sibling, F_OK) != 0, "no sibling before it is needed");
    alz_draft_open(&dir, &draft);
    NUM(scratch_count(sibling), 1, "the draft is in the sibling");
    alz_draft_publish(&dir, &draft, "x", NULL);
    NUM(scratch_count(sibling), 0, "and leaves it");
    alz_outdir_done(&dir);
    OK(access(sibling, F_OK) != 0, "done removes the sibling");
    OK(mkdir(sibling, 0777) == 0, "somebody's sibling");
    snprintf(left_over, sizeof(left_over), "%s/0", sibling);
    scratch_write(left_over, ALZ_STR("left over"));
    open_way(&dir, path, BY_RENAME);
    NUM(publish(&dir, "y", ALZ_STR("y"), NULL), 0, "does not disturb ours");
    alz_outdir_done(&dir);
    OK(scratch_holds(left_over, ALZ_STR("left over")), "nor we theirs");
    NUM(scratch_count(path), 2, "two files were published");
}

/* "." has its sibling beside it, not in it. */
static void test_sibling_of_dot(void)
{
    struct scratch path_at = scratch_path(scratch, "dot");
    const char *path = path_at.path;
    char before[4096];
    struct alz_outdir dir;
    struct alz_draft draft;

    OK(getcwd(before, sizeof(before)) && mkdir(path, 0777) == 0 &&
           chdir(path) == 0,
       "inside a directory");
    NUM(open_way(&dir, "./", BY_RENAME), 0, "opened as ./");
    NUM(alz_draft_open(&dir, &draft), 0, "a draft");
    NUM(scratch_count("."), 0, "is not in it");
    NUM(alz_draft_publish(&dir, &draft, "x", NULL), 0, "published");
    NUM(scratch_count("."), 1, "is in it");
    alz_outdir_done(&dir);
    OK(chdir(before) == 0, "and out again");
}

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
    test_open();
    test_modes();
    test_compare();
    for (enum way way = BY_LINK; way < WAYS; way++) {
        test_publish(way);
        test_names(way);
        test_taken(way);
        test_drop(way);
        test_killed(way);
        test_vanished(way);
        test_threads(way);
        test_no_room(way);
    }
    test_sibling();
    test_sibling_of_dot();
    scratch_remove(scratch);
    return tap_done();
}
