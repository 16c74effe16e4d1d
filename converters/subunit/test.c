/* test.c - a test, its outcome and what it printed. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "subunit.h"

static const struct alz_diag unended = {ALZ_ERROR, "subunit/unfinished",
                                        "a test began and has no outcome", 4};

static const struct {
    const char *keyword;
    enum alz_status status;
    unsigned flags;
    const char *message;
} outcomes[] = {
    {"success",    ALZ_PASSED,  0,         NULL                     },
    {"successful", ALZ_PASSED,  0,         NULL                     },
    {"failure",    ALZ_FAILED,  0,         NULL                     },
    {"error",      ALZ_BROKEN,  0,         NULL                     },
    {"skip",       ALZ_SKIPPED, 0,         NULL                     },
    {"xfail",      ALZ_SKIPPED, ALZ_KNOWN, "failed, as expected"    },
    {"uxsuccess",  ALZ_FAILED,  0,         "passed, and should fail"},
};

/* ---- begin and end ---------------------------------------------------- */

void subunit_test_begin(struct subunit *state, struct alz_out *out,
                        struct alz_str name)
{
    void *tag = NULL;

    subunit_test_cut(state, out);
    state->seen = true;
    state->ref = alz_begin(out, 0, ALZ_TEST);
    state->output = 0;
    alz_text_clear(&state->name);
    subunit_append(state, &state->name, name);
    alz_set_text(out, state->ref, ALZ_NAME, name);
    if (state->now_ms != SUBUNIT_NO_TIME)
        alz_set_time(out, state->ref, ALZ_START, state->now_ms);
    while ((tag = alz_map_next(&state->tags, tag)) != NULL)
        alz_add(out, state->ref, ALZ_LABEL, ALZ_STR("tag"), alz_map_key(tag));
}

/* Of a Python traceback, the line of the exception: the first one behind the
 * heading that is not indented. */
static struct alz_str failure_line(struct alz_str text)
{
    struct alz_str rest = text, line;
    bool behind = false;

    while (alz_str_split(&rest, '\n', &line)) {
        if (behind && line.len > 0 && line.ptr[0] != ' ' && line.ptr[0] != '\t')
            return line;
        behind |= alz_str_starts(line, "Traceback (most recent call last):");
    }
    return alz_str_failure_line(text);
}

/* The details are told with the outcome. */
void subunit_test_end(struct subunit *state, struct alz_out *out)
{
    struct alz_str text = alz_text_str(&state->text);
    struct alz_str line = state->status == ALZ_SKIPPED ? alz_str_skip_line(text)
                                                       : failure_line(text);

    if (line.len > 0 && state->status != ALZ_PASSED)
        alz_set_text(out, state->ref, ALZ_MESSAGE, line);
    if (alz_str_trim(text).len > 0)
        alz_set_text(out, state->ref, ALZ_TRACE, text);
    alz_end(out, state->ref);
    state->ref = 0;
    state->details = state->multipart = false;
    alz_text_clear(&state->text);
    alz_text_clear(&state->name);
}

/* A test without an outcome, or with details that have no end. */
void subunit_test_cut(struct subunit *state, struct alz_out *out)
{
    if (state->ref == 0)
        return;
    alz_report(out, &unended, alz_text_str(&state->name));
    alz_set_status(out, state->ref, ALZ_STATUS_NONE, ALZ_INCOMPLETE);
    subunit_test_end(state, out);
}

/* ---- lines ------------------------------------------------------------ */

bool subunit_keyword(struct alz_str line, const char *keyword,
                     struct alz_str *ret_rest)
{
    size_t len = strlen(keyword);

    if (!alz_str_starts(line, keyword))
        return false;
    line = alz_str_from_offset(line, len);
    if (alz_str_starts(line, ":"))
        line = alz_str_from_offset(line, 1);
    if (!alz_str_starts(line, " "))
        return false;
    *ret_rest = alz_str_trim(line);
    return ret_rest->len > 0;
}

bool subunit_take_test(void *ctx, struct alz_out *out,
                       const struct alz_line *line)
{
    struct subunit *state = ctx;
    struct alz_str name;

    /* With the colon only: "test passed" is prose. */
    if (!alz_str_starts(line->text, "test: ") &&
        !alz_str_starts(line->text, "testing: "))
        return false;
    if (!subunit_keyword(line->text, "test", &name) &&
        !subunit_keyword(line->text, "testing", &name))
        return false;
    subunit_test_begin(state, out, name);
    return true;
}

/* "name [" begins details, "name [ text ]" (cmocka) holds them. The name of
 * the open test may itself hold a bracket. */
static struct alz_str split_details(const struct subunit *state,
                                    struct alz_str rest, struct alz_str *ret)
{
    struct alz_str open = alz_text_str(&state->name), name = rest;
    size_t at = SIZE_MAX;

    if (state->ref != 0 && rest.len >= open.len &&
        alz_str_equal((struct alz_str){rest.ptr, open.len}, open))
        at = open.len;
    else if (alz_str_ends(rest, " [ multipart"))
        at = rest.len - 12;
    else if (alz_str_ends(rest, " ["))
        at = rest.len - 2;
    else if (alz_str_ends(rest, " ]"))
        at = alz_str_find(rest, " [ ");
    if (at == SIZE_MAX)
        at = rest.len;
    name.len = at;
    *ret = alz_str_trim(alz_str_from_offset(rest, at));
    return alz_str_trim(name);
}

static void outcome(struct subunit *state, struct alz_out *out, size_t which,
                    struct alz_str rest)
{
    struct alz_str details, name = split_details(state, rest, &details);

    if (state->ref == 0 || !alz_str_equal(alz_text_str(&state->name), name))
        subunit_test_begin(state, out, name);
    if (state->now_ms != SUBUNIT_NO_TIME)
        alz_set_time(out, state->ref, ALZ_STOP, state->now_ms);
    state->status = outcomes[which].status;
    alz_set_status(out, state->ref, state->status, outcomes[which].flags);
    if (outcomes[which].message != NULL)
        alz_set_text(out, state->ref, ALZ_MESSAGE,
                     alz_str_from(outcomes[which].message));
    state->multipart = alz_str_is(details, "[ multipart");
    state->details = state->multipart || alz_str_is(details, "[");
    state->typed = state->named = state->in_chunk = false;
    if (state->details)
        return;
    if (alz_str_starts(details, "[ ") && alz_str_ends(details, " ]"))
        subunit_append(
            state, &state->text,
            alz_str_trim((struct alz_str){details.ptr + 1, details.len - 2}));
    subunit_test_end(state, out);
}

/* Without the colon a word of prose is no outcome, unless it is followed by
 * the name of the open test. */
static bool is_outcome(const struct subunit *state, struct alz_str line,
                       const char *keyword, struct alz_str *ret_rest)
{
    struct alz_str name = alz_text_str(&state->name);

    if (!subunit_keyword(line, keyword, ret_rest))
        return false;
    if (line.ptr[strlen(keyword)] == ':')
        return true;
    return state->ref != 0 && ret_rest->len >= name.len &&
           alz_str_equal((struct alz_str){ret_rest->ptr, name.len}, name);
}

bool subunit_take_outcome(void *ctx, struct alz_out *out,
                          const struct alz_line *line)
{
    struct subunit *state = ctx;
    struct alz_str rest;

    for (size_t i = 0; i < sizeof(outcomes) / sizeof *outcomes; i++) {
        if (!is_outcome(state, line->text, outcomes[i].keyword, &rest))
            continue;
        outcome(state, out, i, rest);
        return true;
    }
    return false;
}

/* Anything else is what the test printed; between tests it is of nobody. */
bool subunit_take_output(void *ctx, struct alz_out *out,
                         const struct alz_line *line)
{
    struct subunit *state = ctx;

    if (state->ref == 0)
        return true;
    if (state->output == 0) {
        state->output = alz_begin(out, state->ref, ALZ_ATTACHMENT);
        alz_set_text(out, state->output, ALZ_NAME, ALZ_STR("stdout"));
        alz_set_text(out, state->output, ALZ_MEDIA_TYPE, ALZ_STR("text/plain"));
    }
    alz_write(out, state->output, line->text);
    alz_write(out, state->output, ALZ_STR("\n"));
    return true;
}
