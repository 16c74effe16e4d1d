/* test_labels.c - title path, labels, links, parameters of a test. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "kit.h"

static const struct alz_policy_options plain = {
    .run_id = {"run", 3}
};

/* A test in the suites of a path separated by slashes. */
static alz_ref in_suites(struct kit *kit, const char *path)
{
    struct alz_str rest = alz_str_from(path), name;
    alz_ref ref = 0;

    while (alz_str_split(&rest, '/', &name)) {
        ref = alz_begin(kit->out, ref, ALZ_SUITE);
        alz_set_text(kit->out, ref, ALZ_NAME, name);
    }
    return kit_begin(kit, ref, ALZ_TEST, "t");
}

static const struct nested {
    const char *path, *title, *labels, *full_name;
} nesteds[] = {
    {"a",                "path: [a]",             "label: suite=a",                       "a > t"            },
    {"a/b",              "path: [a] [b]",         "label: parentSuite=a\nlabel: suite=b",
     "a > b > t"                                                                                             },
    {"a/b/c",            "path: [a] [b] [c]",
     "label: parentSuite=a\nlabel: suite=b\nlabel: subSuite=c",                           "a > b > c > t"    },
    {"a/b/c/d",          "path: [a] [b] [c] [d]",
     "label: parentSuite=b\nlabel: suite=c\nlabel: subSuite=d",                           "a > b > c > d > t"},
    {"/a//b",            "path: [a] [b]",         "label: parentSuite=a\nlabel: suite=b",
     "a > b > t"                                                                                             },
    {"\x1b[1ma\x1b[0m ", "path: [a]",             "label: suite=a",                       "a > t"            },
};

static void suites(void)
{
    for (size_t i = 0; i < sizeof(nesteds) / sizeof(*nesteds); i++) {
        struct kit kit;

        kit_init(&kit, &plain);
        alz_end(kit.out, in_suites(&kit, nesteds[i].path));
        HAS(&kit, 0, nesteds[i].title, "title path");
        HAS(&kit, 0, nesteds[i].labels, "suite labels");
        IS(kit_value(&kit, 0, "fullName"), nesteds[i].full_name, "full name");
        kit_done(&kit);
    }
}

static void no_suite(void)
{
    struct kit kit;

    kit_init(&kit, &plain);
    kit_whole(&kit, 0, ALZ_TEST, "t", ALZ_PASSED);
    HAS(&kit, 0, "path:", "no path");
    HAS_NOT(&kit, 0, "label", "nothing said, no label");
    IS(kit_value(&kit, 0, "fullName"), "t", "the name is the full name");
    kit_done(&kit);
}

static void classes(void)
{
    struct kit kit;
    alz_ref test;

    kit_init(&kit, &plain);
    test = kit_begin(&kit, 0, ALZ_TEST, "works");
    kit_say(&kit, test, ALZ_CLASS, "org.example.FooTest");
    alz_end(kit.out, test);
    test = kit_begin(&kit, 0, ALZ_TEST, "works");
    kit_say(&kit, test, ALZ_CLASS, "FooTest");
    kit_say(&kit, test, ALZ_METHOD, "test_works");
    alz_end(kit.out, test);
    test = kit_begin(&kit, 0, ALZ_TEST, "works");
    kit_say(&kit, test, ALZ_CLASS, "a.b");
    kit_say(&kit, test, ALZ_PACKAGE, "other");
    kit_add(&kit, test, ALZ_LABEL, "testMethod", "said");
    alz_end(kit.out, test);
    HAS(&kit, 0,
        "label: testClass=org.example.FooTest\nlabel: package=org.example\n"
        "label: testMethod=works",
        "a class and its package");
    HAS(&kit, 1, "label: testClass=FooTest\nlabel: testMethod=test_works",
        "a class without a package, a method with a name");
    HAS(&kit, 2,
        "label: testMethod=said\nlabel: testClass=a.b\nlabel: package=other",
        "what is said stands");
    kit_done(&kit);
}

static void origin(void)
{
    static const char *const none[] = {"", "localhost", "TBD", "undefined",
                                       "unknown"};
    struct kit kit;
    alz_ref suite, test;

    kit_init(&kit, &plain);
    suite = kit_begin(&kit, 0, ALZ_SUITE, "S");
    kit_say(&kit, suite, ALZ_FRAMEWORK, "pytest");
    kit_say(&kit, suite, ALZ_LANGUAGE, "python");
    kit_say(&kit, suite, ALZ_HOST, "ci-7");
    test = kit_begin(&kit, suite, ALZ_TEST, "a");
    kit_say(&kit, test, ALZ_THREAD, "main");
    kit_say(&kit, test, ALZ_ID, "42");
    alz_set_status(kit.out, test, ALZ_BROKEN, ALZ_SYNTHETIC);
    alz_end(kit.out, test);
    HAS(&kit, 0,
        "label: framework=pytest\nlabel: language=python\nlabel: host=ci-7\n"
        "label: thread=main\nlabel: ALLURE_ID=42\nlabel: tag=synthetic\n"
        "label: suite=S",
        "labels of where it comes from, in one order");
    for (size_t i = 0; i < sizeof(none) / sizeof(*none); i++) {
        test = kit_begin(&kit, 0, ALZ_TEST, "b");
        kit_say(&kit, test, ALZ_HOST, none[i]);
        alz_end(kit.out, test);
        HAS_NOT(&kit, i + 1, "host", "no host");
    }
    kit_done(&kit);
}

static void said_twice(void)
{
    struct kit kit;
    alz_ref suite, test;

    kit_init(&kit, &plain);
    suite = kit_begin(&kit, 0, ALZ_SUITE, "S");
    kit_add(&kit, suite, ALZ_LABEL, "owner", "team");
    kit_add(&kit, suite, ALZ_EXCLUDED, "os", "linux");
    test = kit_begin(&kit, suite, ALZ_TEST, "t");
    kit_add(&kit, test, ALZ_LABEL, "tag", "a");
    kit_add(&kit, test, ALZ_LABEL, "tag", "b");
    kit_add(&kit, test, ALZ_LABEL, "tag", "a");
    kit_add(&kit, test, ALZ_LABEL, "tag", "");
    kit_add(&kit, test, ALZ_LABEL, "owner", "team");
    kit_add(&kit, test, ALZ_EXCLUDED, "e", "1");
    kit_add(&kit, test, ALZ_EXCLUDED, "e", "1");
    alz_end(kit.out, test);
    HAS(&kit, 0,
        "label: tag=a\nlabel: tag=b\nlabel: owner=team\nexcluded: e=1\n"
        "excluded: e=1\nlabel: suite=S",
        "once each; empty ones never; excluded parameters as they are");
    kit_done(&kit);
}

static void too_many(void)
{
    struct kit kit;
    alz_ref test;
    char value[16];
    size_t labels = 0;

    kit_init(&kit, &plain);
    test = kit_begin(&kit, 0, ALZ_TEST, "t");
    for (int i = 0; i < 2000; i++) {
        snprintf(value, sizeof(value), "%d", i);
        kit_add(&kit, test, ALZ_LABEL, "tag", value);
    }
    kit_add(&kit, test, ALZ_PARAMETER, "p", "v");
    alz_end(kit.out, test);
    for (struct alz_str rest = alz_text_str(&kit.blocks[0]), line;
         alz_str_split(&rest, '\n', &line);)
        labels += alz_str_starts(line, "label: tag=");
    NUM(labels, 500, "500 labels are enough");
    NUM(kit.reports, 1, "which is said once");
    HAS(&kit, 0, "parameter: p=v", "a parameter is never dropped");
    kit_done(&kit);
}

static void extras(void)
{
    static const struct alz_extra given[] = {
        {ALZ_LABEL,     {"layer", 5}, {"unit", 4} },
        {ALZ_LABEL,     {"tag", 3},   {"x", 1}    },
        {ALZ_LABEL,     {"suite", 5}, {"mine", 4} },
        {ALZ_LABEL,     {"os", 2},    {"linux", 5}},
        {ALZ_PARAMETER, {"os", 2},    {"linux", 5}},
    };
    struct alz_policy_options options = {
        .run_id = {"run", 3},
          .extras = given, .extra_count = 5
    };
    struct kit kit;
    alz_ref suite, test;

    kit_init(&kit, &options);
    suite = kit_begin(&kit, 0, ALZ_SUITE, "S");
    test = kit_begin(&kit, suite, ALZ_TEST, "t");
    kit_add(&kit, test, ALZ_LABEL, "layer", "e2e");
    kit_add(&kit, test, ALZ_LABEL, "tag", "y");
    alz_end(kit.out, test);
    HAS(&kit, 0,
        "label: layer=unit\nlabel: tag=y\nlabel: tag=x\nlabel: suite=mine\n"
        "label: os=linux\nparameter: os=linux",
        "the user's word replaces where there is one value, else adds");
    IS(kit_value(&kit, 0, "fullName"), "S > t", "and is in no full name");
    OK(!alz_str_ends(kit_value(&kit, 0, "historyId"),
                     "d41d8cd98f00b204e9800998ecf8427e"),
       "a variant is in the history id");
    kit_done(&kit);
}

/* ---- links ------------------------------------------------------------ */

static const struct resolved {
    enum alz_pair_kind kind;
    const char *name, *value;
    const char *want; /* NULL: nothing */
} resolveds[] = {
    {ALZ_LINK,      "docs",               "https://x/y",           "link: docs=https://x/y"      },
    {ALZ_LINK,      "",                   "MAILTO:a@b",            "link: =MAILTO:a@b"           },
    {ALZ_LINK,      "",                   "tel:1",                 "link: =tel:1"                },
    {ALZ_LINK,      "",                   "javascript:alert(1)",   NULL                          },
    {ALZ_LINK,      "",                   "file:///etc/passwd",    NULL                          },
    {ALZ_LINK,      "",                   "http://",               NULL                          },
    {ALZ_LINK,      "",                   "",                      NULL                          },
    {ALZ_ISSUE,     "",                   "AB-1",                  "issue: AB-1=https://i/AB-1/v"},
    {ALZ_ISSUE,     "",                   "A B\"<\xc3\xa9",
     "issue: A B\"<\xc3\xa9=https://i/A%20B%22%3C%C3%A9/v"                                       },
    {ALZ_ISSUE,     "",                   "http://j/1",            "issue: http://j/1=http://j/1"},
    {ALZ_TMS,       "",                   "T-1",                   "label: tms=T-1"              },
    {ALZ_TMS,       "case",               "http://t/1",            "tms: case=http://t/1"        },
    {ALZ_LABEL,     "allure.id",          "7",                     "label: ALLURE_ID=7"          },
    {ALZ_LABEL,     "AS_ID",              "7",                     "label: ALLURE_ID=7"          },
    {ALZ_LABEL,     "ALLURE_ID",          "7",                     "label: ALLURE_ID=7"          },
    {ALZ_LABEL,     "allure.label.epic",  "E",                     "label: epic=E"               },
    {ALZ_EXCLUDED,  "allure.label.epic",  "E\nF",                  "label: epic=E F"             },
    {ALZ_EXCLUDED,  "allure.parameter.p", "1",                     "parameter: p=1"              },
    {ALZ_LABEL,     "allure.link.issue",  "AB-1",                  "issue: AB-1=https://i/AB-1/v"},
    {ALZ_LABEL,     "allure.link.tms.x",  "http://t/1",            "tms: x=http://t/1"           },
    {ALZ_LABEL,     "allure.link.wiki",   "http://w",              "link: wiki=http://w"         },
    {ALZ_LABEL,     "allure.link.link.n", "http://w",              "link: n=http://w"            },
    {ALZ_LABEL,     "allure.link.wiki",   "javascript:x",          NULL                          },
    {ALZ_LABEL,     "tag",                "@allure.id:7",          "label: ALLURE_ID=7"          },
    {ALZ_LABEL,     "tag",                "@allure.id=7",          "label: ALLURE_ID=7"          },
    {ALZ_LABEL,     "tag",                "allure.label.owner=me", "label: owner=me"             },
    {ALZ_LABEL,     "tag",                "@allure.label.x:y=z",   "label: x=y=z"                },
    {ALZ_LABEL,     "tag",                "allure.id",             "label: tag=allure.id"        },
    {ALZ_LABEL,     "tag",                "@smoke",                "label: tag=@smoke"           },
    {ALZ_LABEL,     "allure.label.",      "x",                     "label: allure.label.=x"      },
    {ALZ_PARAMETER, "allure.id",          "7",                     "parameter: allure.id=7"      },
};

static void links(void)
{
    struct alz_policy_options options = {
        .run_id = {"run", 3},
          .issue_pattern = "https://i/{}/v"
    };

    for (size_t i = 0; i < sizeof(resolveds) / sizeof(*resolveds); i++) {
        const struct resolved *at = &resolveds[i];
        struct kit kit;
        alz_ref test;

        kit_init(&kit, &options);
        test = kit_begin(&kit, 0, ALZ_TEST, "t");
        kit_add(&kit, test, at->kind, at->name, at->value);
        alz_end(kit.out, test);
        if (at->want) {
            HAS(&kit, 0, at->want, at->want);
            NUM(kit.reports, 0, "nothing to say");
        } else {
            HAS_NOT(&kit, 0, "link: ", "no link");
            NUM(kit.reports, at->value[0] != '\0', "a dropped link is said");
        }
        kit_done(&kit);
    }
}

static void patterns(void)
{
    static const struct {
        const char *pattern, *want;
    } rows[] = {
        {"https://t/%s?x={}", "tms: 1=https://t/1?x={}"},
        {"https://t/",        "tms: 1=https://t/1"     },
        {"javascript:{}",     NULL                     },
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        struct alz_policy_options options = {
            .run_id = {"run", 3},
              .tms_pattern = rows[i].pattern
        };
        struct kit kit;
        alz_ref test;

        kit_init(&kit, &options);
        test = kit_begin(&kit, 0, ALZ_TEST, "t");
        kit_add(&kit, test, ALZ_TMS, "", "1");
        alz_end(kit.out, test);
        if (rows[i].want)
            HAS(&kit, 0, rows[i].want, rows[i].pattern);
        else
            HAS_NOT(&kit, 0, "tms", rows[i].pattern);
        kit_done(&kit);
    }
}

static void sources(void)
{
    struct kit kit;
    alz_ref test;

    kit_init(&kit, &plain);
    test = kit_begin(&kit, 0, ALZ_TEST, "a");
    kit_say(&kit, test, ALZ_SOURCE, "a.c:12");
    alz_end(kit.out, test);
    test = kit_begin(&kit, 0, ALZ_TEST, "b");
    kit_say(&kit, test, ALZ_SOURCE, "b`.c:12");
    kit_say(&kit, test, ALZ_DESCRIPTION, "text");
    alz_end(kit.out, test);
    HAS(&kit, 0, "description: `a.c:12`", "the source in the description");
    HAS(&kit, 1, "description: text\n\nb`.c:12", "below what is said");
    kit_done(&kit);
}

int main(void)
{
    suites();
    no_suite();
    classes();
    origin();
    said_twice();
    too_many();
    extras();
    links();
    patterns();
    sources();
    return tap_done();
}
