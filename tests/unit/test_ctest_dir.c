/* test_ctest_dir.c - what a build directory stands for. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "run/sources.h"
#include "scratch.h"
#include "tap.h"

#include <utime.h>

static const char *top;

static void make(const char *name)
{
    struct scratch path = scratch_path(top, name);

    for (char *at = path.path + strlen(top) + 1; *at; at++)
        if (*at == '/') {
            *at = '\0';
            mkdir(path.path, 0777);
            *at = '/';
        }
    scratch_write(path.path, ALZ_STR("bytes\n"));
}

static void tag(const char *text)
{
    make("b/Testing/TAG");
    scratch_write(scratch_path(top, "b/Testing/TAG").path, alz_str_from(text));
}

static void is_source(const char *below, const char *want, const char *problem,
                      const char *what)
{
    struct alz_sources sources = {0};
    struct scratch dir = scratch_path(top, below);

    NUM(alz_sources_add(&sources, dir.path, NULL), 0, what);
    NUM(sources.count, want ? 1 : 0, "as many inputs as expected");
    if (want && sources.count == 1) {
        IS(alz_str_from(sources.items[0].path), scratch_path(top, want).path,
           what);
        OK(sources.items[0].asked_for, "as if it had been named");
    }
    IS(alz_str_from(sources.problem ? sources.problem->id : ""), problem, what);
    alz_sources_done(&sources);
}

/* Without a tag that is one the directory is like any other. */
static void is_ordinary(const char *what)
{
    struct alz_sources sources = {0};

    alz_sources_add(&sources, scratch_path(top, "b").path, NULL);
    OK(sources.count > 1 && !sources.items[0].asked_for, what);
    OK(!sources.problem, "and has no problem");
    alz_sources_done(&sources);
}

static void set_age(const char *name, time_t when)
{
    struct utimbuf times = {when, when};

    utime(scratch_path(top, name).path, &times);
}

int main(void)
{
    static const char report[] = "b/Testing/20261120-1551/Test.xml";
    static const char last[] = "b/Testing/Temporary/LastTest.log";
    static const char unfinished[] =
        "b/Testing/Temporary/LastTest_20261120-1551.log.tmp";
    static const char of_cmake_4[] =
        "b/Testing/Temporary/LastTest_20261120-1551.log.tmp5dd97";

    top = scratch_new();
    make("b/junk/a.xml");
    make("b/junk/b.xml");
    tag("20261120-1551\nExperimental\nExperimental\n");
    is_source("b", NULL, "run/ctest-no-report", "no report");
    make(last);
    is_source("b", last, "run/ctest-no-report", "the log in its place");
    make(report);
    set_age(last, 1000);
    set_age(report, 1000);
    is_source("b", report, "", "the report of the tag");
    is_source("b/", report, "", "with a slash");
    is_source("b/Testing", report, "", "from inside");
    set_age(last, 1003);
    is_source("b", report, "run/ctest-older", "CTest ran again");
    make(unfinished);
    is_source("b", unfinished, "run/ctest-interrupted", "CTest was killed");
    unlink(scratch_path(top, unfinished).path);
    make(of_cmake_4);
    is_source("b", of_cmake_4, "run/ctest-interrupted", "by CMake 4, too");
    unlink(scratch_path(top, of_cmake_4).path);
    make("b/Testing/Temporary/LastTest_20261120-1550.log.tmp");
    is_source("b", report, "run/ctest-older", "of another tag it is nothing");
    tag("../../../etc/x\n");
    is_ordinary("a tag that is a path");
    tag("20261120-15512\n");
    is_ordinary("a tag that is too long");
    tag("");
    is_ordinary("an empty tag");
    scratch_remove(top);
    return tap_done();
}
