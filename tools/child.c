/* child.c - a command that is run, teed and read at the same time. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "child.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

/* How often a command that keeps silent is looked after, and how long its
 * children are, once it is gone. */
enum { LOOK_MS = 50, DRAIN_S = 2, STATUS_LOST = 255 << 8 };

/* ---- its life --------------------------------------------------------- */

void child_signal(const struct child *child, int number)
{
    if (child->pid > 0 && !child->ended)
        kill(child->group ? -child->pid : child->pid, number);
}

/* What is in the pipes now may be the command's own last words. */
static void count_owed(struct child *child)
{
    for (int i = 0; i < 2; i++) {
        int count = 0;

        if (child->pipes[i].from >= 0 &&
            ioctl(child->pipes[i].from, FIONREAD, &count) == 0 && count > 0)
            child->pipes[i].owed = (size_t)count;
    }
}

/* Once it is reaped, its number may be another process's. */
static void reap(struct child *child, double time)
{
    siginfo_t info = {.si_pid = 0};
    int result =
        waitid(P_PID, (id_t)child->pid, &info, WEXITED | WNOHANG | WNOWAIT);

    if (result == 0 && info.si_pid == 0)
        return;
    child->ended = true;
    child->drain_at = time + DRAIN_S;
    child->status = STATUS_LOST;
    if (result == 0)
        waitpid(child->pid, &child->status, 0);
    count_owed(child);
    if (child->gone >= 0)
        close(child->gone);
    child->gone = -1;
}

/* A stopped process takes SIGTERM when it goes on. */
static void enforce_timeout(struct child *child, double time)
{
    if (child->deadline > 0 && time >= child->deadline) {
        child->timed_out = true;
        child->deadline = 0;
        child->kill_at = time + child->options.kill_after;
        child_signal(child, SIGTERM);
        child_signal(child, SIGCONT);
    }
    if (child->kill_at > 0 && time >= child->kill_at) {
        child->kill_at = 0;
        child_signal(child, SIGKILL);
    }
}

static void hold(struct child *child, const char *bytes, size_t len)
{
    memcpy(child->held + child->held_len, bytes, len);
    child->held_len += len;
}

static void hold_line(struct child *child, struct child_pipe *from)
{
    hold(child, from->line, from->line_len);
    from->line_len = 0;
}

static void end_pipe(struct child *child, struct child_pipe *from)
{
    if (from->from < 0)
        return;
    if (from->line)
        hold_line(child, from);
    close(from->from);
    from->from = -1;
}

/* Nobody waits for grandchildren, nor, when the user has had enough or the
 * time is over, for readers of the copies. */
static void drain(struct child *child)
{
    bool enough = child->timed_out || *child->options.stop;

    for (int i = 0; i < 2; i++) {
        struct child_pipe *one = &child->pipes[i];

        if (enough || (one->owed == 0 && !tee_left(&one->tee)))
            end_pipe(child, one);
        if (enough)
            tee_give_up(&one->tee);
    }
}

static void look_after(struct child *child)
{
    double time = child_now();

    if (!child->ended)
        reap(child, time);
    if (!child->ended)
        enforce_timeout(child, time);
    else if (time >= child->drain_at)
        drain(child);
}

/* ---- its streams ------------------------------------------------------ */

/* Of two streams: hands out what ends in a newline, keeps the rest. */
static void hold_lines(struct child *child, struct child_pipe *from,
                       const char *bytes, size_t len)
{
    const char *newline = memrchr(bytes, '\n', len);
    size_t whole = newline ? (size_t)(newline - bytes) + 1 : 0;

    if (whole || from->line_len + len > CHILD_LINE_MAX) {
        hold_line(child, from);
        hold(child, bytes, whole);
    }
    memcpy(from->line + from->line_len, bytes + whole, len - whole);
    from->line_len += len - whole;
}

static void pump(struct child *child, struct child_pipe *from)
{
    char bytes[CHILD_READ_MAX];
    ssize_t got = read(from->from, bytes, sizeof(bytes));

    if (got < 0 && (errno == EINTR || errno == EAGAIN))
        return;
    if (got <= 0) {
        end_pipe(child, from);
        return;
    }
    from->owed -= from->owed < (size_t)got ? from->owed : (size_t)got;
    tee_put(&from->tee, bytes, (size_t)got);
    if (from->line)
        hold_lines(child, from, bytes, (size_t)got);
    else if (from->read)
        hold(child, bytes, (size_t)got);
}

/* A pipe is read when what was read from it before is copied. */
static void take(struct child *child, struct child_pipe *one)
{
    if (tee_left(&one->tee))
        tee_flush(&one->tee);
    else
        pump(child, one);
}

/* Moves bytes once, waiting at most timeout_ms. */
static void turn(struct child *child, int timeout_ms)
{
    struct pollfd polls[3] = {
        {-1,          0,      0},
        {-1,          0,      0},
        {child->gone, POLLIN, 0}
    };

    for (int i = 0; i < 2; i++) {
        struct child_pipe *one = &child->pipes[i];

        polls[i] = tee_left(&one->tee)
                       ? (struct pollfd){one->tee.to, POLLOUT, 0}
                       : (struct pollfd){one->from, POLLIN, 0};
    }
    if (poll(polls, 3, timeout_ms < LOOK_MS ? timeout_ms : LOOK_MS) > 0)
        for (int i = 0; i < 2; i++)
            if (polls[i].revents)
                take(child, &child->pipes[i]);
    look_after(child);
}

/* Nothing more comes. */
static bool over(const struct child *child)
{
    return child->pipes[0].from < 0 && child->pipes[1].from < 0;
}

/* Its silence is not known while nobody listens. */
static bool is_deaf(const struct child *child)
{
    return tee_left(&child->pipes[0].tee) || tee_left(&child->pipes[1].tee);
}

int child_wait(void *ctx, int timeout_ms)
{
    struct child *child = ctx;
    double end = child_now() + timeout_ms / 1e3;

    while (child->held_pos == child->held_len && !over(child)) {
        double left = timeout_ms < 0 ? 1 : end - child_now();

        if (left <= 0)
            return 0;
        child->held_pos = child->held_len = 0;
        turn(child, (int)(left * 1e3) + 1);
        if (is_deaf(child))
            end = child_now() + timeout_ms / 1e3;
    }
    return 1;
}

ssize_t child_read(void *ctx, char *to, size_t cap)
{
    struct child *child = ctx;
    size_t len;

    child_wait(child, -1);
    len = child->held_len - child->held_pos;
    if (len > cap)
        len = cap;
    memcpy(to, child->held + child->held_pos, len);
    child->held_pos += len;
    return (ssize_t)len;
}

void child_finish(struct child *child)
{
    child->held_pos = child->held_len = 0;
    look_after(child);
    while (!over(child) || is_deaf(child) || !child->ended) {
        child->held_pos = child->held_len = 0;
        turn(child, LOOK_MS);
    }
}

/* ---- its end ---------------------------------------------------------- */

int child_exit_status(const struct child *child)
{
    if (WIFSIGNALED(child->status))
        return 128 + WTERMSIG(child->status);
    return WEXITSTATUS(child->status);
}

int child_report(const struct child *child)
{
    int out = tee_report(&child->pipes[0].tee, "standard output");
    int err = tee_report(&child->pipes[1].tee, "standard error");

    return out ? out : err;
}
