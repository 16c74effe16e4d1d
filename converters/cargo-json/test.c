/* test.c - a test, and what libtest says of it. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "cargo.h"

static const struct alz_diag unknown = {ALZ_ERROR, "cargo-json/event",
                                        "a test has no such event", 4};

static struct cargo_test *test_open(struct cargo *state, struct alz_out *out)
{
    struct alz_str name = cargo_said(state, CARGO_NAME), line, source;
    struct cargo_test *test = alz_map_find(&state->tests, name);

    if (test != NULL)
        return test;
    cargo_suite_open(state, out);
    test = alz_map_add(&state->tests, name, sizeof *test);
    if (test == NULL)
        return NULL;
    test->ref = alz_begin(out, state->suite, ALZ_TEST);
    alz_set_text(out, test->ref, ALZ_NAME, cargo_name(state, name, &line));
    if (line.len > 0) {
        source = (struct alz_str){name.ptr, alz_str_find(name, " - ")};
        alz_text_clear(&state->room);
        cargo_append(state, &state->room, source);
        cargo_append(state, &state->room, ALZ_STR(":"));
        cargo_append(state, &state->room, line);
        alz_set_text(out, test->ref, ALZ_SOURCE, alz_text_str(&state->room));
    }
    return test;
}

static void attach(struct alz_out *out, alz_ref test, struct alz_str output)
{
    alz_ref ref;

    if (alz_str_trim(output).len == 0)
        return;
    ref = alz_begin(out, test, ALZ_ATTACHMENT);
    alz_set_text(out, ref, ALZ_NAME, ALZ_STR("stdout"));
    alz_set_text(out, ref, ALZ_MEDIA_TYPE, ALZ_STR("text/plain"));
    alz_write(out, ref, output);
    alz_end(out, ref);
}

static void tell_failure(struct cargo *state, struct alz_out *out, alz_ref ref)
{
    struct alz_str output = cargo_said(state, CARGO_STDOUT);
    struct alz_str message = cargo_said(state, CARGO_MESSAGE);

    if (message.len == 0)
        message = cargo_said(state, CARGO_REASON);
    if (message.len == 0)
        message = cargo_message(output);
    if (message.len > 0)
        alz_set_text(out, ref, ALZ_MESSAGE, message);
    if (alz_str_trim(output).len > 0)
        alz_set_text(out, ref, ALZ_TRACE, output);
}

static void end_test(struct cargo *state, struct alz_out *out,
                     struct cargo_test *test, enum alz_status status)
{
    int64_t ms;

    alz_set_status(out, test->ref, status, 0);
    if (state->members[CARGO_EXEC_TIME].said &&
        alz_duration_parse(cargo_said(state, CARGO_EXEC_TIME), &ms))
        alz_set_time(out, test->ref, ALZ_DURATION, ms);
    if (status == ALZ_FAILED) {
        state->failed = true;
        tell_failure(state, out, test->ref);
    } else if (cargo_said(state, CARGO_MESSAGE).len > 0) {
        alz_set_text(out, test->ref, ALZ_MESSAGE,
                     cargo_said(state, CARGO_MESSAGE));
    }
    attach(out, test->ref, cargo_said(state, CARGO_STDOUT));
    alz_end(out, test->ref);
    alz_map_drop(&state->tests, test);
}

void cargo_test(struct cargo *state, struct alz_out *out)
{
    static const struct {
        const char *event;
        enum alz_status status; /* NONE: the test goes on */
    } events[] = {
        {"started",         ALZ_STATUS_NONE},
        {"timeout",         ALZ_STATUS_NONE}, /* it runs for more than a minute */
        {"ok",              ALZ_PASSED     },
        {"failed",          ALZ_FAILED     },
        {"ignored",         ALZ_SKIPPED    },
        {"allowed_failure", ALZ_PASSED     },
    };
    struct alz_str event = cargo_said(state, CARGO_EVENT);
    struct cargo_test *test = test_open(state, out);

    if (test == NULL)
        return;
    if (state->seen_ms != 0 && alz_str_is(event, "started"))
        alz_set_time(out, test->ref, ALZ_START, state->seen_ms);
    for (size_t i = 0; i < sizeof(events) / sizeof *events; i++) {
        if (!alz_str_is(event, events[i].event))
            continue;
        if (events[i].status != ALZ_STATUS_NONE)
            end_test(state, out, test, events[i].status);
        return;
    }
    alz_report(out, &unknown, event);
}

void cargo_bench(struct cargo *state, struct alz_out *out)
{
    struct cargo_test *test = test_open(state, out);

    if (test == NULL)
        return;
    alz_add(out, test->ref, ALZ_EXCLUDED, ALZ_STR("median ns"),
            cargo_said(state, CARGO_MEDIAN));
    alz_add(out, test->ref, ALZ_EXCLUDED, ALZ_STR("deviation ns"),
            cargo_said(state, CARGO_DEVIATION));
    end_test(state, out, test, ALZ_PASSED);
}
