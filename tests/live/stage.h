/* stage.h - allurize as a process, and what is in its results directory. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALZ_TESTS_STAGE_H
#define ALZ_TESTS_STAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct stage {
    char dir[256];  /* a folder of our own */
    char out[300];  /* the results, in it */
    char file[300]; /* its messages */
    pid_t pid;
    int to; /* its standard input */
};

struct stage_count {
    size_t results, others, strange; /* strange: no name that we publish */
};

void stage_init(struct stage *stage);
/* Runs words (NULL end) with "-o OUT" put in behind the second one. */
void stage_start(struct stage *stage, const char *const *words);
void stage_say(const struct stage *stage, const char *text);
void stage_close(struct stage *stage);
/* Its wait status. */
int stage_wait(struct stage *stage);
void stage_count(const struct stage *stage, struct stage_count *ret);
/* What allurize validate says: its exit status. */
int stage_validate(const struct stage *stage, const char *allurize);
/* Names beside the results directory, other than our own. */
size_t stage_debris(const struct stage *stage);
/* Empties it for the next run. */
void stage_clear(const struct stage *stage);
void stage_done(const struct stage *stage);
double stage_now_ms(void);
void stage_sleep_us(long us);

#endif
