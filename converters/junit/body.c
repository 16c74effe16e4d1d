/* body.c - what some producers write into a test's output for people. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "attach.h"

#include <stdlib.h>

/* ---- behave: the scenario with its steps -------------------------------- */

static enum alz_status behave_status(struct alz_str word)
{
    static const struct {
        const char *word;
        enum alz_status status;
    } words[] = {
        {"passed",    ALZ_PASSED },
        {"failed",    ALZ_FAILED },
        {"undefined", ALZ_BROKEN },
        {"error",     ALZ_BROKEN },
        {"skipped",   ALZ_SKIPPED},
        {"untested",  ALZ_SKIPPED}
    };

    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        if (alz_str_is(word, words[i].word))
            return words[i].status;
    return ALZ_STATUS_NONE;
}

/* "Given a base ... passed in 0.000s" */
static void behave_step(struct alz_out *out, alz_ref test, struct alz_str line)
{
    size_t at = SIZE_MAX, from = 0, next;
    struct alz_str word;
    int64_t ms;

    while ((next = alz_str_find(alz_str_from_offset(line, from), " ... ")) !=
           SIZE_MAX) {
        at = from + next;
        from = at + 1;
    }
    if (at == SIZE_MAX)
        return;
    struct alz_str rest = alz_str_from_offset(line, at + 5);
    alz_str_split(&rest, ' ', &word);
    enum alz_status status = behave_status(word);
    if (status == ALZ_STATUS_NONE)
        return;
    alz_ref step = alz_begin(out, test, ALZ_STEP);
    alz_set_text(out, step, ALZ_NAME, junit_head(line, at));
    alz_set_status(out, step, status, 0);
    if (alz_str_starts(rest, "in ") &&
        alz_duration_parse(alz_str_from_offset(rest, 3), &ms))
        alz_set_time(out, step, ALZ_DURATION, ms);
    alz_end(out, step);
}

static void behave_tags(struct junit *state, struct alz_out *out,
                        struct alz_str line)
{
    struct alz_str tag;

    while (alz_str_split(&line, ' ', &tag))
        if (tag.len)
            alz_tag_tell(out, state->test.ref, tag);
}

static void behave_read(struct junit *state, struct alz_out *out,
                        struct junit_parked *output)
{
    struct alz_str rest = alz_text_str(&output->bytes), line;
    bool inside = false;

    while (alz_str_split(&rest, '\n', &line)) {
        line = alz_str_trim(line);
        if (alz_str_is(line, "@scenario.begin"))
            inside = true;
        else if (alz_str_is(line, "@scenario.end"))
            return;
        else if (inside && alz_str_starts(line, "@"))
            behave_tags(state, out, line);
        else if (inside)
            behave_step(out, state->test.ref, line);
    }
}

/* ---- pytest: headings of nothing ---------------------------------------- */

static void pytest_read(struct junit *state, struct alz_out *out,
                        struct junit_parked *output)
{
    struct alz_str rest = alz_text_str(&output->bytes), line;

    (void)state;
    (void)out;
    while (alz_str_split(&rest, '\n', &line))
        if (alz_str_trim(line).len &&
            !(alz_str_starts(line, "---") &&
              alz_str_find(line, " Captured ") != SIZE_MAX))
            return;
    alz_text_clear(&output->bytes);
}

/* ---- kyua: metadata of the machine before the output -------------------- */

/* The text below a title and its underline, up to the next title. */
static struct alz_str kyua_section(struct alz_str text, const char *title)
{
    size_t at = alz_str_find(text, title);
    struct alz_str line;

    if (at == SIZE_MAX)
        return (struct alz_str){NULL, 0};
    struct alz_str rest = alz_str_from_offset(text, at);
    alz_str_split(&rest, '\n', &line);
    if (!rest.ptr || !alz_str_split(&rest, '\n', &line) || !rest.ptr)
        return (struct alz_str){NULL, 0};
    return alz_str_trim(rest);
}

static void kyua_expected(struct junit *state, struct alz_str text)
{
    struct junit_record *record = &state->test.main;
    struct alz_str reason =
        kyua_section(text, "Expected failure result details\n");

    if (!reason.len || record->count)
        return;
    struct junit_outcome *outcome = junit_outcome_new(state, record);
    if (!outcome)
        return;
    outcome->status = ALZ_SKIPPED;
    outcome->known = true;
    junit_put(state, &outcome->message, ALZ_STR("expected failure: "));
    junit_put(state, &outcome->message, alz_str_first_line(reason));
}

static void kyua_start(struct junit *state, struct alz_out *out,
                       struct alz_str text)
{
    static const char title[] = "\nStart time: ";
    size_t at = alz_str_find(text, title);
    struct alz_str line, rest;

    if (at == SIZE_MAX)
        return;
    rest = alz_str_from_offset(text, at + sizeof(title) - 1);
    alz_str_split(&rest, '\n', &line);
    state->test.main.start_ms = junit_start_ms(state, out, line);
}

static void kyua_read(struct junit *state, struct alz_out *out,
                      struct junit_parked *output)
{
    struct alz_str text = alz_text_str(&output->bytes);

    if (!output->err || alz_str_find(text, "Test case metadata") == SIZE_MAX)
        return;
    kyua_expected(state, text);
    struct alz_str reason = kyua_section(text, "Skipped result details\n");
    junit_put(state, &state->test.skip_reason, alz_str_first_line(reason));
    kyua_start(state, out, text);
    struct alz_str own = kyua_section(text, "Original stderr\n");
    if (alz_str_is(own, "<EMPTY>"))
        own.len = 0;
    if (own.len)
        memmove(output->bytes.ptr, own.ptr, own.len);
    output->bytes.len = own.len;
}

/* ---- Boost: where it happened ------------------------------------------- */

static void boost_source(struct junit *state, struct alz_out *out)
{
    const struct junit_outcome *first = state->test.main.first;
    struct alz_text *source = &state->scratch[0];
    struct alz_str rest, line;

    if (!first)
        return;
    alz_text_clear(source);
    rest = alz_text_str(&first->text);
    while (alz_str_split(&rest, '\n', &line)) {
        if (alz_str_starts(line, "- file   : ") && !source->len)
            junit_put(state, source, alz_str_from_offset(line, 11));
        if (!alz_str_starts(line, "- line   : ") || !source->len)
            continue;
        junit_put(state, source, ALZ_STR(":"));
        junit_put(state, source, alz_str_from_offset(line, 11));
        alz_set_text(out, state->test.ref, ALZ_SOURCE, alz_text_str(source));
        return;
    }
}

/* ---- JUnit 5: the identity and the name it shows ------------------------ */

/* "par(int)[2]" and "[2] 2" make "par(int) [2] 2". */
static void unique_tell(struct junit *state, struct alz_out *out)
{
    struct junit_test *test = &state->test;
    struct alz_str id = alz_text_str(&test->unique.id);
    struct alz_str display = alz_text_str(&test->unique.display);
    struct alz_text *name = &state->scratch[0];

    if (id.len)
        alz_set_text(out, test->ref, ALZ_FULL_NAME, id);
    if (!display.len)
        return;
    alz_text_clear(name);
    if (alz_str_find(id, "-invocation:") != SIZE_MAX ||
        alz_str_find(id, "/[dynamic-") != SIZE_MAX) {
        struct alz_str method = alz_text_str(&test->name);
        junit_put(state, name, junit_head(method, alz_str_find(method, "[")));
        junit_put(state, name, ALZ_STR(" "));
    }
    junit_put(state, name, display);
    alz_set_text(out, test->ref, ALZ_NAME, alz_text_str(name));
}

/* ---- which body is whose ------------------------------------------------ */

static const struct {
    const char *framework;
    void (*read)(struct junit *state, struct alz_out *out,
                 struct junit_parked *output); /* NULL: not of an output */
    void (*tell)(struct junit *state, struct alz_out *out);
} bodies[] = {
    {"behave",     behave_read, NULL        },
    {"pytest",     pytest_read, NULL        },
    {"kyua",       kyua_read,   NULL        },
    {"boost.test", NULL,        boost_source},
    {"junit5",     NULL,        unique_tell },
};

void junit_body_read(struct junit *state, struct alz_out *out)
{
    for (size_t i = 0; i < sizeof(bodies) / sizeof(bodies[0]); i++) {
        if (!junit_is(state, bodies[i].framework))
            continue;
        if (bodies[i].tell)
            bodies[i].tell(state, out);
        if (!bodies[i].read)
            continue;
        for (struct junit_parked *item = state->test.main.out_first; item;
             item = item->next)
            bodies[i].read(state, out, item);
    }
}
