/* child.h - a command that is run, teed and read at the same time. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALLURIZE_TOOLS_CHILD_H
#define ALLURIZE_TOOLS_CHILD_H

#include "tee.h"

#include <signal.h>
#include <sys/types.h>
#include <time.h>

/* Which of the command's streams are read. */
enum child_stream {
    CHILD_NONE = 0,
    CHILD_STDOUT = 1,
    CHILD_STDERR = 2,
    CHILD_BOTH = 3
};

/* What is held is at most what one turn reads and the two lines begun before.
 */
enum {
    CHILD_READ_MAX = TEE_MAX,
    CHILD_LINE_MAX = 65536,
    CHILD_HELD_MAX = 2 * (CHILD_READ_MAX + CHILD_LINE_MAX)
};

struct child_options {
    enum child_stream stream;
    double timeout;    /* seconds, 0: none */
    double kill_after; /* seconds from SIGTERM to SIGKILL */
    bool ignore_pipe;  /* SIGPIPE was ignored when we were started */
    const volatile sig_atomic_t *stop; /* not 0: the user waits no longer */
};

/* One of the two pipes. */
struct child_pipe {
    int from; /* our end, -1: ended, or there is none */
    struct tee tee;
    size_t owed; /* bytes in it when the command ended */
    bool read;   /* its bytes are handed out too */
    char *line;  /* of two streams: a line that has not ended yet */
    size_t line_len;
};

/*
 * Bytes go to our own standard output and error as they come, unchanged and
 * in order; those of the chosen stream are also handed out by child_read, at
 * once, however slow the reader of the copy is. A command of which nothing is
 * read writes to our own streams itself. Both streams, when ours are the same
 * file, share one pipe, and keep their order; otherwise whole lines of the
 * two are handed out, so that they do not cut each other. When the command is
 * gone, what still holds its pipes open is waited for 2 seconds, no longer.
 */
struct child {
    struct child_options options;
    pid_t pid;
    int gone; /* readable when the command is; -1: unknown here */
    struct child_pipe pipes[2];
    char *held; /* bytes to hand out */
    size_t held_len, held_pos;
    volatile sig_atomic_t ended; /* the command is gone, status is known */
    int status;                  /* as waitpid says */
    bool group;                  /* it has a process group of its own */
    double deadline;             /* on the monotonic clock, 0: none */
    double kill_at;              /* when TERM was not enough */
    double drain_at;             /* when nothing more is waited for */
    bool timed_out;
};

/* Starts argv without a shell. 0, or errno. Options are copied. */
int child_start(struct child *child, char *const *argv,
                const struct child_options *options);
/* Fills at most cap bytes; 0 when the streams are over. */
ssize_t child_read(void *child, char *to, size_t cap);
/* 1 when child_read has something to say, 0 after timeout_ms of silence. */
int child_wait(void *child, int timeout_ms);
/* Copies to the end without handing anything out, and reaps. */
void child_finish(struct child *child);
/* Passes a signal on (async-signal-safe). */
void child_signal(const struct child *child, int number);
/* Its exit status as a shell would say it: 128 + number after a signal. */
int child_exit_status(const struct child *child);
/* Of the copies: an exit status, after saying what failed. */
int child_report(const struct child *child);
void child_done(struct child *child);
/* Seconds on the monotonic clock. */
double child_now(void);

#endif
