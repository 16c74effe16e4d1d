/* test_log_hostile.c - logs and rules that want too much time or memory. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "base/buf.h"
#include "tap.h"

#include <allurize/allurize.h>

#include <stdlib.h>

/*
 * Nothing here is timed: sizes are such that work that grows with the square
 * of them, or without bound, does not end before the test is killed.
 */
enum { MANY = 100000, MILLION = 1000000 };

#define GOOD                                                                   \
    "[rule z]\nmatch = ^(?<name>zz) ok$\nevent = test\nstatus = passed\n"      \
    "[sample]\n|zz ok\n=> passed zz\n"
#define RULE(match)                                                            \
    "[rule a]\nmatch = " match "\nevent = test\nstatus = passed\n" GOOD

/* What was said of tests and of limits. */
struct told {
    size_t tests, limits, offs, warnings, bytes;
};

static void on_line(void *ctx, struct alz_str line)
{
    static const char test[] = " test";
    struct told *told = ctx;

    if (alz_str_ends(line, test) && alz_str_starts(line, "begin "))
        told->tests++;
    told->bytes += line.len;
    told->limits += alz_str_find(line, "log/limit") != SIZE_MAX;
    told->offs += alz_str_find(line, "not tried any more") != SIZE_MAX;
    told->warnings += alz_str_find(line, "report log/too-many") != SIZE_MAX ||
                      alz_str_find(line, "report log/block") != SIZE_MAX;
}

static struct told read_log(const char *rules, const struct alz_text *log)
{
    const struct alz_setting settings[] = {
        {"rules-text", rules},
        {NULL,         NULL }
    };
    struct told told = {0};

    OK(!log->full, "the log was made");
    alz_trace(alz_converter_find("log"), "x", alz_text_str(log), 0, 0, settings,
              on_line, &told);
    return told;
}

/* ---- regular expressions ---------------------------------------------- */

static const struct explosion {
    const char *what, *rules;
    const char *unit; /* of a line, as often as times, then the end */
    size_t times;
    const char *end;
} explosions[] = {
    {"nested repeats",                         RULE("^(?<name>(a+)+)$"),                                "a",                 60,    "!"                                               },
    {"nested repeats that may begin anywhere", RULE("(?:\\w+\\s?)*(?<name>x)$"),
     "ab ",                                                                                                                  30,    "x!"                                              },
    {"nested repeats in a long line",          RULE("(?:\\w+\\s?)*(?<name>x)$"),                        "ab ",
     20000,                                                                                                                         "x!"                                              },
    {"back references",                        RULE("^(?<name>a+)\\1*\\1*\\1*b$"),                      "a",                 2000,  "bc"                                              },
    {"three times anything",                   RULE("^(?<name>.+)(?<x_a>.+)(?<x_b>.+)q$"),              "a",
     60000,                                                                                                                         "q!"                                              },
    {"looking back",                           RULE("(?<=q)(?<!b)(?<name>(x+x+)+)y"),                   "qxxxxxxxxxxxxxxxx",
     8,                                                                                                                             "z y"                                             },
    {"recursion",                              RULE("(?<name>a(?R)?b)c"),                               "a",                 30000, "bc"                                              },
    {"a limit of the author's own",
     RULE("(*LIMIT_MATCH=4000000000)^(?<name>(a+)+)$"),                                                 "a",                 60,    "!"                                               },
    {"without JIT",                            RULE("(*NO_JIT)(*LIMIT_DEPTH=4000000)^(?<name>(a+)+)$"),
     "a",                                                                                                                    60,    "!"                                               },
    {"a prefix",                               "[profile]\nprefix = (a+)+b\n" RULE("^zzz(?<name>.*)"),  "a",
     60,                                                                                                                            "!bzzz"                                           },
    {"the end of a block",
     "[rule b]\nmatch = ^b\nevent = block\ninto = trace\nuntil = "
     "^b(a+)+$\n" GOOD,
     "ba",                                                                                                                   1,     "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!"},
};

static void make_line(const struct explosion *one, struct alz_text *log)
{
    for (size_t i = 0; i < one->times; i++)
        alz_text_add(log, alz_str_from(one->unit));
    alz_text_add(log, alz_str_from(one->end));
    alz_text_add(log, ALZ_STR("\n"));
}

static void test_explosions(void)
{
    for (size_t i = 0; i < sizeof(explosions) / sizeof(*explosions); i++) {
        const struct explosion *one = &explosions[i];
        struct alz_text log = {.max = 64 << 20};
        struct told told;

        while (log.len < 1000000)
            make_line(one, &log);
        alz_text_add(&log, ALZ_STR("zz ok\n"));
        told = read_log(one->rules, &log);
        NUM(told.limits, 10, one->what);
        NUM(told.offs, 1, "ten times, then it is not tried any more");
        OK(told.tests == 1 || strcmp(one->what, "the end of a block") == 0,
           "other rules still take their lines");
        alz_text_done(&log);
    }
}

/* Limits of each start are small at first: what fits is found all the same. */
static void test_long_match(void)
{
    struct alz_text log = {.max = 64 << 20};
    struct told told;

    for (size_t i = 0; i < 5000; i++)
        alz_text_add(&log, ALZ_STR("ab "));
    alz_text_add(&log, ALZ_STR("x\n"));
    told = read_log(RULE("(?:\\w+ )+(?<name>x)$"), &log);
    NUM(told.tests, 1, "a long match that may begin anywhere");
    NUM(told.limits, 0, "and no limit");
    alz_text_done(&log);
}

/* ---- lines ------------------------------------------------------------ */

static void add_numbered(struct alz_text *log, const char *format, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        alz_buf_printf(log, "%s%zu\n", format, i);
    }
}

#define START "[rule a]\nmatch = ^start (?<name>.*)$\nevent = test.start\n" GOOD

static void test_open_tests(void)
{
    struct alz_text log = {.max = 64 << 20};
    struct told told;

    add_numbered(&log, "start ", MILLION);
    told = read_log("[profile]\nparallel = yes\n" START, &log);
    NUM(told.tests, MILLION, "a million tests that never end");
    OK(told.warnings > 0, "a warning says that not all are waited for");
    alz_text_clear(&log);
    for (size_t i = 0; i < MILLION; i++)
        alz_text_add(&log, ALZ_STR("start same\n"));
    told = read_log("[profile]\nparallel = yes\n" START, &log);
    NUM(told.tests, MILLION, "a million open tests of one name");
    alz_text_clear(&log);
    add_numbered(&log, "start s", MILLION);
    told = read_log("[rule a]\nmatch = ^start (?<suite>.*)$\n"
                    "event = suite.start\n" GOOD,
                    &log);
    NUM(told.tests, 0, "a million suites that never end");
    alz_text_done(&log);
}

static void test_endless_block(void)
{
    struct alz_text log = {.max = 64 << 20};
    struct told told;

    alz_text_add(&log, ALZ_STR("begin\n"));
    add_numbered(&log, "line ", MILLION);
    alz_text_add(&log, ALZ_STR("zz ok\n"));
    told = read_log("[rule b]\nmatch = ^begin$\nevent = block\ninto = trace\n"
                    "until = ^never$\n" GOOD,
                    &log);
    NUM(told.tests, 1, "a block that never ends is cut");
    OK(told.warnings > 0, "a warning says so");
    alz_text_done(&log);
}

/* ---- templates -------------------------------------------------------- */

static void test_growing(void)
{
    struct alz_text log = {.max = 64 << 20}, rules = {0};
    struct told told;

    for (size_t i = 0; i < 2 * MANY; i++)
        alz_text_add(&log, ALZ_STR("x\n"));
    alz_text_add(&log, ALZ_STR("zz ok\n"));
    told = read_log("[rule s]\nmatch = ^x$\nevent = state\n"
                    "set a = ${state.a:-x}${state.a:-y}\n" GOOD,
                    &log);
    NUM(told.tests, 1, "a variable that is set to twice itself");
    alz_text_clear(&log);
    add_numbered(&log, "aaaaaaaaaaaaaaaaaaaaaaa", 20);
    alz_buf_printf(&rules, "[rule a]\nmatch = ^(?<x_n>a+)\\d+$\nevent = test\n"
                           "status = passed\nname = ${x_n");
    for (int i = 0; i < 10; i++)
        alz_buf_printf(&rules, "|replace:a:aaaaaaaaaaaaaaaaaaaaaaaaa");
    alz_buf_printf(&rules, "}\n" GOOD);
    told = read_log(rules.ptr, &log);
    NUM(told.tests, 20, "a text that is replaced by more of it");
    OK(told.bytes < 20 * 3 * 50000, "it grows to no more than 50 KB");
    alz_text_done(&log);
    alz_text_done(&rules);
}

/* ---- rule files ------------------------------------------------------- */

struct said {
    size_t lines, bytes;
    struct alz_text first;
};

static void on_said(void *ctx, struct alz_str line)
{
    struct said *said = ctx;

    if (said->lines++ == 0)
        alz_text_add(&said->first, line);
    said->bytes += line.len;
}

/* Each is refused, and nobody has to read all of it. */
static void refused(const char *unit, size_t count, const char *first,
                    const char *what)
{
    struct alz_text rules = {.max = 64 << 20};
    struct said said = {0};
    int status;

    for (size_t i = 0; i < count; i++)
        alz_text_add(&rules, alz_str_from(unit));
    alz_text_add(&rules, ALZ_STR("\n" GOOD));
    NUM(alz_buf_reserve(&rules, 1) != NULL, 1, "the file was made");
    rules.ptr[rules.len] = '\0';
    status = alz_rules_test("r", rules.ptr, NULL, NULL, on_said, &said);
    NUM(status, ALZ_EXIT_USAGE, what);
    OK(said.lines > 0 && said.lines <= 100, "few lines are said of it");
    IS(alz_text_str(&said.first), first, "the first one");
    alz_text_done(&rules);
    alz_text_done(&said.first);
}

static void test_rule_files(void)
{
    refused("[x]\n", MANY, "r:1:1: error: no such section: [x]",
            "100000 sections that there are not");
    refused("[sample]\n|zz ok\n=> passed zz\n", MANY,
            "r:769:1: error: too many samples: [sample]", "100000 samples");
    refused("foo\n", MANY, "r:1:1: error: expected \"key = value\": foo",
            "100000 lines of something else");
}

static void nested(const char *open, const char *inner, const char *shut,
                   size_t count, const char *said_of_it, const char *what)
{
    struct alz_text rules = {.max = 1 << 20};
    struct said said = {0};

    alz_text_add(&rules, ALZ_STR("[rule a]\nmatch = ^(?<name>"));
    for (size_t i = 0; i < count; i++)
        alz_text_add(&rules, alz_str_from(open));
    alz_text_add(&rules, alz_str_from(inner));
    for (size_t i = 0; i < count; i++)
        alz_text_add(&rules, alz_str_from(shut));
    alz_buf_printf(&rules, ")$\nevent = test\nstatus = passed\n" GOOD);
    NUM(alz_rules_test("r", rules.ptr, NULL, NULL, on_said, &said),
        said_of_it ? ALZ_EXIT_USAGE : ALZ_EXIT_OK, what);
    if (said_of_it)
        OK(alz_str_find(alz_text_str(&said.first), said_of_it) != SIZE_MAX,
           said_of_it);
    alz_text_done(&rules);
    alz_text_done(&said.first);
}

static void test_patterns(void)
{
    nested("(", "zz", ")", 300, "parentheses are too deeply nested",
           "300 parentheses");
    nested("", "zz", "a", 66000, "pattern string is longer",
           "a pattern of more than 64 KiB");
    nested("(?:", "zz", ")+", 200, NULL, "200 groups that repeat");
}

int main(void)
{
    test_explosions();
    test_long_match();
    test_open_tests();
    test_endless_block();
    test_growing();
    test_rule_files();
    test_patterns();
    return tap_done();
}
