/* bytes.h - where bytes are pulled from: a file, a pipe, memory. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALZ_BASE_BYTES_H
#define ALZ_BASE_BYTES_H

#include <allurize/convert.h>

#include <signal.h>
#include <sys/types.h>

/*
 * A stream of bytes. read fills at most cap bytes: > 0 bytes read, 0 the end,
 * -1 an error (errno says which). wait returns 1 when read would not block,
 * 0 after timeout_ms (-1: for ever) without data, and may be NULL (never
 * blocks). A stream may be a filter over another one (encoding, repair).
 */
struct alz_bytes {
    ssize_t (*read)(struct alz_bytes *bytes, char *to, size_t cap);
    int (*wait)(struct alz_bytes *bytes, int timeout_ms);
};

/* Reads a descriptor it does not own. *stop (may be NULL), set by a signal
 * handler, ends the stream as if the input were over; interrupted tells. */
struct alz_bytes_fd {
    struct alz_bytes base;
    int fd;
    const volatile sig_atomic_t *stop;
    bool interrupted;
    bool regular;   /* a file: never blocks */
    uint64_t count; /* bytes delivered */
};

void alz_bytes_fd_init(struct alz_bytes_fd *bytes, int fd,
                       const volatile sig_atomic_t *stop);

/* Reads memory in pieces of at most `piece` bytes (0: whole). */
struct alz_bytes_memory {
    struct alz_bytes base;
    struct alz_str rest;
    size_t piece;
};

void alz_bytes_memory_init(struct alz_bytes_memory *bytes, struct alz_str text,
                           size_t piece);

/* Puts bytes already read (a head that was probed) before another stream. */
struct alz_bytes_head {
    struct alz_bytes base;
    struct alz_str head;
    struct alz_bytes *next;
};

void alz_bytes_head_init(struct alz_bytes_head *bytes, struct alz_str head,
                         struct alz_bytes *next);

#endif
