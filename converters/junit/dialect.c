/* dialect.c - who wrote this report: fingerprints of producers. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "junit.h"

/* What a timestamp without a zone means was measured runner by runner under
 * a zone nine hours off. */
static const struct junit_dialect unknown = {NULL, NULL, ALZ_NAIVE_AUTO, 0};
static const struct junit_dialect surefire = {
    "surefire", "java", ALZ_NAIVE_LOCAL, JUNIT_FAILED_TOTALS};
static const struct junit_dialect ant = {"junit", "java", ALZ_NAIVE_UTC, 0};
static const struct junit_dialect gradle = {"gradle", "java", ALZ_NAIVE_UTC, 0};
static const struct junit_dialect junit5 = {"junit5", "java", ALZ_NAIVE_LOCAL,
                                            0};
static const struct junit_dialect testng = {"testng", "java", ALZ_NAIVE_UTC, 0};
static const struct junit_dialect pytest = {
    "pytest", "python", ALZ_NAIVE_LOCAL,
    JUNIT_LINE_FROM_ZERO | JUNIT_PAIRED_TEARDOWN | JUNIT_FAILED_TOTALS};
static const struct junit_dialect behave = {"behave", "python", ALZ_NAIVE_LOCAL,
                                            0};
static const struct junit_dialect gtest = {"googletest", "c++", ALZ_NAIVE_LOCAL,
                                           JUNIT_FAILED_TOTALS |
                                               JUNIT_NAMELESS_SETUP};
static const struct junit_dialect ctest = {
    "ctest", NULL, ALZ_NAIVE_LOCAL,
    JUNIT_SUITE_HIDDEN | JUNIT_NAME_ALONE | JUNIT_FAILED_TOTALS};
static const struct junit_dialect catch2 = {"catch2", "c++", ALZ_NAIVE_UTC,
                                            JUNIT_TOTALS_LIE};
static const struct junit_dialect doctest = {"doctest", "c++", ALZ_NAIVE_UTC,
                                             JUNIT_TOTALS_LIE};
static const struct junit_dialect boost = {"boost.test", "c++", ALZ_NAIVE_AUTO,
                                           0};
static const struct junit_dialect cpputest = {"cpputest", "c++",
                                              ALZ_NAIVE_LOCAL, 0};
static const struct junit_dialect cmocka = {"cmocka", "c", ALZ_NAIVE_AUTO, 0};
static const struct junit_dialect criterion = {"criterion", "c", ALZ_NAIVE_AUTO,
                                               0};
static const struct junit_dialect jest = {"jest", "javascript", ALZ_NAIVE_UTC,
                                          JUNIT_NAME_ALONE};
static const struct junit_dialect mocha = {"mocha", "javascript", ALZ_NAIVE_UTC,
                                           JUNIT_NAME_ALONE | JUNIT_TOTALS_LIE};
static const struct junit_dialect mocha_xunit = {
    "mocha", "javascript", ALZ_NAIVE_UTC, JUNIT_TOTALS_LIE};
static const struct junit_dialect vitest = {"vitest", "javascript",
                                            ALZ_NAIVE_UTC, 0};
static const struct junit_dialect playwright = {
    "playwright", "javascript", ALZ_NAIVE_UTC,
    JUNIT_HOST_IS_PROJECT | JUNIT_RETRY_SECTIONS};
static const struct junit_dialect node = {"node:test", "javascript",
                                          ALZ_NAIVE_AUTO, JUNIT_TOTALS_LIE};
static const struct junit_dialect phpunit = {"phpunit", "php", ALZ_NAIVE_AUTO,
                                             0};
static const struct junit_dialect go = {"go test", "go", ALZ_NAIVE_AUTO,
                                        JUNIT_ONE_LINE | JUNIT_FAILED_TOTALS};
static const struct junit_dialect nextest = {"nextest", "rust", ALZ_NAIVE_AUTO,
                                             0};
static const struct junit_dialect libtest = {"libtest", "rust", ALZ_NAIVE_AUTO,
                                             JUNIT_SKIPPED_OMITTED};
static const struct junit_dialect bats = {"bats", "bash", ALZ_NAIVE_UTC,
                                          JUNIT_NAMELESS_SETUP};
static const struct junit_dialect busted = {"busted", "lua", ALZ_NAIVE_UTC, 0};
static const struct junit_dialect eunit = {"eunit", "erlang", ALZ_NAIVE_AUTO,
                                           JUNIT_LINE_IN_NAME};
static const struct junit_dialect rspec = {"rspec", "ruby", ALZ_NAIVE_AUTO, 0};
static const struct junit_dialect kyua = {"kyua", NULL, ALZ_NAIVE_AUTO, 0};
static const struct junit_dialect meson = {"meson", NULL, ALZ_NAIVE_AUTO,
                                           JUNIT_NAME_ALONE};
static const struct junit_dialect bazel = {"bazel", NULL, ALZ_NAIVE_AUTO, 0};
static const struct junit_dialect platformio = {"platformio", "c++",
                                                ALZ_NAIVE_LOCAL, 0};

enum how { END, IS, STARTS, ENDS, HOLDS, PRESENT, ABSENT, ORDER };

struct condition {
    enum how how;
    const char *attr; /* of ORDER: all attributes in their order */
    const char *value;
};

/* Which elements a row speaks of, as bits. */
enum { SUITES = 1, SUITE = 2, TEST = 4, SKIPPED = 8, ROOT = 16 };

/* The first row that fits wins. */
static const struct fingerprint {
    unsigned element;
    struct condition all[3];
    const struct junit_dialect *dialect;
} fingerprints[] = {
    {SUITE,
     {{HOLDS, "noNamespaceSchemaLocation", "surefire-test-report"}},
     &surefire                                                                            },
    {SUITES,        {{IS, "name", "pytest tests"}},                           &pytest     },
    {SUITE,         {{IS, "name", "pytest"}},                                 &pytest     },
    {SKIPPED,       {{STARTS, "type", "pytest."}},                            &pytest     },
    {SUITES,        {{IS, "name", "AllTests"}},                               &gtest      },
    {TEST,
     {{PRESENT, "result", ""},
      {PRESENT, "status", ""},
      {PRESENT, "classname", ""}},
     &gtest                                                                               },
    {ROOT | SUITE,
     {{ORDER, "name tests failures disabled skipped hostname time timestamp",
       ""}},
     &ctest                                                                               },
    {SUITES,        {{IS, "name", "jest tests"}},                             &jest       },
    {SUITES,        {{IS, "name", "vitest tests"}},                           &vitest     },
    {SUITES,        {{IS, "name", "Mocha Tests"}},                            &mocha      },
    {ROOT | SUITE,  {{IS, "name", "Mocha Tests"}},                            &mocha_xunit},
    {SUITE,         {{IS, "name", "Root Suite"}},                             &mocha      },
    {SUITE,         {{STARTS, "name", "Root Suite."}},                        &mocha      },
    {SUITES,        {{IS, "name", "Criterion Tests"}},                        &criterion  },
    {SUITES,        {{PRESENT, "uuid", ""}},                                  &nextest    },
    {ROOT | SUITES, {{PRESENT, "id", ""}, {IS, "name", ""}},                  &playwright },
    {TEST,          {{HOLDS, "name", " \xe2\x80\xba "}},                      &playwright },
    {TEST,          {{PRESENT, "class", ""}, {PRESENT, "classname", ""}},     &phpunit    },
    {SUITE,         {{IS, "hostname", "tbd"}},                                &catch2     },
    {TEST,          {{ENDS, "classname", ".global"}},                         &catch2     },
    {SUITE,         {{PRESENT, "doctest_version", ""}},                       &doctest    },
    {ROOT | SUITE,
     {{IS, "id", "0"}, {ABSENT, "timestamp", ""}, {ABSENT, "hostname", ""}},
     &boost                                                                               },
    {SUITE,         {{ENDS, "name", ".bats"}},                                &bats       },
    {SUITE,         {{STARTS, "name", "Run "}, {HOLDS, "name", " of "}},      &busted     },
    {SUITE,         {{STARTS, "name", "module '"}},                           &eunit      },
    {SUITE,         {{STARTS, "name", "rspec"}},                              &rspec      },
    {ROOT | SUITE,
     {{ORDER, "name tests errors failures skipped time timestamp hostname",
       ""}},
     &behave                                                                              },
    {SUITE,         {{ENDS, "timestamp", " GMT"}},                            &testng     },
    {ROOT | SUITE,
     {{ORDER, "errors failures hostname name tests time timestamp", ""},
      {IS, "hostname", "localhost"}},
     &cpputest                                                                            },
    {SUITE,
     {{ORDER, "errors failures hostname name skipped tests time timestamp",
       ""}},
     &ant                                                                                 },
    {ROOT | SUITE,
     {{ORDER, "name tests skipped failures errors timestamp hostname time",
       ""}},
     &gradle                                                                              },
    {ROOT | SUITE,
     {{ORDER, "name tests skipped failures errors time hostname timestamp",
       ""}},
     &junit5                                                                              },
    {SUITE,
     {{ORDER, "name package id errors failures tests skipped", ""}},
     &libtest                                                                             },
    {SUITE,         {{ORDER, "name time tests failures errors skipped", ""}}, &cmocka     },
    {ROOT | SUITES, {{ORDER, "tests errors failures", ""}},                   &meson      },
    {TEST,          {{IS, "classname", "test"}},                              &node       },
    {TEST,          {{IS, "classname", "suite"}},                             &node       },
};

/* Lines of output and names of properties that only one producer writes. */
static const struct {
    const char *starts;
    const struct junit_dialect *dialect;
} line_prints[] =
    {
        {"unique-id: [engine:", &junit5},
        {"@scenario.begin",     &behave},
        {"Test case metadata",  &kyua  },
        {"Generated test.log",  &bazel },
},
  property_prints[] = {
      {"go.version", &go},
      {"platformio_version", &platformio},
      {"ant.", &ant},
};

const struct junit_dialect *junit_dialect_unknown(void)
{
    return &unknown;
}

bool junit_is(struct junit *state, const char *framework)
{
    const char *ours = state->dialect->framework;

    return ours && strcmp(ours, framework) == 0;
}

/* "a b c": the names of all attributes, in order. */
static bool order_is(const struct alz_xml_element *element, const char *names)
{
    struct alz_str rest = alz_str_from(names), name;
    size_t i = 0;

    for (; alz_str_split(&rest, ' ', &name); i++)
        if (i >= element->attr_count ||
            !alz_str_equal(element->attrs[i].name, name))
            return false;
    return i == element->attr_count;
}

static bool fits(const struct alz_xml_element *element,
                 const struct condition *condition)
{
    if (condition->how == ORDER)
        return order_is(element, condition->attr);
    struct alz_str value = alz_xml_attr(element, condition->attr);
    if (condition->how == ABSENT)
        return !value.ptr;
    if (!value.ptr || condition->how == PRESENT)
        return value.ptr != NULL;
    if (condition->how == IS)
        return alz_str_is(value, condition->value);
    if (condition->how == STARTS)
        return alz_str_starts(value, condition->value);
    if (condition->how == ENDS)
        return alz_str_ends(value, condition->value);
    return alz_str_find(value, condition->value) != SIZE_MAX;
}

static unsigned bits_of(const struct alz_xml_element *element)
{
    static const struct {
        const char *name;
        unsigned bit;
    } names[] = {
        {"testcase",   TEST   },
        {"testsuite",  SUITE  },
        {"testsuites", SUITES },
        {"skipped",    SKIPPED},
    };
    unsigned bits = element->depth == 1 ? ROOT : 0;

    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        if (alz_str_is(element->name, names[i].name))
            bits |= names[i].bit;
    return bits;
}

static bool fingerprint_fits(const struct fingerprint *print,
                             const struct alz_xml_element *element)
{
    for (size_t i = 0; i < 3 && print->all[i].how != END; i++)
        if (!fits(element, &print->all[i]))
            return false;
    return true;
}

void junit_dialect_see(struct junit *state,
                       const struct alz_xml_element *element)
{
    unsigned bits;

    if (state->dialect != &unknown)
        return;
    bits = bits_of(element);
    for (size_t i = 0; i < sizeof(fingerprints) / sizeof(fingerprints[0]); i++)
        if ((fingerprints[i].element & ~bits) == 0 &&
            fingerprint_fits(&fingerprints[i], element)) {
            state->dialect = fingerprints[i].dialect;
            return;
        }
}

void junit_dialect_see_line(struct junit *state, struct alz_str line)
{
    if (state->dialect != &unknown)
        return;
    for (size_t i = 0; i < sizeof(line_prints) / sizeof(line_prints[0]); i++)
        if (alz_str_starts(line, line_prints[i].starts))
            state->dialect = line_prints[i].dialect;
}

void junit_dialect_see_property(struct junit *state, struct alz_str name)
{
    const size_t count = sizeof(property_prints) / sizeof(property_prints[0]);

    if (state->dialect != &unknown)
        return;
    for (size_t i = 0; i < count; i++)
        if (alz_str_starts(name, property_prints[i].starts))
            state->dialect = property_prints[i].dialect;
}

bool junit_suite_name_hidden(struct alz_str name)
{
    static const char *const hidden[] = {"",
                                         "undefined",
                                         "Root Suite",
                                         "pytest",
                                         "AllTests",
                                         "NonTestSuiteFailure",
                                         "jest tests",
                                         "vitest tests",
                                         "Mocha Tests",
                                         "JUnit Jupiter",
                                         "JUnit Vintage",
                                         "JUnit Platform Suite",
                                         NULL};

    if (junit_word_in(name, hidden))
        return true;
    return alz_str_starts(name, "Run ") &&
           alz_str_find(name, " of ") != SIZE_MAX;
}
