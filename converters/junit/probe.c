/* probe.c - is this JUnit XML, and if not, what is it? */
/* SPDX-License-Identifier: Apache-2.0 */
#include "junit.h"

/* Roots of reports that are taken for JUnit XML again and again. child: when
 * two producers share a root, what is found in it ("@id": its attribute). */
static const struct foreign {
    const char *root;
    const char *child; /* NULL: the root is enough */
    const char *producer;
} foreigners[] = {
    {"TestRun",                "@id",   "a Visual Studio TRX report"   },
    {"TestRun",                NULL,    "a CppUnit report"             },
    {"test-run",               NULL,    "an NUnit 3 report"            },
    {"test-results",           NULL,    "an NUnit 2 report"            },
    {"test-suite",             NULL,    "an NUnit test suite"          },
    {"assemblies",             NULL,    "an xUnit.net report"          },
    {"assembly",               NULL,    "an xUnit.net report"          },
    {"testng-results",         NULL,    "a TestNG report"              },
    {"robot",                  NULL,    "a Robot Framework output file"},
    {"TestLog",                NULL,    "a Boost.Test log"             },
    {"TestResult",             NULL,    "a Boost.Test report"          },
    {"CUNIT_TEST_RUN_REPORT",  NULL,    "a CUnit report"               },
    {"CUNIT_TEST_LIST_REPORT", NULL,    "a CUnit list"                 },
    {"Catch",                  NULL,    "a Catch2 XML report"          },
    {"Catch2TestRun",          NULL,    "a Catch2 XML report"          },
    {"doctest",                NULL,    "a doctest XML report"         },
    {"Site",                   NULL,    "a CTest report"               },
    {"testExecutions",         NULL,    "a SonarQube generic report"   },
    {"unitTest",               NULL,    "a SonarQube generic report"   },
    {"coverage",               NULL,    "a coverage report"            },
    {"checkstyle",             NULL,    "a Checkstyle report"          },
    {"failsafe-summary",       NULL,    "a Maven Failsafe summary"     },
    {"TestCase",               NULL,    "a QTest report"               },
    {"testsuites",             "suite", "a Check report"               },
    {"testsuite",              "suite", "a Check report"               },
    {"testsuite",              "test",  "a DejaGnu report"             },
    {"html",                   NULL,    "an HTML page"                 },
};

static const char *const own_roots[] = {"testsuites", "testsuite", "testcase",
                                        "testrun", NULL};

bool junit_own_root(struct alz_str root)
{
    return junit_word_in(root, own_roots);
}

const char *junit_foreign_root(struct alz_str root, struct alz_str child)
{
    for (size_t i = 0; i < sizeof(foreigners) / sizeof(foreigners[0]); i++) {
        const struct foreign *entry = &foreigners[i];
        if (!alz_str_is(root, entry->root))
            continue;
        if (!entry->child || alz_str_is(child, entry->child))
            return entry->producer;
    }
    return NULL;
}

void junit_foreign_report(struct junit *state, struct alz_out *out)
{
    static const struct alz_diag foreign_root = {
        ALZ_ERROR, "junit/foreign-root", "this is not JUnit XML", 3};
    struct alz_str root = alz_text_str(&state->root_name);
    const char *known =
        junit_foreign_root(root, alz_text_str(&state->stranger));
    struct alz_text *detail = &state->scratch[0];

    alz_text_clear(detail);
    junit_put(state, detail, ALZ_STR("root element <"));
    junit_put(state, detail, junit_shorten(root, 80));
    if (known) {
        junit_put(state, detail, ALZ_STR("> is "));
        junit_put(state, detail, alz_str_from(known));
    } else if (state->strangers) {
        junit_put(state, detail, ALZ_STR("> holds <"));
        junit_put(state, detail,
                  junit_shorten(alz_text_str(&state->stranger), 80));
        junit_put(state, detail, ALZ_STR("> and no <testcase>"));
    } else {
        junit_put(state, detail, ALZ_STR("> is of no report we know"));
    }
    alz_report(out, &foreign_root, alz_text_str(detail));
}

/* ---- the head of a file ------------------------------------------------- */

static bool name_end(char c)
{
    return c == ' ' || c == '>' || c == '/' || c == '\n' || c == '\r' ||
           c == '\t';
}

/* Local name of the element that starts behind '<'; len 0: no element. */
static struct alz_str element_name(struct alz_str text)
{
    size_t len = 0, start = 0;

    while (len < text.len && !name_end(text.ptr[len])) {
        if (text.ptr[len] == '<' || text.ptr[len] == '"')
            return (struct alz_str){"", 0};
        if (text.ptr[len++] == ':')
            start = len;
    }
    return (struct alz_str){text.ptr + start,
                            len == text.len ? 0 : len - start};
}

/* Skips a comment, instruction or declaration; false: it is an element. */
static bool skip_markup(struct alz_str *text)
{
    static const struct {
        const char *start, *end;
    } kinds[] = {
        {"!--", "-->"},
        {"?",   "?>" },
        {"!",   ">"  }
    };

    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        if (!alz_str_starts(*text, kinds[i].start))
            continue;
        size_t end = alz_str_find(*text, kinds[i].end);
        *text = alz_str_from_offset(
            *text, end == SIZE_MAX ? text->len : end + strlen(kinds[i].end));
        return true;
    }
    return false;
}

/* The name of the next element, behind log text and the prologue. */
static struct alz_str next_element(struct alz_str *text)
{
    for (;;) {
        const char *open = text->len ? memchr(text->ptr, '<', text->len) : NULL;
        if (!open) {
            *text = (struct alz_str){"", 0};
            return *text;
        }
        *text = alz_str_from_offset(*text, (size_t)(open - text->ptr) + 1);
        if (skip_markup(text))
            continue;
        struct alz_str name = element_name(*text);
        if (name.len)
            return name;
    }
}

/* Log text before the document may hold angle brackets of its own. */
static bool holds_root(struct alz_str head)
{
    static const char *const starts[] = {"\n<testsuites>", "\n<testsuites ",
                                         "\n<testsuite>", "\n<testsuite "};

    for (size_t i = 0; i < sizeof(starts) / sizeof(starts[0]); i++)
        if (alz_str_find(head, starts[i]) != SIZE_MAX)
            return true;
    return false;
}

enum alz_match junit_probe(struct alz_str head, struct alz_str base_name)
{
    struct alz_str rest = head;
    struct alz_str root = next_element(&rest);
    struct alz_str child = next_element(&rest);

    (void)base_name;
    if (alz_str_is(root, "Site"))
        return ALZ_NO;
    if (!junit_own_root(root)) {
        if (junit_foreign_root(root, child))
            return ALZ_POSSIBLE;
        return holds_root(head) ? ALZ_LIKELY : ALZ_NO;
    }
    if (alz_str_find(head, "<testcase") != SIZE_MAX)
        return ALZ_CERTAIN;
    return junit_foreign_root(root, child) ? ALZ_POSSIBLE : ALZ_LIKELY;
}
