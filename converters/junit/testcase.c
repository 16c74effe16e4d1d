/* testcase.c - one test: begun at its element, told at its end. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "attrs.h"

void junit_test_done(struct junit_test *test)
{
    junit_record_done(&test->main);
    junit_record_done(&test->extra);
    alz_text_done(&test->name);
    alz_text_done(&test->class_name);
    alz_text_done(&test->attrs.bytes);
    alz_text_done(&test->unique.id);
    alz_text_done(&test->unique.display);
    alz_text_done(&test->skip_reason);
    alz_text_done(&test->description);
}

/* Ready for the next test; texts keep their memory. */
static void forget(struct junit *state)
{
    struct junit_test *test = &state->test;

    junit_record_done(&test->main);
    junit_record_done(&test->extra);
    alz_text_clear(&test->name);
    alz_text_clear(&test->class_name);
    alz_text_clear(&test->unique.id);
    alz_text_clear(&test->unique.display);
    alz_text_clear(&test->skip_reason);
    alz_text_clear(&test->description);
    test->open = test->waiting = test->deferred = test->nameless = false;
    test->ref = 0;
    test->attr_status = ALZ_STATUS_NONE;
    test->attr_message = "";
    test->attempts = 0;
    test->flags = 0;
    state->outcome = NULL;
}

/* ---- begin -------------------------------------------------------------- */

static struct alz_str class_attr(const struct alz_xml_element *element)
{
    struct alz_str class_name = alz_xml_attr(element, "classname");

    if (!class_name.len)
        class_name = alz_xml_attr(element, "class");
    return alz_str_trim(class_name);
}

/* A test's own output may be the first sign of its producer. */
static void tell_producer(struct junit *state, struct alz_out *out)
{
    const struct junit_dialect *dialect = state->dialect;

    if (state->frame && state->frame->told == dialect)
        return;
    if (dialect->framework)
        alz_set_text(out, state->test.ref, ALZ_FRAMEWORK,
                     alz_str_from(dialect->framework));
    if (dialect->language)
        alz_set_text(out, state->test.ref, ALZ_LANGUAGE,
                     alz_str_from(dialect->language));
}

static void test_begin(struct junit *state, struct alz_out *out,
                       const struct alz_xml_element *element)
{
    struct junit_test *test = &state->test;
    struct junit_frame *frame = state->frame;

    forget(state);
    test->ref = alz_begin(out, frame ? frame->ref : 0, ALZ_TEST);
    test->main.ref = test->ref;
    test->open = true;
    junit_put(state, &test->name, alz_str_trim(alz_xml_attr(element, "name")));
    junit_put(state, &test->class_name, class_attr(element));
    junit_identity_tell(state, out);
    if (frame && frame->host.len &&
        state->dialect->traits & JUNIT_HOST_IS_PROJECT)
        alz_add(out, test->ref, ALZ_PARAMETER, ALZ_STR("project"),
                alz_text_str(&frame->host));
    junit_attrs_tell(state, out, element);
}

/* A second element with the name of the one before. */
static bool is_pair(struct junit *state, const struct alz_xml_element *element)
{
    const struct junit_test *test = &state->test;

    return test->waiting &&
           alz_str_equal(alz_text_str(&test->name),
                         alz_str_trim(alz_xml_attr(element, "name"))) &&
           alz_str_equal(alz_text_str(&test->class_name), class_attr(element));
}

void junit_testcase_open(void *ctx, struct alz_out *out,
                         const struct alz_xml_element *element)
{
    struct junit *state = ctx;
    struct junit_test *test = &state->test;

    junit_dialect_see(state, element);
    if (is_pair(state, element)) {
        junit_attrs_keep(state, &test->attrs, element);
        test->waiting = false;
        test->open = test->deferred = true;
        return;
    }
    junit_test_finish(state, out);
    junit_suite_settle(state, out);
    test_begin(state, out, element);
}

void junit_test_decide(struct junit *state, struct alz_out *out, bool joins)
{
    struct junit_test *test = &state->test;
    struct alz_xml_attr attrs[JUNIT_ATTRS_MAX];
    struct alz_xml_element element;

    if (!test->deferred)
        return;
    test->deferred = false;
    if (joins) {
        if (state->frame)
            state->frame->merged++;
        return;
    }
    junit_test_finish(state, out);
    junit_attrs_element(&test->attrs, attrs, &element);
    test_begin(state, out, &element);
}

/* ---- end ---------------------------------------------------------------- */

/* Nothing was held back in vain: whoever reads it hears all. */
static struct junit_verdict tell_parts(struct junit *state, struct alz_out *out)
{
    struct junit_test *test = &state->test;

    tell_producer(state, out);
    junit_attempt_sections(state, out);
    junit_body_read(state, out);
    struct junit_verdict verdict = junit_verdict_of(&test->main);
    junit_record_tell(state, out, &test->main, test->ref);
    junit_outputs_tell(state, out, &test->main, test->ref);
    if (test->description.len)
        alz_set_text(out, test->ref, ALZ_DESCRIPTION,
                     alz_text_str(&test->description));
    return verdict;
}

static void tell_attr_message(struct junit *state, struct alz_out *out)
{
    struct alz_str message = alz_text_str(&state->test.skip_reason);

    if (!message.len)
        message = alz_str_from(state->test.attr_message);
    if (message.len)
        alz_set_text(out, state->test.ref, ALZ_MESSAGE, message);
}

static void count(struct junit *state, enum alz_status status)
{
    state->tests++;
    state->failed += status == ALZ_FAILED;
    state->broken += status == ALZ_BROKEN;
}

void junit_test_finish(struct junit *state, struct alz_out *out)
{
    struct junit_test *test = &state->test;

    if (!test->open && !test->waiting)
        return;
    struct junit_verdict verdict = tell_parts(state, out);
    if (verdict.status == ALZ_STATUS_NONE) {
        verdict.status = test->attr_status;
        if (verdict.status != ALZ_STATUS_NONE)
            tell_attr_message(state, out);
    }
    if (verdict.status == ALZ_STATUS_NONE)
        verdict.status = ALZ_PASSED;
    bool setup =
        test->nameless && state->dialect->traits & JUNIT_NAMELESS_SETUP;
    if (setup && verdict.status == ALZ_FAILED)
        verdict.status = ALZ_BROKEN;
    if (setup) { /* counted as a test by its runner */
        verdict.flags |= ALZ_SYNTHETIC;
        if (state->frame)
            state->frame->merged++;
    }
    alz_set_status(out, test->ref, verdict.status, verdict.flags | test->flags);
    count(state, verdict.status);
    alz_end(out, test->ref);
    forget(state);
}

void junit_testcase_close(void *ctx, struct alz_out *out, struct alz_str text,
                          size_t cut)
{
    struct junit *state = ctx;
    struct junit_test *test = &state->test;

    (void)text;
    (void)cut;
    if (!test->open)
        return;
    junit_test_decide(state, out, false);
    if (state->dialect->traits & JUNIT_PAIRED_TEARDOWN) {
        test->open = false;
        test->waiting = true;
        return;
    }
    junit_test_finish(state, out);
}

/* Outcomes that were read whole or in part are told, but the test stays open:
 * the receiver knows that it was cut. */
void junit_test_abandon(struct junit *state, struct alz_out *out)
{
    struct junit_test *test = &state->test;

    if (!test->open) {
        junit_test_finish(state, out);
        if (state->output.open)
            junit_output_close(state, out, ALZ_STR(""), 0);
        junit_outcome_close(state, out, ALZ_STR(""), 0);
        return;
    }
    if (test->deferred) /* the first of two was whole */
        junit_test_decide(state, out, false);
    if (state->outcome)
        junit_outcome_classify(state, state->outcome);
    if (state->output.open)
        junit_output_close(state, out, ALZ_STR(""), 0);
    if (test->extra.count)
        junit_attempt_flush(state, out, &test->extra);
    struct junit_verdict verdict = tell_parts(state, out);
    alz_set_status(out, test->ref,
                   verdict.status <= ALZ_BROKEN ? verdict.status : ALZ_BROKEN,
                   verdict.flags | test->flags | ALZ_INCOMPLETE);
    count(state, ALZ_BROKEN);
    forget(state);
}
