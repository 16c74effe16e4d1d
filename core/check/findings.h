/* findings.h - reports findings by rule, and counts them. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALZ_CHECK_FINDINGS_H
#define ALZ_CHECK_FINDINGS_H

#include <allurize/allurize.h>
#include <allurize/read.h>

/* Of one file, so that a broken one does not drown the others; all count. */
enum { ALZ_FINDINGS_PER_FILE = 100 };

struct alz_findings {
    alz_finding_fn *finding;
    void *ctx;
    struct alz_validation *counts;
    struct alz_str file; /* what is being looked at */
    uint64_t in_file;
};

/* A place in a file: line 0 = the whole file. */
struct alz_place {
    uint64_t line, column;
    struct alz_str pointer;
};

void alz_findings_begin(struct alz_findings *findings, struct alz_str file);
void alz_findings_add(struct alz_findings *findings, const char *rule,
                      const struct alz_place *place, struct alz_str text);
/* Of the whole file. */
__attribute__((format(printf, 3, 4))) void
alz_findings_addf(struct alz_findings *findings, const char *rule,
                  const char *format, ...);
/* Says how many were left out. */
void alz_findings_end(struct alz_findings *findings);

#endif
