/* teamcity.h - state and parts of the converter of service messages. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALZ_TEAMCITY_H
#define ALZ_TEAMCITY_H

#include <allurize/read.h>

#define TC_NO_TIME INT64_MIN

/* Attributes that we use; the value of a message without names is VALUE. */
enum tc_attr {
    TC_NAME,
    TC_FLOW,
    TC_PARENT,
    TC_TIMESTAMP,
    TC_DURATION,
    TC_MESSAGE,
    TC_DETAILS,
    TC_EXPECTED,
    TC_ACTUAL,
    TC_OUT,
    TC_COUNT,
    TC_TEST_NAME,
    TC_TYPE,
    TC_VALUE,
    TC_ERROR_DETAILS,
    TC_TEXT,
    TC_STATUS,
    TC_ATTR_COUNT
};

struct tc_value {
    bool said;
    struct alz_text text;
};

/* A flow of messages, which are in order: its suites are nested. */
struct tc_flow {
    alz_ref base; /* where it was when the flow around it began this one */
    struct tc_level *innermost;
    struct tc_test *current; /* begun last, and still open */
    size_t open;             /* tests */
};

struct tc_level {
    struct tc_level *outer;
    alz_ref ref;
    char *name;
    size_t name_len;
};

struct tc_test {
    struct tc_flow *flow;
    alz_ref ref, out_ref, err_ref;
    enum alz_status status;
    bool messaged;
};

struct tc {
    const struct alz_input *in;
    struct tc_value attrs[TC_ATTR_COUNT];
    struct alz_map flows; /* struct tc_flow, by id */
    struct alz_map tests; /* struct tc_test, by flow and name */
    struct alz_text key;
    bool seen, starved;
    bool full; /* too much is open, which was told */
};

static inline struct alz_str tc_said(const struct tc *state, enum tc_attr which)
{
    return alz_text_str(&state->attrs[which].text);
}

/* An entry that a map refused: memory ran out, or too much is open. */
void tc_refused(struct tc *state, struct alz_out *out,
                const struct alz_map *map);

/* ---- messages (message.c) --------------------------------------------- */

/*
 * Reads "name a='b' c='d']" or "name 'value']" into attrs. Where the runner
 * does not escape its quotes, a value ends at the one that something follows
 * which may follow. False: this is no message.
 */
bool tc_message_read(struct tc *state, struct alz_str text,
                     struct alz_str *ret_name);
/* When it says it was written, or TC_NO_TIME. */
int64_t tc_time(const struct tc *state);

/* ---- flows (flow.c) --------------------------------------------------- */

struct tc_flow *tc_flow_open(struct tc *state, struct alz_out *out);
/* Something in it has ended; it may be gone then. */
void tc_flow_settle(struct tc *state, struct tc_flow *flow);
alz_ref tc_flow_ref(const struct tc_flow *flow);
void tc_flow_begin(struct tc *state, struct alz_out *out);
void tc_flow_end(struct tc *state, struct alz_out *out);
void tc_suite_begin(struct tc *state, struct alz_out *out);
void tc_suite_end(struct tc *state, struct alz_out *out);
/* The input is over: whether something was still open. */
bool tc_flows_end(struct tc *state, struct alz_out *out);
void tc_flows_done(struct tc *state);

/* ---- tests (test.c) --------------------------------------------------- */

void tc_test_begin(struct tc *state, struct alz_out *out);
void tc_test_failed(struct tc *state, struct alz_out *out);
void tc_test_ignored(struct tc *state, struct alz_out *out);
void tc_test_out(struct tc *state, struct alz_out *out);
void tc_test_err(struct tc *state, struct alz_out *out);
void tc_test_metadata(struct tc *state, struct alz_out *out);
void tc_test_end(struct tc *state, struct alz_out *out);
void tc_tests_cut(struct tc *state, struct alz_out *out);

enum alz_match tc_probe(struct alz_str head, struct alz_str base_name);

#endif
