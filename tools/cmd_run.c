/* cmd_run.c - allurize run: a command's output as results while it runs. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "child.h"
#include "commands.h"
#include "conversion.h"
#include "ending.h"
#include "stop.h"

#include <errno.h>
#include <stdlib.h>

enum { EXIT_NOT_RUNNABLE = 126, EXIT_NOT_FOUND = 127, KILL_AFTER_S = 10 };

/* ---- signals ------------------------------------------------------------ */

/* What a signal handler reaches: the command to pass it on to. */
static struct child child;
static struct ending ending; /* of it */

/* In our process group, it has got the terminal's signals already. */
static void pass_on(int number, bool from_terminal)
{
    if (child.group || !from_terminal)
        child_signal(&child, number);
}

static void kill_it(int number)
{
    (void)number;
    child_signal(&child, SIGKILL);
}

static void pass_on_any(int number)
{
    child_signal(&child, number);
}

/* Those that mean nothing to us, the command gets too. */
static void catch_signals(struct child_options *options)
{
    static const struct stop_calls stop = {pass_on, kill_it};
    static const int others[] = {SIGUSR1, SIGUSR2, SIGWINCH};
    struct sigaction action = {.sa_handler = pass_on_any,
                               .sa_flags = SA_RESTART};
    struct sigaction old;

    stop_catch(&stop);
    sigemptyset(&action.sa_mask);
    for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++)
        if (sigaction(others[i], NULL, &old) == 0 && old.sa_handler != SIG_IGN)
            sigaction(others[i], &action, NULL);
    options->ignore_pipe = signal(SIGPIPE, SIG_IGN) == SIG_IGN;
    options->stop = &stop_signal;
    signal(SIGCHLD, SIG_DFL); /* else there is no status to wait for */
}

/* ---- options ------------------------------------------------------------ */

static int usage(const char *what, const char *word)
{
    fprintf(stderr,
            "allurize: error: %s: %s (see allurize run --help) "
            "[args/usage]\n",
            what, word);
    return -1;
}

/* The converter that --format names, as in "log:go"; or NULL. */
static const struct alz_converter *named_converter(const struct args *args)
{
    const struct alz_format_alias *alias = alz_format_aliases();
    const char *name = args->format ? args->format : "";

    while (alias->name && strcmp(alias->name, name))
        alias++;
    if (alias->name)
        name = alias->format;
    return plugins_find(&args->plugins, name, strcspn(name, ":"));
}

/* What reads the command's output beside its reports, for one result of each
 * test; or NULL. */
static const struct alz_converter *console_of(const struct args *args)
{
    return args->reports.count
               ? alz_console_of(args->plugins.items, args->format)
               : NULL;
}

/* Formats of lines are printed; others are in files, where files are named. */
static bool speaks_of_reports(const struct args *args)
{
    const struct alz_converter *format = named_converter(args);

    return args->reports.count && !args->stream && !console_of(args) &&
           !(format && format->reader == ALZ_READ_LINES);
}

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

    *ret = speaks_of_reports(args) ? CHILD_NONE : CHILD_STDOUT;
    if (!args->stream)
        return 0;
    for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
        if (strcmp(words[i].word, args->stream) == 0) {
            *ret = words[i].stream;
            return 0;
        }
    return usage("--stream is stdout, stderr, both or none, not", args->stream);
}

static int to_seconds(const char *what, const char *text, double *ret)
{
    char *end;

    if (!text)
        return 0;
    *ret = strtod(text, &end);
    if (end == text || *end || !(*ret > 0))
        return usage(what, text);
    return 0;
}

static int to_options(const struct args *args, struct child_options *options)
{
    *options = (struct child_options){.kill_after = KILL_AFTER_S};
    return to_stream(args, &options->stream) ||
                   to_seconds("--timeout needs seconds", args->timeout,
                              &options->timeout) ||
                   to_seconds("--kill-after needs seconds", args->kill_after,
                              &options->kill_after)
               ? -1
               : 0;
}

/* ---- the run --------------------------------------------------------------
 */

/* A report that is missing, old or no report is missing in the results too. */
static void convert_report(struct alz_session *session, const char *report,
                           struct ending *missing)
{
    struct alz_summary before, after;

    alz_session_count(session, &before);
    alz_session_convert(session, report);
    alz_session_count(session, &after);
    if (after.inputs == before.inputs && after.errors > before.errors)
        ending_add(missing, "no report of this run fits %s", report);
}

/* The format is that of the stream, if it is read; of the reports, if it is
 * not, or is read with the console that belongs to them. */
static void convert_reports(struct alz_session *session,
                            const struct args *args, enum child_stream stream,
                            struct ending *missing)
{
    const struct alz_converter *console = console_of(args);
    bool is_theirs =
        stream == CHILD_NONE || (console && console != named_converter(args));

    if (args->reports.count == 0)
        return;
    alz_session_set_format(session, is_theirs ? args->format : NULL);
    for (size_t i = 0; i < args->reports.count; i++)
        convert_report(session, args->reports.items[i], missing);
    alz_session_release(session);
}

static const char *last_part(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash && slash[1] ? slash + 1 : path;
}

static int not_started(struct alz_session *session, const char *name, int error)
{
    ending_add(&ending, "the command cannot be run: %s: %s", name,
               strerror(error));
    ending_tell(&ending, session, last_part(name));
    return error == ENOENT ? EXIT_NOT_FOUND : EXIT_NOT_RUNNABLE;
}

/* For the test that was running when the stream ended. */
static struct alz_str how_it_ended(void *ctx)
{
    child_finish(ctx);
    return ending_take(&ending, ctx, stop_signal);
}

static void read_stream(const struct args *args, struct alz_session *session)
{
    static const struct alz_pull pull = {.read = child_read,
                                         .wait = child_wait,
                                         .ctx = &child,
                                         .ended = how_it_ended};

    if (console_of(args))
        alz_session_hold_pull(session, "-", &pull);
    else
        alz_session_convert_pull(session, "-", &pull);
}

static int run(const struct args *args, struct alz_session *session,
               const struct child_options *options)
{
    const char **words = args->operands.items;
    struct ending missing = {.len = 0};
    int error;

    for (size_t i = 0; i < args->reports.count; i++)
        alz_session_mark_old(session, args->reports.items[i]);
    /* The words are argv's own, which are not constant. */
    error = child_start(&child, (char *const *)(uintptr_t)words, options);
    if (error)
        return not_started(session, words[0], error);
    if (stop_signal) /* it came before there was a command */
        child_signal(&child, stop_signal);
    if (options->stream != CHILD_NONE)
        read_stream(args, session);
    child_finish(&child);
    convert_reports(session, args, options->stream, &missing);
    ending_judge(&ending, session, &child, stop_signal);
    if (missing.len)
        ending_add(&ending, "%s", missing.text);
    ending_judge_failure(&ending, session, &child);
    ending_tell(&ending, session, last_part(words[0]));
    return child_exit_status(&child);
}

static int run_and_close(const struct args *args,
                         const struct child_options *options)
{
    struct conversion conversion;
    int status = conversion_open(&conversion, args, NULL), own, copied;

    if (status == ALZ_EXIT_OK) {
        status = run(args, conversion.session, options);
        own = conversion_close(&conversion);
        copied = child_report(&child);
        status = status ? status : own ? own : copied;
        child_done(&child);
    }
    conversion_done(&conversion);
    return status;
}

int cmd_run(const struct args *args)
{
    struct child_options options;

    if (args->operands.count == 0) {
        fputs("allurize: error: no command given (see allurize run --help) "
              "[args/usage]\n",
              stderr);
        return ALZ_EXIT_USAGE;
    }
    if (to_options(args, &options))
        return ALZ_EXIT_USAGE;
    catch_signals(&options);
    return run_and_close(args, &options);
}
