/* ends.c - ends as it is told: exit STATUS, signal NAME, sleep. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int signal_number(const char *name)
{
    static const struct {
        const char *name;
        int number;
    } signals[] = {
        {"ABRT", SIGABRT},
        {"KILL", SIGKILL},
        {"SEGV", SIGSEGV},
    };

    for (size_t i = 0; i < sizeof(signals) / sizeof(*signals); i++)
        if (strcmp(signals[i].name, name) == 0)
            return signals[i].number;
    return 0;
}

int main(int argc, char **argv)
{
    const char *what = argc > 1 ? argv[1] : "";
    const char *how = argc > 2 ? argv[2] : "";

    printf("%s %s\n", what, how);
    fflush(stdout);
    if (strcmp(what, "signal") == 0)
        raise(signal_number(how));
    if (strcmp(what, "sleep") == 0)
        sleep(600);
    return atoi(how);
}
