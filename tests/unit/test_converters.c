/* test_converters.c - built-in converters, and those the caller brings. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "tap.h"

#include <allurize/allurize.h>
#include <allurize/read.h>

/* ---- converters of our own -------------------------------------------- */

static bool take_line(void *ctx, struct alz_out *out,
                      const struct alz_line *line)
{
    alz_ref ref = alz_begin(out, 0, ALZ_TEST);

    (void)ctx;
    alz_set_text(out, ref, ALZ_NAME, line->text);
    alz_set_status(out, ref, ALZ_PASSED, 0);
    alz_end(out, ref);
    return true;
}

static enum alz_match probe(struct alz_str head, struct alz_str base_name)
{
    (void)base_name;
    return alz_str_starts(head, "own ") ? ALZ_CERTAIN : ALZ_NO;
}

static const struct alz_line_row rows[] = {
    {"line", take_line},
    {NULL,   NULL     },
};

static const struct alz_converter own = {
    .abi = ALZ_CONVERTER_ABI,
    .name = "own",
    .title = "our own",
    .reader = ALZ_READ_LINES,
    .table = rows,
    .probe = probe,
};

static const struct alz_converter second = {
    .abi = ALZ_CONVERTER_ABI,
    .name = "second",
    .title = "another one",
    .reader = ALZ_READ_LINES,
    .table = rows,
};

static const struct alz_converter *const both[] = {&own, &second, NULL};

/* ---- the list ---------------------------------------------------------- */

static size_t built_in_count(void)
{
    const struct alz_converter *const *all = alz_converters();
    size_t count = 0;

    while (all[count])
        count++;
    return count;
}

static void test_list(void)
{
    const struct alz_converter *const *all = alz_converters();
    size_t count = built_in_count();
    bool same = count > 0;

    for (size_t i = 0; i < count; i++)
        same = same && alz_converter_at(both, i) == all[i] &&
               alz_converter_at(NULL, i) == all[i];
    OK(same, "the built-in converters come first");
    OK(!alz_converter_at(NULL, count) && !alz_converter_at(NULL, count + 1),
       "without plugins nothing comes behind them");
    OK(alz_converter_at(both, count) == &own &&
           alz_converter_at(both, count + 1) == &second,
       "plugins come behind them in their order");
    OK(!alz_converter_at(both, count + 2) && !alz_converter_at(both, count + 9),
       "and nothing behind those");
}

static void test_problems(void)
{
    const struct alz_converter *const one[] = {&own, NULL};
    bool good = true;

    OK(!alz_converter_problem(&own, NULL), "a good one has no problem");
    OK(!alz_converter_problem(&second, one), "nor has another one");
    OK(alz_converter_problem(&own, one) != NULL, "twice the same has");
    for (size_t i = 0; alz_converters()[i]; i++) {
        struct alz_converter copy = *alz_converters()[i];

        good = good && alz_converter_problem(&copy, NULL) != NULL;
        copy.name = "copy";
        good = good && !alz_converter_problem(&copy, NULL);
    }
    OK(good, "a built-in one is good, but for its name, which is taken");
}

/* ---- a conversion ------------------------------------------------------ */

static struct alz_summary convert(const char *format,
                                  const struct alz_converter *const *plugins,
                                  const char *text)
{
    struct alz_options options = {
        .format = format, .plugins = plugins, .dry_run = true};
    struct alz_summary summary = {0};
    struct alz_session *session =
        alz_session_new(&options, &summary.exit_status);

    if (!session)
        return summary;
    alz_session_convert_memory(session, "input", alz_str_from(text), 0);
    alz_session_finish(session, &summary);
    alz_session_free(session);
    return summary;
}

static void test_conversion(void)
{
    OK(convert(NULL, both, "own 1\nown 2\n").tests == 2, "found by content");
    OK(convert(NULL, NULL, "own 1\nown 2\n").exit_status == ALZ_EXIT_INPUT,
       "not found when it is not there");
    OK(convert("second", both, "1\n2\n3\n").tests == 3, "named");
    OK(convert("second", NULL, "1\n").exit_status == ALZ_EXIT_USAGE,
       "no such format when it is not there");
    OK(convert("second:profile", both, "1\n").exit_status == ALZ_EXIT_USAGE,
       "it has no profiles");
    OK(convert("tap", both, "1..1\nok 1\n").tests == 1,
       "built-in ones still work");
}

int main(void)
{
    test_list();
    test_problems();
    test_conversion();
    return tap_done();
}
