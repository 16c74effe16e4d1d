/* tee.h - copies a stream to a reader that may be slow, full or gone. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALLURIZE_TOOLS_TEE_H
#define ALLURIZE_TOOLS_TEE_H

#include <stdbool.h>
#include <stddef.h>

enum { TEE_MAX = 65536 };

/*
 * Never blocks: what the reader does not take yet stays here, and whoever
 * feeds the tee reads nothing more until it is gone. So a reader that is slow
 * slows the source down, as it would without us, and what has been read is
 * converted all the same. Zero copies nothing.
 */
struct tee {
    int to;     /* -1: nobody reads there any more */
    int error;  /* errno of a copy that failed; a reader that left is none */
    bool plain; /* to a file, which never makes us wait */
    char *bytes;
    size_t pos, len;
};

/* 0, or -1 when memory ran out. to -1: copies nothing. */
int tee_open(struct tee *tee, int to);
/* At most TEE_MAX bytes; nothing may be left of those before. */
void tee_put(struct tee *tee, const char *bytes, size_t len);
/* Is something left to copy? Then poll `to` for POLLOUT and flush. */
bool tee_left(const struct tee *tee);
void tee_flush(struct tee *tee);
/* Copies nothing any more. */
void tee_give_up(struct tee *tee);
/* An exit status; says what failed, in the name of the stream. */
int tee_report(const struct tee *tee, const char *name);
void tee_done(struct tee *tee);

#endif
