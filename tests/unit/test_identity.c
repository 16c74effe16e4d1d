/* test_identity.c - full names, ids, duplicates, uuids. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "kit.h"
#include "policy/stages.h"

static const struct alz_policy_options options = {
    .run_id = {"run", 3}
};

/* ---- ids -------------------------------------------------------------- */

static void vectors(void)
{
    struct kit kit;
    alz_ref test;

    kit_init(&kit, &options);
    test = kit_begin(&kit, 0, ALZ_TEST, "t");
    kit_say(&kit, test, ALZ_CLASS, "s");
    kit_add(&kit, test, ALZ_PARAMETER, "p", "v");
    alz_end(kit.out, test);
    test = kit_begin(&kit, 0, ALZ_TEST, "t");
    kit_say(&kit, test, ALZ_FULL_NAME, "org.example.ExampleTest.parameterized");
    kit_add(&kit, test, ALZ_PARAMETER, "z", "value-z");
    kit_add(&kit, test, ALZ_EXCLUDED, "c", "not part of it");
    kit_add(&kit, test, ALZ_PARAMETER, "m", "secret");
    kit_add(&kit, test, ALZ_PARAMETER, "a", "value-a");
    kit_add(&kit, test, ALZ_PARAMETER, "b", "masked-secret");
    alz_end(kit.out, test);
    test = kit_begin(&kit, 0, ALZ_TEST, "");
    kit_say(&kit, test, ALZ_FULL_NAME, "a");
    alz_end(kit.out, test);
    IS(kit_value(&kit, 0, "fullName"), "s.t", "class and name");
    IS(kit_value(&kit, 0, "testCaseId"), "28b5c62010a167878438ec320eda80e3",
       "md5 of the full name");
    IS(kit_value(&kit, 0, "historyId"),
       "28b5c62010a167878438ec320eda80e3:0a23ccb755884e4b2632134f1b21b6ab",
       "and of the parameters, as both readers compute it");
    IS(kit_value(&kit, 1, "historyId"),
       "c6afc390a37d516b75b0889d60eadf7b:a0995c760832a18e23b1ad9d26b6ede1",
       "parameters are sorted, excluded ones left out");
    IS(kit_value(&kit, 2, "historyId"),
       "0cc175b9c0f1b6a831c399e269772661:d41d8cd98f00b204e9800998ecf8427e",
       "without parameters it is md5 of nothing");
    kit_done(&kit);
}

static void sorted_by_bytes(void)
{
    struct kit kit;
    alz_ref test;

    kit_init(&kit, &options);
    for (int i = 0; i < 2; i++) {
        test = kit_begin(&kit, 0, ALZ_TEST, i ? "u" : "t");
        kit_say(&kit, test, ALZ_FULL_NAME, i ? "u" : "t");
        kit_add(&kit, test, ALZ_PARAMETER, i ? "b" : "B", "1");
        kit_add(&kit, test, ALZ_PARAMETER, i ? "B" : "b", "1");
        kit_add(&kit, test, ALZ_PARAMETER, "b", i ? "" : "0");
        kit_add(&kit, test, ALZ_PARAMETER, "b", i ? "0" : "");
        alz_end(kit.out, test);
    }
    /* md5("B:1,b:,b:0,b:1") */
    for (size_t i = 0; i < 2; i++)
        OK(alz_str_ends(kit_value(&kit, i, "historyId"),
                        ":393913afd4974b6907b2f35b317995b3"),
           "by name, then value, in the order of bytes");
    kit_done(&kit);
}

static void uuids(void)
{
    struct alz_policy_options other = {
        .run_id = {"another", 7}
    };
    struct kit kit, again, elsewhere;
    struct alz_uuid uuid;

    kit_init(&kit, &options);
    kit_init(&again, &options);
    kit_init(&elsewhere, &other);
    kit_whole(&kit, 0, ALZ_TEST, "t", ALZ_PASSED);
    kit_whole(&kit, 0, ALZ_TEST, "u", ALZ_PASSED);
    kit_whole(&again, 0, ALZ_TEST, "t", ALZ_FAILED);
    kit_whole(&elsewhere, 0, ALZ_TEST, "t", ALZ_PASSED);
    OK(alz_uuid_parse(kit_value(&kit, 0, "uuid"), &uuid) &&
           uuid.bytes[6] >> 4 == 5,
       "a uuid of version 5");
    OK(alz_str_equal(kit_value(&kit, 0, "uuid"), kit_value(&again, 0, "uuid")),
       "the same in the same run");
    OK(!alz_str_equal(kit_value(&kit, 0, "uuid"), kit_value(&kit, 1, "uuid")),
       "another of another test");
    OK(!alz_str_equal(kit_value(&kit, 0, "uuid"),
                      kit_value(&elsewhere, 0, "uuid")),
       "another in another run");
    kit_done(&kit);
    kit_done(&again);
    kit_done(&elsewhere);
}

static void attempts(void)
{
    struct kit kit;
    alz_ref test, attempt;

    kit_init(&kit, &options);
    test = kit_begin(&kit, 0, ALZ_TEST, "t");
    attempt = kit_begin(&kit, test, ALZ_TEST, "t, first try");
    kit_say(&kit, attempt, ALZ_CLASS, "wrong");
    kit_add(&kit, attempt, ALZ_PARAMETER, "p", "wrong");
    kit_add(&kit, attempt, ALZ_EXCLUDED, "try", "1");
    alz_end(kit.out, attempt);
    kit_say(&kit, test, ALZ_CLASS, "s");
    kit_add(&kit, test, ALZ_PARAMETER, "p", "v");
    kit_add(&kit, test, ALZ_LABEL, "owner", "me");
    alz_end(kit.out, test);
    for (size_t i = 0; i < 2; i++)
        IS(kit_value(&kit, i, "historyId"),
           "28b5c62010a167878438ec320eda80e3:0a23ccb755884e4b2632134f1b21b6ab",
           "an attempt has the identity of its test");
    OK(!alz_str_equal(kit_value(&kit, 0, "uuid"), kit_value(&kit, 1, "uuid")),
       "and a uuid of its own");
    HAS(&kit, 0,
        "excluded: try=1\nparameter: p=v\nlabel: owner=me\n"
        "label: testClass=s\nlabel: testMethod=t",
        "and the labels of its test");
    NUM(kit.reports, 0, "it is no duplicate");
    kit_done(&kit);
}

/* ---- names that change from run to run -------------------------------- */

static const struct normal {
    enum alz_name_kind kind;
    const char *from, *want;
} normals[] = {
    {ALZ_IS_NAME,  "works",                         "works"                },
    {ALZ_IS_NAME,  "works (12 ms)",                 "works"                },
    {ALZ_IS_NAME,  "works (0.00s)",                 "works"                },
    {ALZ_IS_NAME,  "works (1,5 \xc2\xb5s)",         "works"                },
    {ALZ_IS_NAME,  "works in 14ms",                 "works"                },
    {ALZ_IS_NAME,  "works # time=3.25ms",           "works"                },
    {ALZ_IS_NAME,  "works # time=3",                "works"                },
    {ALZ_IS_NAME,  "works (1s) in 2s",              "works"                },
    {ALZ_IS_NAME,  "works in 14",                   "works in 14"          },
    {ALZ_IS_NAME,  "wait(5s)",                      "wait(5s)"             },
    {ALZ_IS_NAME,  "case (5)",                      "case (5)"             },
    {ALZ_IS_NAME,  "case (5 apples)",               "case (5 apples)"      },
    {ALZ_IS_NAME,  "sorts (s)",                     "sorts (s)"            },
    {ALZ_IS_NAME,  "(12 ms)",                       "(12 ms)"              },
    {ALZ_IS_NAME,  "in 14ms",                       "in 14ms"              },
    {ALZ_IS_NAME,  "obj Foo@23ceabc1 ok",           "obj Foo ok"           },
    {ALZ_IS_NAME,  "at 0x7FFd2a10",                 "at"                   },
    {ALZ_IS_NAME,  "0xdeadbeef",                    "0xdeadbeef"           },
    {ALZ_IS_NAME,  "is 0xff wide",                  "is 0xff wide"         },
    {ALZ_IS_NAME,  "mail@feedbackform",             "mail@feedbackform"    },
    {ALZ_IS_NAME,  "a@12345",                       "a@12345"              },
    {ALZ_IS_NAME,  "/srv/ci/proj/tests/a.js > x",   "tests/a.js > x"       },
    {ALZ_IS_NAME,  "in \"/srv/ci/proj/a.js\"",      "in \"a.js\""          },
    {ALZ_IS_NAME,  "file:///srv/ci/proj/a.js",      "a.js"                 },
    {ALZ_IS_NAME,  "file:///elsewhere/a.js",        "/elsewhere/a.js"      },
    {ALZ_IS_NAME,  "file:///C:/build/a.js",         "a.js"                 },
    {ALZ_IS_NAME,  "/srv/ci/project/a.js",          "/srv/ci/project/a.js" },
    {ALZ_IS_NAME,  "x/srv/ci/proj/a.js",            "x/srv/ci/proj/a.js"   },
    {ALZ_IS_NAME,  "/srv/ci/proj",                  "/srv/ci/proj"         },
    {ALZ_IS_NAME,  "C:\\build\\tests\\a.js",        "tests/a.js"           },
    {ALZ_IS_NAME,  "D:\\x\\a.js works",             "D:/x/a.js works"      },
    {ALZ_IS_NAME,  "tests\\unit\\a_spec.lua",       "tests/unit/a_spec.lua"},
    {ALZ_IS_NAME,  ".\\a\\b",                       "./a/b"                },
    {ALZ_IS_NAME,  "App\\Tests\\FooTest",           "App\\Tests\\FooTest"  },
    {ALZ_IS_NAME,  "matches \\d+\\.\\w",            "matches \\d+\\.\\w"   },
    {ALZ_IS_NAME,  "a_spec.lua:1",                  "a_spec.lua:1"         },
    {ALZ_IS_CLASS, "a_spec.lua:1",                  "a_spec.lua"           },
    {ALZ_IS_CLASS, "file.c:12:5",                   "file.c"               },
    {ALZ_IS_CLASS, "m_tests:6 -gen_test_/0-fun-1-",
     "m_tests -gen_test_/0-fun-1-"                                         },
    {ALZ_IS_CLASS, "Foo::1",                        "Foo::1"               },
    {ALZ_IS_CLASS, "Foo::Bar",                      "Foo::Bar"             },
    {ALZ_IS_CLASS, ":12",                           ":12"                  },
    {ALZ_IS_CLASS, "org.example.Foo",               "org.example.Foo"      },
};

static void normalised(void)
{
    static const char *const prefixes[] = {"/srv/ci/proj", "C:\\build\\", "",
                                           NULL};
    struct alz_policy policy = {.options = {.strip_prefixes = prefixes}};
    struct alz_arena arena = {0};

    for (size_t i = 0; i < sizeof(normals) / sizeof(*normals); i++)
        IS(alz_normalise(&policy, &arena, alz_str_from(normals[i].from),
                         normals[i].kind),
           normals[i].want, normals[i].from);
    policy.options.strip_prefixes = NULL;
    IS(alz_normalise(&policy, &arena, ALZ_STR("/srv/ci/proj/a.js"),
                     ALZ_IS_NAME),
       "/srv/ci/proj/a.js", "without prefixes a path stays");
    alz_arena_done(&arena);
}

/* Nothing here may be quadratic: a megabyte of each is looked at. */
static void hostile_names(void)
{
    static const char *const pieces[] = {"@",      "0x",      "@aaaaaa", "\\",
                                         "a:1",    "(1s) ",   "file://", "C:\\",
                                         " in 1s", "# time=", ":9"};
    static char text[1024 * 1024];
    struct alz_policy policy = {0};
    struct alz_arena arena = {0};

    for (size_t i = 0; i < sizeof(pieces) / sizeof(*pieces); i++) {
        size_t len = strlen(pieces[i]), at = 0;

        for (; at + len <= sizeof(text); at += len)
            memcpy(text + at, pieces[i], len);
        OK(alz_normalise(&policy, &arena, (struct alz_str){text, at},
                         ALZ_IS_CLASS)
                   .len > 0,
           pieces[i]);
        alz_arena_clear(&arena);
    }
    alz_arena_done(&arena);
}

static void full_names(void)
{
    struct kit kit;
    alz_ref suite, test;

    kit_init(&kit, &options);
    suite = kit_begin(&kit, 0, ALZ_SUITE, "a_spec.js (3ms)");
    suite = kit_begin(&kit, suite, ALZ_SUITE, "");
    suite = kit_begin(&kit, suite, ALZ_SUITE, "group");
    test = kit_begin(&kit, suite, ALZ_TEST, "works  (1 ms)");
    alz_end(kit.out, test);
    test = kit_begin(&kit, suite, ALZ_TEST, "works (1 ms)");
    kit_say(&kit, test, ALZ_CLASS, "a_spec.js:12");
    alz_end(kit.out, test);
    test = kit_begin(&kit, suite, ALZ_TEST, "works (1 ms)");
    kit_say(&kit, test, ALZ_CLASS, "a_spec.js:12");
    kit_say(&kit, test, ALZ_FULL_NAME, "a_spec.js:12#works (1 ms)");
    alz_end(kit.out, test);
    IS(kit_value(&kit, 0, "fullName"), "a_spec.js > group > works",
       "path and name");
    IS(kit_value(&kit, 0, "name"), "works (1 ms)", "the name as it is");
    IS(kit_value(&kit, 1, "fullName"), "a_spec.js.works", "class and name");
    IS(kit_value(&kit, 2, "fullName"), "a_spec.js:12#works", "the full name");
    kit_done(&kit);
}

int main(void)
{
    vectors();
    sorted_by_bytes();
    uuids();
    attempts();
    normalised();
    hostile_names();
    full_names();
    return tap_done();
}
