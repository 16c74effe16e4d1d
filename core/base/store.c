/* store.c - bytes put aside, to be read again from any place. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "base/store.h"

#include "base/buf.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

enum { PAGE_MAX = 1024 * 1024, WINDOW = 16 * 1024 };

static int fail(struct alz_store *store, int error)
{
    if (!store->error)
        store->error = error;
    return -1;
}

void alz_store_init(struct alz_store *store)
{
    *store = (struct alz_store){
        .fd = -1,
        .page = {.max = PAGE_MAX},
        .window = {.max = WINDOW},
    };
}

uint64_t alz_store_size(const struct alz_store *store)
{
    return store->flushed + store->page.len;
}

/* ---- writing ---------------------------------------------------------- */

/* Programs that are started inherit nothing of it. */
static int open_file(struct alz_store *store)
{
    FILE *file;

    if (store->fd >= 0)
        return 0;
    file = tmpfile();
    if (file) {
        store->fd = fcntl(fileno(file), F_DUPFD_CLOEXEC, 0);
        fclose(file);
    }
    return store->fd < 0 ? fail(store, errno) : 0;
}

static int write_at(struct alz_store *store, uint64_t at, struct alz_str bytes)
{
    while (bytes.len) {
        ssize_t put = pwrite(store->fd, bytes.ptr, bytes.len, (off_t)at);

        if (put < 0 && errno == EINTR)
            continue;
        if (put <= 0)
            return fail(store, put < 0 ? errno : ENOSPC);
        bytes = alz_str_from_offset(bytes, (size_t)put);
        at += (uint64_t)put;
    }
    return 0;
}

/* What fails half way is written over by nothing: the error sticks. */
static int to_file(struct alz_store *store, const struct alz_str *parts,
                   size_t count)
{
    uint64_t at = store->flushed;

    if (open_file(store))
        return -1;
    for (size_t i = 0; i < count; i++) {
        if (write_at(store, at, parts[i]))
            return -1;
        at += parts[i].len;
    }
    store->flushed = at;
    return 0;
}

static int flush(struct alz_store *store)
{
    struct alz_str page = alz_text_str(&store->page);

    if (to_file(store, &page, 1))
        return -1;
    alz_text_clear(&store->page);
    return 0;
}

static int to_page(struct alz_store *store, const struct alz_str *parts,
                   size_t count)
{
    size_t before = store->page.len;

    for (size_t i = 0; i < count; i++)
        alz_text_add(&store->page, parts[i]);
    if (!store->page.full)
        return 0;
    store->page.len = before;
    store->page.full = false;
    return fail(store, ENOMEM);
}

int alz_store_add(struct alz_store *store, const struct alz_str *parts,
                  size_t count)
{
    size_t size = 0;

    if (store->error)
        return -1;
    for (size_t i = 0; i < count; i++)
        size += parts[i].len;
    if (size > PAGE_MAX - store->page.len && flush(store))
        return -1;
    return size > PAGE_MAX ? to_file(store, parts, count)
                           : to_page(store, parts, count);
}

/* ---- reading ---------------------------------------------------------- */

static ssize_t read_at(const struct alz_store *store, uint64_t at, char *to,
                       size_t len)
{
    uint64_t left = store->flushed - at;
    ssize_t got;

    if (len > left)
        len = (size_t)left;
    do
        got = pread(store->fd, to, len, (off_t)at);
    while (got < 0 && errno == EINTR);
    return got;
}

/* Moves the window to there. */
static int look_at(struct alz_store *store, uint64_t at)
{
    char *room;
    ssize_t got;

    alz_text_clear(&store->window);
    store->window_at = at;
    room = alz_buf_reserve(&store->window, WINDOW);
    if (!room)
        return fail(store, ENOMEM);
    got = read_at(store, at, room, WINDOW);
    if (got <= 0)
        return fail(store, got < 0 ? errno : EIO);
    store->window.len = (size_t)got;
    return 0;
}

/* The bytes at `at` that can be had at once; len 0: an error. */
static struct alz_str bytes_at(struct alz_store *store, uint64_t at)
{
    struct alz_str window = alz_text_str(&store->window);

    if (at >= store->flushed)
        return alz_str_from_offset(alz_text_str(&store->page),
                                   (size_t)(at - store->flushed));
    if (at - store->window_at >= window.len && look_at(store, at))
        return ALZ_STR("");
    window = alz_text_str(&store->window);
    return alz_str_from_offset(window, (size_t)(at - store->window_at));
}

int alz_store_read(struct alz_store *store, uint64_t at, char *to, size_t len)
{
    if (at > alz_store_size(store) || len > alz_store_size(store) - at)
        return fail(store, EIO);
    while (len) {
        struct alz_str bytes = bytes_at(store, at);
        size_t some = bytes.len < len ? bytes.len : len;

        if (!some)
            return -1;
        memcpy(to, bytes.ptr, some);
        to += some;
        at += some;
        len -= some;
    }
    return 0;
}

void alz_store_done(struct alz_store *store)
{
    if (store->fd >= 0)
        close(store->fd);
    alz_text_done(&store->page);
    alz_text_done(&store->window);
    *store = (struct alz_store){.fd = -1};
}
