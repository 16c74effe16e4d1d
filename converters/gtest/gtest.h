/* gtest.h - state and parts of the converter of GoogleTest's JSON. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALZ_GTEST_H
#define ALZ_GTEST_H

#include "shared.h"

#define GTEST_NO_TIME INT64_MIN

/*
 * The report is read as it comes, one test at a time. GoogleTest writes the
 * properties that a test records as plain keys among its own, so a key may
 * occur twice: the first one of the right type that makes sense is its own,
 * any other is a property.
 */
struct gtest_suite {
    bool open;
    alz_ref ref, outer; /* 0: not begun */
    bool disabled;
    struct alz_text name;
    struct alz_text tests, failures; /* declared */
    bool timed;
};

enum gtest_verdict {
    GTEST_UNSAID,
    GTEST_RUN,
    GTEST_NOTRUN,
    GTEST_COMPLETED,
    GTEST_SKIPPED,
    GTEST_SUPPRESSED
};

struct gtest_test {
    bool open;
    alz_ref ref; /* 0: not begun: nothing says that it has run */
    bool named, nameless, identified, disabled, has_line;
    enum gtest_verdict status, result;
    bool never_started; /* its time is that of no clock */
    int64_t start_ms, duration_ms;
    struct alz_text name, class_name, type_param, value_param, file, reason;
    struct gtest_failures failures;
};

struct gtest {
    const struct alz_input *in;
    struct alz_input zone; /* the same, with the meaning of its times */
    bool known;            /* the root has a count of tests */
    bool seen;             /* and a list of suites */
    bool foreign;
    bool listed;       /* tests that nobody ran */
    int64_t cursor_ms; /* when the last test ended */
    struct alz_text tests, failures, seed;
    struct gtest_suite suite;
    struct gtest_test test;
    struct gtest_room room;
};

enum alz_match gtest_probe(struct alz_str head, struct alz_str base_name);

/* ---- what is no such report (foreign.c) ------------------------------- */

void gtest_foreign_key(struct gtest *state, struct alz_out *out,
                       const struct alz_json_value *value);
void gtest_foreign_report(struct gtest *state, struct alz_out *out);

/* ---- times (time.c) --------------------------------------------------- */

/* What --gtest-time says; false: nothing we know. */
bool gtest_time_option(struct gtest *state);
/* False: no timestamp. GTEST_NO_TIME: it never started. */
bool gtest_time_parse(const struct gtest *state, struct alz_str text,
                      int64_t *ret_ms);
/* When a test starts that says it did so at ms. */
int64_t gtest_time_start(struct gtest *state, int64_t ms, int64_t duration_ms);

/* ---- levels (run.c, suite.c, test.c) ---------------------- */

void gtest_run_value(void *ctx, struct alz_out *out,
                     const struct alz_json_value *value);
void gtest_run_close(void *ctx, struct alz_out *out);
void gtest_suites_open(void *ctx, struct alz_out *out,
                       const struct alz_json_value *value);

void gtest_suite_open(void *ctx, struct alz_out *out,
                      const struct alz_json_value *value);
void gtest_suite_value(void *ctx, struct alz_out *out,
                       const struct alz_json_value *value);
void gtest_suite_close(void *ctx, struct alz_out *out);
/* The node that its tests are in; 0 for failures of no suite. */
alz_ref gtest_suite_ref(struct gtest *state, struct alz_out *out);
void gtest_suite_totals(struct gtest *state, struct alz_out *out);

void gtest_test_open(void *ctx, struct alz_out *out,
                     const struct alz_json_value *value);
void gtest_test_value(void *ctx, struct alz_out *out,
                      const struct alz_json_value *value);
void gtest_test_close(void *ctx, struct alz_out *out);
void gtest_failure_value(void *ctx, struct alz_out *out,
                         const struct alz_json_value *value);
void gtest_skip_value(void *ctx, struct alz_out *out,
                      const struct alz_json_value *value);
/* Its node, and its name as soon as that is known. */
alz_ref gtest_test_begin(struct gtest *state, struct alz_out *out);
/* Tells all that is known of the test; cut: the input ends inside it. */
void gtest_test_tell(struct gtest *state, struct alz_out *out, bool cut);
void gtest_test_done(struct gtest_test *test);

/* One key of ours: takes the value, or says it is none of ours. */
struct gtest_key {
    const char *name;
    bool (*take)(struct gtest *state, struct alz_out *out,
                 const struct alz_json_value *value);
};
bool gtest_take_key(const struct gtest_key *keys, struct gtest *state,
                    struct alz_out *out, const struct alz_json_value *value);
/* The first number stays. */
bool gtest_take_count(struct gtest *state, struct alz_text *count,
                      const struct alz_json_value *value);

#endif
