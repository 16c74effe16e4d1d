/* outdir.c - a directory in which only whole files appear. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "base/outdir.h"

#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SIBLING_TRIES = 100 };

/* ---- opening ---------------------------------------------------------- */

/* The path without slashes at its end. */
static char *trimmed(const char *path)
{
    size_t len = strlen(path);

    while (len > 1 && path[len - 1] == '/')
        len--;
    return strndup(path, len);
}

static int open_or_make(char *path)
{
    int fd = alz_file_open(AT_FDCWD, path, O_RDONLY | O_DIRECTORY);

    if (fd >= 0 || errno != ENOENT || alz_dirs_make(path))
        return fd;
    return alz_file_open(AT_FDCWD, path, O_RDONLY | O_DIRECTORY);
}

/* ---- files without a name --------------------------------------------- */

static int open_nameless(int dirfd)
{
    return alz_file_open(dirfd, ".", O_TMPFILE | O_RDWR);
}

/* What openat says where O_TMPFILE is unknown to the file system or kernel. */
static bool nameless_unsupported(int error)
{
    return error == EOPNOTSUPP || error == EISDIR || error == EINVAL ||
           error == ENOENT;
}

static int link_fd(int fd, int dirfd, const char *name, bool by_procfd)
{
    char path[40];

    if (!by_procfd)
        return linkat(fd, "", dirfd, name, AT_EMPTY_PATH);
    snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
    return linkat(AT_FDCWD, path, dirfd, name, AT_SYMLINK_FOLLOW);
}

/* The name "." is always taken: EEXIST says that all else was accepted. */
static bool can_link(int fd, int dirfd, bool by_procfd)
{
    return link_fd(fd, dirfd, ".", by_procfd) && errno == EEXIST;
}

/* Finds out once what works here, so that threads only read it. */
static int settle_publish(struct alz_outdir *dir)
{
    int fd;

    if (dir->publish == ALZ_PUBLISH_RENAME)
        return 0;
    fd = open_nameless(dir->dirfd);
    if (fd < 0 && !nameless_unsupported(errno))
        return -1;
    dir->by_procfd = fd >= 0 && !can_link(fd, dir->dirfd, false);
    if (fd < 0 || (dir->by_procfd && !can_link(fd, dir->dirfd, true)))
        dir->publish = ALZ_PUBLISH_RENAME;
    if (fd >= 0)
        close(fd);
    return 0;
}

int alz_outdir_open(struct alz_outdir *dir, const char *path,
                    enum alz_publish publish)
{
    *dir =
        (struct alz_outdir){.dirfd = -1, .sibling_fd = -1, .publish = publish};
    dir->path = trimmed(path);
    if (!dir->path)
        return -1;
    pthread_mutex_init(&dir->lock, NULL);
    dir->dirfd = open_or_make(dir->path);
    if (dir->dirfd < 0 || settle_publish(dir)) {
        int error = errno;

        alz_outdir_done(dir);
        errno = error;
        return -1;
    }
    return 0;
}

void alz_outdir_done(struct alz_outdir *dir)
{
    if (!dir || !dir->path)
        return;
    if (dir->sibling_fd >= 0) {
        close(dir->sibling_fd);
        rmdir(dir->sibling_path);
    }
    if (dir->dirfd >= 0)
        close(dir->dirfd);
    pthread_mutex_destroy(&dir->lock);
    free(dir->sibling_path);
    free(dir->path);
    *dir = (struct alz_outdir){.dirfd = -1, .sibling_fd = -1};
}

int alz_outdir_sync(struct alz_outdir *dir)
{
    return syncfs(dir->dirfd);
}

/* ---- the sibling directory -------------------------------------------- */

/* Makes "<real>.tmp.<pid>", or with ".<n>" behind it when the name is left
 * over from somebody killed: a directory nobody else has. */
static char *sibling_make(const char *real)
{
    for (int n = 0; n < SIBLING_TRIES; n++) {
        char suffix[32] = "", *path;

        if (n)
            snprintf(suffix, sizeof(suffix), ".%d", n);
        if (asprintf(&path, "%s.tmp.%ld%s", real, (long)getpid(), suffix) < 0)
            return NULL;
        if (mkdir(path, 0700) == 0)
            return path;
        free(path);
        if (errno != EEXIST)
            return NULL;
    }
    return NULL;
}

/* Called with the lock held. The real path: "." has no sibling of its own
 * name, and a symbolic link's one may be on another file system. */
static int sibling_open(struct alz_outdir *dir)
{
    char *real, *path;
    int fd;

    if (dir->sibling_fd >= 0)
        return 0;
    real = realpath(dir->path, NULL);
    path = real ? sibling_make(real) : NULL;
    free(real);
    if (!path)
        return -1;
    fd = alz_file_open(AT_FDCWD, path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
    if (fd < 0) {
        free(path);
        return -1;
    }
    dir->sibling_path = path;
    dir->sibling_fd = fd;
    return 0;
}

/* Leaves the draft's fd -1, with errno, when it cannot. */
static void open_in_sibling(struct alz_outdir *dir, struct alz_draft *draft)
{
    unsigned long number;
    int result, error;

    pthread_mutex_lock(&dir->lock);
    result = sibling_open(dir);
    error = errno;
    number = dir->drafts++;
    pthread_mutex_unlock(&dir->lock);
    errno = error;
    if (result)
        return;
    snprintf(draft->temp_name, sizeof(draft->temp_name), "%lu", number);
    draft->fd = alz_file_open(dir->sibling_fd, draft->temp_name,
                              O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW);
    if (draft->fd < 0)
        draft->temp_name[0] = '\0';
}

/* ---- drafts ----------------------------------------------------------- */

/* Of a directory that is gone, file systems say this or that (ext4: EPERM). */
static void explain_gone(const struct alz_outdir *dir)
{
    int error = errno;
    struct stat info;

    if (fstat(dir->dirfd, &info) == 0 && info.st_nlink == 0)
        error = ENOENT;
    errno = error;
}

int alz_draft_open(struct alz_outdir *dir, struct alz_draft *ret)
{
    *ret = (struct alz_draft){.fd = -1};
    if (dir->publish == ALZ_PUBLISH_RENAME)
        open_in_sibling(dir, ret);
    else
        ret->fd = open_nameless(dir->dirfd);
    if (ret->fd >= 0)
        return 0;
    explain_gone(dir);
    return -1;
}

int alz_draft_write(struct alz_draft *draft, struct alz_str bytes)
{
    while (bytes.len) {
        ssize_t done = write(draft->fd, bytes.ptr, bytes.len);

        if (done < 0 && errno != EINTR)
            return -1;
        if (done == 0) {
            errno = EIO;
            return -1;
        }
        if (done > 0) {
            bytes.ptr += done;
            bytes.len -= (size_t)done;
        }
    }
    return 0;
}

void alz_draft_drop(struct alz_outdir *dir, struct alz_draft *draft)
{
    if (draft->fd >= 0)
        close(draft->fd);
    if (draft->temp_name[0])
        unlinkat(dir->sibling_fd, draft->temp_name, 0);
    *draft = (struct alz_draft){.fd = -1};
}

/* ---- publishing ------------------------------------------------------- */

/* What close would say, said before the file has a name: a network file
 * system may find only now that there is no room. */
static int check_close(int fd)
{
    int copy = fcntl(fd, F_DUPFD_CLOEXEC, 0);

    if (copy < 0)
        return -1;
    return close(copy) && errno != EINTR ? -1 : 0;
}

/* One part of a path, so that nothing appears elsewhere. */
static int check_name(const char *name)
{
    if (*name && !strchr(name, '/') && strcmp(name, ".") != 0 &&
        strcmp(name, "..") != 0)
        return 0;
    errno = EINVAL;
    return -1;
}

/* The process may have lost, since open, what AT_EMPTY_PATH asks for. */
static int place_nameless(const struct alz_outdir *dir, int fd,
                          const char *name)
{
    if (link_fd(fd, dir->dirfd, name, dir->by_procfd) == 0)
        return 0;
    if (dir->by_procfd ||
        (errno != ENOENT && errno != EPERM && errno != EINVAL))
        return -1;
    return link_fd(fd, dir->dirfd, name, true);
}

static int place_named(const struct alz_outdir *dir, struct alz_draft *draft,
                       const char *name)
{
    if (renameat2(dir->sibling_fd, draft->temp_name, dir->dirfd, name,
                  RENAME_NOREPLACE) == 0) {
        draft->temp_name[0] = '\0';
        return 0;
    }
    if (errno != ENOSYS && errno != EINVAL)
        return -1;
    return linkat(dir->sibling_fd, draft->temp_name, dir->dirfd, name, 0);
}

static int place(const struct alz_outdir *dir, struct alz_draft *draft,
                 const char *name)
{
    if (check_name(name) || check_close(draft->fd))
        return -1;
    return draft->temp_name[0] ? place_named(dir, draft, name)
                               : place_nameless(dir, draft->fd, name);
}

/* Is the name that of a regular file with the draft's bytes? */
static bool same_file(const struct alz_outdir *dir,
                      const struct alz_draft *draft, const char *name)
{
    struct stat ours, theirs;
    bool same;
    int fd;

    fd = alz_file_open(dir->dirfd, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
    if (fd < 0)
        return false;
    same = fstat(draft->fd, &ours) == 0 && fstat(fd, &theirs) == 0 &&
           S_ISREG(theirs.st_mode) && ours.st_size == theirs.st_size &&
           alz_file_same(draft->fd, fd);
    close(fd);
    return same;
}

int alz_draft_publish(struct alz_outdir *dir, struct alz_draft *draft,
                      const char *name, bool *existed)
{
    int error = place(dir, draft, name) ? errno : 0;
    bool same = error == EEXIST && same_file(dir, draft, name);

    if (existed)
        *existed = same;
    alz_draft_drop(dir, draft);
    if (error == 0 || same)
        return 0;
    errno = error;
    return -1;
}
