/* cmd_convert.c - allurize convert: reports to results. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "commands.h"
#include "conversion.h"

#include <errno.h>
#include <poll.h>
#include <unistd.h>

/* The signal that asked us to stop; handlers can reach nothing else. */
static volatile sig_atomic_t stop_signal;

static void on_signal(int number)
{
    stop_signal = number;
    signal(number, SIG_DFL); /* the second one kills */
}

static void catch_signals(void)
{
    static const int numbers[] = {SIGINT, SIGTERM, SIGHUP};
    struct sigaction action = {.sa_handler = on_signal};

    sigemptyset(&action.sa_mask);
    for (size_t i = 0; i < sizeof(numbers) / sizeof(*numbers); i++)
        sigaction(numbers[i], &action, NULL);
}

/* Standard input, copied to standard output as it comes. A copy that nobody
 * reads any more ends, the conversion goes on. */
static bool copying;

static void copy(const char *bytes, size_t len)
{
    while (len && copying) {
        ssize_t put = write(STDOUT_FILENO, bytes, len);

        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0) {
            copying = false;
            return;
        }
        bytes += put;
        len -= (size_t)put;
    }
}

static int tee_wait(void *ctx, int timeout_ms)
{
    struct pollfd input = {STDIN_FILENO, POLLIN, 0};

    (void)ctx;
    return poll(&input, 1, timeout_ms) != 0 || stop_signal;
}

static ssize_t tee_read(void *ctx, char *to, size_t cap)
{
    ssize_t got = -1;

    while (!stop_signal) {
        if (tee_wait(ctx, -1) && !stop_signal)
            got = read(STDIN_FILENO, to, cap);
        if (got >= 0 || errno != EINTR)
            break;
    }
    if (got > 0)
        copy(to, (size_t)got);
    return stop_signal ? 0 : got;
}

static void convert(struct alz_session *session, const char *input, bool tee)
{
    static const struct alz_pull pull = {tee_read, tee_wait, NULL};

    if (!tee || strcmp(input, "-"))
        alz_session_convert(session, input);
    else
        alz_session_convert_pull(session, input, &pull);
}

int cmd_convert(const struct args *args)
{
    struct conversion conversion;
    int status;

    if (args->operands.count == 0) {
        fputs("allurize: error: no input given (see allurize convert --help) "
              "[args/usage]\n",
              stderr);
        return ALZ_EXIT_USAGE;
    }
    catch_signals();
    copying = args->tee;
    status = conversion_open(&conversion, args, &stop_signal);
    if (status == ALZ_EXIT_OK) {
        for (size_t i = 0; i < args->operands.count && !stop_signal; i++)
            convert(conversion.session, args->operands.items[i], args->tee);
        status = conversion_close(&conversion);
    }
    conversion_done(&conversion);
    if (stop_signal) {
        signal(stop_signal, SIG_DFL);
        raise(stop_signal);
    }
    return status;
}
