/* replay.c - makes the files of a folder again: the floor of any writer. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/*
 * usage: bench_replay FROM TO
 * Reads all of FROM into memory, then writes it into the new folder TO by the
 * calls that the converter uses (O_TMPFILE, write, linkat), in one thread.
 * Prints the seconds that writing took.
 */
struct copy {
    char *name;
    char *bytes;
    size_t len;
};

static void die(const char *what)
{
    perror(what);
    exit(EXIT_FAILURE);
}

static struct copy read_file(int dir, const char *name)
{
    struct copy copy = {strdup(name), NULL, 0};
    int fd = openat(dir, name, O_RDONLY);
    struct stat status;

    if (!copy.name || fd < 0 || fstat(fd, &status) < 0)
        die(name);
    copy.len = (size_t)status.st_size;
    copy.bytes = malloc(copy.len + 1);
    if (!copy.bytes || read(fd, copy.bytes, copy.len) != (ssize_t)copy.len)
        die(name);
    close(fd);
    return copy;
}

static struct copy *read_all(const char *path, size_t *count)
{
    DIR *dir = opendir(path);
    struct copy *copies = NULL;
    size_t room = 0;

    if (!dir)
        die(path);
    for (struct dirent *entry; (entry = readdir(dir));) {
        if (entry->d_name[0] == '.')
            continue;
        if (*count == room) {
            room = room ? 2 * room : 1024;
            copies = realloc(copies, room * sizeof(*copies));
            if (!copies)
                die("memory");
        }
        copies[(*count)++] = read_file(dirfd(dir), entry->d_name);
    }
    closedir(dir);
    return copies;
}

static void write_file(int dir, const struct copy *copy)
{
    int fd = openat(dir, ".", O_TMPFILE | O_RDWR | O_CLOEXEC, 0666);
    char path[32];

    if (fd < 0 || write(fd, copy->bytes, copy->len) != (ssize_t)copy->len)
        die(copy->name);
    if (linkat(fd, "", dir, copy->name, AT_EMPTY_PATH) < 0) {
        snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
        if (errno != ENOENT ||
            linkat(AT_FDCWD, path, dir, copy->name, AT_SYMLINK_FOLLOW) < 0)
            die(copy->name);
    }
    close(fd);
}

static double now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

int main(int argc, char **argv)
{
    size_t count = 0;
    struct copy *copies;
    double start;
    int dir;

    if (argc != 3) {
        fputs("usage: bench_replay FROM TO\n", stderr);
        return 2;
    }
    copies = read_all(argv[1], &count);
    if (mkdir(argv[2], 0777) < 0)
        die(argv[2]);
    dir = open(argv[2], O_RDONLY | O_DIRECTORY);
    if (dir < 0)
        die(argv[2]);
    start = now();
    for (size_t i = 0; i < count; i++)
        write_file(dir, &copies[i]);
    printf("%.3f\n", now() - start);
    return EXIT_SUCCESS; /* the memory goes with the process */
}
