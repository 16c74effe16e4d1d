/* list.c - the converter of GoogleTest's JSON lists of tests. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "gtest/shared.h"

static const struct alz_diag memory = {ALZ_ERROR, "gtest-list-json/memory",
                                       "out of memory", 70};
static const struct alz_diag foreign = {
    ALZ_ERROR, "gtest-list-json/foreign",
    "this is not GoogleTest JSON: it has no list \"testsuites\"", 3};

/* The keys of a list come in this order: a name is the first one. */
struct list {
    struct gtest_list list;
    bool seen; /* the list of suites */
    alz_ref test;
    struct alz_text file;
};

static struct alz_str text_of(struct list *state,
                              const struct alz_json_value *value)
{
    return gtest_repair(&state->list.room, value->text);
}

static void suites_open(void *ctx, struct alz_out *out,
                        const struct alz_json_value *value)
{
    struct list *state = ctx;

    (void)out;
    state->seen |= value->type == ALZ_JSON_ARRAY;
}

static void suite_name(void *ctx, struct alz_out *out,
                       const struct alz_json_value *value)
{
    struct list *state = ctx;

    gtest_list_suite(&state->list, out, text_of(state, value));
}

static void suite_close(void *ctx, struct alz_out *out)
{
    struct list *state = ctx;

    gtest_list_end(&state->list, out);
    alz_text_clear(&state->list.suite);
}

static void test_open(void *ctx, struct alz_out *out,
                      const struct alz_json_value *value)
{
    struct list *state = ctx;

    (void)out;
    (void)value;
    state->test = 0;
    alz_text_clear(&state->file);
}

static void test_name(void *ctx, struct alz_out *out,
                      const struct alz_json_value *value)
{
    struct list *state = ctx;

    if (!state->test && state->list.suite.len && value->text.len)
        state->test = gtest_list_test(&state->list, out, text_of(state, value));
}

/* "type_param", "value_param": as the report spells them. */
static void test_param(void *ctx, struct alz_out *out,
                       const struct alz_json_value *value)
{
    struct list *state = ctx;
    bool type = alz_str_is(value->key, "type_param");

    gtest_tell_param(out, state->test, type ? "type_param" : "value_param",
                     text_of(state, value));
}

static void test_file(void *ctx, struct alz_out *out,
                      const struct alz_json_value *value)
{
    struct list *state = ctx;

    (void)out;
    gtest_set(&state->list.room, &state->file, text_of(state, value));
}

static void test_line(void *ctx, struct alz_out *out,
                      const struct alz_json_value *value)
{
    struct list *state = ctx;

    if (!state->file.len)
        return;
    gtest_put(&state->list.room, &state->file, GTEST_TEXT_MAX, ALZ_STR(":"));
    gtest_put(&state->list.room, &state->file, GTEST_TEXT_MAX, value->text);
    alz_set_text(out, state->test, ALZ_SOURCE, alz_text_str(&state->file));
}

static void test_close(void *ctx, struct alz_out *out)
{
    struct list *state = ctx;

    if (state->test)
        alz_end(out, state->test);
    state->test = 0;
}

#define SUITE "/testsuites/[]"
#define TEST SUITE "/testsuite/[]"

static const struct alz_json_row rows[] = {
    {"/testsuites",       suites_open, NULL,       NULL       },
    {SUITE,               NULL,        NULL,       suite_close},
    {SUITE "/name",       NULL,        suite_name, NULL       },
    {TEST,                test_open,   NULL,       test_close },
    {TEST "/name",        NULL,        test_name,  NULL       },
    {TEST "/type_param",  NULL,        test_param, NULL       },
    {TEST "/value_param", NULL,        test_param, NULL       },
    {TEST "/file",        NULL,        test_file,  NULL       },
    {TEST "/line",        NULL,        test_line,  NULL       },
    {NULL,                NULL,        NULL,       NULL       },
};

static void finish(void *ctx, struct alz_out *out, enum alz_ending ending)
{
    struct list *state = ctx;

    test_close(state, out);
    gtest_list_end(&state->list, out);
    if (ending == ALZ_COMPLETE && !state->seen)
        alz_report(out, &foreign, ALZ_STR(""));
    if (state->list.room.starved)
        alz_report(out, &memory, ALZ_STR(""));
}

static void done(void *ctx)
{
    struct list *state = ctx;

    gtest_list_done(&state->list);
    alz_text_done(&state->file);
}

static enum alz_match probe(struct alz_str head, struct alz_str base_name)
{
    (void)base_name;
    return gtest_is_list(head) ? ALZ_CERTAIN : ALZ_NO;
}

const struct alz_converter alz_converter_gtest_list_json = {
    .abi = ALZ_CONVERTER_ABI,
    .name = "gtest-list-json",
    .title = "GoogleTest's list of tests, JSON",
    .reader = ALZ_READ_JSON,
    .table = rows,
    .state_size = sizeof(struct list),
    .probe = probe,
    .finish = finish,
    .done = done,
    .lists = true,
};
