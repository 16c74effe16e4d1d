/* stop.c - the signals that ask us to stop. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "stop.h"

#include <stddef.h>
#include <time.h>

enum { AT_ONCE_S = 1 };

/* A handler reaches nothing but globals. */
volatile sig_atomic_t stop_signal;
static volatile sig_atomic_t stop_second, seen[NSIG];
static const struct stop_calls *reactions;

static sig_atomic_t second(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (sig_atomic_t)now.tv_sec;
}

static void on_signal(int number, siginfo_t *info, void *context)
{
    bool first = !seen[number];

    (void)context;
    seen[number] = 1;
    if (!stop_signal) {
        stop_second = second();
        stop_signal = number;
    } else if (second() - stop_second > AT_ONCE_S) {
        reactions->again(number);
        return;
    }
    if (first && reactions->first)
        reactions->first(number, info->si_code == SI_KERNEL);
}

void stop_catch(const struct stop_calls *calls)
{
    static const int numbers[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};
    struct sigaction action = {.sa_sigaction = on_signal,
                               .sa_flags = SA_SIGINFO | SA_RESTART};
    struct sigaction old;

    reactions = calls;
    sigfillset(&action.sa_mask);
    for (size_t i = 0; i < sizeof(numbers) / sizeof(*numbers); i++)
        if (sigaction(numbers[i], NULL, &old) == 0 && old.sa_handler != SIG_IGN)
            sigaction(numbers[i], &action, NULL);
}

void stop_die(int number)
{
    signal(number, SIG_DFL);
    raise(number);
}
