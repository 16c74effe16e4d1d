/* message.c - the short text for people, and the long one without it. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "junit.h"

/* Messages every failure of their producer has: they say nothing. */
static const char *const generic_messages[] = {"",
                                               "failure",
                                               "Failed",
                                               "failed",
                                               "None",
                                               "NoneType",
                                               "test failed",
                                               "error",
                                               "true",
                                               "Error",
                                               "null",
                                               "undefined",
                                               "unexpected exception",
                                               "TEST_CASE tagged with !mayfail",
                                               "Test failed",
                                               NULL};

static const char *const generic_types[] = {"",
                                            "failure",
                                            "Failure",
                                            "error",
                                            "Error",
                                            "failed",
                                            "Failed",
                                            "assert",
                                            "skipped",
                                            "skip",
                                            "assertion error",
                                            "NoneType",
                                            "none",
                                            "testCodeFailure",
                                            "timeout",
                                            "crash",
                                            "None",
                                            "fatal error",
                                            "todo",
                                            NULL};

/* Lines in front of the one people want. */
static const char *const noise_lines[] = {"=== RUN",
                                          "=== PAUSE",
                                          "=== CONT",
                                          "=== NAME",
                                          "--- FAIL",
                                          "--- SKIP",
                                          "--- PASS",
                                          "(in test file ",
                                          "(from function ",
                                          "(in file ",
                                          "unknown file",
                                          "::in function ",
                                          "in function ",
                                          "in call from ",
                                          "FAILED:",
                                          "ASSERTION FAILURE:",
                                          "UNCAUGHT EXCEPTION:",
                                          "- file   : ",
                                          "- line   : ",
                                          "- file: ",
                                          "- line: ",
                                          "Traceback (most recent call last)",
                                          NULL};

/* Where a producer puts the reason. next_line: it is on the line below. */
static const struct mark {
    const char *framework;
    const char *at_line; /* the line starts with it */
    bool next_line, in_output;
} marks[] = {
    {"boost.test", "EXCEPTION STACK TRACE: ", true,  false},
    {"boost.test", "- message: ",             false, false},
    {"eunit",      "**",                      false, false},
    {"eunit",      "  **",                    false, false},
    {"libtest",    "thread '",                true,  true },
    {"libtest",    "Error: ",                 false, true },
};

/* "N assertion(s) failed." of Criterion. */
static bool counts_only(struct alz_str text)
{
    while (text.len && text.ptr[0] >= '0' && text.ptr[0] <= '9')
        text = alz_str_from_offset(text, 1);
    return alz_str_is(text, " assertion(s) failed.");
}

static bool generic(struct alz_str text)
{
    return junit_word_in(text, generic_messages) || counts_only(text);
}

/* "t.cc:11" and nothing else: where, not what. */
static bool location_only(struct alz_str line)
{
    size_t digits = 0;

    if (line.len && line.ptr[line.len - 1] == ':')
        line.len--;
    while (line.len && line.ptr[line.len - 1] >= '0' &&
           line.ptr[line.len - 1] <= '9') {
        line.len--;
        digits++;
    }
    return digits && line.len > 1 && line.ptr[line.len - 1] == ':' &&
           !memchr(line.ptr, ' ', line.len);
}

/* PHPUnit repeats "Class::method" above the reason. */
static bool names_test(struct junit *state, struct alz_str line)
{
    struct alz_str class_name = alz_text_str(&state->test.class_name);

    return class_name.len && line.len > class_name.len + 2 &&
           memcmp(line.ptr, class_name.ptr, class_name.len) == 0 &&
           memcmp(line.ptr + class_name.len, "::", 2) == 0;
}

static bool noise(struct junit *state, struct alz_str line)
{
    for (size_t i = 0; noise_lines[i]; i++)
        if (alz_str_starts(line, noise_lines[i]))
            return true;
    return alz_str_is(line, "Failed") || location_only(line) ||
           names_test(state, line);
}

struct alz_str junit_informative(struct junit *state, struct alz_str text)
{
    struct alz_str line, rest = text;

    while (alz_str_split(&rest, '\n', &line)) {
        line = alz_str_trim(line);
        if (alz_str_first_line(line).len && !noise(state, line))
            return line;
    }
    return (struct alz_str){NULL, 0};
}

/* ---- the message -------------------------------------------------------- */

static bool mark_applies(struct junit *state, const struct mark *mark,
                         bool in_output)
{
    return mark->in_output == in_output && junit_is(state, mark->framework);
}

/* What stands behind a mark's words, or on the next line that says
 * something. */
static struct alz_str behind_mark(struct junit *state, const struct mark *mark,
                                  struct alz_str text)
{
    struct alz_str line, rest = text;

    while (alz_str_split(&rest, '\n', &line)) {
        if (!alz_str_starts(line, mark->at_line))
            continue;
        if (mark->next_line)
            return rest.ptr ? junit_informative(state, rest) : rest;
        return alz_str_trim(alz_str_from_offset(line, strlen(mark->at_line)));
    }
    return (struct alz_str){NULL, 0};
}

static struct alz_str marked(struct junit *state, struct alz_str text,
                             bool in_output)
{
    struct alz_str found = {NULL, 0};

    for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]) && !found.len; i++)
        if (mark_applies(state, &marks[i], in_output))
            found = behind_mark(state, &marks[i], text);
    return found;
}

static struct alz_str marked_output(struct junit *state)
{
    struct alz_str found = {NULL, 0};

    for (const struct junit_parked *item = state->test.main.out_first;
         item && !found.len; item = item->next)
        found = marked(state, alz_text_str(&item->bytes), true);
    return found;
}

/* The attribute from its first line that says something; console output is
 * cut to that line. */
static struct alz_str from_attribute(struct junit *state,
                                     struct alz_str message)
{
    struct alz_str line = junit_informative(state, message);

    if (!line.len || state->dialect->traits & JUNIT_ONE_LINE)
        return line;
    size_t offset = (size_t)(line.ptr - message.ptr);
    return junit_trim_end(alz_str_from_offset(message, offset));
}

/* In order of preference. All point into clean or parked text. */
static struct alz_str choose(struct junit *state,
                             const struct junit_outcome *outcome,
                             struct alz_str message, struct alz_str text)
{
    struct alz_str chosen = {NULL, 0};

    if (!generic(alz_str_trim(message)))
        chosen = from_attribute(state, message);
    if (!chosen.len)
        chosen = marked(state, text, false);
    if (!chosen.len)
        chosen = junit_informative(state, text);
    if (!chosen.len && outcome->kind->role == JUNIT_VERDICT)
        chosen = marked_output(state);
    if (!chosen.len && outcome->status == ALZ_SKIPPED)
        chosen = alz_text_str(&state->test.skip_reason);
    if (!chosen.len && outcome->status != ALZ_SKIPPED &&
        !junit_word_in(alz_text_str(&outcome->type), generic_types))
        chosen = alz_text_str(&outcome->type);
    if (!chosen.len && alz_str_is_nocase(alz_str_trim(message), "failed"))
        chosen = alz_str_trim(message);
    return chosen;
}

void junit_message(struct junit *state, const struct junit_outcome *outcome,
                   struct alz_text *ret)
{
    struct alz_text message = {.max = JUNIT_TRACE_MAX};
    struct alz_str clean =
        junit_clean(state, alz_text_str(&outcome->message), &message);
    struct alz_str text =
        junit_clean(state, alz_text_str(&outcome->text), &state->scratch[3]);

    junit_put(
        state, ret,
        junit_shorten(choose(state, outcome, clean, text), JUNIT_MESSAGE_MAX));
    alz_text_done(&message);
}

/* ---- the trace ---------------------------------------------------------- */

static size_t indent(struct alz_str text)
{
    size_t count = 0;

    while (count < text.len && text.ptr[count] == ' ')
        count++;
    return count;
}

/* Without blank lines around it, and without the layout of the file in front
 * of its first line; a text that is indented as a whole stays so. */
static struct alz_str trim_lines(struct alz_str text)
{
    struct alz_str line, rest = text;

    while (alz_str_split(&rest, '\n', &line) && !alz_str_trim(line).len &&
           rest.ptr)
        text = rest;
    if (!rest.len || indent(text) > indent(rest))
        text = alz_str_from_offset(text, indent(text));
    return junit_trim_end(text);
}

static void put_line(struct junit *state, struct alz_text *ret,
                     struct alz_str line)
{
    junit_put(state, ret, line);
    junit_put(state, ret, ALZ_STR("\n"));
}

void junit_trace(struct junit *state, const struct junit_outcome *outcome,
                 struct alz_str message, bool headed, struct alz_text *ret)
{
    struct alz_text clean = {0};
    struct alz_str attr = alz_str_trim(
        junit_clean(state, alz_text_str(&outcome->message), &clean));
    struct alz_str type = alz_text_str(&outcome->type);
    struct alz_str text = trim_lines(
        junit_clean(state, alz_text_str(&outcome->text), &state->scratch[3]));

    alz_text_clear(ret);
    ret->max = 2 * JUNIT_TRACE_MAX;
    if (alz_str_equal(text, message) || location_only(text))
        text.len = 0;
    if (location_only(attr)) /* GTEST_SKIP() without a word */
        attr.len = 0;
    bool typed = !headed && type.len && !junit_word_in(type, generic_types) &&
                 !alz_str_equal(type, message) &&
                 junit_find(text, type) == SIZE_MAX &&
                 junit_find(attr, type) == SIZE_MAX;
    if (typed && outcome->status != ALZ_SKIPPED)
        put_line(state, ret, type);
    if (!generic(attr) && !alz_str_equal(attr, message) &&
        junit_find(text, attr) == SIZE_MAX)
        put_line(state, ret, attr);
    if (text.len)
        put_line(state, ret, text);
    if (outcome->cut)
        put_line(state, ret, ALZ_STR("[the rest of this text was cut]"));
    alz_text_done(&clean);
}
