/* test_rules_test.c - what `rules test` shows of a rule file and its lines. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "base/buf.h"
#include "tap.h"

#include <allurize/allurize.h>

static void keep(void *ctx, struct alz_str line)
{
    struct alz_text *text = ctx;

    alz_text_add(text, line);
    alz_text_add(text, ALZ_STR("\n"));
}

static size_t count(const struct alz_text *text, const char *what)
{
    struct alz_str rest = alz_text_str(text);
    size_t found = 0, at;

    for (; (at = alz_str_find(rest, what)) != SIZE_MAX; found++)
        rest = alz_str_from_offset(rest, at + strlen(what));
    return found;
}

/* ---- places ----------------------------------------------------------- */

#define HEAD "[rule a]\n"
#define RESULT "match = ^(?<name>\\w+) ok$\nevent = test\nstatus = passed\n"
#define SAMPLE "[sample]\n|x ok\n=> passed x\n"

#define MAPPING "[mapping]\n"
#define STATUS "[status]\nok = passed\n"

#define RECORD "[test]\npath = t/[]\nname = n\nstatus = s\n"
#define TEST                                                                   \
    RECORD "[sample]\n|{\"t\":[{\"n\":\"x\",\"s\":\"ok\"}]}\n=> passed x\n"

/* The rule file's line as it is shown, and the mark under it. */
static const struct caret {
    const char *text, *shown, *what;
} carets[] = {
    {HEAD RESULT "[sample]\n|abc oh\n=> passed abc\n",
     "    |abc oh\n          ^\n",                                                                                 "where the rule stopped"     },
    {HEAD "\tmach\t= x\n" RESULT SAMPLE,                                   "     mach = x\n     ^\n",
     "tabs are one blank wide"                                                                                                                  },
    {HEAD "match = \xC3\xA4(\xE6\x97\xA5\nevent = test\n" SAMPLE,
     "    match = \xC3\xA4(\xE6\x97\xA5\n               ^\n",                                                      "characters of several bytes"},
    {"[rule a]\r\nmatch = (x\r\n",                                         "    match = (x\n              ^\n",
     "lines that end with CR LF"                                                                                                                },
    {"\xEF\xBB\xBF[rule a\n",                                              "    [rule a\n    ^\n",                 "a byte order mark"          },
    {HEAD "\033[31mx = y\n",                                               "     [31mx = y\n    ^\n",              "an escape"                  },
    {MAPPING STATUS "[test]\npath = t/[]\nname = n\nstatus = \"pased\"\n",
     "status: pased\n    [test]\n    ^\n",                                                                         "a status that is none"      },
    {MAPPING STATUS RECORD "name = m\n",                                   "section: name\n    name = m\n    ^\n",
     "a name twice"                                                                                                                             },
    {MAPPING STATUS RECORD "path = u/[]\n",
     "section: path\n    path = u/[]\n    ^\n",                                                                    "a path twice"               },
};

static void test_caret(void)
{
    for (size_t i = 0; i < sizeof(carets) / sizeof(*carets); i++) {
        struct alz_text said = {0};

        alz_rules_test("r", carets[i].text, NULL, NULL, keep, &said);
        if (!OK(count(&said, carets[i].shown) == 1, carets[i].what))
            printf("# got: %.300s\n", said.ptr ? said.ptr : "");
        alz_text_done(&said);
    }
}

/* Of a very long line only what is about the place is shown. */
static void test_long_line(void)
{
    struct alz_text text = {.max = 1 << 20}, said = {0};

    alz_text_add(&text, ALZ_STR(HEAD "match = ("));
    for (int i = 0; i < 30000; i++)
        alz_text_add(&text, ALZ_STR("a"));
    alz_text_add(&text, ALZ_STR("\nevent = test\n"));
    for (int i = 0; i < 30000; i++)
        alz_text_add(&text, ALZ_STR("b"));
    alz_buf_putc(&text, '\0');
    alz_rules_test("r", text.ptr, NULL, NULL, keep, &said);
    OK(count(&said, "r:2:30010: error: ") == 1, "a place far to the right");
    OK(count(&said, "aaaa\n    ") == 1, "its surroundings are shown");
    OK(count(&said, "r:4:1: error: ") == 1, "a long line that is no key");
    OK(said.len < 2000, "long lines are cut");
    alz_text_done(&text);
    alz_text_done(&said);
}

static void test_no_profile(void)
{
    struct alz_text said = {0};

    NUM(alz_rules_test("log:nope", NULL, NULL, NULL, keep, &said),
        ALZ_EXIT_USAGE, "a profile that there is not");
    OK(count(&said, "log:nope: error: no such profile") == 1, "is named");
    alz_text_done(&said);
}

/* ---- mappings --------------------------------------------------------- */

/* What a run or a suite takes is not left, though no test is made of it. */
static void test_left(void)
{
    static const char rules[] = MAPPING
        "input = lines\n" STATUS "[test]\nwhen = n\nname = n\nstatus = s\n"
        "[run]\npath = /\nwhen = total\ntests = total\n[sample]\n"
        "|{\"n\":\"x\",\"s\":\"ok\"}\n|{\"total\":1}\n"
        "|{\"other\":1}\n=> passed x\n";
    struct alz_text said = {0};

    NUM(alz_rules_test("r", rules, NULL, NULL, keep, &said), 0,
        "lines of a test, of the run and of nothing");
    OK(count(&said, "left: 1, 1\n") == 1, "one is taken, one is left");
    OK(count(&said, "15  run: /\n") == 1, "and one is of the run");
    alz_text_done(&said);
}

/* The kind of the file is found behind a byte order mark, too. */
static void test_mark(void)
{
    struct alz_text said = {0};

    NUM(alz_rules_test("r", "\xEF\xBB\xBF" MAPPING STATUS TEST, NULL, NULL,
                       keep, &said),
        0, "a mapping with a byte order mark");
    OK(count(&said, "test: /t/0: x\n") == 1, "its sample is read");
    alz_text_done(&said);
}

int main(void)
{
    test_caret();
    test_long_line();
    test_no_profile();
    test_left();
    test_mark();
    return tap_done();
}
