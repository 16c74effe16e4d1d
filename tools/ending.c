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

static void say_late(const struct child *child, char *to, size_t cap)
{
    snprintf(to, cap, "ran longer than %g s and was stopped",
             child->options.timeout);
}

/* Returns what stands before it behind "the command". */
static const char *say_end(const struct child *child, int stop, char *to,
                           size_t cap)
{
    int status = child_exit_status(child), number = signal_of_shell(status);

    if (WIFSIGNALED(child->status)) {
        number = WTERMSIG(child->status);
        snprintf(to, cap, "killed by signal %d (SIG%s)", number,
                 signal_name(number));
        return "was ";
    }
    if (number) {
        snprintf(to, cap,
                 "ended with exit status %d, as after signal %d (SIG%s)",
                 status, number, signal_name(number));
        return "";
    }
    if (stop) {
        snprintf(to, cap,
                 "told to stop with signal %d (SIG%s), and ended with exit "
                 "status %d",
                 stop, signal_name(stop), status);
        return "was ";
    }
    snprintf(to, cap, "ended with exit status %d", status);
    return "";
}

struct alz_str ending_take(struct ending *ending, const struct child *child,
                           int stop)
{
    if (child->timed_out)
        say_late(child, ending->how, sizeof(ending->how));
    else
        say_end(child, stop, ending->how, sizeof(ending->how));
    return alz_str_from(ending->how);
}

/* Some runners exit with the number of failed tests. */
static bool is_bad_end(const struct child *child,
                       const struct alz_session *session)
{
    int status = child_exit_status(child);

    return WIFSIGNALED(child->status) ||
           (signal_of_shell(status) && failures(session) != (uint64_t)status);
}

void ending_judge(struct ending *ending, const struct alz_session *session,
                  const struct child *child, int stop)
{
    char how[sizeof(ending->how)];
    const char *verb;

    if (child->timed_out) {
        say_late(child, how, sizeof(how));
        ending_add(ending, "the command %s", how);
    }
    if (is_bad_end(child, session) || (stop && !ending->len)) {
        verb = say_end(child, stop, how, sizeof(how));
        ending_add(ending, "the command %s%s", verb, how);
    }
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
    bool taken = ending->how[0] != '\0';

    if (ending->len)
        alz_session_run_broken(session, taken ? NULL : name,
                               (struct alz_str){ending->text, ending->len});
}
