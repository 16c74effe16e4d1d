/* seen.c - files of the same bytes are read once, old ones not at all. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "run/session.h"
#include "run/sources.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

enum { SAMPLE = 4096, COMPARE = 65536 };

/* A regular file that was read, or that is old. */
struct alz_seen {
    dev_t dev;
    ino_t ino;
    off_t size;
    struct timespec changed;
    uint64_t key; /* of size, head and tail */
    char *path;   /* NULL in the list of old ones */
};

static bool same_content(int a, int b)
{
    char *left = malloc(2 * COMPARE), *right = left ? left + COMPARE : NULL;
    bool same = left != NULL;
    off_t at = 0;

    while (same) {
        ssize_t n = pread(a, left, COMPARE, at);
        ssize_t m = pread(b, right, COMPARE, at);

        same = n == m && n >= 0 && memcmp(left, right, (size_t)n) == 0;
        if (n <= 0)
            break;
        at += n;
    }
    free(left);
    return same;
}

static uint64_t fingerprint(int fd, off_t size)
{
    char sample[2 * SAMPLE + sizeof(off_t)];
    size_t len = 0;
    ssize_t got = pread(fd, sample, SAMPLE, 0);

    if (got > 0)
        len += (size_t)got;
    got = size > SAMPLE ? pread(fd, sample + len, SAMPLE, size - SAMPLE) : 0;
    if (got > 0)
        len += (size_t)got;
    memcpy(sample + len, &size, sizeof(size));
    return alz_key64((struct alz_str){sample, len + sizeof(size)});
}

static bool equals(const struct alz_seen *seen, int fd, const struct stat *info,
                   uint64_t key)
{
    bool same;
    int other;

    if (seen->dev == info->st_dev && seen->ino == info->st_ino)
        return true;
    if (seen->size != info->st_size || seen->key != key)
        return false;
    other = open(seen->path, O_RDONLY | O_CLOEXEC);
    same = other >= 0 && same_content(fd, other);
    if (other >= 0)
        close(other);
    return same;
}

static void remember(struct alz_seen_files *files, const struct alz_seen *file)
{
    if (files->count == files->cap) {
        size_t cap = files->cap ? 2 * files->cap : 16;
        void *items = realloc(files->items, cap * sizeof(*files->items));

        if (!items) {
            free(file->path);
            return;
        }
        files->items = items;
        files->cap = cap;
    }
    files->items[files->count++] = *file;
}

bool alz_session_seen(struct alz_session *session, int fd, const char *path,
                      const struct stat *info)
{
    struct alz_seen file = {
        .dev = info->st_dev, .ino = info->st_ino, .size = info->st_size};

    if (!S_ISREG(info->st_mode) || info->st_size == 0)
        return false;
    file.key = fingerprint(fd, info->st_size);
    for (size_t i = 0; i < session->seen.count; i++)
        if (equals(&session->seen.items[i], fd, info, file.key))
            return true;
    file.path = strdup(path);
    if (file.path)
        remember(&session->seen, &file);
    return false;
}

void alz_session_mark_old(struct alz_session *session, const char *input)
{
    struct alz_sources sources = {0};
    struct stat info;

    session->files_only = true;
    alz_sources_add(&sources, input, session->outdir.path);
    for (size_t i = 0; i < sources.count; i++) {
        if (stat(sources.items[i].path, &info) || !S_ISREG(info.st_mode))
            continue;
        remember(&session->old, &(struct alz_seen){.dev = info.st_dev,
                                                   .ino = info.st_ino,
                                                   .size = info.st_size,
                                                   .changed = info.st_mtim});
    }
    alz_sources_done(&sources);
}

bool alz_session_is_old(const struct alz_session *session,
                        const struct stat *info)
{
    for (size_t i = 0; i < session->old.count; i++) {
        const struct alz_seen *old = &session->old.items[i];

        if (old->dev == info->st_dev && old->ino == info->st_ino &&
            old->size == info->st_size &&
            old->changed.tv_sec == info->st_mtim.tv_sec &&
            old->changed.tv_nsec == info->st_mtim.tv_nsec)
            return true;
    }
    return false;
}

void alz_session_seen_done(struct alz_session *session)
{
    for (size_t i = 0; i < session->seen.count; i++)
        free(session->seen.items[i].path);
    free(session->seen.items);
    free(session->old.items);
}
