/* cmd_convert.c - allurize convert: reports to results. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "commands.h"
#include "conversion.h"
#include "stop.h"
#include "tee.h"

#include <errno.h>
#include <poll.h>
#include <time.h>
#include <unistd.h>

/* A signal between a look at stop_signal and poll would be missed: never
 * sleep longer than this. */
enum { SLICE_MS = 100 };

/* ---- standard input, copied to standard output as it comes ------------- */

static int64_t now_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static bool ready(int fd, short events, int64_t timeout_ms)
{
    struct pollfd one = {fd, events, 0};

    return poll(&one, 1, timeout_ms < SLICE_MS ? (int)timeout_ms : SLICE_MS) >
           0;
}

/* The user's wish ends the waiting. */
static void wait_for_copy(struct tee *tee)
{
    while (tee_left(tee) && !stop_signal)
        if (ready(tee->to, POLLOUT, SLICE_MS))
            tee_flush(tee);
}

/* Input (1), or silence for that long (0); timeout_ms -1: never. While the
 * reader of the copy is behind, nothing is known of the source. */
static int tee_wait(void *ctx, int timeout_ms)
{
    int64_t end, left = SLICE_MS;

    wait_for_copy(ctx);
    end = now_ms() + timeout_ms;
    while (!stop_signal && left >= 0) {
        if (ready(STDIN_FILENO, POLLIN, left))
            return 1;
        if (timeout_ms >= 0)
            left = end - now_ms();
    }
    return stop_signal != 0;
}

static ssize_t tee_read(void *ctx, char *to, size_t cap)
{
    ssize_t got;

    do {
        tee_wait(ctx, -1);
        if (stop_signal)
            return 0;
        got = read(STDIN_FILENO, to, cap < TEE_MAX ? cap : TEE_MAX);
    } while (got < 0 && (errno == EINTR || errno == EAGAIN));
    if (got > 0)
        tee_put(ctx, to, (size_t)got);
    return got;
}

static int finish_copy(struct tee *tee)
{
    wait_for_copy(tee);
    return tee_report(tee, "standard output");
}

/* ---- the command -------------------------------------------------------- */

static void convert(struct alz_session *session, const char *input,
                    struct tee *tee)
{
    struct alz_pull pull = {.read = tee_read, .wait = tee_wait, .ctx = tee};

    if (tee->to < 0 || strcmp(input, "-"))
        alz_session_convert(session, input);
    else
        alz_session_convert_pull(session, input, &pull);
}

static int convert_all(const struct args *args, struct tee *tee)
{
    struct conversion conversion;
    int status = conversion_open(&conversion, args, &stop_signal);
    int copied;

    if (status == ALZ_EXIT_OK) {
        for (size_t i = 0; i < args->operands.count && !stop_signal; i++)
            convert(conversion.session, args->operands.items[i], tee);
        status = conversion_close(&conversion);
        copied = finish_copy(tee);
        status = status ? status : copied;
    }
    conversion_done(&conversion);
    return status;
}

int cmd_convert(const struct args *args)
{
    static const struct stop_calls stop = {NULL, stop_die};
    struct tee tee;
    int status = ALZ_EXIT_MEMORY;

    if (args->operands.count == 0) {
        fputs("allurize: error: no input given (see allurize convert --help) "
              "[args/usage]\n",
              stderr);
        return ALZ_EXIT_USAGE;
    }
    stop_catch(&stop);
    signal(SIGPIPE, SIG_IGN); /* nobody who stops reading stops us */
    if (tee_open(&tee, args->tee ? STDOUT_FILENO : -1) == 0)
        status = convert_all(args, &tee);
    tee_done(&tee);
    if (stop_signal)
        stop_die(stop_signal);
    return status;
}
