/* stop.h - the signals that ask us to stop. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALLURIZE_TOOLS_STOP_H
#define ALLURIZE_TOOLS_STOP_H

#include <signal.h>
#include <stdbool.h>

/*
 * INT, TERM, HUP and QUIT. One that is ignored when we start (nohup, a job in
 * the background) stays ignored. timeout, CI runners and terminals tell a
 * whole process group what they also tell us, so the same signal again at
 * once is no second wish; one a second or two later is.
 */
struct stop_calls {
    /* Each first one of a kind; from_terminal: its whole process group got
     * it. Or NULL. Must be async-signal-safe, like the next. */
    void (*first)(int number, bool from_terminal);
    void (*again)(int number); /* somebody insists */
};

void stop_catch(const struct stop_calls *calls);
/* The first signal, 0 before it came. */
extern volatile sig_atomic_t stop_signal;
/* Dies as if the signal had not been caught. */
void stop_die(int number);

#endif
