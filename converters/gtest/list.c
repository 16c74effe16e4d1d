/* list.c - tests that nobody has run, named as the report would name them. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "shared.h"

void gtest_list_end(struct gtest_list *list, struct alz_out *out)
{
    if (list->outer)
        alz_end(out, list->outer);
    list->ref = list->outer = 0;
}

void gtest_list_suite(struct gtest_list *list, struct alz_out *out,
                      struct alz_str name)
{
    gtest_list_end(list, out);
    gtest_set(&list->room, &list->suite, name);
    list->disabled = gtest_enable(&list->suite);
}

static void begin_suite(struct gtest_list *list, struct alz_out *out)
{
    if (list->ref)
        return;
    list->ref =
        gtest_suite_begin(out, alz_text_str(&list->suite), &list->outer);
    alz_set_text(out, list->outer, ALZ_FRAMEWORK, ALZ_STR("googletest"));
    alz_set_text(out, list->outer, ALZ_LANGUAGE, ALZ_STR("c++"));
}

alz_ref gtest_list_test(struct gtest_list *list, struct alz_out *out,
                        struct alz_str name)
{
    bool disabled;
    alz_ref ref;

    gtest_set(&list->room, &list->name, name);
    disabled = gtest_enable(&list->name) || list->disabled;
    begin_suite(list, out);
    ref = alz_begin(out, list->ref, ALZ_TEST);
    alz_set_text(out, ref, ALZ_NAME, alz_text_str(&list->name));
    alz_set_text(out, ref, ALZ_CLASS, alz_text_str(&list->suite));
    if (disabled) {
        alz_set_status(out, ref, ALZ_SKIPPED, 0);
        alz_set_text(out, ref, ALZ_MESSAGE, ALZ_STR("disabled"));
    }
    list->tests++;
    return ref;
}

void gtest_list_done(struct gtest_list *list)
{
    alz_text_done(&list->suite);
    alz_text_done(&list->name);
    gtest_room_done(&list->room);
}
