/* confine.c - opens files an input names, below allowed roots only. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "run/confine.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* The next component of *rest; false at the end. */
static bool next_component(const char **rest, char name[NAME_MAX + 1])
{
    size_t len;

    do {
        *rest += strspn(*rest, "/");
        len = strcspn(*rest, "/");
        if (len == 0 || len > NAME_MAX)
            return false;
        memcpy(name, *rest, len);
        name[len] = '\0';
        *rest += len;
    } while (strcmp(name, ".") == 0);
    return true;
}

static bool climbs(const char *path)
{
    char name[NAME_MAX + 1];

    while (next_component(&path, name))
        if (strcmp(name, "..") == 0)
            return true;
    return path[strspn(path, "/")] != '\0'; /* a name too long to be one */
}

/* Opens a relative path component by component, following no link. */
static int open_below(const char *root, const char *path)
{
    char name[NAME_MAX + 1], next[NAME_MAX + 1];
    int dir = open(root, O_PATH | O_DIRECTORY | O_CLOEXEC);
    bool more = next_component(&path, name);

    while (dir >= 0 && more) {
        int flags = O_NOFOLLOW | O_CLOEXEC, fd;

        more = next_component(&path, next);
        flags |= more ? O_PATH | O_DIRECTORY : O_RDONLY | O_NONBLOCK | O_NOCTTY;
        fd = openat(dir, name, flags);
        close(dir);
        if (fd < 0 || !more)
            return fd;
        dir = fd;
        memcpy(name, next, sizeof(name));
    }
    if (dir >= 0)
        close(dir);
    errno = ENOENT;
    return -1;
}

static enum alz_confined verdict(int fd, int *ret_fd)
{
    struct stat info;

    if (fd < 0)
        return errno == ENOENT || errno == ENOTDIR ? ALZ_CONFINED_MISSING
                                                   : ALZ_CONFINED_REFUSED;
    if (fstat(fd, &info) == 0 && S_ISREG(info.st_mode)) {
        *ret_fd = fd;
        return ALZ_CONFINED_OK;
    }
    close(fd);
    return ALZ_CONFINED_REFUSED;
}

/* What is behind root in path, or NULL when path does not begin with it. */
static const char *behind(const char *root, const char *path)
{
    size_t len = strlen(root);

    while (len > 1 && root[len - 1] == '/')
        len--;
    if (strncmp(path, root, len) || (path[len] != '/' && root[len - 1] != '/'))
        return NULL;
    return path + len;
}

/* One reading of a path, noting the best answer so far. */
static bool try_below(const char *root, const char *path, int *ret_fd,
                      enum alz_confined *best)
{
    enum alz_confined answer;

    if (!path || climbs(path))
        return false;
    answer = verdict(open_below(root, path), ret_fd);
    if (answer == ALZ_CONFINED_OK || *best == ALZ_CONFINED_REFUSED)
        *best = answer;
    return answer == ALZ_CONFINED_OK;
}

static bool try_root(const char *root, const char *path, int *ret_fd,
                     enum alz_confined *best)
{
    char real[PATH_MAX];
    const char *first = path;

    if (!realpath(root, real))
        return false;
    if (path[0] == '/')
        first = behind(real, path);
    return try_below(real, first, ret_fd, best) ||
           try_below(real, behind(root, path), ret_fd, best);
}

enum alz_confined alz_confine_open(const struct alz_confine *confine,
                                   struct alz_str path, int *ret_fd)
{
    enum alz_confined best = ALZ_CONFINED_REFUSED;
    char text[PATH_MAX];

    if (path.len == 0 || path.len >= sizeof(text) ||
        memchr(path.ptr, '\0', path.len))
        return ALZ_CONFINED_REFUSED;
    memcpy(text, path.ptr, path.len);
    text[path.len] = '\0';
    for (const char *const *root = confine->roots; *root; root++)
        if (**root && try_root(*root, text, ret_fd, &best))
            return ALZ_CONFINED_OK;
    return best;
}
