/* formats.c - one row of speed for every format, from its largest fixture. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <allurize/allurize.h>

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>

/*
 * usage: bench_formats FIXTURES
 *
 * Converts the largest input of each format again and again for about half a
 * second without writing. The rows compare formats of one run with each
 * other; a new format has a row as soon as it has a fixture.
 */
enum { PATH_LEN = 4096, BATCH = 20 };

static double now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

/* The largest regular file "<folder>/<case>/input.*"; its size, 0: none. */
static off_t largest_in(const char *folder, char largest[PATH_LEN], off_t size)
{
    DIR *stream = opendir(folder);
    struct dirent *entry;

    while (stream && (entry = readdir(stream))) {
        char path[PATH_LEN];
        struct stat info;

        if (strncmp(entry->d_name, "input.", 6) ||
            snprintf(path, sizeof(path), "%s/%s", folder, entry->d_name) >=
                PATH_LEN ||
            stat(path, &info) || !S_ISREG(info.st_mode) || info.st_size <= size)
            continue;
        size = info.st_size;
        memcpy(largest, path, sizeof(path));
    }
    if (stream)
        closedir(stream);
    return size;
}

static off_t largest_of(const char *format_folder, char largest[PATH_LEN])
{
    DIR *stream = opendir(format_folder);
    struct dirent *entry;
    off_t size = 0;

    while (stream && (entry = readdir(stream))) {
        char folder[PATH_LEN];

        if (entry->d_name[0] != '.' &&
            snprintf(folder, sizeof(folder), "%s/%s", format_folder,
                     entry->d_name) < PATH_LEN)
            size = largest_in(folder, largest, size);
    }
    if (stream)
        closedir(stream);
    return size;
}

/* Seconds and tests of some conversions of the same bytes. */
static double convert(const char *format, const char *path,
                      struct alz_str bytes, struct alz_summary *summary)
{
    struct alz_options options = {.format = format, .dry_run = true};
    double start = now();
    int status;
    struct alz_session *session = alz_session_new(&options, &status);

    if (!session)
        return 0;
    for (int i = 0; i < BATCH; i++)
        alz_session_convert_memory(session, path, bytes, 1);
    alz_session_finish(session, summary);
    alz_session_free(session);
    return now() - start;
}

static void print_row(const char *format, const char *path, size_t size)
{
    char *bytes = malloc(size);
    FILE *file = fopen(path, "rb");
    double seconds = 0, megabytes = 0, tests = 0;

    if (bytes && file && fread(bytes, 1, size, file) == size)
        while (seconds < 0.5) {
            struct alz_summary summary = {0};
            double taken =
                convert(format, path, (struct alz_str){bytes, size}, &summary);

            if (taken <= 0)
                break;
            seconds += taken;
            megabytes += (double)summary.bytes_read / 1e6;
            tests += (double)summary.results;
        }
    if (seconds > 0)
        printf("%-14s %8.1f MB/s %10.0f results/s  %s\n", format,
               megabytes / seconds, tests / seconds, path);
    if (file)
        fclose(file);
    free(bytes);
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        fputs("usage: bench_formats FIXTURES\n", stderr);
        return EXIT_FAILURE;
    }
    for (const struct alz_converter *const *at = alz_converters(); *at; at++) {
        char folder[PATH_LEN], largest[PATH_LEN];
        off_t size;

        snprintf(folder, sizeof(folder), "%s/%s", argv[1], (*at)->name);
        size = largest_of(folder, largest);
        if (size > 0)
            print_row((*at)->name, largest, (size_t)size);
    }
    return EXIT_SUCCESS;
}
