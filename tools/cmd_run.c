/* cmd_run.c - allurize run: a command's output as results while it runs. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "child.h"
#include "commands.h"
#include "conversion.h"

#include <errno.h>
#include <stdlib.h>

enum { EXIT_NOT_RUNNABLE = 126, EXIT_NOT_FOUND = 127 };

/* What a signal handler reaches: the command to pass it on to. */
static struct child child;
static volatile sig_atomic_t stopped;

/* A signal from the terminal has reached the command already when it shares
 * our process group; the second one kills. */
static void on_signal(int number, siginfo_t *info, void *context)
{
    (void)context;
    if (stopped)
        child_signal(&child, SIGKILL);
    else if (child.group || info->si_code != SI_KERNEL)
        child_signal(&child, number);
    stopped = number;
}

static void catch_signals(void)
{
    static const int numbers[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};
    struct sigaction action = {.sa_sigaction = on_signal,
                               .sa_flags = SA_SIGINFO | SA_RESTART};

    sigemptyset(&action.sa_mask);
    for (size_t i = 0; i < sizeof(numbers) / sizeof(*numbers); i++)
        sigaction(numbers[i], &action, NULL);
    signal(SIGPIPE, SIG_IGN);
}

static int usage(const char *what, const char *word)
{
    fprintf(stderr,
            "allurize: error: %s: %s (see allurize run --help) "
            "[args/usage]\n",
            what, word);
    return -1;
}

/* The default: standard output, or nothing when reports are named. */
static int to_stream(const struct args *args, enum child_stream *ret)
{
    static const struct {
        const char *word;
        enum child_stream stream;
    } words[] = {
        {"stdout", CHILD_STDOUT},
        {"stderr", CHILD_STDERR},
        {"both",   CHILD_BOTH  },
        {"none",   CHILD_NONE  }
    };

    *ret = args->reports.count && !args->format ? CHILD_NONE : CHILD_STDOUT;
    if (!args->stream)
        return 0;
    for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
        if (strcmp(words[i].word, args->stream) == 0) {
            *ret = words[i].stream;
            return 0;
        }
    return usage("--stream is stdout, stderr, both or none, not", args->stream);
}

static int to_seconds(const char *text, double *ret)
{
    char *end;

    *ret = 0;
    if (!text)
        return 0;
    *ret = strtod(text, &end);
    if (end == text || *end || !(*ret > 0))
        return usage("--timeout needs seconds", text);
    return 0;
}

static void run_broken(struct alz_session *session, const char *name,
                       const char *text)
{
    alz_session_run_broken(session, name, (struct alz_str){text, strlen(text)});
}

static bool some_failed(const struct alz_summary *summary)
{
    return summary->by_status[ALZ_FAILED] || summary->by_status[ALZ_BROKEN];
}

/* A command that died, or failed though no test did, has a verdict that is in
 * no test. */
static void judge_end(struct alz_session *session, const char *name)
{
    int status = child_exit_status(&child);
    struct alz_summary summary;
    char text[160];

    alz_session_count(session, &summary);
    if (child.timed_out)
        snprintf(text, sizeof(text),
                 "the command ran out of time and was "
                 "stopped");
    else if (status > 128 && status - 128 < NSIG && sigabbrev_np(status - 128))
        snprintf(text, sizeof(text),
                 "the command was killed by signal %d (SIG%s)", status - 128,
                 sigabbrev_np(status - 128));
    else if (status && !some_failed(&summary))
        snprintf(text, sizeof(text),
                 "the command failed with exit status %d while no test failed",
                 status);
    else
        return;
    run_broken(session, name, text);
}

static void convert_reports(struct alz_session *session,
                            const struct args *args, const char *name)
{
    struct alz_summary before, after;

    if (args->reports.count == 0)
        return;
    alz_session_count(session, &before);
    alz_session_set_format(session, args->stream ? NULL : args->format);
    for (size_t i = 0; i < args->reports.count; i++)
        alz_session_convert(session, args->reports.items[i]);
    alz_session_count(session, &after);
    if (after.inputs == before.inputs)
        run_broken(session, name, "the command wrote no report");
}

static const char *last_part(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash && slash[1] ? slash + 1 : path;
}

static int not_started(struct alz_session *session, const char *name, int error)
{
    char text[4096];

    snprintf(text, sizeof(text), "the command cannot be run: %.3000s: %s", name,
             strerror(error));
    run_broken(session, last_part(name), text);
    return error == ENOENT ? EXIT_NOT_FOUND : EXIT_NOT_RUNNABLE;
}

static int run(struct conversion *conversion, enum child_stream stream,
               double timeout)
{
    static const struct alz_pull pull = {child_read, child_wait, &child};
    const struct args *args = conversion->args;
    struct alz_session *session = conversion->session;
    const char **words = args->operands.items;
    const char *name = last_part(words[0]);
    int error;

    for (size_t i = 0; i < args->reports.count; i++)
        alz_session_mark_old(session, args->reports.items[i]);
    catch_signals();
    /* The words are argv's own, which are not constant. */
    error =
        child_start(&child, (char *const *)(uintptr_t)words, stream, timeout);
    if (error)
        return not_started(session, words[0], error);
    if (stream != CHILD_NONE)
        alz_session_convert_pull(session, "-", &pull);
    child_finish(&child);
    convert_reports(session, args, name);
    judge_end(session, name);
    error = child_exit_status(&child);
    child_done(&child);
    return error;
}

int cmd_run(const struct args *args)
{
    struct conversion conversion;
    enum child_stream stream;
    double timeout;
    int status, own;

    if (args->operands.count == 0) {
        fputs("allurize: error: no command given (see allurize run --help) "
              "[args/usage]\n",
              stderr);
        return ALZ_EXIT_USAGE;
    }
    if (to_stream(args, &stream) || to_seconds(args->timeout, &timeout))
        return ALZ_EXIT_USAGE;
    status = conversion_open(&conversion, args, NULL);
    if (status == ALZ_EXIT_OK) {
        status = run(&conversion, stream, timeout);
        own = conversion_close(&conversion);
        status = status ? status : own;
    }
    conversion_done(&conversion);
    return status;
}
