/* test_log.c - rule files of any log: loading, profiles, hostile input. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "base/buf.h"
#include "tap.h"

#include <allurize/allurize.h>

static void keep(void *ctx, struct alz_str line)
{
    struct alz_text *text = ctx;

    text->max = 64 << 20;
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

/* ---- profiles --------------------------------------------------------- */

static const struct alz_converter_profile *profiles(void)
{
    return alz_converter_find("log")->profiles;
}

static void test_samples(void)
{
    for (const struct alz_converter_profile *at = profiles(); at->name; at++) {
        struct alz_text said = {0}, what = {0}, file = {0};

        alz_buf_printf(&file, "log:%s", at->name);
        alz_buf_printf(&what, "the samples of %s", at->name);
        if (!NUM(alz_rules_test(file.ptr, NULL, NULL, NULL, keep, &said), 0,
                 what.ptr))
            printf("# %.200s\n", said.ptr);
        OK(at->title[0] != '\0', "it has a title");
        alz_text_done(&said);
        alz_text_done(&what);
        alz_text_done(&file);
    }
}

/* The log lines of a profile's samples, each behind a stamp. */
static void sample_log(const struct alz_converter_profile *profile,
                       const char *stamp, struct alz_text *ret)
{
    struct alz_str rest = alz_str_from(profile->text), line;

    while (alz_str_split(&rest, '\n', &line)) {
        if (!alz_str_starts(line, "|"))
            continue;
        alz_text_add(ret, alz_str_from(stamp));
        alz_text_add(ret, alz_str_from_offset(line, 1));
        alz_text_add(ret, ALZ_STR("\n"));
    }
}

/* How many tests a profile reads in the samples of another one. */
static size_t tests_read(const char *reader,
                         const struct alz_converter_profile *written,
                         const char *stamp)
{
    struct alz_setting settings[] = {
        {"profile", reader},
        {NULL,      NULL  }
    };
    struct alz_text log = {0}, events = {0};
    size_t found;

    sample_log(written, stamp, &log);
    alz_trace(alz_converter_find("log"), "x", alz_text_str(&log), 0, 0,
              settings, keep, &events);
    found = count(&events, " test\n");
    alz_text_done(&log);
    alz_text_done(&events);
    return found;
}

/* Formats so alike that the same line is a test of both. "*": any log. */
static bool alike(const char *reader, const char *log)
{
    static const char *const pairs[][2] = {
        {"automake", "dejagnu"   }, /* PASS: name */
        {"dejagnu",  "automake"  },
        {"automake", "testng"    },
        {"testng",   "automake"  },
        {"cmocka",   "busted"    }, /* both imitate GoogleTest */
        {"busted",   "cmocka"    },
        {"automake", "unittest"  }, /* FAIL: name */
        {"dejagnu",  "unittest"  },
        {"mocha",    "jest"      }, /* "  ✓ name" */
        {"mocha",    "minitest"  }, /* "  1) name" */
        {"mocha",    "playwright"},
        {"mocha",    "rspec"     },
        {"rspec",    "*"         }, /* "  name": every indented line */
    };

    for (size_t i = 0; i < sizeof(pairs) / sizeof(*pairs); i++)
        if (strcmp(reader, pairs[i][0]) == 0 &&
            (*pairs[i][1] == '*' || strcmp(log, pairs[i][1]) == 0))
            return true;
    return strcmp(reader, log) == 0;
}

static void test_strangers(void)
{
    bool good = true;

    for (const struct alz_converter_profile *a = profiles(); a->name; a++)
        for (const struct alz_converter_profile *b = profiles(); b->name; b++) {
            if (alike(a->name, b->name) || !tests_read(a->name, b, ""))
                continue;
            printf("# %s reads tests in the samples of %s\n", a->name, b->name);
            good = false;
        }
    OK(good, "no profile reads another one's samples as tests");
}

/* What GitHub Actions and Azure Pipelines put before each line. */
static void test_stamps(void)
{
    for (const struct alz_converter_profile *at = profiles(); at->name; at++) {
        struct alz_text what = {0};
        size_t plain = tests_read(at->name, at, "");

        alz_buf_printf(&what, "%s reads a log of a CI service", at->name);
        OK(plain > 0 && tests_read(at->name, at,
                                   "2026-11-20T16:05:57.1234567Z ") == plain,
           what.ptr);
        alz_text_done(&what);
    }
}

/* ---- loading ---------------------------------------------------------- */

#define HEAD "[rule a]\n"
#define RESULT "match = ^(?<name>\\w+) ok$\nevent = test\nstatus = passed\n"
#define SAMPLE "[sample]\n|x ok\n=> passed x\n"

static const struct wrong {
    const char *text;
    const char *said; /* with line and column */
    const char *what;
} wrongs[] = {
    {HEAD "mach = ^x$\n" RESULT SAMPLE,
     "r:2:1: error: no such key of a rule: mach",                                                                        "unknown key"              },
    {HEAD "match = ^(?<name>x)$\nevent = tset\n" SAMPLE,
     "r:3:9: error: no such event: tset",                                                                                "unknown event"            },
    {HEAD "match = ^(?<nmae>x)$\nevent = test\n" SAMPLE,
     "r:2:9: error: no such group (names of your own begin with x_): nmae",                                              "unknown group"            },
    {HEAD "match = ^(?<name>x$\nevent = test\n" SAMPLE,
     "r:2:20: error: regular expression: missing closing parenthesis",                                                   "bad regular expression"   },
    {HEAD "match = (?<name>x*)\nevent = test\n" SAMPLE,
     "r:2:9: error: matches an empty line, so any line: (?<name>x*)",                                                    "matches nothing"          },
    {HEAD "event = test\nname = x\n" SAMPLE,
     "r:1:1: error: a rule needs a match: a",                                                                            "no match"                 },
    {HEAD "match = ^x$\nevent = ignore\n" SAMPLE,
     "r:1:1: error: no rule ends a test",                                                                                "never ends a test"        },
    {HEAD RESULT "message = a ${foo}\n" SAMPLE,
     "r:5:15: error: no such group in the rule's match: foo",                                                            "template to nothing"      },
    {HEAD RESULT "message = ${name|up}\n" SAMPLE,
     "r:5:18: error: no such filter: up",                                                                                "unknown filter"           },
    {HEAD RESULT "message = ${state.x}\n" SAMPLE,
     "r:5:13: error: no rule above sets this variable: state.x",                                                         "unknown variable"         },
    {HEAD RESULT,                                                              "r:1:1: error: there is no [sample]",     "no sample"                },
    {HEAD RESULT "[sample]\n|x ok\n=> failed x\n",
     "r:7:4: error: the sample gives: passed x",                                                                         "sample gives another test"},
    {HEAD RESULT "[sample]\n|x ok\n|y ko\n=> passed x\n=> passed y\n",
     "r:7:4: error: sample: no rule takes this line; here stops rule a",                                                 "where the rule stopped"   },
    {HEAD RESULT "[sample]\n|x ok\n|y ok\n=> passed x\n",
     "r:5:1: error: the sample gives one more test: passed y",                                                           "sample gives more"        },
    {HEAD "match = ^(?<name>\\w+)(?<status>!)$\nevent = test\n" SAMPLE,
     "r:1:1: error: a group \"status\" needs a [status] section: a",                                                     "status without table"     },
    {HEAD RESULT "in = b\n" SAMPLE,
     "r:1:1: error: no rule goes to a state of this one: a",                                                             "unreachable state"        },
    {HEAD "match = ^(?<name>x)\\C$\nevent = test\n" SAMPLE,
     "error: regular expression: using \\C is disabled",                                                                 "\\C"                      },
    {HEAD "match = ^(?<name>x)(?C1)$\nevent = test\n" SAMPLE,
     "error: regular expression: callouts are not allowed",                                                              "callouts"                 },
    {"[rules]\n",                                                              "r:1:1: error: no such section: [rules]", "unknown section"          },
    {"[profile]\nansi = no\n" HEAD RESULT SAMPLE,
     "r:2:8: error: no such value: no",                                                                                  "unknown value"            },
    {"[status]\nOK = good\n" HEAD RESULT SAMPLE,
     "r:2:6: error: no such status: good",                                                                               "unknown status"           },
    {HEAD "\t mach\t= ^x$\n" RESULT SAMPLE,
     "r:2:3: error: no such key of a rule: mach",                                                                        "unknown key behind blanks"},
    {"[profile]\nanso = keep\n" HEAD RESULT SAMPLE,
     "r:2:1: error: no such key of [profile]: anso",                                                                     "unknown key of a profile" },
    {HEAD "match = ^y$\n" RESULT SAMPLE,
     "r:3:1: error: is there already in this rule: match",                                                               "two regexes"              },
    {HEAD RESULT "event = test.end\n" SAMPLE,
     "r:5:9: error: a rule has one event, not also: test.end",                                                           "two events"               },
    {"[status]\nA = failed\nA = passed\n" HEAD RESULT SAMPLE,
     "r:3:1: error: a second row for: A",                                                                                "a word twice"             },
    {HEAD "match = ^(?<name>\\w+) ok$\nevent = test\nstatus = pased\n" SAMPLE,
     "r:4:10: error: no such status: pased",                                                                             "a status that is none"    },
    {"# nothing\n",                                                            "r:1:1: error: there is no [rule]",       "no rule"                  },
    {HEAD RESULT SAMPLE HEAD RESULT,
     "r:8:1: error: a second rule of the name: a",                                                                       "two of a name"            },
};

static void test_wrong(void)
{
    for (size_t i = 0; i < sizeof(wrongs) / sizeof(*wrongs); i++) {
        struct alz_text said = {0};
        int status =
            alz_rules_test("r", wrongs[i].text, NULL, NULL, keep, &said);

        NUM(status, ALZ_EXIT_USAGE, wrongs[i].what);
        OK(count(&said, wrongs[i].said) == 1, wrongs[i].said);
        if (!count(&said, wrongs[i].said))
            printf("# got: %.300s\n", said.ptr ? said.ptr : "");
        alz_text_done(&said);
    }
}

/* ---- hostile lines ---------------------------------------------------- */

struct flood {
    const char *unit;
    size_t left, at;
};

static ssize_t flood_read(void *ctx, char *to, size_t cap)
{
    struct flood *flood = ctx;
    size_t len = strlen(flood->unit), n = 0;

    for (; n < cap && flood->left; n++) {
        to[n] = flood->unit[flood->at++ % len];
        flood->left--;
    }
    return (ssize_t)n;
}

static int feed(const char *rules, const char *unit, size_t bytes,
                struct alz_text *said)
{
    struct flood flood = {unit, bytes, 0};
    struct alz_pull pull = {.read = flood_read, .ctx = &flood};

    return alz_rules_test("r", rules, "log", &pull, keep, said);
}

#define NESTED                                                                 \
    "[rule a]\nmatch = ^(?<name>(?:a+)+)$\nevent = test\nstatus = passed\n"    \
    "[sample]\n|aa\n=> passed aa\n"
#define BLANKS                                                                 \
    "[rule a]\nmatch = (?<name>x)(\\s+)*$\nevent = test\nstatus = passed\n"    \
    "[sample]\n|x\n=> passed x\n"

static void test_hostile(void)
{
    static const char many_a[] =
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!\n";
    struct alz_text said = {0};

    NUM(feed(NESTED, many_a, 100 * (sizeof(many_a) - 1), &said), 3,
        "a regular expression that explodes: nothing is read");
    NUM(count(&said, "took too long"), 10, "ten times, then its rule is off");
    alz_text_clear(&said);
    feed(BLANKS, "x                                             !\n", 48 * 50,
         &said);
    OK(count(&said, "took too long") <= 10, "blanks before something else");
    alz_text_clear(&said);
    NUM(feed(HEAD RESULT SAMPLE, "x", 100 * 1000 * 1000, &said), 3,
        "a line of 100 MB");
    alz_text_clear(&said);
    NUM(feed(HEAD RESULT SAMPLE, "\xFF\xC3\x28 ok\n\xE2\x82\n", 4000, &said), 3,
        "lines that are no UTF-8");
    alz_text_done(&said);
}

static void test_nul(void)
{
    static const struct alz_setting settings[] = {
        {"rules-text", HEAD "match = ^(?<name>.+) ok$\nevent = test\n"
                            "status = passed\n" SAMPLE},
        {NULL,         NULL                                                 }
    };
    struct alz_text events = {0};

    alz_trace(alz_converter_find("log"), "x", ALZ_STR("a\0b ok\n\xFFz ok\n"), 0,
              0, settings, keep, &events);
    NUM(count(&events, " test\n"), 2, "NUL and bad bytes are data");
    OK(count(&events, "name \"\xEF\xBF\xBDz\"") == 1,
       "what is no UTF-8 is replaced");
    alz_text_done(&events);
}

/* "\\S" and its like are of characters, not of bytes. */
static void test_letters(void)
{
    static const struct alz_setting settings[] = {
        {"rules-text", HEAD "match = ^(?<name>\\S+)\\Wok$\nevent = test\n"
                            "status = passed\n" SAMPLE},
        {NULL,         NULL                                                 }
    };
    struct alz_text events = {0};

    alz_trace(alz_converter_find("log"), "x",
              ALZ_STR("\xC3\xA9t\xC3\xA9 ok\nx\xE2\x97\x87ok\n"), 0, 0,
              settings, keep, &events);
    OK(count(&events, "name \"\xC3\xA9t\xC3\xA9\"") == 1,
       "\\S takes an accent");
    NUM(count(&events, " test\n"), 2, "\\W takes a character of three bytes");
    alz_text_done(&events);
}

/* ---- times ------------------------------------------------------------ */

static void test_times(void)
{
    static const struct alz_setting settings[] = {
        {"rules-text",
         "[profile]\ntime-format = %H:%M:%S.%f\n"
         "prefix = \\[(?<timestamp>[\\d:.]+)\\]\\s\n"
         "[rule s]\nmatch = ^go (?<name>\\w+)$\nevent = test.start\n"
         "[rule e]\nmatch = ^(?<name>\\w+) ok$\nevent = test.end\n"
         "status = passed\n"
         "[rule d]\nmatch = ^(?<name>\\w+) took (?<duration>.+)$\n"
         "event = test\nstatus = passed\n" SAMPLE},
        {NULL,         NULL                      }
    };
    /* 1970-01-03T00:00:10Z: the first line is of the evening before. */
    static const char log[] = "[23:59:59.500] go x\n[00:00:01.25] x ok\n"
                              "y took 1m2s\nz took < 1 ms\nw took 00:01:02.5\n"
                              "v took 1.5ms\n";
    struct alz_text events = {0};

    alz_trace(alz_converter_find("log"), "x", alz_str_from(log), 172810000, 0,
              settings, keep, &events);
    OK(count(&events, "start 172799500\n") == 1, "a time without a day");
    OK(count(&events, "stop 172801250\n") == 1, "midnight between two lines");
    OK(count(&events, "duration 62000\n") == 1, "1m2s");
    OK(count(&events, "duration 0\n") == 1, "< 1 ms");
    OK(count(&events, "duration 62500\n") == 1, "00:01:02.5");
    OK(count(&events, "duration 2\n") == 1, "1.5ms is rounded half up");
    if (!count(&events, "start 172799500\n"))
        printf("# %s\n", events.ptr);
    alz_text_done(&events);
}

int main(void)
{
    test_samples();
    test_strangers();
    test_stamps();
    test_wrong();
    test_hostile();
    test_nul();
    test_letters();
    test_times();
    return tap_done();
}
