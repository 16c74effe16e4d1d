/* list.c - the converter of lists of GoogleTest's tests: descriptor, rows. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "list.h"

static const struct alz_diag memory = {ALZ_ERROR, "gtest-list/memory",
                                       "out of memory", 70};
static const struct alz_diag none = {
    ALZ_ERROR, "gtest-list/none",
    "no test is listed here, as --gtest_list_tests does it", 3};
static const struct alz_diag cut = {ALZ_ERROR, "gtest-list/cut",
                                    "the list ends in the middle of a line", 4};

struct gtlist {
    struct gtest_list list;
    struct alz_text type; /* "TypeParam = int", of the suite */
};

static bool take(void *ctx, struct alz_out *out, const struct alz_line *line)
{
    struct gtlist *state = ctx;
    struct gtest_list *list = &state->list;
    struct alz_str name, param;
    enum gtlist_kind kind =
        gtlist_line_read(gtest_plain(&list->room, line->text), &name, &param);
    alz_ref ref;

    if (line->unterminated && kind != GTLIST_OTHER) {
        alz_report(out, &cut, ALZ_STR(""));
    } else if (kind == GTLIST_SUITE) {
        gtest_list_suite(list, out, name);
        gtest_set(&list->room, &state->type, param);
    } else if (kind == GTLIST_TEST && list->suite.len) {
        ref = gtest_list_test(list, out, name);
        gtest_tell_params(out, ref, alz_text_str(&state->type));
        gtest_tell_params(out, ref, param);
        alz_end(out, ref);
    }
    return true;
}

static const struct alz_line_row rows[] = {
    {"suite or test", take},
    {NULL,            NULL},
};

static void finish(void *ctx, struct alz_out *out, enum alz_ending ending)
{
    struct gtlist *state = ctx;

    gtest_list_end(&state->list, out);
    if (ending == ALZ_COMPLETE && !state->list.tests)
        alz_report(out, &none, ALZ_STR(""));
    if (state->list.room.starved)
        alz_report(out, &memory, ALZ_STR(""));
}

static void done(void *ctx)
{
    struct gtlist *state = ctx;

    gtest_list_done(&state->list);
    alz_text_done(&state->type);
}

const struct alz_converter alz_converter_gtest_list = {
    .abi = ALZ_CONVERTER_ABI,
    .name = "gtest-list",
    .title = "GoogleTest's list of tests (--gtest_list_tests)",
    .reader = ALZ_READ_LINES,
    .table = rows,
    .state_size = sizeof(struct gtlist),
    .probe = gtlist_probe,
    .finish = finish,
    .done = done,
    .lists = true,
};
