/* ctest_dir.c - a build directory of CTest stands for its last report. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "run/ctest_dir.h"

#include "base/buf.h"

#include <allurize/allurize.h>
#include <allurize/read.h>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { TAG_LEN = 13, PATH_LEN_MAX = 64 * 1024, LATER_S = 2 };

static const struct alz_diag interrupted = {
    ALZ_ERROR, "run/ctest-interrupted",
    "CTest was interrupted, its Test.xml is missing or of an earlier run; "
    "what had finished is in",
    ALZ_EXIT_DAMAGED};
static const struct alz_diag no_report = {
    ALZ_ERROR, "run/ctest-no-report",
    "CTest left no Test.xml (ctest -T Test writes it) at", ALZ_EXIT_DAMAGED};
static const struct alz_diag older = {
    ALZ_WARNING, "run/ctest-older",
    "CTest ran again after it wrote this report, without -T Test", 0};

/* ---- paths -------------------------------------------------------------- */

/* A path of the parts, NULL: no memory. */
static char *path_of(const char *const *parts)
{
    struct alz_text path = {.max = PATH_LEN_MAX};

    for (; *parts; parts++) {
        bool twice = alz_str_ends(alz_text_str(&path), "/") && **parts == '/';

        alz_text_add(&path, alz_str_from(*parts + twice));
    }
    alz_text_add(&path, (struct alz_str){"", 1});
    if (path.full)
        alz_text_done(&path);
    return path.ptr;
}

static bool is_file(const char *path, struct stat *ret)
{
    return path && stat(path, ret) == 0 && S_ISREG(ret->st_mode);
}

/* ---- tag ---------------------------------------------------------------- */

/* "20261120-1551" and nothing else: it becomes part of a path. */
static bool is_tag(struct alz_str text)
{
    for (size_t i = 0; i < text.len; i++)
        if (i == 8 ? text.ptr[i] != '-'
                   : text.ptr[i] < '0' || text.ptr[i] > '9')
            return false;
    return text.len == TAG_LEN;
}

static bool read_tag(const char *path, char tag[TAG_LEN + 1])
{
    int fd =
        path ? open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK) : -1;
    char bytes[64];
    struct alz_str line, rest;
    ssize_t got;

    if (fd < 0)
        return false;
    got = read(fd, bytes, sizeof(bytes));
    close(fd);
    if (got <= 0)
        return false;
    rest = (struct alz_str){bytes, (size_t)got};
    alz_str_split(&rest, '\n', &line);
    line = alz_str_trim(line);
    if (!is_tag(line))
        return false;
    memcpy(tag, line.ptr, TAG_LEN);
    tag[TAG_LEN] = '\0';
    return true;
}

/* ---- report ------------------------------------------------------------- */

/* The files of one run; NULL: there is none, or no memory. */
struct run {
    char *report, *unfinished, *last;
};

static void run_done(struct run *run)
{
    free(run->report);
    free(run->unfinished);
    free(run->last);
}

static int hand_over(char **from, struct alz_stand_in *ret)
{
    ret->path = *from;
    *from = NULL;
    return 1;
}

/* While it runs, CTest keeps a log beside the others; it is renamed at the
 * end of the run. */
static int choose(struct run *run, struct alz_stand_in *ret)
{
    struct stat report, other;

    if (is_file(run->unfinished, &other)) {
        ret->problem = &interrupted;
        ret->about = strdup(run->unfinished);
        return hand_over(&run->unfinished, ret);
    }
    if (!is_file(run->report, &report)) {
        ret->problem = &no_report;
        ret->about = strdup(run->report);
        return is_file(run->last, &other) ? hand_over(&run->last, ret) : 1;
    }
    if (is_file(run->last, &other) &&
        other.st_mtime > report.st_mtime + LATER_S) {
        ret->problem = &older;
        ret->about = strdup(run->report);
    }
    return hand_over(&run->report, ret);
}

/* CMake 4 puts characters of its own behind the name. -1: no memory; *ret is
 * NULL when there is none. */
static int find_unfinished(const char *const *base, const char *tag, char **ret)
{
    const char *const dir[] = {base[0], base[1], "/Temporary", NULL};
    const char *const name[] = {"LastTest_", tag, ".log.tmp", NULL};
    char *path = path_of(dir), *prefix = path_of(name);
    DIR *stream = path ? opendir(path) : NULL;
    int found = path && prefix && (stream || errno != ENOMEM) ? 0 : -1;
    struct dirent *entry;

    while (found == 0 && stream && (entry = readdir(stream)))
        if (strncmp(entry->d_name, prefix, strlen(prefix)) == 0) {
            const char *const parts[] = {path, "/", entry->d_name, NULL};

            *ret = path_of(parts);
            found = *ret ? 1 : -1;
        }
    if (stream)
        closedir(stream);
    free(path);
    free(prefix);
    return found < 0 ? -1 : 0;
}

static int stand_in(const char *const *base, const char *tag,
                    struct alz_stand_in *ret)
{
    const char *const report[] = {base[0], base[1],     "/",
                                  tag,     "/Test.xml", NULL};
    const char *const last[] = {base[0], base[1], "/Temporary/LastTest.log",
                                NULL};
    struct run run = {path_of(report), NULL, path_of(last)};
    int found = -1;

    if (run.report && run.last &&
        find_unfinished(base, tag, &run.unfinished) == 0)
        found = choose(&run, ret);
    run_done(&run);
    return found;
}

int alz_ctest_dir(const char *dir, struct alz_stand_in *ret)
{
    static const char *const below[] = {"/Testing", ""};
    char tag[TAG_LEN + 1];
    int found = 0;

    *ret = (struct alz_stand_in){0};
    for (size_t i = 0; !found && i < sizeof(below) / sizeof(*below); i++) {
        const char *const parts[] = {dir, below[i], "/TAG", NULL};
        char *path = path_of(parts);

        if (!path)
            return -1;
        if (read_tag(path, tag))
            found = stand_in(parts, tag, ret);
        free(path);
    }
    return found;
}
