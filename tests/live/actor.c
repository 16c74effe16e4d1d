/* actor.c - plays a test runner, well or badly, for the live tests. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

static void put(int fd, const char *bytes, size_t len)
{
    while (len) {
        ssize_t done = write(fd, bytes, len);

        if (done < 0 && errno != EINTR)
            _exit(99);
        if (done > 0) {
            bytes += done;
            len -= (size_t)done;
        }
    }
}

static void say(const char *text)
{
    put(STDOUT_FILENO, text, strlen(text));
}

static void sleep_ms(long ms)
{
    struct timespec time = {ms / 1000, ms % 1000 * 1000000};

    nanosleep(&time, NULL);
}

static long number(char **args, int at, long fallback)
{
    for (int i = 0; i < at; i++)
        if (!args[i])
            return fallback;
    return args[at] ? strtol(args[at], NULL, 10) : fallback;
}

/* exit N: one good test, and that status */
static int act_exit(char **args)
{
    say("1..1\nok 1 - fine\n");
    return (int)number(args, 0, 0);
}

/* failed N STATUS: so many failed tests, and that status */
static int act_failed(char **args)
{
    long count = number(args, 0, 1);
    char line[64];

    for (long i = 1; i <= count; i++) {
        snprintf(line, sizeof(line), "not ok %ld - bad %ld\n", i, i);
        say(line);
    }
    snprintf(line, sizeof(line), "1..%ld\n", count);
    say(line);
    return (int)number(args, 1, (int)count);
}

/* signal N: one good test, then it dies of that signal */
static int act_signal(char **args)
{
    int signal_number = (int)number(args, 0, SIGKILL);
    struct rlimit none = {0, 0};

    setrlimit(RLIMIT_CORE, &none);
    say("1..1\nok 1 - fine\n");
    signal(signal_number, SIG_DFL);
    raise(signal_number);
    return 0;
}

static volatile sig_atomic_t caught;

static void on_signal(int signal_number)
{
    caught = signal_number;
}

/* catch: says which signal it got, and exits with 40 + its number */
static int act_catch(char **args)
{
    static const int numbers[] = {SIGHUP,  SIGINT,  SIGQUIT,
                                  SIGTERM, SIGUSR1, SIGUSR2};
    char line[64];

    (void)args;
    for (size_t i = 0; i < sizeof(numbers) / sizeof(*numbers); i++)
        signal(numbers[i], on_signal);
    say("1..1\nok 1 - fine\n");
    while (!caught)
        sleep_ms(10);
    snprintf(line, sizeof(line), "# got %d\n", (int)caught);
    say(line);
    return 40 + caught;
}

/* stubborn: ignores SIGTERM and never ends */
static int act_stubborn(char **args)
{
    (void)args;
    signal(SIGTERM, SIG_IGN);
    say("1..2\nok 1 - fine\nok 2 - fine too\n");
    for (;;)
        pause();
    return 0;
}

/* hold SECONDS: leaves a child behind that keeps its streams open */
static int act_hold(char **args)
{
    if (fork() == 0) {
        sleep_ms(1000 * number(args, 0, 60));
        _exit(0);
    }
    say("1..1\nok 1 - fine\n");
    return 0;
}

/* long BYTES: a line of that length between two tests */
static int act_long(char **args)
{
    static char bytes[65536];
    long left = number(args, 0, 100000000);

    memset(bytes, 'x', sizeof(bytes));
    say("1..2\nok 1 - before\n# ");
    for (; left > 0; left -= (long)sizeof(bytes))
        put(STDOUT_FILENO, bytes,
            left < (long)sizeof(bytes) ? (size_t)left : sizeof(bytes));
    say("\nok 2 - after\n");
    return 0;
}

/* bytes: every byte there is, in between and on standard error */
static int act_bytes(char **args)
{
    static const char rest[] = "\n\033[31mred\033[0m\r\n\0\0\n";
    char all[256];

    (void)args;
    for (int i = 0; i < 256; i++)
        all[i] = (char)i;
    say("1..2\nok 1 - before\n");
    put(STDOUT_FILENO, all, sizeof(all));
    put(STDERR_FILENO, all, sizeof(all));
    put(STDOUT_FILENO, rest, sizeof(rest) - 1);
    say("ok 2 - after");
    return 0;
}

/* both COUNT: one line here, one there, in turn */
static int act_both(char **args)
{
    long count = number(args, 0, 1000);
    char line[64];

    say("1..1\nok 1 - fine\n");
    for (long i = 0; i < count; i++) {
        snprintf(line, sizeof(line), "# out %ld\n", i);
        say(line);
        snprintf(line, sizeof(line), "# err %ld\n", i);
        put(STDERR_FILENO, line, strlen(line));
    }
    return 0;
}

/* points COUNT [DELAY_MS [EXIT]]: tests with output and diagnostics */
static int act_points(char **args)
{
    long count = number(args, 0, 10), delay = number(args, 1, 0);
    char text[512];

    snprintf(text, sizeof(text), "TAP version 14\n1..%ld\n", count);
    say(text);
    for (long i = 1; i <= count; i++) {
        snprintf(text, sizeof(text),
                 "what test %ld says\n%sok %ld - test %ld\n  ---\n  "
                 "message: it is what it is\n  ...\n",
                 i, i % 5 ? "" : "not ", i, i);
        say(text);
        if (delay)
            sleep_ms(delay);
    }
    return (int)number(args, 2, 0);
}

/* plain COMMAND...: runs it with signals as a terminal would give them */
static int act_plain(char **args)
{
    static const int numbers[] = {SIGINT, SIGQUIT, SIGPIPE, SIGHUP, SIGTERM};

    for (size_t i = 0; i < sizeof(numbers) / sizeof(*numbers); i++)
        signal(numbers[i], SIG_DFL);
    execvp(args[0], args);
    return 98;
}

static const struct {
    const char *name;
    int (*act)(char **args);
} acts[] = {
    {"exit",     act_exit    },
    {"failed",   act_failed  },
    {"signal",   act_signal  },
    {"catch",    act_catch   },
    {"stubborn", act_stubborn},
    {"hold",     act_hold    },
    {"long",     act_long    },
    {"bytes",    act_bytes   },
    {"both",     act_both    },
    {"points",   act_points  },
    {"plain",    act_plain   },
};

int main(int argc, char **argv)
{
    for (size_t i = 0; argc > 1 && i < sizeof(acts) / sizeof(*acts); i++)
        if (strcmp(acts[i].name, argv[1]) == 0)
            return acts[i].act(argv + 2);
    fputs("actor: no such act\n", stderr);
    return 97;
}
