/* scan.h - finds the lines of a log that a rule may take, many at a time. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALZ_LOG_SCAN_H
#define ALZ_LOG_SCAN_H

#include "rules.h"

enum { SCAN_NEEDLES = 64 };

struct log_needle {
    struct log_literal text; /* "\n=": a line that begins with "=" */
    size_t second, third;    /* its rarest bytes but one */
    uint32_t states;         /* bits: where it may be taken */
    const char *seen;        /* it does not begin before; NULL: who knows */
    bool found;              /* but here */
    size_t most;             /* places to look at at once */
};

/* What a line must hold for one of the rules. */
struct log_scan {
    struct log_needle needles[SCAN_NEEDLES];
    size_t count;
    uint32_t blind; /* bits: states in which any line may be taken */
};

/* The rules see whole lines when nothing is cut off their starts. */
void log_scan_add(struct log_scan *scan, const struct log_regex *regex,
                  uint32_t states, bool whole_lines);
void log_scan_add_text(struct log_scan *scan, struct alz_str text,
                       uint32_t states);
/* Where the first line begins that may be taken in a state; lines.len: there
 * is none. Line ends are LF. What was looked at is remembered until forget. */
size_t log_scan_find(struct log_scan *scan, size_t state, struct alz_str lines);
void log_scan_forget(struct log_scan *scan);
bool log_scan_may_match(const struct log_scan *scan, size_t state,
                        struct alz_str line);

#endif
