/* test.c - a test of a package, from its first event to its verdict. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "go.h"

/* ---- begin ------------------------------------------------------------ */

static void begin(struct go *state, struct alz_out *out,
                  struct go_package *package, struct go_test *test)
{
    test->open = true;
    test->output_ref = 0;
    test->output_said = false;
    test->glued = ALZ_STATUS_NONE;
    test->ref = alz_begin(out, package->ref, ALZ_TEST);
    alz_set_text(out, test->ref, ALZ_NAME, go_said(state, GO_TEST));
    alz_set_text(out, test->ref, ALZ_CLASS, alz_map_key(package));
    alz_set_text(out, test->ref, ALZ_PACKAGE, alz_map_key(package));
}

static void forget_ended(struct go_package *package)
{
    struct go_test *test = alz_map_next(&package->tests, NULL), *next;

    for (; test != NULL; test = next) {
        next = alz_map_next(&package->tests, test);
        if (!test->open)
            alz_map_drop(&package->tests, test);
    }
    package->ended = 0;
}

static struct go_test *test_add(struct go *state, struct alz_out *out,
                                struct go_package *package, struct alz_str name)
{
    struct go_test *test;

    if (package->ended >= GO_OPEN_MAX)
        forget_ended(package);
    package->tests.max = GO_OPEN_MAX + package->ended;
    test = alz_map_add(&package->tests, name, sizeof *test);
    if (test == NULL)
        go_refused(state, out, &package->tests);
    return test;
}

struct go_test *go_test_open(struct go *state, struct alz_out *out,
                             struct go_package *package)
{
    struct alz_str name = go_said(state, GO_TEST);
    struct go_test *test = alz_map_find(&package->tests, name);

    if (test == NULL)
        test = test_add(state, out, package, name);
    else if (!test->open)
        package->ended--;
    if (test != NULL && !test->open)
        begin(state, out, package, test);
    return test;
}

/* ---- facts ------------------------------------------------------------ */

static void write_output(struct go *state, struct alz_out *out,
                         struct go_test *test, struct alz_str text)
{
    if (alz_str_trim(text).len > 0)
        test->output_said = true;
    go_append(state, &test->output, text);
    if (test->output_ref == 0) {
        test->output_ref = alz_begin(out, test->ref, ALZ_ATTACHMENT);
        alz_set_text(out, test->output_ref, ALZ_NAME, ALZ_STR("stdout"));
        alz_set_text(out, test->output_ref, ALZ_MEDIA_TYPE,
                     ALZ_STR("text/plain"));
    }
    alz_write(out, test->output_ref, text);
}

void go_test_output(struct go *state, struct alz_out *out,
                    struct go_package *package)
{
    struct alz_str text = go_said(state, GO_OUTPUT);
    struct go_test *test =
        alz_map_find(&package->tests, go_said(state, GO_TEST));

    if (test != NULL && !test->open) { /* behind its verdict */
        go_append(state, &package->output, text);
        return;
    }
    test = go_test_open(state, out, package);
    if (test == NULL || go_is_frame(text))
        return;
    go_take_verdict(&text, go_said(state, GO_TEST), &test->glued);
    if (test->output_ref != 0 || alz_str_trim(text).len > 0)
        write_output(state, out, test, text);
}

void go_test_attribute(struct go *state, struct alz_out *out,
                       struct go_test *test)
{
    struct alz_str key = go_said(state, GO_KEY);
    struct alz_str value = go_said(state, GO_VALUE);

    if (!alz_property_tell(out, test->ref, key, value))
        alz_add(out, test->ref, ALZ_EXCLUDED, key, value);
}

/* ---- verdict ---------------------------------------------------------- */

/* The nearest test around this one: its name may hold "/" of its own. */
static struct go_test *parent_of(struct go_package *package,
                                 struct alz_str name)
{
    while (name.len > 0) {
        if (name.ptr[--name.len] == '/') {
            struct go_test *parent = alz_map_find(&package->tests, name);

            if (parent != NULL && parent->open)
                return parent;
        }
    }
    return NULL;
}

static void tell_parent(struct go *state, struct go_package *package,
                        struct alz_str name)
{
    struct go_test *parent = parent_of(package, name);

    if (parent != NULL && parent->subtest.len == 0)
        go_append(state, &parent->subtest, name);
}

static void tell_failure(struct go *state, struct alz_out *out,
                         struct go_test *test)
{
    struct alz_str output = alz_text_str(&test->output), got, want;

    if (go_example(output, &got, &want)) {
        alz_set_text(out, test->ref, ALZ_ACTUAL, got);
        alz_set_text(out, test->ref, ALZ_EXPECTED, want);
        alz_set_text(out, test->ref, ALZ_MESSAGE,
                     ALZ_STR("the example printed something else"));
    } else if (test->output_said) {
        alz_set_text(out, test->ref, ALZ_MESSAGE,
                     go_message(alz_str_failure_line(output)));
    } else if (test->subtest.len > 0) {
        alz_text_clear(&state->room);
        go_append(state, &state->room, ALZ_STR("failed inside: "));
        go_append(state, &state->room, alz_text_str(&test->subtest));
        alz_set_text(out, test->ref, ALZ_MESSAGE, alz_text_str(&state->room));
    }
    if (test->output_said)
        alz_set_text(out, test->ref, ALZ_TRACE, output);
}

static void tell_skip(struct alz_out *out, struct go_test *test)
{
    if (test->output_said)
        alz_set_text(
            out, test->ref, ALZ_MESSAGE,
            go_message(alz_str_skip_line(alz_text_str(&test->output))));
}

void go_test_end(struct go *state, struct alz_out *out,
                 struct go_package *package, struct go_test *test,
                 enum alz_status status)
{
    int64_t ms;

    alz_set_status(out, test->ref, status, 0);
    if (alz_duration_parse(go_said(state, GO_ELAPSED), &ms))
        alz_set_time(out, test->ref, ALZ_DURATION, ms);
    if (status == ALZ_SKIPPED)
        tell_skip(out, test);
    else if (status != ALZ_PASSED)
        tell_failure(state, out, test);
    if (status == ALZ_FAILED || status == ALZ_BROKEN) {
        package->test_failed = true;
        tell_parent(state, package, alz_map_key(test));
    }
    alz_end(out, test->ref);
    test->open = false;
    package->ended++;
    alz_text_done(&test->output);
    alz_text_done(&test->subtest);
}
