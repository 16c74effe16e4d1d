/* trailer.c - comments that sum up, and are no output. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "tap.h"

/* Words before a number that is all of the comment. */
static const char *const counts[] = {
    "tests",   "pass", "fail",        "ok",    "skip",   "suites", "cancelled",
    "skipped", "todo", "duration_ms", "time=", "failed", "passed",
};

static const char *const starts[] = {
    "Looks like you ",
    "Looks like your test exited with ",
    "Tests were run but no plan was declared",
    "No tests run!",
    "{ total:",
    "Totals: pass:",
    "bats warning: Executed ",
    "No coverage generated",
    "timeout set to ",
    "not ok - ",
    "ok - ",
};

/* "12", "0.5", "12.3ms" */
static bool is_number(struct alz_str text)
{
    if (text.len == 0 || !tap_is_digit(*text.ptr))
        return false;
    for (size_t i = 0; i < text.len; i++)
        if (!tap_is_digit(text.ptr[i]) && text.ptr[i] != '.' &&
            text.ptr[i] != 'm' && text.ptr[i] != 's')
            return false;
    return true;
}

static bool is_count(struct tap *tap, struct alz_str comment)
{
    for (size_t i = 0; i < sizeof(counts) / sizeof(counts[0]); i++) {
        size_t len = strlen(counts[i]);
        struct alz_str number =
            tap_trim_start(alz_str_from_offset(comment, len));

        if (!alz_str_starts(comment, counts[i]) || !is_number(number))
            continue;
        if (i == 0 && tap->line.indent == 0)
            tap_number_scan(number, &tap->declared_tests);
        return true;
    }
    return false;
}

/* "failed 1 of 4 tests" */
static bool is_failed_of(struct alz_str comment)
{
    return alz_str_starts(comment, "failed ") && tap_has(comment, " of ") &&
           alz_str_ends(comment, " tests");
}

/* KUnit: "example: pass:1 fail:1 skip:0 total:2" */
static bool is_kunit_count(const struct tap *tap, struct alz_str comment)
{
    return tap->ktap && tap_has(comment, ": pass:") &&
           tap_has(comment, " fail:") && tap_has(comment, " total:");
}

/* Test::More: the program failed after its tests. */
static void take_exit(struct tap *tap, struct alz_str comment)
{
    if (tap->line.indent == 0 &&
        alz_str_starts(comment, "Looks like your test exited with "))
        tap_set(tap, &tap->exit, comment);
}

static bool is_criterion(const struct tap *tap, struct alz_str comment)
{
    return tap->criterion &&
           (comment.len == 0 || alz_str_starts(comment, "Criterion v") ||
            alz_str_starts(comment, "Running "));
}

bool tap_is_trailer(struct tap *tap, struct alz_str comment)
{
    comment = alz_str_trim(comment);
    take_exit(tap, comment);
    if (is_criterion(tap, comment) || alz_str_is(comment, "ok") ||
        is_count(tap, comment) || is_failed_of(comment) ||
        is_kunit_count(tap, comment))
        return true;
    for (size_t i = 0; i < sizeof(starts) / sizeof(starts[0]); i++)
        if (alz_str_starts(comment, starts[i]))
            return true;
    return false;
}
