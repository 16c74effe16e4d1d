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
    state->no_memory = false;
}

/* ---- begin ------------------------------------------------------------------ */

static struct alz_str class_attr(const struct alz_xml_element *element)
{
    struct alz_str class_name = alz_xml_attr(element, "classname");

    if (!class_name.len)
        class_name = alz_xml_attr(element, "class");
    return alz_str_trim(class_name);
}

static void tell_producer(const struct junit *state, struct alz_out *out)
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
    alz_text_add(&test->name, alz_str_trim(alz_xml_attr(element, "name")));
    alz_text_add(&test->class_name, class_attr(element));
    junit_identity_tell(state, out);
    tell_producer(state, out);
    if (frame && frame->host.len &&
        state->dialect->traits & JUNIT_HOST_IS_PROJECT)
        alz_add(out, test->ref, ALZ_PARAMETER, ALZ_STR("project"),
                alz_text_str(&frame->host));
    junit_attrs_tell(state, out, element);
}

/* A second element with the name of the one before. */
static bool is_pair(const struct junit *state,
                    const struct alz_xml_element *element)
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
        junit_attrs_keep(&test->attrs, element);
        test->waiting = false;
        test->open = test->deferred = true;
        return;
    }
    junit_test_finish(state, out);
    junit_suite_settle(state, out);
    test_begin(state, out, element);
    test->open = true;
}

void junit_test_decide(struct junit *state, struct alz_out *out, bool joins)
{
    struct junit_test *test = &state->test;
    struct alz_xml_attr attrs[JUNIT_ATTRS_MAX];
    struct alz_xml_element element;

    if (!test->deferred)
        return;
    test->deferred = false;
    if (joins)
        return;
    junit_test_finish(state, out);
    junit_attrs_element(&test->attrs, attrs, &element);
    test_begin(state, out, &element);
    test->open = true;
}

/* ---- end -------------------------------------------------------------------- */

/* Nothing was held back in vain: whoever reads it hears all. */
static struct junit_verdict tell_parts(struct junit *state,
                                       struct alz_out *out)
{
    struct junit_test *test = &state->test;

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

static void tell_attr_message(const struct junit *state, struct alz_out *out)
{
    struct alz_str message = alz_text_str(&state->test.skip_reason);

    if (!message.len)
        message = alz_str_from(state->test.attr_message);
    if (message.len)
        alz_set_text(out, state->test.ref, ALZ_MESSAGE, message);
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
    if (state->no_memory || (test->nameless && verdict.status == ALZ_FAILED))
        verdict.status = ALZ_BROKEN;
    if (test->nameless)
        verdict.flags |= ALZ_SYNTHETIC;
    alz_set_status(out, test->ref, verdict.status,
                   verdict.flags | test->flags);
    junit_suite_count(state, verdict.status);
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
        return;
    }
    if (test->deferred) /* the first of two was whole */
        junit_test_decide(state, out, false);
    if (state->outcome)
        junit_outcome_classify(state, state->outcome);
    if (state->output.open)
        junit_output_close(state, out, ALZ_STR(""), 0);
    struct junit_verdict verdict = tell_parts(state, out);
    alz_set_status(out, test->ref,
                   verdict.status <= ALZ_BROKEN ? verdict.status : ALZ_BROKEN,
                   verdict.flags | test->flags | ALZ_INCOMPLETE);
    junit_suite_count(state, ALZ_BROKEN);
    forget(state);
}
