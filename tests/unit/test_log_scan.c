/* test_log_scan.c - lines that are passed over are those no rule takes. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "../../converters/log/scan.h"
#include "base/buf.h"
#include "tap.h"

#include <allurize/allurize.h>

/* ---- literals --------------------------------------------------------- */

static const struct {
    const char *pattern;
    const char *literals; /* between bars; "": none */
} patterns[] = {
    {"^TEST (?<x>\\d+) ok$",               "TEST "                                                   },
    {"^(?<s>PASS|FAIL): (?<n>.*)$",        "PASS|FAIL"                                               },
    {"^(?:ok|not ok) (\\d+)",              "ok|not ok"                                               },
    {"^a|b$",                              "a|b"                                                     },
    {"^(?<s>PASS|)x+",                     "x"                                                       },
    {"^=+ FAILURES =+$",                   "= FAILURES ="                                            },
    {"ab?c",                               "a"                                                       },
    {"ab*XY{2}Z",                          "X"                                                       },
    {"^\\[  FAILED  \\] (.*)$",            "[  FAILED  ] "                                           },
    {"^\\.\\.\\.(?<s>ok)$",                "..."                                                     },
    {"(?i)PASS",                           ""                                                        },
    {"(?i:PASS) X",                        ""                                                        },
    {"(?x) P A S S",                       ""                                                        },
    {"\\QPASS\\E",                         ""                                                        },
    {"[\\Q]P\\E]PASS",                     ""                                                        },
    {"(?!FAIL)(?<n>.*) X",                 " X"                                                      },
    {"(?<!FAIL)(?<n>.*) X",                " X"                                                      },
    {"(?=FAIL)(?<n>.*)",                   ""                                                        },
    {"^(?<n>.*)(?#FAIL)$",                 ""                                                        },
    {"(?:FAIL)?X",                         "X"                                                       },
    {"(?:FAIL){0}X",                       "X"                                                       },
    {"(?(?=A)FAIL|PASS)",                  ""                                                        },
    {"(*ACCEPT)FAIL",                      ""                                                        },
    {"FAIL\\x41",                          ""                                                        },
    {"(FAIL)\\1",                          ""                                                        },
    {"[FAIL]",                             ""                                                        },
    {"[[:alpha:]]FAIL",                    ""                                                        },
    {"(a(b|c)|(?:d(e)f))",                 "a|f"                                                     },
    {"\xc3\xa9+FAIL",                      "FAIL"                                                    },
    {"FAIL\xc3\xa9?",                      "FAIL"                                                    },
    {"0123456789012345678901234567890123", "012345678901234567"
                                           "89012345678901"},
};

static void test_literals(void)
{
    for (size_t i = 0; i < sizeof(patterns) / sizeof(*patterns); i++) {
        struct log_literals literals;
        struct alz_text all = {0};

        log_literals_find(alz_str_from(patterns[i].pattern), &literals);
        for (size_t k = 0; k < literals.count; k++) {
            if (k)
                alz_text_add(&all, ALZ_STR("|"));
            alz_text_add(&all, (struct alz_str){literals.items[k].text,
                                                literals.items[k].len});
        }
        IS(alz_text_str(&all), patterns[i].literals, patterns[i].pattern);
        alz_text_done(&all);
    }
}

/* ---- the same with and without ---------------------------------------- */

static uint64_t seed = 42;

static unsigned below(unsigned limit)
{
    seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (unsigned)(seed >> 33) % limit;
}

/* Lines that rules take, nearly take, and pieces that make them hard. */
static void add_line(struct alz_text *log)
{
    static const char *const pieces[] = {
        "TEST a ",
        "TEST b PASS",
        "PASS",
        "FAIL",
        "FAI",
        "= in",
        "=== in 3s",
        "\x1b[31mTEST c\x1b[0m ",
        "TE\x1b[1mST d PASS",
        "\xff",
        "\xc3\xa9",
        "\r",
        "begin",
        "end",
        "12:00:00 ",
        "23:00:00 ",
        "05:00:00 ",
        "go",
        "stop",
        " ",
        "some words of a program that talks a lot, and says nothing",
    };
    static const char whole[][16] = {"begin", "end", "go", "stop",
                                     "",      "=x",  "\r"};
    unsigned count = below(4);

    if (below(4) == 0) {
        alz_text_add(log, alz_str_from(whole[below(7)]));
    } else if (below(300) == 0) {
        for (int i = 0; i < 4000; i++)
            alz_text_add(log, ALZ_STR("long TEST "));
    } else {
        for (unsigned i = 0; i < count; i++)
            alz_text_add(
                log,
                alz_str_from(pieces[below(sizeof(pieces) / sizeof(*pieces))]));
        if (below(4) == 0)
            alz_buf_printf(log, "TEST t%u %s", below(50),
                           below(2) ? "PASS" : "FAIL");
    }
    for (unsigned i = below(3) ? 0 : below(20); i > 0; i--)
        alz_text_add(log, ALZ_STR("\nnothing to see in this line of a log"));
    alz_text_add(log, ALZ_STR("\n"));
}

#define STATUS "[status]\nPASS = passed\nFAIL = failed\n"
#define TEST                                                                   \
    "[rule t]\nmatch = ^TEST (?<name>\\w+) (?<status>PASS|FAIL)$\n"            \
    "event = test\n"
#define SAMPLE "[sample]\n|TEST x PASS\n=> passed x\n"

static const struct {
    const char *what, *rules;
} files[] = {
    {"one rule",                       STATUS TEST SAMPLE                                        },
    {"rules of what lines begin with",
     STATUS TEST "[rule e]\nmatch = ^=(?<message>.)\nevent = run.fail\n"
                 "name = e\nfull_name = ::e\n" SAMPLE                                            },
    {"blocks",                         STATUS TEST "[rule b]\nmatch = ^begin$\nevent = block\n"
                           "into = trace\nuntil = ^end$\n" SAMPLE                  },
    {"states",                         STATUS "[rule g]\nmatch = ^go$\nevent = state\ngoto = on\n"
                      "[rule s]\nmatch = ^stop$\nevent = state\ngoto = idle\n"
                      "[rule t]\nin = on\n"
                      "match = TEST (?<name>\\w+) (?<status>PASS|FAIL)$\n"
                      "event = test\n"
                      "[sample]\n|go\n|TEST x PASS\n=> passed x\n"                 },
    {"what is left is output",
     "[profile]\nunmatched = output\n" STATUS
     "[rule s]\nmatch = ^go$\nevent = test.start\nname = x\n"
     "[rule e]\nmatch = ^stop$\nevent = test.end\nname = x\nstatus = passed\n"
     "[sample]\n|go\n|stop\n=> passed x\n"                                                       },
    {"a prefix, and output",
     "[profile]\nunmatched = output\nprefix = (?<timestamp>[\\d:]{8})\\s\n"
     "time-format = %H:%M:%S\n" STATUS
     "[rule s]\nmatch = ^go$\nevent = test.start\nname = x\n"
     "[rule e]\nmatch = ^stop$\nevent = test.end\nname = x\nstatus = passed\n"
     "[sample]\n|go\n|stop\n=> passed x\n"                                                       },
    {"times that name no day",
     "[profile]\nprefix = (?<timestamp>[\\d:]{8})\\s\n"
     "time-format = %H:%M:%S\n" STATUS TEST SAMPLE                                               },
    {"short lines",                    "[profile]\nmax-line = 20\n" STATUS TEST SAMPLE           },
    {"escapes kept",                   "[profile]\nansi = keep\n" STATUS TEST SAMPLE             },
    {"Latin-1",                        "[profile]\nencoding = latin-1\n" STATUS TEST SAMPLE      },
    {"any line",                       STATUS TEST "[rule i]\nmatch = .\nevent = ignore\n" SAMPLE},
    {"a rule of case",
     STATUS "[rule t]\nmatch = (?i)^test (?<name>\\w+) (?<status>pass|fail)$\n"
            "event = test\nstatus = passed\n" SAMPLE                                             },
};

/* Rules that are explained see every line. */
static void keep(void *ctx, struct alz_str line)
{
    static const char *const explained[] = {
        "report log/took ", "report log/left ", "report log/used-rule ",
        "report log/idle-rule ", "report log/coverage "};
    struct alz_text *text = ctx;

    text->max = 256 << 20;
    for (size_t i = 0; i < sizeof(explained) / sizeof(*explained); i++)
        if (alz_str_starts(line, explained[i]))
            return;
    alz_text_add(text, line);
    alz_text_add(text, ALZ_STR("\n"));
}

static struct alz_text events_of(const char *rules, const struct alz_text *log,
                                 size_t read_size, bool explain)
{
    const struct alz_setting settings[] = {
        {"rules-text",                      rules},
        {explain ? "rules-explain" : "any", "yes"},
        {NULL,                              NULL }
    };
    struct alz_text events = {0};

    alz_trace(alz_converter_find("log"), "x", alz_text_str(log), 0, read_size,
              settings, keep, &events);
    return events;
}

static void test_same(void)
{
    struct alz_text log = {.max = 64 << 20};

    while (log.len < 1500000)
        add_line(&log);
    for (size_t i = 0; i < sizeof(files) / sizeof(*files); i++) {
        struct alz_text all = events_of(files[i].rules, &log, 0, true);

        OK(all.len > 1000 && !all.full, "something is read");
        for (size_t size = 0; size <= 4099; size = 2 * size + 1366) {
            struct alz_text some = events_of(files[i].rules, &log, size, false);

            OK(alz_str_equal(alz_text_str(&some), alz_text_str(&all)),
               files[i].what);
            alz_text_done(&some);
        }
        alz_text_done(&all);
    }
    alz_text_done(&log);
}

int main(void)
{
    test_literals();
    test_same();
    return tap_done();
}
