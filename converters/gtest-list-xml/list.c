/* list.c - the converter of GoogleTest's XML lists of tests. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "gtest/shared.h"

static const struct alz_diag memory = {ALZ_ERROR, "gtest-list-xml/memory",
                                       "out of memory", 70};
static const struct alz_diag foreign = {
    ALZ_ERROR, "gtest-list-xml/foreign",
    "this is not GoogleTest XML: its root is no <testsuites>", 3};

struct list {
    struct gtest_list list;
    bool seen; /* the root */
    struct alz_text place;
};

static void root_open(void *ctx, struct alz_out *out,
                      const struct alz_xml_element *element)
{
    struct list *state = ctx;

    (void)out;
    (void)element;
    state->seen = true;
}

static void suite_open(void *ctx, struct alz_out *out,
                       const struct alz_xml_element *element)
{
    struct list *state = ctx;

    gtest_list_suite(&state->list, out, alz_xml_attr(element, "name"));
}

static void suite_close(void *ctx, struct alz_out *out, struct alz_str text,
                        size_t cut)
{
    struct list *state = ctx;

    (void)text;
    (void)cut;
    gtest_list_end(&state->list, out);
}

static void tell_place(struct list *state, struct alz_out *out, alz_ref test,
                       const struct alz_xml_element *element)
{
    struct alz_str file = alz_xml_attr(element, "file"),
                   line = alz_xml_attr(element, "line");
    struct gtest_room *room = &state->list.room;

    if (!file.len || !line.len)
        return;
    gtest_set(room, &state->place, file);
    gtest_put(room, &state->place, GTEST_TEXT_MAX, ALZ_STR(":"));
    gtest_put(room, &state->place, GTEST_TEXT_MAX, line);
    alz_set_text(out, test, ALZ_SOURCE, alz_text_str(&state->place));
}

static void test_open(void *ctx, struct alz_out *out,
                      const struct alz_xml_element *element)
{
    static const char *const params[] = {"type_param", "value_param"};
    struct list *state = ctx;
    struct alz_str name = alz_xml_attr(element, "name"), value;
    alz_ref test;

    if (!name.len || !state->list.suite.len)
        return;
    test = gtest_list_test(&state->list, out, name);
    for (size_t i = 0; i < sizeof(params) / sizeof(*params); i++) {
        value = alz_xml_attr(element, params[i]);
        if (value.len)
            gtest_tell_param(out, test, params[i], value);
    }
    tell_place(state, out, test, element);
    alz_end(out, test);
}

static const struct alz_xml_row rows[] = {
    {"/testsuites",                    root_open,  NULL, NULL,        0},
    {"/testsuites/testsuite",          suite_open, NULL, suite_close, 0},
    {"/testsuites/testsuite/testcase", test_open,  NULL, NULL,        0},
    {NULL,                             NULL,       NULL, NULL,        0},
};

static void finish(void *ctx, struct alz_out *out, enum alz_ending ending)
{
    struct list *state = ctx;

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
    alz_text_done(&state->place);
}

/* JUnit XML in all but the verdicts: who takes it for a report takes all tests
 * for passed. Nobody but GoogleTest calls all of them AllTests. */
static enum alz_match probe(struct alz_str head, struct alz_str base_name)
{
    size_t at = alz_str_find(head, "<testsuites ");
    struct alz_str tag;

    (void)base_name;
    if (at == SIZE_MAX || !alz_str_starts(alz_str_trim(head), "<"))
        return ALZ_NO;
    tag = alz_str_from_offset(head, at);
    at = alz_str_find(tag, ">");
    tag = gtest_head(tag, at);
    return at != SIZE_MAX &&
                   alz_str_find(tag, " name=\"AllTests\"") != SIZE_MAX &&
                   alz_str_find(tag, " failures=") == SIZE_MAX
               ? ALZ_ENCLOSES
               : ALZ_NO;
}

const struct alz_converter alz_converter_gtest_list_xml = {
    .abi = ALZ_CONVERTER_ABI,
    .name = "gtest-list-xml",
    .title = "GoogleTest's list of tests, XML",
    .reader = ALZ_READ_XML,
    .table = rows,
    .state_size = sizeof(struct list),
    .probe = probe,
    .finish = finish,
    .done = done,
    .lists = true,
};
