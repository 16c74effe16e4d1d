/* run.c - where a run begins and ends. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "console.h"

static const struct alz_diag incomplete = {
    ALZ_ERROR, "gtest-console/incomplete",
    "the output ends before the tests do", 4};
static const struct alz_diag brief = {
    ALZ_WARNING, "gtest-console/brief",
    "passed tests are not named by --gtest_brief", 0};
static const struct alz_diag foreign = {ALZ_ERROR, "gtest-console/foreign",
                                        "no line of GoogleTest in this input",
                                        3};

/* Lines of a run follow: the lists of the one before, if any, are over. The
 * names stay while another run has lists to come. */
void gtcon_run_goes_on(struct gtcon *state)
{
    if (state->summary && state->headers == 0) {
        gtcon_names_clear(&state->failed);
        gtcon_names_clear(&state->failed_suites);
        state->disabled_run = 0;
    }
    state->seen = true;
    state->summary = false;
    state->loose |= state->headers == 0;
}

/* Failures outside of all suites. */
static void tell_outside(struct gtcon *state, struct alz_out *out)
{
    if (gtest_failures_any(&state->outside.failures))
        gtcon_suite_failed(state, out, NULL, &state->outside);
    gtest_failures_clear(&state->outside.failures);
    alz_text_clear(&state->outside.reason);
}

/* ---- the bars --------------------------------------------------------- */

static void set_flavour(struct gtcon *state)
{
    const struct gtcon_flavour *at = gtcon_flavours;

    while (at->header && alz_str_find(state->rest, at->header) == SIZE_MAX)
        at++;
    state->flavour = at;
}

/* A test that is open has started this run, or died. Its suite may go on. */
static void begin_run(struct gtcon *state, struct alz_out *out)
{
    struct gtcon_test *test = gtcon_test_now(state);

    state->run = ++state->runs;
    if (test) {
        test->part.frozen = true;
        state->suite = NULL;
        return;
    }
    gtcon_suite_leave(state, out);
    tell_outside(state, out);
    alz_text_clear(&state->outside.tail);
}

/* "Running 36 tests from 13 test suites.", "group: Running 6 test(s)." */
static bool take_begin(struct gtcon *state, struct alz_out *out)
{
    static const char word[] = "Running ";
    size_t at = alz_str_find(state->rest, word);
    struct alz_str rest;
    uint64_t tests = 0;

    if (at == SIZE_MAX)
        return false;
    gtcon_block_end(state, gtcon_part_now(state));
    begin_run(state, out);
    state->summary = true; /* of the run before, if any: it is over */
    gtcon_run_goes_on(state);
    rest = alz_str_from_offset(state->rest, at + sizeof(word) - 1);
    if (gtcon_take_number(&rest, &tests))
        state->declared += tests;
    if (!state->repeating)
        state->iteration = 1;
    state->repeating = false;
    state->headers++;
    state->loose = false;
    set_flavour(state);
    return true;
}

/* "36 tests from 13 test suites ran. (60 ms total)", "6 test(s) run." */
static bool take_end(struct gtcon *state, struct alz_out *out)
{
    struct alz_str rest = state->rest;
    uint64_t tests;

    if (alz_str_find(rest, " ran.") == SIZE_MAX &&
        alz_str_find(rest, " run.") == SIZE_MAX)
        return false;
    gtcon_block_end(state, gtcon_part_now(state));
    if (!state->headers)
        gtcon_run_goes_on(state);
    gtcon_suite_leave(state, out);
    tell_outside(state, out);
    if (state->headers) {
        state->headers--;
    } else if (gtcon_take_number(&rest, &tests)) {
        state->declared += tests;
        state->brief = true;
    }
    if (state->top)
        state->run = state->top->run;
    state->loose = false;
    state->summary = true;
    return true;
}

bool gtcon_take_bar(void *ctx, struct alz_out *out, const struct alz_line *line)
{
    struct gtcon *state = ctx;

    if (state->mark != GTCON_BAR)
        return false;
    return (!line->unterminated && take_begin(state, out)) ||
           take_end(state, out);
}

/* ---- the rules -------------------------------------------------------- */

static bool ends_suite(struct alz_str rest)
{
    return alz_str_ends(rest, " ms total)");
}

/* "Nums/P", "Typed/0, where TypeParam = char" */
static void enter(struct gtcon *state, struct alz_out *out, struct alz_str text)
{
    size_t where = alz_str_find(text, ", where ");
    struct gtcon_suite *suite =
        gtcon_suite_enter(state, out, gtest_head(text, where));

    if (suite && where != SIZE_MAX)
        gtest_set(&state->room, &suite->where,
                  alz_str_from_offset(text, where + strlen(", where ")));
}

/* "3 tests from Nums/P", "1 test from Typed/0, where TypeParam = char". The
 * text of a test may hold such lines. */
bool gtcon_take_rule(void *ctx, struct alz_out *out,
                     const struct alz_line *line)
{
    struct gtcon *state = ctx;
    size_t at = alz_str_find(state->rest, " from ");

    if (state->mark != GTCON_RULE || line->unterminated ||
        gtcon_test_now(state))
        return false;
    gtcon_block_end(state, gtcon_part_now(state));
    if (at == SIZE_MAX || ends_suite(state->rest)) {
        gtcon_suite_leave(state, out);
        return true;
    }
    gtcon_run_goes_on(state);
    gtcon_suite_leave(state, out);
    enter(state, out, alz_str_from_offset(state->rest, at + strlen(" from ")));
    return true;
}

/* "Repeating all tests (iteration 2) . . ." */
bool gtcon_take_repeat(void *ctx, struct alz_out *out,
                       const struct alz_line *line)
{
    static const char lead[] = "Repeating all tests (iteration ";
    struct gtcon *state = ctx;
    struct alz_str rest;

    (void)out;
    (void)line;
    if (gtcon_test_now(state) || !alz_str_starts(state->plain, lead))
        return false;
    rest = alz_str_from_offset(state->plain, sizeof(lead) - 1);
    if (!gtcon_take_number(&rest, &state->iteration))
        return false;
    state->repeating = true;
    return true;
}

/* "Note: This is test shard 2 of 3." It names the disabled tests of each suite
 * that it has a test of, and so do others. */
bool gtcon_take_shard(void *ctx, struct alz_out *out,
                      const struct alz_line *line)
{
    static const char lead[] = "Note: This is test shard ";
    struct gtcon *state = ctx;

    (void)out;
    (void)line;
    if (gtcon_test_now(state) || !alz_str_starts(state->plain, lead))
        return false;
    state->shared.known = state->shared.text.len;
    state->shared.cursor = 0;
    return false; /* it is shown with the rest */
}

/* ---- the end ---------------------------------------------------------- */

/* It died between two tests. */
static void tell_died(struct gtcon *state, struct alz_out *out, const char *why)
{
    alz_ref ref = alz_begin(out, 0, ALZ_TEST);

    gtcon_tell_origin(state, out, ref);
    alz_set_text(out, ref, ALZ_NAME, ALZ_STR("(run)"));
    alz_set_text(out, ref, ALZ_FULL_NAME, ALZ_STR("::[run]"));
    alz_set_status(out, ref, ALZ_BROKEN, ALZ_SYNTHETIC);
    alz_set_text(out, ref, ALZ_MESSAGE, alz_str_from(why));
    if (state->outside.tail.len)
        alz_write(out, ref, alz_text_str(&state->outside.tail));
    alz_end(out, ref);
}

/* Of all tests that are open. Only who runs the process knows more than that
 * its output ended. */
static void say_why(struct gtcon *state, bool whole, enum alz_ending ending)
{
    bool stopped = ending == ALZ_INTERRUPTED, died = !whole && !stopped;
    struct alz_str why = ALZ_STR("no result of this test was seen");

    if (stopped)
        why = ALZ_STR("stopped");
    else if (died && state->in->ended)
        why = state->in->ended(state->in);
    else if (died)
        why = ALZ_STR("process died");
    gtest_set(&state->room, &state->why, why);
    if (died)
        gtest_put(&state->room, &state->why, GTEST_TEXT_MAX,
                  ALZ_STR(" while this test was running"));
}

static void add_total(struct gtcon *state, struct alz_out *out)
{
    struct alz_text *text = &state->name;

    if (!state->declared)
        return;
    alz_text_clear(text);
    gtest_put_number(&state->room, text, state->declared + state->disabled);
    alz_add(out, 0, ALZ_TOTAL, ALZ_STR("tests"), alz_text_str(text));
}

void gtcon_run_finish(struct gtcon *state, struct alz_out *out,
                      enum alz_ending ending)
{
    bool whole = state->headers == 0 && !state->loose, lost = state->top;

    if (lost)
        say_why(state, whole, ending);
    while (state->top)
        gtcon_test_lost(state, out, state->top, alz_text_str(&state->why));
    gtcon_block_end(state, gtcon_part_now(state));
    gtcon_suite_leave_all(state, out);
    tell_outside(state, out);
    if (!whole && !lost)
        tell_died(state, out,
                  ending == ALZ_INTERRUPTED
                      ? "stopped"
                      : "process died while no test was running");
    add_total(state, out);
    if (!whole)
        alz_report(out, &incomplete, ALZ_STR(""));
    if (state->brief)
        alz_report(out, &brief, ALZ_STR(""));
    if (ending == ALZ_COMPLETE && !state->seen)
        alz_report(out, &foreign, ALZ_STR(""));
}
