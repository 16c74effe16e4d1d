/* launch.c - starts a test for CTest and notes how it ended. */
/* SPDX-License-Identifier: Apache-2.0 */

/*
 * usage: allurize-ctest-launch JOURNAL DIRECTORY NAME COMMAND [WORD]...
 *
 * LastTest.log, the only file that a plain ctest leaves, says "Test Failed."
 * of crashes and of time-outs alike. This process is what CTest waits for: it
 * ends as the test does, passes on signals, and the test dies with it.
 *
 * It appends to the journal, tabs between the fields:
 *
 *     started  MS  DIRECTORY  NAME
 *     ended    MS  DIRECTORY  NAME  exit|signal|stopped  NUMBER
 *
 * "stopped": by a signal that came to us; CTest sends it when time is over,
 * if it does not kill us, and nobody notes an end.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

enum { NOTE_MAX = 16 * 1024, NOT_RUNNABLE = 126 };

/* ---- the journal -------------------------------------------------------- */

static void to_one_line(char *text)
{
    for (; *text; text++)
        if (*text == '\t' || *text == '\n')
            *text = ' ';
}

/* One write appends a whole line, whoever else appends. Without a journal the
 * test runs all the same. */
static void note(int journal, const char *what, char **words, const char *how,
                 int number)
{
    char line[NOTE_MAX];
    struct timespec now;
    int len;

    clock_gettime(CLOCK_REALTIME, &now);
    len = snprintf(line, sizeof(line), "%s\t%lld\t%s\t%s", what,
                   (long long)now.tv_sec * 1000 + now.tv_nsec / 1000000,
                   words[0], words[1]);
    if (how && len > 0 && len < NOTE_MAX)
        len += snprintf(line + len, sizeof(line) - (size_t)len, "\t%s\t%d", how,
                        number);
    if (len <= 0 || len >= NOTE_MAX)
        return;
    line[len] = '\n';
    while (write(journal, line, (size_t)len + 1) < 0 && errno == EINTR) {
    }
}

/* ---- signals ------------------------------------------------------------ */

static volatile sig_atomic_t test_pid, stopped_by;

/* What a terminal sends, the test has got itself. */
static void pass_on(int number, siginfo_t *info, void *context)
{
    int saved = errno;

    (void)context;
    stopped_by = number;
    if (test_pid > 0 && info->si_code != SI_KERNEL)
        kill(test_pid, number);
    errno = saved;
}

static const int numbers[] = {SIGHUP,  SIGINT,  SIGQUIT, SIGABRT,
                              SIGALRM, SIGTERM, SIGUSR1, SIGUSR2};

/* Those that are ignored stay so. */
static void handle_signals(const struct sigaction *action)
{
    struct sigaction old;

    for (size_t i = 0; i < sizeof(numbers) / sizeof(*numbers); i++)
        if (sigaction(numbers[i], NULL, &old) == 0 && old.sa_handler != SIG_IGN)
            sigaction(numbers[i], action, NULL);
}

static void catch_signals(void)
{
    struct sigaction action = {.sa_sigaction = pass_on,
                               .sa_flags = SA_SIGINFO | SA_RESTART};

    sigfillset(&action.sa_mask);
    handle_signals(&action);
}

/* CTest kills what it started, and that is not the test. */
static void become_test(pid_t parent)
{
    static const struct sigaction action = {.sa_handler = SIG_DFL};

    handle_signals(&action);
#ifdef __linux__
    prctl(PR_SET_PDEATHSIG, SIGKILL);
#endif
    if (getppid() != parent)
        raise(SIGKILL);
}

/* ---- the test ----------------------------------------------------------- */

static pid_t start(char **command)
{
    pid_t parent = getpid(), pid;
    sigset_t all, old;

    sigfillset(&all);
    sigprocmask(SIG_BLOCK, &all, &old);
    pid = fork();
    if (pid > 0)
        test_pid = pid;
    if (pid == 0)
        become_test(parent);
    sigprocmask(SIG_SETMASK, &old, NULL);
    if (pid == 0) {
        execvp(command[0], command);
        fprintf(stderr, "%s: %s\n", command[0], strerror(errno));
        _exit(NOT_RUNNABLE);
    }
    return pid;
}

/* No core of this process: the test has left its own. */
static void end_by(int number)
{
    static const struct rlimit none = {0, 0};
    sigset_t set;

    setrlimit(RLIMIT_CORE, &none);
#ifdef __linux__
    prctl(PR_SET_DUMPABLE, 0);
#endif
    signal(number, SIG_DFL);
    sigemptyset(&set);
    sigaddset(&set, number);
    sigprocmask(SIG_UNBLOCK, &set, NULL);
    raise(number);
}

static void note_end(int journal, char **words, int status)
{
    if (stopped_by)
        note(journal, "ended", words, "stopped", stopped_by);
    else if (WIFSIGNALED(status))
        note(journal, "ended", words, "signal", WTERMSIG(status));
    else
        note(journal, "ended", words, "exit", WEXITSTATUS(status));
}

int main(int argc, char **argv)
{
    int journal, status = 0;
    pid_t pid;

    if (argc < 5) {
        fputs("usage: allurize-ctest-launch JOURNAL DIRECTORY NAME COMMAND "
              "[WORD]...\n",
              stderr);
        return 2;
    }
    to_one_line(argv[2]);
    to_one_line(argv[3]);
    journal = open(argv[1], O_WRONLY | O_APPEND | O_CLOEXEC);
    signal(SIGCHLD, SIG_DFL); /* else there is no status to wait for */
    catch_signals();
    note(journal, "started", argv + 2, NULL, 0);
    pid = start(argv + 4);
    if (pid < 0) {
        perror("allurize-ctest-launch");
        return NOT_RUNNABLE;
    }
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {
    }
    test_pid = 0;
    note_end(journal, argv + 2, status);
    if (!WIFSIGNALED(status))
        return WEXITSTATUS(status);
    end_by(WTERMSIG(status));
    return 128 + WTERMSIG(status);
}
