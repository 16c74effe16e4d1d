/* test_jsonmap.c - mapping files: loading, paths, what comes late, limits. */
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

/* ---- loading ---------------------------------------------------------- */

#define MAPPING "[mapping]\n"
#define STATUS "[status]\nok = passed\n"
#define TEST "[test]\npath = t/[]\nname = n\nstatus = s\n"
#define SAMPLE "[sample]\n|{\"t\":[{\"n\":\"x\",\"s\":\"ok\"}]}\n=> passed x\n"

static const struct wrong {
    const char *text;
    const char *said; /* with line and column */
    const char *what;
} wrongs[] = {
    {MAPPING "inptu = lines\n" STATUS TEST SAMPLE,
     "r:2:1: error: no such key of [mapping]: inptu",                                                                                 "unknown key"              },
    {MAPPING STATUS TEST "nmae = n\n" SAMPLE,
     "r:8:1: error: no such key of this section: nmae",                                                                               "unknown field"            },
    {MAPPING STATUS TEST "mime = n\n" SAMPLE,
     "r:8:1: error: no such key of this section: mime",                                                                               "a field of another kind"  },
    {MAPPING STATUS "[test]\npath = u/[]\nname = n\nstatus = s\n" SAMPLE,
     "r:5:8: error: finds nothing in this sample: u/[]",                                                                              "a path that finds nothing"},
    {MAPPING STATUS TEST "[tests]\n" SAMPLE,
     "r:8:1: error: no such section: [tests]",                                                                                        "unknown section"          },
    {MAPPING STATUS TEST "message = a//b\n" SAMPLE,
     "r:8:13: error: a part of the path is empty",                                                                                    "an empty part"            },
    {MAPPING STATUS TEST "message = a/../b\n" SAMPLE,
     "r:8:13: error: \"..\" only at the start of a path: ..",                                                                         "up in the middle"         },
    {MAPPING STATUS TEST "message = a, b/[x]\n" SAMPLE,
     "r:8:16: error: not a number of an element: [x]",                                                                                "a bad element"            },
    {MAPPING STATUS TEST "message = a/@key/b\n" SAMPLE,
     "r:8:18: error: nothing stands behind @key and @index: b",                                                                       "behind a key"             },
    {MAPPING STATUS TEST "message = ${a|up}\n" SAMPLE,
     "r:8:15: error: no such filter: up",                                                                                             "unknown filter"           },
    {MAPPING STATUS TEST "message = x ${a\n" SAMPLE,
     "r:8:15: error: \"${\" without \"}\": a",                                                                                        "an open template"         },
    {MAPPING STATUS TEST "message = ${}\n" SAMPLE,
     "r:8:13: error: a path is missing",                                                                                              "no path"                  },
    {MAPPING STATUS TEST "message = \"a\n" SAMPLE,
     "r:8:11: error: the constant has no end: \"a",                                                                                   "an open constant"         },
    {MAPPING STATUS TEST "when = a == b\n" SAMPLE,
     "r:8:13: error: is a \"text\", a number, true, false or null, not: b",                                                           "compared with a word"     },
    {MAPPING STATUS TEST "when = a >= \"b\"\n" SAMPLE,
     "r:8:13: error: is a number, not: \"b\"",                                                                                        "a text as number"         },
    {MAPPING STATUS TEST "when = a ~ (b\n" SAMPLE,
     "r:8:14: error: regular expression: missing closing parenthesis",                                                                "a bad regular expression" },
    {MAPPING STATUS TEST "when = a == 1 or b\n" SAMPLE,
     "r:8:15: error: expected \"and\": or b",                                                                                         "no \"and\""               },
    {MAPPING STATUS TEST "duration-unit = weeks\n" SAMPLE,
     "r:8:17: error: no such unit: weeks",                                                                                            "unknown unit"             },
    {MAPPING STATUS TEST "tags = ${a|lower}\n" SAMPLE,
     "r:4:1: error: tags, labels, params, xparams, properties and "
     "environment are paths",                                                                                                         "a list of a text"         },
    {MAPPING STATUS TEST "[step]\npath = s/[]\nname = n\n" SAMPLE,
     "r:8:1: error: this section says inside which it is: step",                                                                      "inside nothing"           },
    {MAPPING STATUS TEST
     "[step]\ninside = test, tset\npath = s/[]\nname = n\n" SAMPLE,
     "r:9:16: error: no section of the name: tset",                                                                                   "inside a stranger"        },
    {MAPPING STATUS TEST "[attempt]\ninside = attempt\npath = s/[]\n" SAMPLE,
     "r:9:10: error: cannot be inside such a section: attempt",                                                                       "attempts of attempts"     },
    {MAPPING STATUS TEST "[step]\ninside = test\npath = .\nname = n\n" SAMPLE,
     "r:8:1: error: a path inside a section begins with a part: step",                                                                "a step that is its test"  },
    {MAPPING STATUS TEST "[test]\npath = u/[]\nname = n\nstatus = s\n" SAMPLE,
     "r:8:1: error: a second section of the name: test",                                                                              "two of a name"            },
    {MAPPING STATUS "[test]\npath = t/[]\nstatus = s\n" SAMPLE,
     "r:4:1: error: this section needs a name: test",                                                                                 "no name"                  },
    {MAPPING STATUS "[test]\npath = t/[]\nname = n\n" SAMPLE,
     "r:4:1: error: a test needs a status, or a failed-when and the like: "
     "test",                                                                                                                          "no status"                },
    {MAPPING STATUS "[test]\nname = n\nstatus = s\n" SAMPLE,
     "r:4:1: error: a section needs a path: test",                                                                                    "no path at all"           },
    {MAPPING STATUS "[test]\npath = ../t\nname = n\nstatus = s\n" SAMPLE,
     "r:5:8: error: the path of a section has neither \"..\" nor \"@\": "
     "../t",                                                                                                                          "a record above"           },
    {MAPPING TEST SAMPLE,
     "r:2:1: error: a status that is read needs a [status] section: test",                                                            "no words"                 },
    {MAPPING "prefix = ^x\n" STATUS TEST SAMPLE,
     "r:2:10: error: a prefix is of input = lines only: ^x",                                                                          "a prefix of a document"   },
    {MAPPING STATUS,                                                           "r:1:1: error: there is no [test]",                    "no test"                  },
    {MAPPING STATUS TEST,                                                      "r:1:1: error: there is no [sample]",                  "no sample"                },
    {MAPPING STATUS TEST "[sample]\n|{\"t\":[{\"n\":\"x\"\n=> passed x\n",
     "r:8:1: error: the sample is no whole JSON",                                                                                     "a sample cut off"         },
    {MAPPING STATUS TEST
     "[sample]\n|{\"t\":[{\"n\":\"x\",\"s\":\"ok\"}]}\n=> failed x\n",    "r:10:4: error: the sample gives: passed x",           "another test"             },
    {MAPPING STATUS TEST "when = k\n[sample]\n|{\"t\":[{\"n\":\"x\"}]}\n"
                         "=> passed x\n",                                 "r:9:1: error: no section's \"when\" holds for: /t/0",
     "a record that none takes"                                                                                                                                  },
};

static void test_wrong(void)
{
    for (size_t i = 0; i < sizeof(wrongs) / sizeof(*wrongs); i++) {
        struct alz_text said = {0};
        int status =
            alz_rules_test("r", wrongs[i].text, NULL, NULL, keep, &said);

        NUM(status, ALZ_EXIT_USAGE, wrongs[i].what);
        if (!OK(count(&said, wrongs[i].said) == 1, wrongs[i].said))
            printf("# got: %.300s\n", said.ptr ? said.ptr : "");
        alz_text_done(&said);
    }
}

/* ---- reading ---------------------------------------------------------- */

/* The events of an input under a mapping. */
static void trace(const char *rules, const char *input, struct alz_text *events)
{
    struct alz_setting settings[] = {
        {"rules-text", rules},
        {NULL,         NULL }
    };

    alz_text_clear(events);
    alz_trace(alz_converter_find("jsonmap"), "x", alz_str_from(input), 0, 0,
              settings, keep, events);
}

static void shown(const struct alz_text *events)
{
    printf("# %.*s\n", (int)(events->len < 1500 ? events->len : 1500),
           events->ptr ? events->ptr : "");
}

static void has(const struct alz_text *events, const char *line, size_t times,
                const char *what)
{
    if (!NUM(count(events, line), times, what))
        shown(events);
}

static void test_verdicts(void)
{
    struct alz_text events = {0};

    trace(MAPPING STATUS TEST SAMPLE,
          "{\"t\":[{\"n\":\"a\",\"s\":\"strange\"},{\"n\":\"b\"},"
          "{\"s\":\"ok\"},{\"n\":\"c\",\"s\":null},"
          "{\"n\":\"d\",\"s\":\"failed\",\"s\":\"ok\"}]}",
          &events);
    has(&events, "status 1 unknown\n", 1, "an unknown word is unknown");
    has(&events, "report jsonmap/status", 1, "with a warning");
    has(&events, "status 2 unknown\n", 1, "no status: unknown");
    has(&events, "report jsonmap/no-status 1:39 \"/t/1\"", 1,
        "with an error and its place");
    has(&events, "report jsonmap/no-name 1:50 \"test: /t/2\"", 1,
        "a record without a name is no test");
    has(&events, "status 3 unknown\n", 1, "null says nothing");
    has(&events, "status 4 failed\n", 1, "of two members the worst stands");
    has(&events, " passed\n", 0, "no pass is invented");
    has(&events, "begin ", 4, "four tests");
    alz_text_done(&events);
}

static void test_nothing(void)
{
    struct alz_text events = {0};

    trace(MAPPING STATUS TEST SAMPLE, "{\"u\":[{\"n\":\"a\"}]}", &events);
    has(&events, "report jsonmap/nothing", 1, "no path finds anything");
    trace(MAPPING STATUS TEST SAMPLE, "{\"t\":[]}", &events);
    has(&events, "report ", 0, "a run without tests is one");
    trace(MAPPING STATUS TEST SAMPLE, "{\"t\":[{\"n\":\"a\",\"s\":\"ok\"},{\"n",
          &events);
    has(&events, "status 1 passed\n", 1, "what is complete is kept");
    has(&events, "begin ", 1, "what is cut is not made up");
    alz_text_done(&events);
}

#define LATE                                                                   \
    MAPPING STATUS "[suite]\npath = g/[]\nname = title\nwhen = kind == 1\n"    \
                   "[test]\npath = t/[]\nname = n\nstatus = s\n"               \
                   "file = ../../file\nhost = /env/host\n" SAMPLE

/* The same facts whatever comes first. */
static void test_late(void)
{
    struct alz_text events = {0};

    trace(LATE,
          "{\"g\":[{\"t\":[{\"n\":\"a\",\"s\":\"ok\"},{\"n\":\"b\",\"s\":"
          "\"ok\"}],\"file\":\"f\",\"title\":\"late\",\"kind\":1}],"
          "\"env\":{\"host\":\"h\"}}",
          &events);
    has(&events, "name \"late\"\n", 1, "a suite that is named late");
    has(&events, "source \"f\"\n", 2, "a member of the group behind its tests");
    has(&events, "host \"h\"\n", 2, "a member of the document behind all");
    has(&events, "in 1 test\n", 2, "both are in the suite");
    trace(LATE,
          "{\"env\":{\"host\":\"h\"},\"g\":[{\"kind\":1,\"title\":\"early\","
          "\"file\":\"f\",\"t\":[{\"n\":\"a\",\"s\":\"ok\"}",
          &events);
    has(&events, "in 1 test\n", 1, "what is known is not waited for");
    trace(LATE, "{\"g\":[{\"t\":[{\"n\":\"a\",\"s\":\"ok\"}],\"title\":\"x\"}]",
          &events);
    has(&events, "in 0 test\n", 1, "cut: told with what is known");
    alz_text_done(&events);
}

#define NESTED                                                                 \
    MAPPING STATUS "[suite]\npath = c/[]\nwhen = c exists\nname = n\n"         \
                   "[test]\npath = c/[]\nwhen = ! c exists\n"                  \
                   "name = n\nstatus = s\n"                                    \
                   "[sample]\n|{\"c\":[{\"n\":\"x\",\"s\":\"ok\"}]}\n"         \
                   "=> passed x\n"

/* Groups and tests under the same name, told apart by what is in them. */
static void test_nested(void)
{
    struct alz_text events = {0};

    trace(NESTED,
          "{\"c\":[{\"c\":[{\"n\":\"a\",\"s\":\"ok\"},{\"n\":\"in\",\"c\":["
          "{\"n\":\"b\",\"s\":\"ok\"}]}],\"n\":\"out\"},"
          "{\"s\":\"ok\",\"n\":\"z\"}]}",
          &events);
    has(&events, "test\n", 3, "three tests");
    has(&events, "text 1 name \"out\"\n", 1, "named behind its tests");
    has(&events, "in 1 suite\n", 1, "one in the other");
    has(&events, "in 0 test\n", 1, "and one in none");
    alz_text_done(&events);
}

static void test_members(void)
{
    struct alz_text events = {0};

    trace(MAPPING STATUS
          "[test]\npath = /tests/*\nname = @key\nstatus = ., s\n"
          "labels = l\nparams = p/[]\nmessage = m/[]\nexpected = a~1b/[-1]\n"
          "actual = o\nxparam_at = @index\n"
          "[sample]\n|{\"tests\":{\"x\":\"ok\"}}\n=> passed x\n",
          "{\"tests\":{\"one\":\"ok\",\"two\":{\"s\":\"failed\","
          "\"l\":{\"owner\":\"me\",\"none\":null},"
          "\"p\":[{\"name\":\"x\",\"value\":1},{\"y\":true}],"
          "\"m\":[\"first\",null,\"second\"],\"a/b\":[1,2,3],"
          "\"o\":{\"k\":[1,\"\\n\"]}}}}",
          &events);
    has(&events, "name \"one\"\n", 1, "the name is a key");
    has(&events, "status 1 passed\n", 1, "a record that is a text");
    has(&events, "label \"owner\" \"me\"\n", 1, "all members as labels");
    has(&events, "label \"none\"", 0, "null is nothing");
    has(&events, "parameter \"x\" \"1\"\n", 1, "name and value");
    has(&events, "parameter \"y\" \"true\"\n", 1, "a member");
    has(&events, "message \"first\\x0asecond\"\n", 1, "several texts");
    has(&events, "expected \"3\"\n", 1, "the last element, a key with /");
    has(&events, "\\x5cu000a", 0, "quoted once");
    has(&events, "actual \"{\"k\":[1,\"\\u000a\"]}\"", 1, "an object is JSON");
    has(&events, "excluded \"at\" \"1\"\n", 1, "its number");
    alz_text_done(&events);
}

static void test_conditions(void)
{
    static const struct {
        const char *when;
        bool holds;
    } cases[] = {
        {"b",                        false},
        {"! b",                      true },
        {"b exists",                 true },
        {"! x exists",               true },
        {"z",                        false},
        {"e",                        false},
        {"k == \"v\"",               true },
        {"k == \"w\"",               false},
        {"k != \"w\"",               true },
        {"x != \"w\"",               true },
        {"i == 3.0",                 true },
        {"i == \"3\"",               false},
        {"i > 2 and i <= 3",         true },
        {"i < 3",                    false},
        {"x >= 0",                   false},
        {"b == false",               true },
        {"u == null",                true },
        {"k ~ ^V$",                  false},
        {"k ~ (?i)^V$",              true },
        {"x !~ a",                   true },
        {"l/[] == 2",                true },
        {"l/[5] == 2",               false},
        {"x, k == \"v\"",            true },
        {"k == \"v\" and ! b and e", false},
    };
    struct alz_text events = {0}, rules = {0};

    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        alz_text_clear(&rules);
        alz_buf_printf(&rules,
                       MAPPING "[test]\npath = t/[]\nname = \"x\"\n"
                               "status = \"passed\"\nfailed-when = %s\n"
                               "[sample]\n|{}\n=> nothing\n",
                       cases[i].when);
        alz_buf_putc(&rules, '\0');
        trace(rules.ptr,
              "{\"t\":[{\"b\":false,\"z\":0,\"e\":{},\"k\":\"v\",\"i\":3,"
              "\"u\":null,\"l\":[1,2]}]}",
              &events);
        has(&events, cases[i].holds ? "status 1 failed" : "status 1 passed", 1,
            cases[i].when);
    }
    alz_text_done(&events);
    alz_text_done(&rules);
}

#define LINES                                                                  \
    MAPPING "input = lines\nprefix = ^\\d+ \n" STATUS                          \
            "[test]\nwhen = n\nname = n\nstatus = s\n"                         \
            "[sample]\n|1 {\"n\":\"x\",\"s\":\"ok\"}\n=> passed x\n"

static void test_lines(void)
{
    struct alz_text events = {0};

    trace(LINES,
          "\xEF\xBB\xBF{\"n\":\"a\",\"s\":\"ok\"}\r\n[main] hello\n\n"
          "12 {\"n\":\"b\",\"s\":\"ok\"}\n{\"n\":\"c\",\"s\":\n{x}\n"
          "{\"n\":\"d\",\"s\":\"ok\"} {\"n\":\"e\",\"s\":\"ok\"}\n"
          "[{\"n\":\"f\",\"s\":\"ok\"}]\n{\"other\":1}",
          &events);
    has(&events, "begin ", 4, "records, two of them on a line");
    has(&events, "report jsonmap/line 5:1", 1, "a damaged line");
    has(&events, "report ", 1, "costs itself, and nothing else is said");
    has(&events, "name \"b\"", 1, "a prefix is cut off");
    alz_text_done(&events);
}

/* ---- hostile input ---------------------------------------------------- */

static void test_deep(void)
{
    struct alz_text events = {0}, input = {0};

    for (size_t i = 0; i < 400; i++)
        alz_text_add(&input, ALZ_STR("{\"c\":["));
    alz_text_add(&input, ALZ_STR("{\"n\":\"x\",\"s\":\"ok\"}"));
    for (size_t i = 0; i < 400; i++)
        alz_text_add(&input, ALZ_STR("]}"));
    alz_buf_putc(&input, '\0');
    trace(NESTED, input.ptr, &events);
    has(&events, " test\n", 1, "a test in 400 groups");
    alz_text_done(&events);
    alz_text_done(&input);
}

/* A record that never waits keeps the tree small however many there are. */
static void test_many(void)
{
    struct alz_text events = {0}, input = {.max = 64 << 20};

    alz_text_add(&input, ALZ_STR("{\"t\":["));
    for (int i = 0; i < 20000; i++)
        alz_buf_printf(&input, "%s{\"n\":\"%d\",\"s\":\"ok\",\"x\":[1,[2]]}",
                       i ? "," : "", i);
    alz_text_add(&input, ALZ_STR("]}"));
    alz_buf_putc(&input, '\0');
    trace(MAPPING STATUS TEST SAMPLE, input.ptr, &events);
    has(&events, " test\n", 20000, "twenty thousand records");
    alz_text_done(&events);
    alz_text_done(&input);
}

int main(void)
{
    test_wrong();
    test_verdicts();
    test_nothing();
    test_late();
    test_nested();
    test_members();
    test_conditions();
    test_lines();
    test_deep();
    test_many();
    return tap_done();
}
