/* test_sink_failures.c - taken names, full disks, lost directories. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "sink_files.h"

#include <sched.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/wait.h>

enum { SKIP = 77 };

/* ---- names that are taken --------------------------------------------- */

static void test_existing(unsigned writers)
{
    char want[128], buffer[16];

    setup(writers, false);
    NUM(put_text("a-result.json", ALZ_STR("{}")), 0, "a file");
    NUM(put_text("a-result.json", ALZ_STR("{}")), 0, "the same once more");
    NUM(sink->ops->flush(sink), 0, "is no failure");
    put_text("a-result.json", ALZ_STR("[]"));
    NUM(sink->ops->flush(sink), -1, "other bytes under its name are");
    snprintf(want, sizeof want, "%s/a-result.json: exists with other content",
             path);
    IS(alz_text_str(&sink->error), want, "which is told");
    IS(slurp("a-result.json", buffer, sizeof buffer), "{}",
       "the file that was there stays");
    NUM(put_text("b-result.json", ALZ_STR("{}")), -1, "the failure sticks");
    NUM(count_files(), 1, "nothing more is written");
    teardown();
}

/* ---- failures --------------------------------------------------------- */

static bool error_ends(const char *reason)
{
    bool good = alz_str_ends(alz_text_str(&sink->error), reason);

    if (!good)
        printf("# error: %.*s\n", (int)sink->error.len, sink->error.ptr);
    fflush(stdout);
    return good;
}

static void test_removed(unsigned writers)
{
    char want[128];
    int failed = 0;

    setup(writers, false);
    NUM(put(0), 0, "a document");
    NUM(sink->ops->flush(sink), 0, "is published");
    remove_all();
    for (int i = 1; i < 2000; i++)
        failed += put(i) != 0;
    NUM(sink->ops->flush(sink), -1, "the directory is removed in mid-run");
    OK(failed > 0, "later puts say so");
    snprintf(want, sizeof want, "%s/00000000-0000-4000-8000-000000", path);
    OK(alz_str_starts(alz_text_str(&sink->error), want) &&
           alz_str_find(alz_text_str(&sink->error), "-result.json: ") !=
               SIZE_MAX,
       "with path, name and reason, once");
    NUM(sink->files, 1, "what was there before counts");
    teardown();
}

/* Runs in a process of its own: limits and mounts do not come back. */
static int in_child(int (*body)(void))
{
    pid_t pid;
    int status;

    fflush(stdout);
    pid = fork();
    if (pid == 0)
        _exit(body());
    if (pid < 0 || waitpid(pid, &status, 0) != pid)
        return EXIT_FAILURE;
    return WIFEXITED(status) ? WEXITSTATUS(status) : EXIT_FAILURE;
}

static void ok_in_child(int (*body)(void), const char *title)
{
    int status = in_child(body);

    if (status == SKIP)
        printf("ok %d - %s # SKIP not possible here\n", ++tap_count, title);
    else
        NUM(status, 0, title);
}

/* 900 bytes of 1,000 are allowed: an attachment fails, small files do not. */
static int no_long_files(void)
{
    struct rlimit limit = {1000, 1000};
    bool good;

    signal(SIGXFSZ, SIG_IGN);
    setup(2, false);
    setrlimit(RLIMIT_FSIZE, &limit);
    good = put(0) == 0 && sink->ops->flush(sink) == 0;
    put_with_attachments(1);
    good &= sink->ops->flush(sink) == -1 && error_ends("File too large");
    good &= put(2) == -1;
    good &= count_right(3) == 1;
    teardown();
    return good ? 0 : 1;
}

static int no_descriptors(void)
{
    struct rlimit limit;
    bool good;

    setup(2, false);
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = 0;
    setrlimit(RLIMIT_NOFILE, &limit);
    put(0);
    good = sink->ops->flush(sink) == -1 && error_ends("Too many open files");
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
    good &= count_files() == 0;
    teardown();
    return good ? 0 : 1;
}

/* Mounts a small tmpfs over a new directory, seen by this process alone. */
static bool mount_small(void)
{
    int spaces = geteuid() == 0 ? CLONE_NEWNS : CLONE_NEWNS | CLONE_NEWUSER;

    snprintf(path, sizeof path, "/tmp/alz-sink-XXXXXX");
    return unshare(spaces) == 0 &&
           mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0 &&
           mkdtemp(path) && mount("tmpfs", path, "tmpfs", 0, "size=1m") == 0 &&
           alz_outdir_open(&dir, path, ALZ_PUBLISH_LINK) == 0;
}

static int full_disk(void)
{
    int files = 0, right;
    bool good;

    if (!mount_small())
        return SKIP;
    sink = alz_sink_dir_new(&dir, 2, true);
    for (int i = 0; i < 5000; i++)
        put(i);
    good =
        sink->ops->flush(sink) == -1 && error_ends("No space left on device");
    files = count_files();
    right = count_right(5000);
    good &= files > 100 && files == right && sink->files == (uint64_t)files;
    sink->ops->free(sink);
    alz_outdir_done(&dir);
    umount(path);
    rmdir(path);
    return good ? 0 : 1;
}

static int read_only(void)
{
    bool good;

    if (!mount_small())
        return SKIP;
    sink = alz_sink_dir_new(&dir, 1, false);
    good = put(0) == 0;
    if (mount(NULL, path, NULL, MS_REMOUNT | MS_RDONLY, NULL) != 0)
        return SKIP;
    good &= put(1) == -1 && error_ends("Read-only file system");
    good &= count_right(2) == 1;
    sink->ops->free(sink);
    alz_outdir_done(&dir);
    umount(path);
    rmdir(path);
    return good ? 0 : 1;
}

static void test_failures(void)
{
    ok_in_child(no_long_files, "a file that cannot be written");
    ok_in_child(no_descriptors, "no descriptors: no debris");
    ok_in_child(full_disk, "a full disk: every file there is whole");
    ok_in_child(read_only, "a directory that became read-only");
}

int main(void)
{
    test_failures(); /* first: forks while there are no threads */
    test_existing(1);
    test_existing(2);
    test_removed(1);
    test_removed(3);
    return tap_done();
}
