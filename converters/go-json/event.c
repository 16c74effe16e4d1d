/* event.c - one event a line: what each action does. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "go.h"

static const struct alz_diag damaged = {ALZ_ERROR, "go-json/line",
                                        "this line is no whole JSON object", 4};

static const char *const members[] = {
    [GO_TIME] = "Time",
    [GO_ACTION] = "Action",
    [GO_PACKAGE] = "Package",
    [GO_TEST] = "Test",
    [GO_ELAPSED] = "Elapsed",
    [GO_OUTPUT] = "Output",
    [GO_IMPORT_PATH] = "ImportPath",
    [GO_FAILED_BUILD] = "FailedBuild",
    [GO_KEY] = "Key",
    [GO_VALUE] = "Value",
};

enum go_member go_member_find(struct alz_str name)
{
    for (int i = 0; i < GO_MEMBER_COUNT; i++)
        if (alz_str_is(name, members[i]))
            return (enum go_member)i;
    return GO_MEMBER_COUNT;
}

int64_t go_time(const struct go *state)
{
    struct alz_instant instant;

    if (!alz_instant_parse(go_said(state, GO_TIME), &instant))
        return GO_NO_TIME;
    return instant.ms;
}

void go_append(struct go *state, struct alz_text *text, struct alz_str more)
{
    if (text->max == 0)
        text->max = GO_OUTPUT_MAX;
    alz_text_add(text, more);
    state->starved |= text->full && text->len < text->max;
}

/* ---- actions ---------------------------------------------------------- */

static void on_build(struct go *state, struct alz_out *out, bool failed)
{
    struct go_build *build =
        go_build_open(state, out, go_said(state, GO_IMPORT_PATH));

    if (build == NULL)
        return;
    build->failed |= failed;
    go_append(state, &build->output, go_said(state, GO_OUTPUT));
}

static void on_start(struct go *state, struct alz_out *out,
                     struct go_package *package)
{
    (void)state;
    (void)out;
    (void)package;
}

static void on_output(struct go *state, struct alz_out *out,
                      struct go_package *package)
{
    if (state->members[GO_TEST].said)
        go_test_output(state, out, package);
    else
        go_append(state, &package->output, go_said(state, GO_OUTPUT));
}

/* A test that waited for others starts when it goes on. */
static void on_run(struct go *state, struct alz_out *out,
                   struct go_package *package)
{
    struct go_test *test = go_test_open(state, out, package);
    int64_t ms = go_time(state);

    if (test != NULL && ms != GO_NO_TIME)
        alz_set_time(out, test->ref, ALZ_START, ms);
}

static void on_attribute(struct go *state, struct alz_out *out,
                         struct go_package *package)
{
    struct go_test *test = go_test_open(state, out, package);

    if (test != NULL)
        go_test_attribute(state, out, test);
}

static void verdict(struct go *state, struct alz_out *out,
                    struct go_package *package, enum alz_status status)
{
    struct go_test *test;

    if (!state->members[GO_TEST].said) {
        go_package_end(state, out, package, status);
        return;
    }
    test = go_test_open(state, out, package);
    if (test != NULL)
        go_test_end(state, out, package, test, status);
}

static void on_pass(struct go *state, struct alz_out *out,
                    struct go_package *package)
{
    verdict(state, out, package, ALZ_PASSED);
}

static void on_fail(struct go *state, struct alz_out *out,
                    struct go_package *package)
{
    verdict(state, out, package, ALZ_FAILED);
}

static void on_skip(struct go *state, struct alz_out *out,
                    struct go_package *package)
{
    verdict(state, out, package, ALZ_SKIPPED);
}

/* Actions that need a test are of the package without one. */
static const struct {
    const char *name;
    bool of_test;
    void (*act)(struct go *state, struct alz_out *out,
                struct go_package *package);
} actions[] = {
    {"output", false, on_output   },
    {"run",    true,  on_run      },
    {"cont",   true,  on_run      },
    {"pass",   false, on_pass     },
    {"fail",   false, on_fail     },
    {"skip",   false, on_skip     },
    {"bench",  true,  on_pass     },
    {"attr",   true,  on_attribute},
    {"start",  false, on_start    },
    {"pause",  false, on_start    },
};

static void act(struct go *state, struct alz_out *out)
{
    struct alz_str action = go_said(state, GO_ACTION);
    struct go_package *package;

    if (alz_str_starts(action, "build-")) {
        on_build(state, out, alz_str_is(action, "build-fail"));
        return;
    }
    for (size_t i = 0; i < sizeof(actions) / sizeof *actions; i++) {
        if (!alz_str_is(action, actions[i].name) ||
            (actions[i].of_test && !state->members[GO_TEST].said))
            continue;
        package = go_package_open(state, out, go_said(state, GO_PACKAGE));
        if (package != NULL)
            actions[i].act(state, out, package);
        return;
    }
}

/* ---- lines ------------------------------------------------------------ */

static void on_value(void *ctx, const struct alz_json_value *value)
{
    struct go *state = ctx;
    enum go_member which = go_member_find(value->key);
    struct alz_text *text;

    if (value->depth > 1 || which == GO_MEMBER_COUNT)
        return;
    text = &state->members[which].text;
    alz_text_clear(text);
    alz_text_add(text, value->text);
    state->members[which].said = text->len > 0;
    state->starved |= text->full;
}

bool go_take_event(void *ctx, struct alz_out *out, const struct alz_line *line)
{
    struct go *state = ctx;
    enum alz_json_text end;

    if (state->starved || alz_str_trim(line->text).len == 0)
        return true;
    if (line->text.ptr[0] != '{')
        return false;
    for (int i = 0; i < GO_MEMBER_COUNT; i++) {
        state->members[i].said = false;
        alz_text_clear(&state->members[i].text);
    }
    end = alz_json_object_read(line->text, on_value, state);
    state->starved |= end == ALZ_JSON_TEXT_NO_MEMORY;
    if (state->starved)
        return true;
    if (end == ALZ_JSON_TEXT_DAMAGED)
        alz_report(out, &damaged, ALZ_STR(""));
    /* Of a line too long for us the names come first. */
    if (state->members[GO_ACTION].said &&
        (end == ALZ_JSON_TEXT_WHOLE || line->cut > 0)) {
        state->seen = true;
        act(state, out);
    }
    state->starved |= state->packages.starved | state->builds.starved;
    return true;
}
