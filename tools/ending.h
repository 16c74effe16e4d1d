/* ending.h - a command's end, as a verdict that belongs to no test. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALLURIZE_TOOLS_ENDING_H
#define ALLURIZE_TOOLS_ENDING_H

#include "child.h"

#include <allurize/allurize.h>

/* Reasons why a run is broken, as one line. Zero is none. */
struct ending {
    char text[4096];
    size_t len;
    bool judged;   /* how the command ended is among them */
    char how[256]; /* the same, for a test that was running */
};

void ending_add(struct ending *ending, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* How the command ended, as "killed by signal 11 (SIGSEGV)": a test takes this
 * as its verdict. stop: the user's signal, or 0. */
struct alz_str ending_take(struct ending *ending, const struct child *child,
                           int stop);
/* A command that was stopped, or died. */
void ending_judge(struct ending *ending, const struct alz_session *session,
                  const struct child *child, int stop);
/* When all reports are read: it failed, and no test did. */
void ending_judge_failure(struct ending *ending,
                          const struct alz_session *session,
                          const struct child *child);
/* As a result "(run)" of the command of that name, if there is a reason and no
 * test has taken it. */
void ending_tell(const struct ending *ending, struct alz_session *session,
                 const char *name);

#endif
