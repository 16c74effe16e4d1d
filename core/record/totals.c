/* totals.c - what the source declares, compared with what was read. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "record/intake.h"

#include "base/buf.h"

#include <inttypes.h>

static const struct alz_diag missing = {ALZ_ERROR, "record/missing",
                                        "tests are missing", 4};
static const struct alz_diag more = {ALZ_NOTE, "record/more",
                                     "more tests than declared", 0};
static const struct alz_diag greener = {
    ALZ_WARNING, "record/suite-error",
    "failures are declared, but no test failed: a broken one was added", 0};

/* ---- declared --------------------------------------------------------- */

static bool parse(struct alz_str text, uint64_t *ret)
{
    uint64_t value = 0;

    text = alz_str_trim(text);
    if (text.len == 0 || text.len > 18)
        return false;
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] < '0' || text.ptr[i] > '9')
            return false;
        value = value * 10 + (uint64_t)(text.ptr[i] - '0');
    }
    *ret = value;
    return true;
}

static bool is_bad(struct alz_str name)
{
    static const char *const names[] = {"failures", "failed", "errors",
                                        "broken"};

    for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
        if (alz_str_is(name, names[i]))
            return true;
    return false;
}

/* The last word of a suite stands; the run's add up (several documents in
 * one input). */
void alz_totals_add(struct alz_totals *totals, struct alz_str name,
                    struct alz_str value, bool sum)
{
    uint64_t number;

    if (!parse(value, &number))
        return;
    if (alz_str_is(name, "tests")) {
        totals->tests = (sum ? totals->tests : 0) + number;
        totals->has_tests = true;
    } else if (is_bad(name)) {
        totals->bad += number;
    }
}

/* ---- names ------------------------------------------------------------ */

/* The nearest name that is one, or "". */
static struct alz_str shown_name(const struct alz_record *suite)
{
    return alz_node_inherited(&suite->node, ALZ_NAME);
}

enum { PATH_MAX_LEVELS = 256 };

static void add_path(struct alz_text *ret, const struct alz_record *suite)
{
    struct alz_str names[PATH_MAX_LEVELS];
    size_t count = 0;

    for (const struct alz_node *at = &suite->node; at; at = at->parent)
        if (at->text[ALZ_NAME].len && count < PATH_MAX_LEVELS)
            names[count++] = at->text[ALZ_NAME];
    while (count--) {
        alz_text_add(ret, names[count]);
        if (count)
            alz_text_add(ret, ALZ_STR(" > "));
    }
}

/* ---- compared --------------------------------------------------------- */

static void report(struct alz_recorder *recorder,
                   const struct alz_record *suite, const struct alz_diag *diag)
{
    const struct alz_record_suite *at = alz_record_suite_of(suite);
    struct alz_text detail = {0};

    if (shown_name(suite).len) {
        alz_text_add(&detail, shown_name(suite));
        alz_text_add(&detail, ALZ_STR(": "));
    }
    alz_buf_printf(&detail, "%" PRIu64 " tests declared, %" PRIu64 " read",
                   at->totals.tests, at->tally.tests);
    recorder->failed |= detail.full;
    recorder->sink.report(recorder->sink.ctx, diag, alz_text_str(&detail));
    alz_text_done(&detail);
}

/* Some runners count each attempt. What is missing below was reported there:
 * a shortfall is said once, where it is. */
static void check_tests(struct alz_recorder *recorder,
                        const struct alz_record *suite)
{
    struct alz_record_suite *at = alz_record_suite_of(suite);
    uint64_t declared = at->totals.tests, read = at->tally.tests;

    if (!at->totals.has_tests || declared == read + at->tally.attempts)
        return;
    if (declared < read) {
        report(recorder, suite, &more);
    } else if (declared - read > at->tally.short_by) {
        report(recorder, suite, &missing);
        at->tally.short_by = declared - read;
    }
}

static void name_synthetic(struct alz_recorder *recorder,
                           struct alz_record *test,
                           const struct alz_record *suite)
{
    struct alz_text text = {0};

    if (suite == &recorder->run) {
        alz_text_add(&text, ALZ_STR("(run)"));
    } else {
        alz_text_add(&text, shown_name(suite));
        alz_text_add(&text, ALZ_STR(" (suite error)"));
    }
    alz_intake_text(recorder, test, ALZ_NAME, alz_text_str(&text));
    recorder->failed |= text.full;
    alz_text_clear(&text);
    add_path(&text, suite);
    alz_text_add(&text, suite == &recorder->run ? ALZ_STR("::[run error]")
                                                : ALZ_STR("::[suite error]"));
    alz_intake_text(recorder, test, ALZ_FULL_NAME, alz_text_str(&text));
    recorder->failed |= text.full;
    alz_text_done(&text);
}

static void explain_synthetic(struct alz_recorder *recorder,
                              struct alz_record *test, uint64_t bad)
{
    struct alz_text text = {0};

    alz_buf_printf(&text,
                   "%" PRIu64 " failures or errors are declared, "
                   "but no test failed",
                   bad);
    alz_intake_text(recorder, test, ALZ_MESSAGE, alz_text_str(&text));
    recorder->failed |= text.full;
    alz_text_done(&text);
}

/* Without it the results would be greener than the runner. A suite around
 * this one sees it as a broken test and adds no other. */
static void add_synthetic(struct alz_recorder *recorder,
                          struct alz_record *suite)
{
    struct alz_home *home = alz_home_take(recorder);
    struct alz_record *test =
        home ? alz_record_new(recorder, home, ALZ_TEST) : NULL;

    if (!test) {
        if (home)
            alz_home_drop(recorder, home);
        return;
    }
    test->node.parent = suite == &recorder->run ? NULL : &suite->node;
    test->node.status = ALZ_BROKEN;
    test->node.flags = ALZ_SYNTHETIC;
    name_synthetic(recorder, test, suite);
    explain_synthetic(recorder, test, alz_record_suite_of(suite)->totals.bad);
    recorder->sink.report(recorder->sink.ctx, &greener, shown_name(suite));
    alz_publish_test(recorder, test);
}

static bool is_excused(const struct alz_recorder *recorder)
{
    return recorder->sink.excused && recorder->sink.excused(recorder->sink.ctx);
}

void alz_totals_check(struct alz_recorder *recorder, struct alz_record *suite)
{
    const struct alz_record_suite *at = alz_record_suite_of(suite);

    check_tests(recorder, suite);
    if (at->totals.bad && at->tally.bad == 0 && at->tally.synthetic == 0 &&
        !is_excused(recorder))
        add_synthetic(recorder, suite);
}
