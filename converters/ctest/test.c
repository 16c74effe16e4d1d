/* test.c - one test: its head, its labels, its end. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "ctest.h"

static const struct alz_diag odd_status = {
    ALZ_ERROR, "ctest/status", "a test with a status we do not know", 4};

void ctest_test_done(struct ctest_test *test)
{
    alz_text_done(&test->odd_status);
    alz_text_done(&test->name);
    alz_text_done(&test->path);
    alz_text_done(&test->full_name);
    alz_text_done(&test->command);
    alz_text_done(&test->exit_code);
    alz_text_done(&test->exit_value);
    alz_text_done(&test->fail_reason);
    alz_text_done(&test->pass_reason);
    alz_text_done(&test->completion);
}

/* Ready for the next test; texts keep their memory. */
static void forget(struct ctest_test *test)
{
    struct alz_text *const texts[] = {
        &test->odd_status, &test->name,        &test->path,
        &test->full_name,  &test->command,     &test->exit_code,
        &test->exit_value, &test->fail_reason, &test->pass_reason,
        &test->completion,
    };

    for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
        alz_text_clear(texts[i]);
    test->open = false;
    test->ref = 0;
    test->start_ms = test->duration_ms = CTEST_NO_TIME;
}

/* ---- head --------------------------------------------------------------- */

void ctest_test_open(void *ctx, struct alz_out *out,
                     const struct alz_xml_element *element)
{
    struct ctest *state = ctx;
    struct ctest_test *test = &state->test;
    struct alz_str status = alz_xml_attr(element, "Status");

    if (!state->testing)
        return;
    ctest_test_abandon(state, out);
    forget(test);
    ctest_output_clear(&state->output);
    test->open = true;
    test->said = ctest_said_of(status);
    ctest_add(state, out, &test->odd_status, status);
}

static void keep(struct ctest *state, struct alz_out *out,
                 struct alz_text *field, struct alz_str text)
{
    if (!state->test.open)
        return;
    alz_text_clear(field);
    ctest_repair(state, out, alz_str_trim(text), field);
}

void ctest_name_close(void *ctx, struct alz_out *out, struct alz_str text,
                      size_t cut)
{
    struct ctest *state = ctx;

    (void)cut;
    keep(state, out, &state->test.name, text);
}

void ctest_path_close(void *ctx, struct alz_out *out, struct alz_str text,
                      size_t cut)
{
    struct ctest *state = ctx;

    (void)cut;
    keep(state, out, &state->test.path, text);
}

void ctest_full_name_close(void *ctx, struct alz_out *out, struct alz_str text,
                           size_t cut)
{
    struct ctest *state = ctx;

    (void)cut;
    keep(state, out, &state->test.full_name, text);
}

void ctest_command_close(void *ctx, struct alz_out *out, struct alz_str text,
                         size_t cut)
{
    struct ctest *state = ctx;

    (void)cut;
    keep(state, out, &state->test.command, text);
}

void ctest_start_close(void *ctx, struct alz_out *out, struct alz_str text,
                       size_t cut)
{
    struct ctest *state = ctx;
    struct alz_instant instant;

    (void)out;
    (void)cut;
    if (state->test.open && alz_instant_parse(alz_str_trim(text), &instant))
        state->test.start_ms =
            alz_instant_ms(&instant, ALZ_NAIVE_UTC, state->in);
}

/* ---- begin -------------------------------------------------------------- */

/* gtest_discover_tests runs one test of a program for each test of CTest: the
 * part of its filter before the dot is the author's suite. */
static struct alz_str gtest_suite(struct alz_str command)
{
    static const char option[] = "--gtest_filter=";
    size_t at = alz_str_find(command, option), len = 0;
    struct alz_str filter;

    if (at == SIZE_MAX)
        return ALZ_STR("");
    filter = alz_str_from_offset(command, at + sizeof(option) - 1);
    while (len < filter.len && !memchr(". \"*?:", filter.ptr[len], 6))
        len++;
    if (len == filter.len || filter.ptr[len] != '.')
        return ALZ_STR("");
    return (struct alz_str){filter.ptr, len};
}

/* "dir/name": what tells tests apart in a project. */
static void tell_identity(struct ctest *state, struct alz_out *out,
                          struct alz_str dir, struct alz_str name)
{
    struct alz_text *full = &state->scratch;

    alz_text_clear(full);
    ctest_add(state, out, full, dir);
    if (dir.len)
        ctest_add(state, out, full, ALZ_STR("/"));
    ctest_add(state, out, full, name);
    alz_set_text(out, state->test.ref, ALZ_NAME, name);
    alz_set_text(out, state->test.ref, ALZ_FULL_NAME, alz_text_str(full));
}

/* A report without Name still has FullName, with blanks turned to "_". */
static struct alz_str shown_name(const struct ctest_test *test)
{
    struct alz_str name = alz_text_str(&test->name), part;

    if (name.len)
        return name;
    name = part = alz_text_str(&test->full_name);
    while (alz_str_split(&name, '/', &part))
        ;
    return part;
}

void ctest_test_begin(struct ctest *state, struct alz_out *out)
{
    struct ctest_test *test = &state->test;
    struct alz_str suite = gtest_suite(alz_text_str(&test->command));
    struct alz_text dir = {.max = CTEST_FIELD_MAX};

    if (!test->open || test->ref)
        return;
    ctest_relative_path(alz_text_str(&test->path), &dir);
    ctest_check(state, out, &dir);
    test->ref = alz_begin(
        out, ctest_suite_of(state, out, alz_text_str(&dir), suite), ALZ_TEST);
    tell_identity(state, out, alz_text_str(&dir), shown_name(test));
    alz_text_done(&dir);
    if (suite.len)
        alz_set_text(out, test->ref, ALZ_LANGUAGE, ALZ_STR("c++"));
    if (test->start_ms != CTEST_NO_TIME)
        alz_set_time(out, test->ref, ALZ_START, test->start_ms);
    if (state->keep_command && test->command.len)
        alz_add(out, test->ref, ALZ_EXCLUDED, ALZ_STR("Command Line"),
                alz_text_str(&test->command));
}

void ctest_results_open(void *ctx, struct alz_out *out,
                        const struct alz_xml_element *element)
{
    (void)element;
    ctest_test_begin(ctx, out);
}

/* ---- labels ------------------------------------------------------------- */

void ctest_label_close(void *ctx, struct alz_out *out, struct alz_str text,
                       size_t cut)
{
    struct ctest *state = ctx;
    struct alz_text label = {.max = CTEST_FIELD_MAX};

    (void)cut;
    if (!state->test.open)
        return;
    ctest_test_begin(state, out);
    ctest_repair(state, out, alz_str_trim(text), &label);
    alz_tag_tell(out, state->test.ref, alz_text_str(&label));
    alz_text_done(&label);
}

/* ---- end ---------------------------------------------------------------- */

static void tell_verdict(struct ctest *state, struct alz_out *out,
                         unsigned flags)
{
    const struct ctest_test *test = &state->test;
    struct ctest_verdict verdict = ctest_verdict_of(state);

    alz_set_status(out, test->ref, verdict.status, flags);
    if (test->said == CTEST_ODD)
        alz_report(out, &odd_status, alz_text_str(&test->odd_status));
    ctest_message(state, &state->scratch);
    ctest_check(state, out, &state->scratch);
    if (state->scratch.len)
        alz_set_text(out, test->ref, ALZ_MESSAGE,
                     alz_text_str(&state->scratch));
    if (verdict.status != ALZ_PASSED && verdict.status != ALZ_SKIPPED &&
        state->output.said)
        alz_set_text(out, test->ref, ALZ_TRACE,
                     alz_text_str(&state->output.held));
    if (verdict.details)
        alz_set_text(out, test->ref, ALZ_DESCRIPTION,
                     alz_text_str(&test->completion));
    if (test->duration_ms != CTEST_NO_TIME)
        alz_set_time(out, test->ref, ALZ_DURATION, test->duration_ms);
}

void ctest_test_close(void *ctx, struct alz_out *out, struct alz_str text,
                      size_t cut)
{
    struct ctest *state = ctx;

    (void)text;
    (void)cut;
    if (!state->test.open)
        return;
    ctest_test_begin(state, out);
    ctest_images_tell(state, out);
    tell_verdict(state, out, 0);
    alz_end(out, state->test.ref);
    forget(&state->test);
}

/* Without a name nobody could tell which test it is. */
void ctest_test_abandon(struct ctest *state, struct alz_out *out)
{
    if (!state->test.open)
        return;
    if (state->test.ref) {
        tell_verdict(state, out, ALZ_INCOMPLETE);
        alz_end(out, state->test.ref);
    }
    forget(&state->test);
}
