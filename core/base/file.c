/* file.c - opening, comparing and making files, whatever interrupts. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int alz_file_open(int dirfd, const char *path, int flags)
{
    int fd;

    do
        fd = openat(dirfd, path, flags | O_CLOEXEC, 0666);
    while (fd < 0 && errno == EINTR);
    return fd;
}

int alz_dirs_make(char *path)
{
    for (char *end = path; *end;) {
        int result;
        char byte;

        end += strspn(end, "/");
        end += strcspn(end, "/");
        byte = *end;
        *end = '\0';
        result = mkdir(path, 0777);
        *end = byte;
        if (result && errno != EEXIST)
            return -1;
    }
    return 0;
}

static ssize_t read_at(int fd, char *to, size_t cap, off_t offset)
{
    ssize_t got;

    do
        got = pread(fd, to, cap, offset);
    while (got < 0 && errno == EINTR);
    return got;
}

bool alz_file_same(int a, int b)
{
    char left[8192], right[sizeof(left)];
    off_t offset = 0;

    for (;;) {
        ssize_t got = read_at(a, left, sizeof(left), offset);

        if (got <= 0)
            return got == 0;
        for (ssize_t have = 0; have < got;) {
            ssize_t more =
                read_at(b, right + have, (size_t)(got - have), offset + have);

            if (more <= 0)
                return false;
            have += more;
        }
        if (memcmp(left, right, (size_t)got) != 0)
            return false;
        offset += got;
    }
}
