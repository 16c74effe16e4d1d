/* child.h - a command that is run, teed and read at the same time. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALLURIZE_TOOLS_CHILD_H
#define ALLURIZE_TOOLS_CHILD_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>
#include <time.h>

/* Which of the command's streams are read. */
enum child_stream {
    CHILD_NONE = 0,
    CHILD_STDOUT = 1,
    CHILD_STDERR = 2,
    CHILD_BOTH = 3
};

enum { CHILD_BUFFER = 65536 };

/* One of the two pipes. */
struct child_pipe {
    int from;   /* our end, -1: ended */
    int to;     /* where it is copied, -1: nobody reads there any more */
    bool read;  /* its bytes are handed out too */
    char *line; /* with both: a line that has not ended yet */
    size_t line_len;
};

/*
 * Bytes go to our own standard output and error as they come, unchanged and
 * in order; those of the chosen stream are also handed out by child_read. Of
 * two chosen streams whole lines are handed out, so that they do not cut each
 * other. When the command is gone, what still holds its pipes open is waited
 * for 2 seconds, no longer.
 */
struct child {
    pid_t pid;
    struct child_pipe pipes[2];
    char *held; /* bytes to hand out */
    size_t held_len, held_pos;
    bool ended;      /* the command is gone, status is known */
    int status;      /* as waitpid says */
    bool group;      /* it has a process group of its own */
    double deadline; /* seconds on the monotonic clock, 0: none */
    double kill_at;  /* when TERM was not enough */
    double drain_at; /* when nothing more is waited for */
    bool timed_out;
};

/* Starts argv without a shell. 0, or errno. timeout in seconds, 0: none. */
int child_start(struct child *child, char *const *argv,
                enum child_stream stream, double timeout);
/* Fills at most cap bytes; 0 when the streams are over. */
ssize_t child_read(void *child, char *to, size_t cap);
/* 1 when child_read has something to say, 0 after timeout_ms. */
int child_wait(void *child, int timeout_ms);
/* Copies to the end without handing anything out, and reaps. */
void child_finish(struct child *child);
/* Passes a signal on (async-signal-safe). */
void child_signal(const struct child *child, int number);
/* Its exit status as a shell would say it: 128 + number after a signal. */
int child_exit_status(const struct child *child);
void child_done(struct child *child);

#endif
