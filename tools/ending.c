/* ending.c - a command's end, as a verdict that belongs to no test. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "ending.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

void ending_add(struct ending *ending, const char *format, ...)
{
    size_t room;
    va_list values;
    int len;

    if (ending->len && ending->len + 2 < sizeof(ending->text)) {
        memcpy(ending->text + ending->len, "; ", 2);
        ending->len += 2;
    }
    room = sizeof(ending->text) - ending->len;
    va_start(values, format);
    len = vsnprintf(ending->text + ending->len, room, format, values);
    va_end(values);
    if (len > 0)
        ending->len += (size_t)len < room ? (size_t)len : room - 1;
}

static uint64_t failures(const struct alz_session *session)
{
    struct alz_summary summary;

    alz_session_count(session, &summary);
    return summary.by_status[ALZ_FAILED] + summary.by_status[ALZ_BROKEN];
}

static const char *signal_name(int number)
{
    const char *name = sigabbrev_np(number);

    return name ? name : "unknown";
}

/* What a shell says of a command that a signal killed. */
static int signal_of_shell(int status)
{
    return status > 128 && status - 128 < NSIG && sigabbrev_np(status - 128)
               ? status - 128
               : 0;
}

static void judge_status(struct ending *ending,
                         const struct alz_session *session, int status)
{
    int number = signal_of_shell(status);

    /* Some runners exit with the number of failed tests. */
    if (number && failures(session) != (uint64_t)status)
        ending_add(ending,
                   "the command ended with exit status %d, as after signal "
                   "%d (SIG%s)",
                   status, number, signal_name(number));
}

void ending_judge(struct ending *ending, const struct alz_session *session,
                  const struct child *child, int stop)
{
    int status = child_exit_status(child);

    if (child->timed_out)
        ending_add(ending, "the command ran longer than %g s and was stopped",
                   child->options.timeout);
    if (WIFSIGNALED(child->status))
        ending_add(ending, "the command was killed by signal %d (SIG%s)",
                   WTERMSIG(child->status),
                   signal_name(WTERMSIG(child->status)));
    else
        judge_status(ending, session, status);
    if (!ending->len && stop)
        ending_add(ending,
                   "the command was told to stop with signal %d (SIG%s), and "
                   "ended with exit status %d",
                   stop, signal_name(stop), status);
    ending->judged = ending->len > 0;
}

void ending_judge_failure(struct ending *ending,
                          const struct alz_session *session,
                          const struct child *child)
{
    int status = child_exit_status(child);

    if (status && !ending->judged && failures(session) == 0)
        ending_add(ending,
                   "the command failed with exit status %d while no test "
                   "failed",
                   status);
}

void ending_tell(const struct ending *ending, struct alz_session *session,
                 const char *name)
{
    if (ending->len)
        alz_session_run_broken(session, name,
                               (struct alz_str){ending->text, ending->len});
}
