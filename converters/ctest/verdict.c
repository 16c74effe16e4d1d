/* verdict.c - what CTest's words mean, and the message that says it. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "ctest.h"

#include <stdio.h>

enum ctest_said ctest_said_of(struct alz_str status)
{
    static const char *const words[] = {
        [CTEST_PASSED] = "passed",
        [CTEST_FAILED] = "failed",
        [CTEST_NOT_RUN] = "notrun",
    };

    for (int i = 0; i < CTEST_ODD; i++)
        if (alz_str_is(status, words[i]))
            return (enum ctest_said)i;
    return CTEST_ODD;
}

/*
 * Rows are tried in order. of: the measurement that decides; word: all of it,
 * or its beginning when it ends with "="; NULL: any. What CTest counts as
 * failed is never skipped: it lists tests that could not run under "The
 * following tests FAILED".
 */
enum decider { BY_NOTHING, BY_EXIT_CODE, BY_COMPLETION };

static const struct rule {
    enum ctest_said said;
    enum decider by;
    const char *word;
    enum alz_status status;
} rules[] = {
    {CTEST_PASSED,  BY_NOTHING,    NULL,                              ALZ_PASSED },
    {CTEST_FAILED,  BY_EXIT_CODE,  "Failed",                          ALZ_FAILED },
    {CTEST_FAILED,  BY_EXIT_CODE,  "Completed",                       ALZ_FAILED },
    {CTEST_FAILED,  BY_EXIT_CODE,  "",                                ALZ_FAILED },
 /* "Timeout", "SEGFAULT", "Subprocess killed", "BAD_COMMAND", ... */
    {CTEST_FAILED,  BY_EXIT_CODE,  NULL,                              ALZ_BROKEN },
    {CTEST_NOT_RUN, BY_COMPLETION, "Disabled",                        ALZ_SKIPPED},
    {CTEST_NOT_RUN, BY_COMPLETION, "SKIP_RETURN_CODE=",               ALZ_SKIPPED},
    {CTEST_NOT_RUN, BY_COMPLETION, "SKIP_REGULAR_EXPRESSION_MATCHED",
     ALZ_SKIPPED                                                                 },
 /* "Unable to find executable", "Required Files Missing", "Fixture
  * dependency failed", "Missing Configuration", "Failed to start", ... */
    {CTEST_NOT_RUN, BY_COMPLETION, NULL,                              ALZ_BROKEN },
    {CTEST_ODD,     BY_NOTHING,    NULL,                              ALZ_UNKNOWN},
};

static bool fits(const struct rule *rule, const struct ctest_test *test)
{
    struct alz_str text = rule->by == BY_EXIT_CODE
                              ? alz_text_str(&test->exit_code)
                              : alz_text_str(&test->completion);
    size_t len = rule->word ? strlen(rule->word) : 0;

    if (rule->said != test->said)
        return false;
    if (rule->by == BY_NOTHING || !rule->word)
        return true;
    if (len && rule->word[len - 1] == '=')
        return alz_str_starts(text, rule->word);
    return alz_str_is(text, rule->word);
}

/* What is neither CTest's own word nor a reason not to run was printed by the
 * test as <CTestDetails>. */
static bool is_details(const struct ctest_test *test)
{
    return (test->said == CTEST_PASSED || test->said == CTEST_FAILED) &&
           test->completion.len &&
           !alz_str_is(alz_text_str(&test->completion), "Completed");
}

struct ctest_verdict ctest_verdict_of(const struct ctest *state)
{
    const struct rule *rule = rules;

    while (!fits(rule, &state->test)) /* the last row of each fits all */
        rule++;
    return (struct ctest_verdict){rule->status, is_details(&state->test)};
}

/* ---- message ------------------------------------------------------------ */

static void put(struct alz_text *ret, const char *text)
{
    alz_text_add(ret, alz_str_from(text));
}

/* "Timeout after 1.0 s": CTest's word for it says no more. */
static void say_timeout(const struct ctest_test *test, struct alz_text *ret)
{
    char text[40];

    alz_text_add(ret, alz_text_str(&test->exit_code));
    if (test->duration_ms == CTEST_NO_TIME)
        return;
    snprintf(text, sizeof(text), " after %lld.%lld s",
             (long long)(test->duration_ms / 1000),
             (long long)(test->duration_ms % 1000 / 100));
    put(ret, text);
}

static void say_failure(const struct ctest *state, struct alz_text *ret)
{
    const struct ctest_test *test = &state->test;
    struct alz_str line = ALZ_STR("");

    if (alz_str_starts(alz_text_str(&test->exit_code), "Timeout")) {
        say_timeout(test, ret);
        return;
    }
    if (ctest_verdict_of(state).status == ALZ_BROKEN)
        line = alz_text_str(&test->exit_code);
    if (!line.len)
        line = alz_text_str(&test->fail_reason);
    if (!line.len)
        line = alz_str_failure_line(alz_text_str(&state->output.held));
    alz_text_add(ret, line);
    if (line.len)
        return;
    put(ret, "failed");
    if (test->exit_value.len) {
        put(ret, " with exit status ");
        alz_text_add(ret, alz_text_str(&test->exit_value));
    }
}

static bool begins_with(struct alz_str text, struct alz_str start)
{
    return text.len >= start.len &&
           (!start.len || memcmp(text.ptr, start.ptr, start.len) == 0);
}

/* Why it did not run: CTest's word, and what it or the test printed. */
static void say_not_run(const struct ctest *state, struct alz_text *ret)
{
    struct alz_str word = alz_text_str(&state->test.completion);
    struct alz_str output = alz_text_str(&state->output.held);
    bool skipped = ctest_verdict_of(state).status == ALZ_SKIPPED;
    struct alz_str line =
        skipped ? alz_str_skip_line(output) : alz_str_first_line(output);

    if (!word.len)
        word = ALZ_STR("Not Run");
    if (!line.len || (!skipped && !begins_with(line, word)))
        alz_text_add(ret, word);
    if (!line.len)
        return;
    if (ret->len)
        put(ret, ": ");
    alz_text_add(ret, line);
}

void ctest_message(const struct ctest *state, struct alz_text *ret)
{
    const struct ctest_test *test = &state->test;

    alz_text_clear(ret);
    if (test->said == CTEST_PASSED)
        alz_text_add(ret, alz_text_str(&test->pass_reason));
    else if (test->said == CTEST_FAILED)
        say_failure(state, ret);
    else if (test->said == CTEST_NOT_RUN)
        say_not_run(state, ret);
    else
        put(ret, "the report gives no status we know");
}
