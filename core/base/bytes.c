/* bytes.c - where bytes are pulled from: a file, a pipe, memory. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "base/bytes.h"

#include <errno.h>
#include <poll.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* A signal between the look at *stop and poll would be missed: never sleep
 * longer than this while there is a *stop. */
enum { SLICE_MS = 100 };

/* ---- a descriptor ----------------------------------------------------- */

static bool stopped(const struct alz_bytes_fd *bytes)
{
    return bytes->stop && *bytes->stop;
}

static int64_t now_ms(void)
{
    struct timespec now = {0, 0};

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Milliseconds the next poll may take; -1: for ever. */
static int slice(const struct alz_bytes_fd *bytes, int timeout_ms,
                 int64_t deadline)
{
    int64_t left = deadline - now_ms();

    if (timeout_ms < 0)
        return bytes->stop ? SLICE_MS : -1;
    if (left < 0)
        left = 0;
    return bytes->stop && left > SLICE_MS ? SLICE_MS : (int)left;
}

/* 1: read would not block, or the user stopped us; 0: timeout. */
static int wait_fd(const struct alz_bytes_fd *bytes, int timeout_ms)
{
    struct pollfd poll_fd = {.fd = bytes->fd, .events = POLLIN};
    int64_t deadline = timeout_ms < 0 ? 0 : now_ms() + timeout_ms;

    while (!stopped(bytes)) {
        int ms = slice(bytes, timeout_ms, deadline);
        int ready = poll(&poll_fd, 1, ms);

        if (ready > 0 || (ready < 0 && errno != EINTR && errno != EAGAIN))
            return 1;
        if (timeout_ms >= 0 && now_ms() >= deadline)
            return 0;
    }
    return 1;
}

static int fd_wait(struct alz_bytes *base, int timeout_ms)
{
    struct alz_bytes_fd *bytes = (struct alz_bytes_fd *)base;

    return bytes->regular ? 1 : wait_fd(bytes, timeout_ms);
}

/* Only with a *stop must read not block: a signal may come before it. */
static ssize_t read_once(struct alz_bytes_fd *bytes, char *to, size_t cap)
{
    if (bytes->stop && !bytes->regular)
        wait_fd(bytes, -1);
    if (stopped(bytes)) {
        bytes->interrupted = true;
        return 0;
    }
    return read(bytes->fd, to, cap);
}

static ssize_t fd_read(struct alz_bytes *base, char *to, size_t cap)
{
    struct alz_bytes_fd *bytes = (struct alz_bytes_fd *)base;
    ssize_t got;

    while ((got = read_once(bytes, to, cap)) < 0) {
        if (errno == EAGAIN || errno == EWOULDBLOCK)
            wait_fd(bytes, -1);
        else if (errno != EINTR)
            return -1;
    }
    bytes->count += (uint64_t)got;
    return got;
}

void alz_bytes_fd_init(struct alz_bytes_fd *bytes, int fd,
                       const volatile sig_atomic_t *stop)
{
    struct stat info;

    *bytes = (struct alz_bytes_fd){
        .base = {fd_read, fd_wait},
        .fd = fd,
        .stop = stop,
        .regular = fstat(fd, &info) == 0 && S_ISREG(info.st_mode),
    };
}

/* ---- memory ----------------------------------------------------------- */

static size_t take(struct alz_str *from, char *to, size_t cap)
{
    size_t len = from->len < cap ? from->len : cap;

    if (len) {
        memcpy(to, from->ptr, len);
        from->ptr += len;
        from->len -= len;
    }
    return len;
}

static ssize_t memory_read(struct alz_bytes *base, char *to, size_t cap)
{
    struct alz_bytes_memory *bytes = (struct alz_bytes_memory *)base;

    if (bytes->piece && cap > bytes->piece)
        cap = bytes->piece;
    return (ssize_t)take(&bytes->rest, to, cap);
}

void alz_bytes_memory_init(struct alz_bytes_memory *bytes, struct alz_str text,
                           size_t piece)
{
    *bytes = (struct alz_bytes_memory){
        {memory_read, NULL},
        text, piece
    };
}

/* ---- a head before another stream ------------------------------------- */

static ssize_t head_read(struct alz_bytes *base, char *to, size_t cap)
{
    struct alz_bytes_head *bytes = (struct alz_bytes_head *)base;

    if (bytes->head.len)
        return (ssize_t)take(&bytes->head, to, cap);
    return bytes->next ? bytes->next->read(bytes->next, to, cap) : 0;
}

static int head_wait(struct alz_bytes *base, int timeout_ms)
{
    struct alz_bytes_head *bytes = (struct alz_bytes_head *)base;

    if (bytes->head.len || !bytes->next || !bytes->next->wait)
        return 1;
    return bytes->next->wait(bytes->next, timeout_ms);
}

void alz_bytes_head_init(struct alz_bytes_head *bytes, struct alz_str head,
                         struct alz_bytes *next)
{
    *bytes = (struct alz_bytes_head){
        {head_read, head_wait},
        head, next
    };
}
