/* policy.h - everything decided about a finished test, in one order. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALZ_POLICY_POLICY_H
#define ALZ_POLICY_POLICY_H

#include "base/keyset.h"
#include "record/node.h"

enum alz_duplicates {
    ALZ_DUPLICATES_NUMBER, /* parameter occurrence = 2, 3, ... */
    ALZ_DUPLICATES_RETRY,  /* later ones are later attempts */
    ALZ_DUPLICATES_ERROR
};

/* A pair given by the user for every result: --label, --variant, ... */
struct alz_extra {
    enum alz_pair_kind kind;
    struct alz_str name;
    struct alz_str value;
};

/* Limits in bytes; see policy/limits.c for what happens beyond. */
struct alz_limits {
    size_t name;       /* 4096 */
    size_t parameter;  /* 65536 */
    size_t message;    /* 65536 */
    size_t trace;      /* 1048576 */
    size_t step_depth; /* 50 */
};

struct alz_policy_options {
    struct alz_str run_id; /* never empty */
    const struct alz_extra *extras;
    size_t extra_count;
    enum alz_duplicates duplicates;
    const char *issue_pattern; /* "https://x/{}" or with %s; NULL: keys only */
    const char *tms_pattern;
    const char *const *strip_prefixes; /* paths cut off identities; NULL end */
    struct alz_limits limits;
};

/*
 * State of one conversion (over all its inputs). The stages are the table in
 * policy/pipeline.c: ending, redact, timing, names, labels, identity, limits,
 * each a function `void stage(struct alz_policy *, struct alz_node *test)` in
 * a file of its name.
 */
struct alz_policy {
    struct alz_policy_options options;
    struct alz_keyset seen;
    struct alz_uuid space; /* namespace of the run's UUIDs */
    int64_t base_ms;       /* start of tests that name no time (of the input) */
    int64_t cursor_ms;     /* the same, for tests outside suites */
    const struct alz_input *input;
    unsigned attempt, attempts; /* of the test in hand */
    struct alz_attempt_clock {
        int64_t last_ms;
    } clock;
    void (*report)(void *ctx, const struct alz_diag *diag,
                   struct alz_str detail);
    void *ctx;
    bool refused; /* set by a stage: this test must not be published */
};

int alz_policy_init(struct alz_policy *policy,
                    const struct alz_policy_options *options);
void alz_policy_begin_input(struct alz_policy *policy,
                            const struct alz_input *input);

/* Runs all stages over a test or one attempt of it. -1: not to be published
 * (it was reported). */
int alz_policy_apply(struct alz_policy *policy, struct alz_node *test,
                     unsigned attempt, unsigned attempts);

/* The part of it that a suite's container needs: names and ids of its
 * fixtures' attachments, limits. */
int alz_policy_apply_suite(struct alz_policy *policy, struct alz_node *suite);

void alz_policy_done(struct alz_policy *policy);

#endif
