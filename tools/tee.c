/* tee.c - copies a stream to a reader that may be slow, full or gone. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "tee.h"

#include <allurize/allurize.h>

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int tee_open(struct tee *tee, int to)
{
    struct stat info;

    *tee = (struct tee){.to = to};
    if (to < 0)
        return 0;
    tee->plain = fstat(to, &info) == 0 && S_ISREG(info.st_mode);
    tee->bytes = malloc(TEE_MAX);
    return tee->bytes ? 0 : -1;
}

bool tee_left(const struct tee *tee)
{
    return tee->pos < tee->len;
}

void tee_give_up(struct tee *tee)
{
    tee->to = -1;
    tee->pos = tee->len = 0;
}

static bool takes(const struct tee *tee)
{
    struct pollfd to = {tee->to, POLLOUT, 0};

    return tee->plain || poll(&to, 1, 0) > 0;
}

/* A pipe that takes anything takes PIPE_BUF bytes without blocking. */
static void write_some(struct tee *tee)
{
    size_t len = tee->len - tee->pos;
    ssize_t put;

    if (len > PIPE_BUF && !tee->plain)
        len = PIPE_BUF;
    put = write(tee->to, tee->bytes + tee->pos, len);
    if (put >= 0) {
        tee->pos += (size_t)put;
    } else if (errno != EINTR && errno != EAGAIN) {
        tee->error = errno == EPIPE ? 0 : errno;
        tee_give_up(tee);
    }
}

void tee_flush(struct tee *tee)
{
    while (tee_left(tee) && takes(tee))
        write_some(tee);
}

void tee_put(struct tee *tee, const char *bytes, size_t len)
{
    if (tee->to < 0)
        return;
    memcpy(tee->bytes, bytes, len);
    tee->pos = 0;
    tee->len = len;
    tee_flush(tee);
}

int tee_report(const struct tee *tee, const char *name)
{
    if (!tee->error)
        return ALZ_EXIT_OK;
    fprintf(stderr, "allurize: error: %s could not be copied: %s [run/tee]\n",
            name, strerror(tee->error));
    return ALZ_EXIT_OUTPUT;
}

void tee_done(struct tee *tee)
{
    free(tee->bytes);
    *tee = (struct tee){.to = -1};
}
