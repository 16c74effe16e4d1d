/* scratch.h - a directory for a unit test, and looks into it. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALZ_TESTS_SCRATCH_H
#define ALZ_TESTS_SCRATCH_H

#include <allurize/convert.h>

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* A new directory under $TMPDIR; its path is valid for the program's life. */
static inline const char *scratch_new(void)
{
    static char path[512];
    const char *tmp = getenv("TMPDIR");

    snprintf(path, sizeof(path), "%s/alz-unit-XXXXXX", tmp ? tmp : "/tmp");
    if (!mkdtemp(path)) {
        perror(path);
        exit(EXIT_FAILURE);
    }
    return path;
}

/* Names in a directory, or -1 when there is none. */
static inline int scratch_count(const char *path)
{
    DIR *dir = opendir(path);
    int count = 0;

    if (!dir)
        return -1;
    for (struct dirent *entry; (entry = readdir(dir));)
        count += entry->d_name[0] != '.' ||
                 (entry->d_name[1] && strcmp(entry->d_name, "..") != 0);
    closedir(dir);
    return count;
}

/* "dir/name", by value: scratch_path(dir, "x").path lives as long as the
 * expression it is in. */
struct scratch {
    char path[1024];
};

static inline struct scratch scratch_path(const char *dir, const char *name)
{
    struct scratch ret;

    if (snprintf(ret.path, sizeof(ret.path), "%s/%s", dir, name) >=
        (int)sizeof(ret.path))
        exit(EXIT_FAILURE);
    return ret;
}

static inline void scratch_write(const char *path, struct alz_str bytes)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);

    if (fd < 0 || write(fd, bytes.ptr, bytes.len) != (ssize_t)bytes.len) {
        perror(path);
        exit(EXIT_FAILURE);
    }
    close(fd);
}

/* A file's bytes, to be freed; {NULL, 0} when it cannot be read. */
static inline struct alz_str scratch_read(const char *path)
{
    FILE *file = fopen(path, "re");
    struct stat info;
    char *bytes = NULL;
    size_t len = 0;

    if (file && fstat(fileno(file), &info) == 0) {
        bytes = malloc((size_t)info.st_size + 1);
        if (bytes)
            len = fread(bytes, 1, (size_t)info.st_size, file);
    }
    if (file)
        fclose(file);
    return (struct alz_str){bytes, len};
}

static inline bool scratch_holds(const char *path, struct alz_str want)
{
    struct alz_str got = scratch_read(path);
    bool same = got.ptr && alz_str_equal(got, want);

    free((void *)(uintptr_t)got.ptr);
    return same;
}

/* Removes a tree made by the test. */
static inline void scratch_remove(const char *path)
{
    char command[1024 + 32];

    snprintf(command, sizeof(command), "rm -rf -- '%s'", path);
    if (system(command) != 0)
        perror(command);
}

#endif
