/* teamcity.c - the converter of service messages: descriptor, lines, life. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "teamcity.h"

enum { ATTR_MAX = 2 * 1024 * 1024 /* a line is at most 1 MiB */ };

static const struct alz_diag memory = {ALZ_ERROR, "teamcity/memory",
                                       "out of memory", 70};
static const struct alz_diag empty = {
    ALZ_ERROR, "teamcity/empty", "no test is in these service messages", 3};
static const struct alz_diag malformed = {
    ALZ_ERROR, "teamcity/message", "this service message is not whole", 4};
static const struct alz_diag cut = {
    ALZ_ERROR, "teamcity/truncated",
    "the input ends before the tests and suites in it", 4};

static const struct alz_diag too_many = {
    ALZ_ERROR, "teamcity/too-many-open",
    "too many tests or flows are open at once; the rest is lost", 4};

void tc_refused(struct tc *state, struct alz_out *out,
                const struct alz_map *map)
{
    state->starved |= map->starved;
    if (!map->starved && !state->full)
        alz_report(out, &too_many, ALZ_STR(""));
    state->full = true;
}

static void on_count(struct tc *state, struct alz_out *out)
{
    alz_add(out, 0, ALZ_TOTAL, ALZ_STR("tests"), tc_said(state, TC_COUNT));
}

static const struct {
    const char *name;
    void (*act)(struct tc *state, struct alz_out *out);
} messages[] = {
    {"testStarted",       tc_test_begin   },
    {"testFinished",      tc_test_end     },
    {"testFailed",        tc_test_failed  },
    {"testIgnored",       tc_test_ignored },
    {"testStdOut",        tc_test_out     },
    {"testStdErr",        tc_test_err     },
    {"testMetadata",      tc_test_metadata},
    {"testSuiteStarted",  tc_suite_begin  },
    {"testSuiteFinished", tc_suite_end    },
    {"testCount",         on_count        },
    {"flowStarted",       tc_flow_begin   },
    {"flowFinished",      tc_flow_end     },
};

/* A message may stand behind text without a line end. */
static bool take(void *ctx, struct alz_out *out, const struct alz_line *line)
{
    struct tc *state = ctx;
    size_t at = alz_str_find(line->text, "##teamcity[");
    struct alz_str name;

    if (state->starved || at == SIZE_MAX)
        return true;
    if (!tc_message_read(state, alz_str_from_offset(line->text, at + 11),
                         &name)) {
        alz_report(out, &malformed, ALZ_STR(""));
        return true;
    }
    for (size_t i = 0; i < sizeof(messages) / sizeof *messages; i++) {
        if (!alz_str_is(name, messages[i].name) || state->starved)
            continue;
        state->seen = true;
        messages[i].act(state, out);
    }
    return true;
}

static int start(void *ctx, struct alz_out *out, const struct alz_input *in)
{
    struct tc *state = ctx;

    (void)out;
    state->in = in;
    for (int i = 0; i < TC_ATTR_COUNT; i++)
        state->attrs[i].text.max = ATTR_MAX;
    state->key.max = 2 * ATTR_MAX;
    return 0;
}

static void finish(void *ctx, struct alz_out *out, enum alz_ending ending)
{
    struct tc *state = ctx;
    bool open = alz_map_next(&state->tests, NULL) != NULL;

    if (!state->starved) {
        tc_tests_cut(state, out);
        open |= tc_flows_end(state, out);
        if (open && ending == ALZ_COMPLETE)
            alz_report(out, &cut, ALZ_STR(""));
    }
    if (!state->seen && ending == ALZ_COMPLETE)
        alz_report(out, &empty, ALZ_STR(""));
    if (state->starved)
        alz_report(out, &memory, ALZ_STR(""));
}

static void done(void *ctx)
{
    struct tc *state = ctx;

    for (int i = 0; i < TC_ATTR_COUNT; i++)
        alz_text_done(&state->attrs[i].text);
    alz_text_done(&state->key);
    alz_map_done(&state->tests);
    tc_flows_done(state);
}

static const struct alz_line_row rows[] = {
    {"message", take},
    {NULL,      NULL},
};

const struct alz_converter alz_converter_teamcity = {
    .abi = ALZ_CONVERTER_ABI,
    .name = "teamcity",
    .title = "TeamCity service messages (##teamcity[...])",
    .reader = ALZ_READ_LINES,
    .table = rows,
    .state_size = sizeof(struct tc),
    .probe = tc_probe,
    .start = start,
    .finish = finish,
    .done = done,
};
