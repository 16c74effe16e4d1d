/* collect.h - the tests that a sample gives, as text. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALZ_LOG_COLLECT_H
#define ALZ_LOG_COLLECT_H

#include <allurize/read.h>

enum { COLLECT_MAX = 1024 };

struct collect_node {
    enum alz_kind kind;
    size_t parent; /* 0: none */
    enum alz_status status;
    struct alz_text name, class_name, full_name, message;
    struct alz_text facts; /* one a line */
};

/* Refs are indices; [0] is the run. */
struct collect {
    struct alz_out out;
    struct collect_node nodes[COLLECT_MAX];
    size_t count;
    size_t order[COLLECT_MAX]; /* tests, as they ended */
    size_t test_count;
};

/* *collect is zeroed. */
void collect_init(struct collect *collect);
/* "failed suite > name" and "failed suite > name: message". */
void collect_name(const struct collect *collect, size_t test,
                  struct alz_text *ret);
struct alz_str collect_message(const struct collect *collect, size_t test);
/* The facts of a test, or of the run (totals), hold this line. */
bool collect_has(const struct collect *collect, size_t node,
                 struct alz_str line);
/* Memory ran out: what is here is not all. */
bool collect_starved(const struct collect *collect);
void collect_done(struct collect *collect);

#endif
