/* expect.h - tests that should run, from lists. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALZ_RUN_EXPECT_H
#define ALZ_RUN_EXPECT_H

#include "record/node.h"
#include "run/tape.h"

/* One list. An entry is taken when a test of it was run. */
struct alz_expected {
    struct alz_expected *next;
    struct alz_tape tape;
    const char *path;
    int64_t mtime_ms;
};

/* The entry of a test: by its whole identity, or by its name among entries
 * that have no more; one that no test has had yet, if there is one. */
struct alz_tape_test *alz_expected_find(struct alz_expected *expected,
                                        const struct alz_node *test);

#endif
