/* io.c - system calls that fail on demand. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "faults.h"

#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

int __real_open(const char *path, int flags, ...);
int __real_openat(int dirfd, const char *path, int flags, ...);
ssize_t __real_write(int fd, const void *bytes, size_t size);
ssize_t __real_pwrite(int fd, const void *bytes, size_t size, off_t at);
ssize_t __real_writev(int fd, const struct iovec *parts, int count);
int __real_linkat(int olddir, const char *old, int newdir, const char *new_,
                  int flags);
int __real_renameat(int olddir, const char *old, int newdir, const char *new_);
int __real_renameat2(int olddir, const char *old, int newdir, const char *new_,
                     unsigned flags);
int __wrap_open(const char *path, int flags, ...);
int __wrap_openat(int dirfd, const char *path, int flags, ...);
ssize_t __wrap_write(int fd, const void *bytes, size_t size);
ssize_t __wrap_pwrite(int fd, const void *bytes, size_t size, off_t at);
ssize_t __wrap_writev(int fd, const struct iovec *parts, int count);
int __wrap_linkat(int olddir, const char *old, int newdir, const char *new_,
                  int flags);
int __wrap_renameat(int olddir, const char *old, int newdir, const char *new_);
int __wrap_renameat2(int olddir, const char *old, int newdir, const char *new_,
                     unsigned flags);

/* Only opening for writing is output. */
static bool opens_output(int flags)
{
    return (flags & O_ACCMODE) != O_RDONLY;
}

int __wrap_open(const char *path, int flags, ...)
{
    va_list args;
    mode_t mode;

    va_start(args, flags);
    mode = va_arg(args, mode_t);
    va_end(args);
    if (opens_output(flags) && fault_hits(FAULT_OPEN))
        return -1;
    return __real_open(path, flags, mode);
}

int __wrap_openat(int dirfd, const char *path, int flags, ...)
{
    va_list args;
    mode_t mode;

    va_start(args, flags);
    mode = va_arg(args, mode_t);
    va_end(args);
    if (opens_output(flags) && fault_hits(FAULT_OPEN))
        return -1;
    return __real_openat(dirfd, path, flags, mode);
}

ssize_t __wrap_write(int fd, const void *bytes, size_t size)
{
    return fault_hits(FAULT_WRITE) ? -1 : __real_write(fd, bytes, size);
}

ssize_t __wrap_pwrite(int fd, const void *bytes, size_t size, off_t at)
{
    return fault_hits(FAULT_WRITE) ? -1 : __real_pwrite(fd, bytes, size, at);
}

ssize_t __wrap_writev(int fd, const struct iovec *parts, int count)
{
    return fault_hits(FAULT_WRITE) ? -1 : __real_writev(fd, parts, count);
}

int __wrap_linkat(int olddir, const char *old, int newdir, const char *new_,
                  int flags)
{
    if (fault_hits(FAULT_LINK))
        return -1;
    return __real_linkat(olddir, old, newdir, new_, flags);
}

int __wrap_renameat(int olddir, const char *old, int newdir, const char *new_)
{
    if (fault_hits(FAULT_LINK))
        return -1;
    return __real_renameat(olddir, old, newdir, new_);
}

int __wrap_renameat2(int olddir, const char *old, int newdir, const char *new_,
                     unsigned flags)
{
    if (fault_hits(FAULT_LINK))
        return -1;
    return __real_renameat2(olddir, old, newdir, new_, flags);
}
