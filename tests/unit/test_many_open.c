/* test_many_open.c - streams with more tests than a converter remembers. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "base/buf.h"
#include "tap.h"

#include <allurize/allurize.h>

/* More than converters keep open at once. */
enum { MANY = 100000, MORE = MANY + 50 };

struct told {
    size_t tests, passed, failed, errors;
};

static void on_line(void *ctx, struct alz_str line)
{
    struct told *told = ctx;

    told->tests +=
        alz_str_starts(line, "begin ") && alz_str_ends(line, " test");
    told->passed +=
        alz_str_starts(line, "status ") && alz_str_ends(line, " passed");
    told->failed +=
        alz_str_starts(line, "status ") && alz_str_ends(line, " failed");
    told->errors += alz_str_find(line, "/too-many-open") != SIZE_MAX;
}

static struct told read_all(const char *format, struct alz_text *input)
{
    struct told told = {0};

    OK(!input->full, "the input was made");
    alz_trace(alz_converter_find(format), "x", alz_text_str(input), 0, 0, NULL,
              on_line, &told);
    alz_text_done(input);
    return told;
}

#define GO(action) "{\"Action\":\"" action "\",\"Package\":\"p\""
#define GO_TEST(action) GO(action) ",\"Test\":\"T%d\"}\n"

/* A package of very many tests, the last of which fails. */
static void test_go(void)
{
    struct alz_text input = {.max = 256 << 20};
    struct told told;

    for (int i = 0; i < 2 * MORE; i++)
        alz_buf_printf(&input, GO_TEST("run") GO_TEST("pass"), i, i);
    alz_buf_printf(&input, GO_TEST("run") GO_TEST("fail"), -1, -1);
    alz_text_add(&input, ALZ_STR(GO("fail") "}\n"));
    told = read_all("go-json", &input);
    NUM(told.tests, 2 * MORE + 1, "go-json: every test of a large package");
    NUM(told.passed, 2 * MORE, "those that passed");
    NUM(told.failed, 1, "and the last one, which failed");
    NUM(told.errors, 0, "nothing is amiss");
}

static void test_go_again(void)
{
    struct alz_text input = {.max = 256 << 20};
    struct told told;

    for (int i = 0; i < MORE; i++)
        alz_text_add(&input, ALZ_STR(GO("run") ",\"Test\":\"T\"}\n" GO(
                                 "pass") ",\"Test\":\"T\"}\n"));
    for (int i = 0; i < 10; i++)
        alz_buf_printf(&input, GO_TEST("run") GO_TEST("pass"), i, i);
    alz_text_add(&input, ALZ_STR(GO("pass") "}\n"));
    told = read_all("go-json", &input);
    NUM(told.tests, MORE + 10, "go-json: a test that runs again and again");
    NUM(told.errors, 0, "takes no room");
}

static void test_go_open(void)
{
    struct alz_text input = {.max = 256 << 20};
    struct told told;

    for (int i = 0; i < MORE; i++)
        alz_buf_printf(&input, GO_TEST("run"), i);
    for (int i = 0; i < MORE; i++)
        alz_buf_printf(&input, GO_TEST("pass"), i);
    alz_text_add(&input, ALZ_STR(GO("pass") "}\n"));
    told = read_all("go-json", &input);
    NUM(told.errors, 1, "go-json: too many at once is an error, said once");
    OK(told.passed >= MANY, "those there is room for are read");
}

static void test_go_packages(void)
{
    struct alz_text input = {.max = 256 << 20};
    struct told told;

    for (int i = 0; i < MORE; i++)
        alz_buf_printf(&input, "{\"Action\":\"start\",\"Package\":\"p%d\"}\n",
                       i);
    told = read_all("go-json", &input);
    NUM(told.errors, 1, "go-json: so are too many packages");
}

#define TC(message) "##teamcity[test" message " name='t' flowId='f%d'"

/* A flow of its own for each test, as dotnet has it; none of them ends. */
static void test_flows(void)
{
    struct alz_text input = {.max = 256 << 20};
    struct told told;

    for (int i = 0; i < MORE; i++)
        alz_buf_printf(&input, TC("Started") "]\n" TC("Finished") "]\n", i, i);
    alz_buf_printf(&input,
                   TC("Started") "]\n" TC("Failed") "]\n" TC("Finished") "]\n",
                   -1, -1, -1);
    told = read_all("teamcity", &input);
    NUM(told.tests, MORE + 1, "teamcity: every test of very many flows");
    NUM(told.failed, 1, "and the last one, which failed");
    NUM(told.errors, 0, "nothing is amiss");
}

static void test_begun_flows(void)
{
    struct alz_text input = {.max = 256 << 20};
    struct told told;

    for (int i = 1; i < MORE; i++)
        alz_buf_printf(&input,
                       "##teamcity[flowStarted flowId='f%d' parent='f%d']\n", i,
                       i - 1);
    alz_buf_printf(&input, TC("Started") "]\n" TC("Finished") "]\n", MORE - 1,
                   MORE - 1);
    told = read_all("teamcity", &input);
    NUM(told.passed, 1, "teamcity: flows in flows, in which nothing is open");
}

static void test_suites_of_flows(void)
{
    struct alz_text input = {.max = 256 << 20};
    struct told told;

    for (int i = 0; i < MORE; i++)
        alz_buf_printf(
            &input, "##teamcity[testSuiteStarted name='s' flowId='f%d']\n", i);
    told = read_all("teamcity", &input);
    NUM(told.errors, 1, "teamcity: too many at once is an error, said once");
}

static void test_flows_of_tests(void)
{
    struct alz_text input = {.max = 256 << 20};
    struct told told;

    for (int i = 0; i < MORE; i++)
        alz_buf_printf(&input, "##teamcity[testStarted name='t%d']\n", i);
    for (int i = 0; i < MORE; i++)
        alz_buf_printf(&input, "##teamcity[testFinished name='t%d']\n", i);
    told = read_all("teamcity", &input);
    NUM(told.errors, 1, "teamcity: so are too many tests of one flow");
    NUM(told.passed, MANY, "those there is room for are read");
}

int main(void)
{
    test_go();
    test_go_again();
    test_go_open();
    test_go_packages();
    test_flows();
    test_begun_flows();
    test_suites_of_flows();
    test_flows_of_tests();
    return tap_done();
}
