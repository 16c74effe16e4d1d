/* print.h - messages, progress and summaries for people and machines. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALLURIZE_TOOLS_PRINT_H
#define ALLURIZE_TOOLS_PRINT_H

#include <allurize/allurize.h>

#include <stdio.h>

/* How to print; ctx of the callbacks below. */
struct printer {
    enum alz_level lowest; /* levels below it are not shown */
    bool color;
    bool progress;       /* standard error is a terminal */
    bool progress_shown; /* a progress line is on the screen */
    double progress_at;  /* when the next one is due, seconds */
};

/* color and progress: "auto", "always", "never" or NULL (auto). */
void printer_init(struct printer *printer, const char *color,
                  const char *progress, bool quiet, bool verbose);

/* "file:line:col: level: text [id]" on standard error. */
void print_message(void *printer, const struct alz_message *message);
void print_progress(void *printer, struct alz_str input, uint64_t bytes,
                    uint64_t size, uint64_t tests);
void print_progress_end(struct printer *printer);

void print_summary(const struct alz_summary *summary, const char *output);
/* Both return 0, or -1 when the stream failed. */
int print_summary_json(FILE *to, const struct alz_summary *summary,
                       const char *output);
int print_flush(FILE *to);

/* Text with control bytes escaped, so that no input drives a terminal. */
void print_safe(FILE *to, struct alz_str text);

#endif
