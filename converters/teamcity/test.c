/* test.c - a test, and what its messages say. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "teamcity.h"

static const struct alz_diag of_no_test = {
    ALZ_WARNING, "teamcity/no-test", "no test of this name is running", 0};

/* Tests of one name may run at once in two flows. */
static struct alz_str key_of(struct tc *state, enum tc_attr name)
{
    alz_text_clear(&state->key);
    alz_text_add(&state->key, tc_said(state, TC_FLOW));
    alz_text_add(&state->key, ALZ_STR("\n"));
    alz_text_add(&state->key, tc_said(state, name));
    state->starved |= state->key.full;
    return alz_text_str(&state->key);
}

/* The open test of the message; begins it where a runner has not. */
static struct tc_test *test_of(struct tc *state, struct alz_out *out,
                               enum tc_attr name)
{
    struct alz_str key = key_of(state, name);
    struct tc_test *test = alz_map_find(&state->tests, key);
    struct tc_flow *flow;

    if (test != NULL)
        return test;
    flow = tc_flow_open(state, out);
    if (flow == NULL)
        return NULL;
    test = alz_map_add(&state->tests, key, sizeof *test);
    if (test == NULL) {
        tc_refused(state, out, &state->tests);
        tc_flow_settle(state, flow);
        return NULL;
    }
    test->status = ALZ_PASSED;
    test->flow = flow;
    flow->current = test;
    flow->open++;
    test->ref = alz_begin(out, tc_flow_ref(flow), ALZ_TEST);
    alz_set_text(out, test->ref, ALZ_NAME, tc_said(state, name));
    return test;
}

static void drop(struct tc *state, struct tc_test *test)
{
    if (test->flow->current == test)
        test->flow->current = NULL;
    test->flow->open--;
    tc_flow_settle(state, test->flow);
    alz_map_drop(&state->tests, test);
}

void tc_test_begin(struct tc *state, struct alz_out *out)
{
    struct tc_test *test = alz_map_find(&state->tests, key_of(state, TC_NAME));
    int64_t ms = tc_time(state);

    if (test != NULL) { /* again, before its end: the first one is cut */
        alz_set_status(out, test->ref, test->status, ALZ_INCOMPLETE);
        alz_end(out, test->ref);
        drop(state, test);
    }
    test = test_of(state, out, TC_NAME);
    if (test != NULL && ms != TC_NO_TIME)
        alz_set_time(out, test->ref, ALZ_START, ms);
}

/* "cpput.cpp:6": the message of CppUTest says nothing more. */
static bool is_place(struct alz_str text)
{
    size_t end = text.len;

    while (end > 0 && text.ptr[end - 1] >= '0' && text.ptr[end - 1] <= '9')
        end--;
    return end > 1 && end < text.len && text.ptr[end - 1] == ':' &&
           alz_str_find(text, " ") == SIZE_MAX;
}

/* Message and details; several failures are all in the trace. */
static void tell(struct tc *state, struct alz_out *out, struct tc_test *test)
{
    struct alz_str message = alz_str_trim(tc_said(state, TC_MESSAGE));
    struct alz_str details = tc_said(state, TC_DETAILS);
    struct alz_str shown = message;

    if ((shown.len == 0 || is_place(shown)) &&
        alz_str_first_line(details).len > 0)
        shown = alz_str_first_line(details);
    if (!test->messaged && shown.len > 0)
        alz_set_text(out, test->ref, ALZ_MESSAGE, shown);
    if (message.len > 0 && (test->messaged || shown.ptr != message.ptr)) {
        alz_write(out, test->ref, message);
        alz_write(out, test->ref, ALZ_STR("\n"));
    }
    test->messaged = true;
    if (alz_str_trim(details).len == 0)
        return;
    alz_write(out, test->ref, details);
    alz_write(out, test->ref, ALZ_STR("\n"));
}

void tc_test_failed(struct tc *state, struct alz_out *out)
{
    struct tc_test *test = test_of(state, out, TC_NAME);

    if (test == NULL)
        return;
    test->status = ALZ_FAILED;
    tell(state, out, test);
    if (!state->attrs[TC_EXPECTED].said || !state->attrs[TC_ACTUAL].said)
        return;
    alz_set_text(out, test->ref, ALZ_EXPECTED, tc_said(state, TC_EXPECTED));
    alz_set_text(out, test->ref, ALZ_ACTUAL, tc_said(state, TC_ACTUAL));
}

/* Never makes a failure greener. A test that did not even start is told by
 * this message alone. */
void tc_test_ignored(struct tc *state, struct alz_out *out)
{
    struct tc_test *test = alz_map_find(&state->tests, key_of(state, TC_NAME));
    bool alone = test == NULL;

    test = test_of(state, out, TC_NAME);
    if (test == NULL)
        return;
    if (test->status != ALZ_FAILED)
        test->status = ALZ_SKIPPED;
    tell(state, out, test);
    if (alone)
        tc_test_end(state, out);
}

static void output(struct tc *state, struct alz_out *out, struct tc_test *test,
                   alz_ref *ref, const char *name)
{
    if (*ref == 0) {
        *ref = alz_begin(out, test->ref, ALZ_ATTACHMENT);
        alz_set_text(out, *ref, ALZ_NAME, alz_str_from(name));
        alz_set_text(out, *ref, ALZ_MEDIA_TYPE, ALZ_STR("text/plain"));
    }
    alz_write(out, *ref, tc_said(state, TC_OUT));
}

void tc_test_out(struct tc *state, struct alz_out *out)
{
    struct tc_test *test = test_of(state, out, TC_NAME);

    if (test != NULL)
        output(state, out, test, &test->out_ref, "stdout");
}

void tc_test_err(struct tc *state, struct alz_out *out)
{
    struct tc_test *test = test_of(state, out, TC_NAME);

    if (test != NULL)
        output(state, out, test, &test->err_ref, "stderr");
}

/* Without a test's name it is of the one that runs in this flow. */
static struct tc_test *described(struct tc *state)
{
    const struct tc_flow *flow;

    if (state->attrs[TC_TEST_NAME].said)
        return alz_map_find(&state->tests, key_of(state, TC_TEST_NAME));
    flow = alz_map_find(&state->flows, tc_said(state, TC_FLOW));
    return flow != NULL ? flow->current : NULL;
}

void tc_test_metadata(struct tc *state, struct alz_out *out)
{
    struct tc_test *test = described(state);
    struct alz_str type = tc_said(state, TC_TYPE);
    struct alz_str name = tc_said(state, TC_NAME);
    struct alz_str value = tc_said(state, TC_VALUE);
    alz_ref ref;

    if (test == NULL) {
        alz_report(out, &of_no_test, name);
        return;
    }
    if (alz_str_is(type, "link")) {
        alz_add(out, test->ref, ALZ_LINK, name, value);
    } else if (alz_str_is(type, "artifact") || alz_str_is(type, "image")) {
        ref = alz_begin(out, test->ref, ALZ_ATTACHMENT);
        alz_set_text(out, ref, ALZ_NAME, name.len > 0 ? name : value);
        alz_set_text(out, ref, ALZ_PATH, value);
        alz_end(out, ref);
    } else {
        alz_add(out, test->ref, ALZ_EXCLUDED, name, value);
    }
}

void tc_test_end(struct tc *state, struct alz_out *out)
{
    struct tc_test *test = alz_map_find(&state->tests, key_of(state, TC_NAME));
    uint64_t duration;
    int64_t ms = tc_time(state);

    if (test == NULL) {
        alz_report(out, &of_no_test, tc_said(state, TC_NAME));
        return;
    }
    alz_set_status(out, test->ref, test->status, 0);
    if (alz_number_parse(tc_said(state, TC_DURATION), &duration) &&
        duration < (uint64_t)INT32_MAX * 10)
        alz_set_time(out, test->ref, ALZ_DURATION, (int64_t)duration);
    else if (ms != TC_NO_TIME)
        alz_set_time(out, test->ref, ALZ_STOP, ms);
    alz_end(out, test->ref);
    drop(state, test);
}

void tc_tests_cut(struct tc *state, struct alz_out *out)
{
    struct tc_test *test = NULL;

    while ((test = alz_map_next(&state->tests, test)) != NULL) {
        alz_set_status(out, test->ref, test->status, ALZ_INCOMPLETE);
        alz_end(out, test->ref);
    }
}
