/* test_gtest.c - GoogleTest's report, console, lists: one test, one identity.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#include "tap.h"

#include <allurize/allurize.h>
#include <allurize/read.h>

#include <stdio.h>
#include <stdlib.h>

/* ---- identities ------------------------------------------------------- */

enum { LINE_SIZE = 512, LINES = 256 };

/* Name, class and identity-bearing parameters, one line for each test. */
struct identities {
    char lines[LINES][LINE_SIZE];
    size_t count;
    unsigned test; /* the ref of lines[count - 1] */
};

static void append(struct identities *to, struct alz_str text)
{
    char *line = to->lines[to->count - 1];
    size_t len = strlen(line);

    snprintf(line + len, LINE_SIZE - len, "%.*s;", (int)text.len, text.ptr);
}

/* Lines of alz_trace: "begin 2 in 1 test", "text 2 class \"S\"". */
static void note(void *ctx, struct alz_str line)
{
    struct identities *to = ctx;
    char word[16] = "", text[LINE_SIZE], fact[32] = "";
    unsigned ref = 0;

    snprintf(text, sizeof(text), "%.*s", (int)line.len, line.ptr);
    if (sscanf(text, "%15s %u %31s", word, &ref, fact) < 2)
        return;
    if (strcmp(word, "begin") == 0 && alz_str_ends(line, " test") &&
        to->count < LINES) {
        to->test = ref;
        to->lines[to->count++][0] = '\0';
    } else if (ref == to->test && to->count &&
               (strcmp(fact, "name") == 0 || strcmp(fact, "class") == 0 ||
                strcmp(fact, "full-name") == 0 ||
                strcmp(fact, "parameter") == 0)) {
        append(to, alz_str_from_offset(line, alz_str_find(line, fact)));
    }
}

static int compare(const void *a, const void *b)
{
    return strcmp(a, b);
}

static struct identities *identities_of(const char *format, struct alz_str text)
{
    struct identities *ret = calloc(1, sizeof(*ret));

    if (!ret)
        exit(EXIT_FAILURE);
    alz_trace(alz_converter_find(format), "input", text, 1798761600000, 0, NULL,
              note, ret);
    qsort(ret->lines, ret->count, LINE_SIZE, compare);
    return ret;
}

/* Both of one run, with the names of every kind. */
static const char report[] =
    "{\"tests\":6,\"failures\":2,\"name\":\"AllTests\",\"testsuites\":["
    "{\"name\":\"Basic\",\"tests\":2,\"testsuite\":["
    "{\"name\":\"Passes\",\"status\":\"RUN\",\"result\":\"COMPLETED\","
    "\"classname\":\"Basic\"},"
    "{\"name\":\"DISABLED_Off\",\"status\":\"NOTRUN\","
    "\"result\":\"SUPPRESSED\",\"classname\":\"Basic\"},"
    "{\"name\":\"\",\"status\":\"RUN\",\"result\":\"COMPLETED\","
    "\"classname\":\"\",\"failures\":[{\"failure\":\"a.cc:1\\nFailed\\n\"}]}]},"
    "{\"name\":\"Inst/DISABLED_P\",\"tests\":2,\"testsuite\":["
    "{\"name\":\"Even/0\",\"value_param\":\"2\",\"status\":\"RUN\","
    "\"result\":\"COMPLETED\",\"classname\":\"Inst/DISABLED_P\"},"
    "{\"name\":\"Even/odd\",\"value_param\":\"3\",\"status\":\"RUN\","
    "\"result\":\"COMPLETED\",\"classname\":\"Inst/DISABLED_P\","
    "\"failures\":[{\"failure\":\"a.cc:2\\nodd\"}]}]},"
    "{\"name\":\"Typed/a.b\",\"tests\":1,\"testsuite\":["
    "{\"name\":\"Works\",\"type_param\":\"int\",\"status\":\"RUN\","
    "\"result\":\"COMPLETED\",\"classname\":\"Typed/a.b\"}]},"
    "{\"name\":\"caf\\u00C3\\u00A9\",\"tests\":1,\"testsuite\":["
    "{\"name\":\"T\",\"status\":\"RUN\",\"result\":\"COMPLETED\","
    "\"classname\":\"caf\\u00C3\\u00A9\"}]},"
    "{\"name\":\"NonTestSuiteFailure\",\"tests\":1,\"testsuite\":["
    "{\"name\":\"\",\"status\":\"RUN\",\"result\":\"COMPLETED\","
    "\"classname\":\"\",\"failures\":[{\"failure\":\"a.cc:3\\nenv\"}]}]}]}";

static const char console[] =
    "[==========] Running 5 tests from 4 test suites.\n"
    "[----------] Global test environment set-up.\n"
    "[----------] 1 test from Basic\n"
    "[ RUN      ] Basic.Passes\n"
    "[       OK ] Basic.Passes (0 ms)\n"
    "[ DISABLED ] Basic.DISABLED_Off\n"
    "a.cc:1: Failure\nFailed\n\n"
    "[----------] 1 test from Basic (0 ms total)\n\n"
    "[----------] 2 tests from Inst/DISABLED_P\n"
    "[ RUN      ] Inst/DISABLED_P.Even/0\n"
    "[       OK ] Inst/DISABLED_P.Even/0 (0 ms)\n"
    "[ RUN      ] Inst/DISABLED_P.Even/odd\n"
    "a.cc:2: Failure\nodd\n"
    "[  FAILED  ] Inst/DISABLED_P.Even/odd, where GetParam() = 3 (0 ms)\n"
    "[----------] 2 tests from Inst/DISABLED_P (0 ms total)\n\n"
    "[----------] 1 test from Typed/a.b, where TypeParam = int\n"
    "[ RUN      ] Typed/a.b.Works\n"
    "[       OK ] Typed/a.b.Works (0 ms)\n"
    "[----------] 1 test from Typed/a.b (0 ms total)\n\n"
    "[----------] 1 test from caf\xc3\xa9\n"
    "[ RUN      ] caf\xc3\xa9.T\n"
    "[       OK ] caf\xc3\xa9.T (0 ms)\n"
    "[----------] 1 test from caf\xc3\xa9 (0 ms total)\n\n"
    "[----------] Global test environment tear-down\n"
    "a.cc:3: Failure\nenv\n"
    "[==========] 5 tests from 4 test suites ran. (0 ms total)\n";

static const char list[] = "Running main() from gtest_main.cc\n"
                           "Basic.\n"
                           "  Passes\n"
                           "  DISABLED_Off\n"
                           "Inst/DISABLED_P.\n"
                           "  Even/0  # GetParam() = 2\n"
                           "  Even/odd  # GetParam() = 3\n"
                           "Typed/a.b.  # TypeParam = int\n"
                           "  Works\n"
                           "caf\xc3\xa9.\n"
                           "  T\n";

static const char json_list[] =
    "{\"tests\":6,\"name\":\"AllTests\",\"testsuites\":["
    "{\"name\":\"Basic\",\"tests\":2,\"testsuite\":["
    "{\"name\":\"Passes\",\"file\":\"a.cc\",\"line\":1},"
    "{\"name\":\"DISABLED_Off\",\"file\":\"a.cc\",\"line\":2}]},"
    "{\"name\":\"Inst/DISABLED_P\",\"tests\":2,\"testsuite\":["
    "{\"name\":\"Even/0\",\"value_param\":\"2\"},"
    "{\"name\":\"Even/odd\",\"value_param\":\"3\"}]},"
    "{\"name\":\"Typed/a.b\",\"tests\":1,\"testsuite\":["
    "{\"name\":\"Works\",\"type_param\":\"int\"}]},"
    "{\"name\":\"caf\\u00C3\\u00A9\",\"tests\":1,\"testsuite\":["
    "{\"name\":\"T\"}]}]}";

static const char xml_list[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    "<testsuites tests=\"6\" name=\"AllTests\">"
    "<testsuite name=\"Basic\" tests=\"2\"><testcase name=\"Passes\"/>"
    "<testcase name=\"DISABLED_Off\" file=\"a.cc\" line=\"2\"/></testsuite>"
    "<testsuite name=\"Inst/DISABLED_P\" tests=\"2\">"
    "<testcase name=\"Even/0\" value_param=\"2\"/>"
    "<testcase name=\"Even/odd\" value_param=\"3\"/></testsuite>"
    "<testsuite name=\"Typed/a.b\" tests=\"1\">"
    "<testcase name=\"Works\" type_param=\"int\"/></testsuite>"
    "<testsuite name=\"caf\xc3\xa9\" tests=\"1\">"
    "<testcase name=\"T\"/></testsuite></testsuites>";

/* A list has the tests, and not the verdicts that belong to none. */
static void test_list(const char *format, struct alz_str text,
                      const struct identities *report_of)
{
    struct identities *listed = identities_of(format, text);
    size_t at = 0;

    for (size_t i = 0; i < report_of->count && at < listed->count; i++)
        at += strcmp(listed->lines[at], report_of->lines[i]) == 0;
    if (at < listed->count)
        printf("# %s: %s\n", format, listed->lines[at]);
    OK(listed->count == 6, "a list has all tests");
    OK(at == listed->count, "with the identities of the report");
    free(listed);
}

static void test_identities(void)
{
    struct identities *a = identities_of("gtest", ALZ_STR(report));
    struct identities *b = identities_of("gtest-console", ALZ_STR(console));
    bool same = a->count == b->count;

    OK(a->count == 8, "the report has six tests and two other failures");
    for (size_t i = 0; i < a->count && i < b->count; i++) {
        if (strcmp(a->lines[i], b->lines[i]) == 0)
            continue;
        printf("# report:  %s\n# console: %s\n", a->lines[i], b->lines[i]);
        same = false;
    }
    OK(same, "the report and the console give each test one identity");
    test_list("gtest-list", ALZ_STR(list), a);
    test_list("gtest-list-json", ALZ_STR(json_list), a);
    test_list("gtest-list-xml", ALZ_STR(xml_list), a);
    free(a);
    free(b);
}

/* ---- endings ---------------------------------------------------------- */

struct heard {
    struct alz_out out;
    unsigned refs;
    enum alz_status status;
    char message[64], why[64];
};

static alz_ref on_begin(struct alz_out *out, alz_ref parent, enum alz_kind kind)
{
    (void)parent;
    (void)kind;
    return ++((struct heard *)out)->refs;
}

static void on_status(struct alz_out *out, alz_ref ref, enum alz_status status,
                      unsigned flags)
{
    (void)ref;
    (void)flags;
    ((struct heard *)out)->status = status;
}

static void on_text(struct alz_out *out, alz_ref ref, enum alz_fact fact,
                    struct alz_str text)
{
    struct heard *heard = (struct heard *)out;

    (void)ref;
    if (fact == ALZ_MESSAGE)
        snprintf(heard->message, sizeof(heard->message), "%.*s", (int)text.len,
                 text.ptr);
}

static void on_time(struct alz_out *out, alz_ref ref, enum alz_when when,
                    int64_t ms)
{
    (void)out;
    (void)ref;
    (void)when;
    (void)ms;
}

static void on_add(struct alz_out *out, alz_ref ref, enum alz_pair_kind kind,
                   struct alz_str name, struct alz_str value)
{
    (void)out;
    (void)ref;
    (void)kind;
    (void)name;
    (void)value;
}

static void on_write(struct alz_out *out, alz_ref ref, struct alz_str bytes)
{
    (void)out;
    (void)ref;
    (void)bytes;
}

static void on_end(struct alz_out *out, alz_ref ref)
{
    (void)out;
    (void)ref;
}

static void on_report(struct alz_out *out, const struct alz_diag *diag,
                      struct alz_str detail)
{
    struct heard *heard = (struct heard *)out;

    (void)detail;
    snprintf(heard->why, sizeof(heard->why), "%s", diag->id);
}

static const struct alz_out_ops ops = {on_begin, on_status, on_text, on_time,
                                       on_add,   on_write,  on_end,  on_report};

/* The lines of a text, and an end. */
static struct heard drive(struct alz_str text, enum alz_ending ending)
{
    const struct alz_converter *converter = alz_converter_find("gtest-console");
    const struct alz_line_row *row;
    const struct alz_input in = {.name = ALZ_STR("-")};
    struct heard heard = {.out = {&ops}, .status = ALZ_STATUS_NONE};
    struct alz_line line = {.number = 0};
    void *state = calloc(1, converter->state_size);

    if (!state)
        exit(EXIT_FAILURE);
    converter->start(state, &heard.out, &in);
    while (alz_str_split(&text, '\n', &line.text) && text.ptr)
        for (row = converter->table; row->take; row++)
            if (row->take(state, &heard.out, &line))
                break;
    converter->finish(state, &heard.out, ending);
    converter->done(state);
    free(state);
    return heard;
}

static void test_endings(void)
{
    static const char begun[] =
        "[==========] Running 1 test from 1 test suite.\n"
        "[----------] 1 test from S\n"
        "[ RUN      ] S.T\n";
    struct heard heard = drive(ALZ_STR(begun), ALZ_INTERRUPTED);

    OK(heard.status == ALZ_BROKEN && strcmp(heard.message, "stopped") == 0,
       "a test that runs when we are stopped is broken: stopped");
    heard = drive(ALZ_STR(begun), ALZ_COMPLETE);
    OK(heard.status == ALZ_BROKEN &&
           strcmp(heard.message, "process died while this test was running") ==
               0,
       "a test that runs when the stream ends is broken: died");
    IS(alz_str_from(heard.why), "gtest-console/incomplete",
       "and the stream is said to be incomplete");
    heard = drive(ALZ_STR("make: nothing to be done\n"), ALZ_COMPLETE);
    IS(alz_str_from(heard.why), "gtest-console/foreign",
       "other text is refused");
    OK(heard.refs == 0, "and nothing is told of it");
}

/* ---- probes ----------------------------------------------------------- */

static enum alz_match probe(const char *format, const char *head)
{
    return alz_converter_find(format)->probe(alz_str_from(head), ALZ_STR(""));
}

static void test_probes(void)
{
    OK(probe("gtest", "{\n  \"tests\": 1,\n  \"testsuites\": []") >= ALZ_LIKELY,
       "a report is recognised by its list");
    OK(probe("gtest", report) == ALZ_CERTAIN, "and by its name for sure");
    OK(probe("gtest", "[{\"testsuites\":1}]") == ALZ_NO, "not in an array");
    OK(probe("gtest", "{\"testResults\":[]}") == ALZ_POSSIBLE,
       "a Jest report is taken when nothing else knows it");
    OK(probe("gtest-console", console) == ALZ_CERTAIN, "the console, too");
    OK(probe("gtest-console", "Running main() from gtest_main.cc\n") ==
           ALZ_LIKELY,
       "likely by the first line of gtest_main");
    OK(probe("gtest-console", "\x1b[0;32m[ RUN      ] \x1b[mS.T\n") ==
           ALZ_CERTAIN,
       "in colours");
    OK(probe("gtest-console", "<a>\n[ RUN      ] S.T\n</a>") == ALZ_NO,
       "not inside of a document");
    OK(probe("gtest-console", "1..1\nok 1\n") == ALZ_NO, "not in TAP");
}

static void test_list_probes(void)
{
    OK(probe("gtest-list", list) == ALZ_CERTAIN, "a list is recognised");
    OK(probe("gtest-console", list) < ALZ_CERTAIN, "and is no console");
    OK(probe("gtest-list", console) == ALZ_NO, "a console is no list");
    OK(probe("gtest-list", "S.\n  T") == ALZ_NO, "half a line is no test");
    OK(probe("gtest-list", "S.\r\n  T\r\n") == ALZ_CERTAIN,
       "lines may end as in Windows");
    OK(probe("gtest-list", "All done.\n  bye\n") == ALZ_NO,
       "a sentence is no suite");
    OK(probe("gtest-list", "S.\n  T\nmade by hand\n") == ALZ_POSSIBLE,
       "other lines behind it make it doubtful");
    OK(probe("gtest-list-json", json_list) == ALZ_CERTAIN &&
           probe("gtest", json_list) == ALZ_NO,
       "a list in JSON is no report");
    OK(probe("gtest-list-json", report) == ALZ_NO, "a report is no list");
    OK(probe("gtest-list-xml", xml_list) > probe("junit", xml_list),
       "a list in XML is no report");
    OK(probe("gtest-list-xml", "<testsuites tests=\"1\" failures=\"0\" "
                               "name=\"AllTests\">") == ALZ_NO,
       "a report in XML is no list");
}

int main(void)
{
    test_identities();
    test_endings();
    test_probes();
    test_list_probes();
    return tap_done();
}
