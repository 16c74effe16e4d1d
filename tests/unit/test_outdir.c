/* test_outdir.c - publishing: whole files, once, never over others. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "outdir_ways.h"
#include "scratch.h"
#include "tap.h"

#include <errno.h>

static const char *scratch;

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
    }
    test_sibling();
    test_sibling_of_dot();
    scratch_remove(scratch);
    return tap_done();
}
