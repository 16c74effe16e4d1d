/* sources.c - what the user names, as a list of files. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "run/sources.h"

#include "run/ctest_dir.h"

#include <dirent.h>
#include <errno.h>
#include <fnmatch.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* The directories still to be read, and what is looked for. */
struct walk {
    char **dirs;
    size_t count, cap;
    const char *pattern; /* NULL: every file */
    struct stat avoid;
    bool has_avoid;
};

static int add_source(struct alz_sources *sources, char *path, bool asked_for)
{
    if (!path)
        return -1;
    if (sources->count == sources->cap) {
        size_t cap = sources->cap ? 2 * sources->cap : 16;
        void *items = realloc(sources->items, cap * sizeof(*sources->items));

        if (!items) {
            free(path);
            return -1;
        }
        sources->items = items;
        sources->cap = cap;
    }
    sources->items[sources->count++] = (struct alz_source){path, asked_for};
    return 0;
}

static int push_dir(struct walk *walk, char *path)
{
    if (!path)
        return -1;
    if (walk->count == walk->cap) {
        size_t cap = walk->cap ? 2 * walk->cap : 16;
        void *dirs = realloc(walk->dirs, cap * sizeof(*walk->dirs));

        if (!dirs) {
            free(path);
            return -1;
        }
        walk->dirs = dirs;
        walk->cap = cap;
    }
    walk->dirs[walk->count++] = path;
    return 0;
}

static char *join(const char *dir, const char *name)
{
    size_t len = strlen(dir), size = len + strlen(name) + 2;
    char *path = malloc(size);
    const char *slash = len && dir[len - 1] != '/' ? "/" : "";

    if (path)
        snprintf(path, size, "%s%s%s", strcmp(dir, ".") ? dir : "",
                 strcmp(dir, ".") ? slash : "", name);
    return path;
}

/* One component of a path, without its slashes; NULL rest at the end. */
static const char *next_part(const char *path, size_t *len)
{
    *len = strcspn(path, "/");
    return path[*len] ? path + *len + strspn(path + *len, "/") : NULL;
}

static bool part_fits(const char *pattern, size_t pattern_len, const char *name,
                      size_t name_len)
{
    char want[256], have[256];

    if (pattern_len >= sizeof(want) || name_len >= sizeof(have))
        return false;
    memcpy(want, pattern, pattern_len);
    want[pattern_len] = '\0';
    memcpy(have, name, name_len);
    have[name_len] = '\0';
    return fnmatch(want, have, FNM_PERIOD) == 0;
}

/* Does the whole path fit? "**" stands for any number of components; on a
 * mismatch the last one is tried with one component more. */
static bool path_fits(const char *pattern, const char *path)
{
    const char *again_pattern = NULL, *again_path = NULL;

    while (path) {
        size_t want = 0, have;
        const char *path_rest = next_part(path, &have);
        const char *rest = pattern ? next_part(pattern, &want) : NULL;

        if (pattern && want == 2 && memcmp(pattern, "**", 2) == 0) {
            if (!rest)
                return true;
            again_pattern = pattern = rest;
            again_path = path;
            continue;
        }
        if (pattern && part_fits(pattern, want, path, have)) {
            pattern = rest;
            path = path_rest;
            continue;
        }
        if (!again_pattern)
            return false;
        pattern = again_pattern;
        again_path = path = next_part(again_path, &have);
    }
    return !pattern;
}

static bool avoided(const struct walk *walk, const struct stat *info)
{
    return walk->has_avoid && info->st_dev == walk->avoid.st_dev &&
           info->st_ino == walk->avoid.st_ino;
}

static int visit(struct walk *walk, struct alz_sources *sources,
                 const char *dir, const char *name)
{
    char *path = join(dir, name);
    struct stat info;

    if (!path)
        return -1;
    if (lstat(path, &info) == 0 && S_ISDIR(info.st_mode) &&
        !avoided(walk, &info))
        return push_dir(walk, path);
    if (stat(path, &info) == 0 && S_ISREG(info.st_mode) &&
        (!walk->pattern || path_fits(walk->pattern, path)))
        return add_source(sources, path, walk->pattern != NULL);
    free(path);
    return 0;
}

/* A directory that cannot be read is an error only when it is the first. */
static int read_dir(struct walk *walk, struct alz_sources *sources,
                    const char *dir)
{
    DIR *stream = opendir(dir);
    struct dirent *entry;
    int status = 0;

    if (!stream)
        return -1;
    while (status == 0 && (entry = readdir(stream)))
        if (entry->d_name[0] != '.')
            status = visit(walk, sources, dir, entry->d_name);
    closedir(stream);
    return status;
}

static int walk_tree(struct walk *walk, struct alz_sources *sources,
                     const char *top)
{
    int status = push_dir(walk, strdup(top));
    bool first = true;

    while (status == 0 && walk->count) {
        char *dir = walk->dirs[--walk->count];

        status = read_dir(walk, sources, dir);
        if (status && !first && errno != ENOMEM)
            status = 0;
        first = false;
        free(dir);
    }
    while (walk->count)
        free(walk->dirs[--walk->count]);
    free(walk->dirs);
    return status;
}

static int compare(const void *left, const void *right)
{
    const struct alz_source *a = left, *b = right;
    int order = strcmp(a->path, b->path);

    return order ? order : (int)b->asked_for - (int)a->asked_for;
}

static void sort_once(struct alz_sources *sources, size_t from)
{
    size_t kept = from;

    if (sources->count > from)
        qsort(sources->items + from, sources->count - from,
              sizeof(*sources->items), compare);
    for (size_t i = from; i < sources->count; i++) {
        if (kept > from &&
            strcmp(sources->items[i].path, sources->items[kept - 1].path) == 0)
            free(sources->items[i].path);
        else
            sources->items[kept++] = sources->items[i];
    }
    sources->count = kept;
}

/* The directories before the first component with a pattern in it. */
static char *fixed_part(const char *pattern)
{
    size_t len = strcspn(pattern, "*?[");

    while (len && pattern[len - 1] != '/')
        len--;
    if (len == 0)
        return strdup(".");
    return strndup(pattern, len > 1 ? len - 1 : 1);
}

static int add_pattern(struct alz_sources *sources, struct walk *walk,
                       const char *pattern)
{
    size_t before = sources->count;
    char *top = fixed_part(pattern);
    int status;

    if (!top)
        return -1;
    walk->pattern = strncmp(pattern, "./", 2) == 0 ? pattern + 2 : pattern;
    if (strncmp(top, "./", 2) == 0 && top[2])
        memmove(top, top + 2, strlen(top + 2) + 1);
    status = walk_tree(walk, sources, top);
    free(top);
    if (status == 0 && sources->count == before) {
        errno = ENOENT;
        return -1;
    }
    return status;
}

/* Directories of tools that keep more than a report below them. */
static int (*const conventions[])(const char *dir, struct alz_stand_in *ret) = {
    alz_ctest_dir,
};

static int add_dir(struct alz_sources *sources, struct walk *walk,
                   const char *dir)
{
    struct alz_stand_in found;

    for (size_t i = 0; i < sizeof(conventions) / sizeof(*conventions); i++) {
        int status = conventions[i](dir, &found);

        if (status == 0)
            continue;
        if (status < 0) {
            errno = ENOMEM;
            return -1;
        }
        free(sources->about);
        sources->problem = found.problem;
        sources->about = found.about;
        return found.path ? add_source(sources, found.path, true) : 0;
    }
    return walk_tree(walk, sources, dir);
}

int alz_sources_add(struct alz_sources *sources, const char *input,
                    const char *avoid)
{
    struct walk walk = {0};
    size_t before = sources->count;
    struct stat info;
    int status;

    walk.has_avoid = avoid && stat(avoid, &walk.avoid) == 0;
    if (stat(input, &info) == 0)
        status = S_ISDIR(info.st_mode)
                     ? add_dir(sources, &walk, input)
                     : add_source(sources, strdup(input), true);
    else if (strpbrk(input, "*?["))
        status = add_pattern(sources, &walk, input);
    else
        status = -1;
    sort_once(sources, before);
    return status;
}

void alz_sources_done(struct alz_sources *sources)
{
    for (size_t i = 0; i < sources->count; i++)
        free(sources->items[i].path);
    free(sources->items);
    free(sources->about);
    *sources = (struct alz_sources){0};
}
