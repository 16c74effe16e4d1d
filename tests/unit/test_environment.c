/* test_environment.c - variables of the run, and their file. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "run/environment.h"
#include "tap.h"

#include <stdio.h>

static void add(struct alz_environment *environment, const char *name,
                const char *value, bool fixed)
{
    alz_environment_add(environment, alz_str_from(name), alz_str_from(value),
                        fixed);
}

static void check_text(struct alz_environment *environment, const char *want,
                       const char *what)
{
    struct alz_text text = {0};

    alz_environment_render(environment, &text);
    IS(alz_text_str(&text), want, what);
    alz_text_done(&text);
    alz_environment_done(environment);
}

static void values(void)
{
    struct alz_environment environment = {0};

    add(&environment, "os", "linux", false);
    add(&environment, "cpu", "arm", false);
    add(&environment, "os", "linux", false);
    add(&environment, "os", "bsd", false);
    add(&environment, "", "of nothing", false);
    check_text(&environment, "os=linux, bsd\ncpu=arm\n",
               "each value of a name counts once, in the order said");
    add(&environment, "os", "mine", true);
    add(&environment, "os", "linux", false);
    check_text(&environment, "os=mine\n", "the user's word stands");
}

static void escapes(void)
{
    struct alz_environment environment = {0};

    add(&environment, "a b=c:d#e!f\\g", " x=1:2 #y\\z", false);
    add(&environment, "lines", "one\ntwo\r\tthree\x1b[0m", false);
    check_text(&environment,
               "a\\ b\\=c\\:d\\#e\\!f\\\\g=\\ x=1:2 #y\\\\z\n"
               "lines=one\\ntwo\\r\\tthree[0m\n",
               "what a properties file gives a meaning to is escaped");
}

static void limits(void)
{
    struct alz_environment environment = {0};
    char name[16];

    for (int i = 0; i < 1001; i++) {
        snprintf(name, sizeof(name), "n%d", i);
        add(&environment, name, "v", false);
    }
    NUM(environment.count, 1000, "at most 1000 variables");
    OK(environment.full, "that some are left out is known");
    alz_environment_done(&environment);
}

int main(void)
{
    values();
    escapes();
    limits();
    return tap_done();
}
