/* stream.c - the lines of tests, and the text between them. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "console.h"

static bool is_result(enum gtcon_mark mark)
{
    return mark == GTCON_OK || mark == GTCON_FAILED || mark == GTCON_SKIPPED ||
           mark == GTCON_ERROR;
}

/* ---- what the line is ------------------------------------------------- */

/* Whether a mark in the middle of a line is one: output without a line end
 * stands before it. */
static bool fits_inside(struct gtcon *state, enum gtcon_mark mark,
                        struct alz_str rest)
{
    struct alz_str end;

    if (is_result(mark))
        return gtcon_test_find(state, rest, &end);
    if (gtcon_test_now(state))
        return false;
    if (mark == GTCON_RUN)
        return alz_str_find(rest, ".") != SIZE_MAX &&
               alz_str_find(rest, " ") == SIZE_MAX;
    if (mark == GTCON_BAR)
        return alz_str_find(rest, " ran.") != SIZE_MAX;
    return mark == GTCON_RULE &&
           (alz_str_find(rest, " from ") != SIZE_MAX ||
            alz_str_starts(rest, "Global test environment"));
}

/* Offset of the mark that ends a line, or SIZE_MAX. */
static size_t find_inside(struct gtcon *state, enum gtcon_mark *ret_mark,
                          struct alz_str *ret_rest)
{
    struct alz_str line = state->plain;

    for (size_t at = 1; at < line.len; at++) {
        const char *next = memchr(line.ptr + at, '[', line.len - at);

        if (!next)
            break;
        at = (size_t)(next - line.ptr);
        *ret_mark = gtcon_mark_read(alz_str_from_offset(line, at), ret_rest);
        if (*ret_mark != GTCON_TEXT && fits_inside(state, *ret_mark, *ret_rest))
            return at;
    }
    return SIZE_MAX;
}

/* Reads the mark once for all rows. Never takes the line. */
bool gtcon_take_plain(void *ctx, struct alz_out *out,
                      const struct alz_line *line)
{
    struct gtcon *state = ctx;
    enum gtcon_mark mark;
    struct alz_str rest;
    size_t at;

    state->plain = gtest_plain(&state->room, line->text);
    state->mark = gtcon_mark_read(state->plain, &state->rest);
    if (state->mark != GTCON_TEXT)
        return false;
    at = find_inside(state, &mark, &rest);
    if (at == SIZE_MAX)
        return false;
    gtcon_part_line(state, out, gtcon_part_now(state),
                    gtest_head(state->plain, at));
    state->plain = alz_str_from_offset(state->plain, at);
    state->mark = mark;
    state->rest = rest;
    return false;
}

/* ---- tests ------------------------------------------------------------ */

/* The name of a test that has no RUN line (--gtest_brief), "": none. */
static struct alz_str loose_name(const struct gtcon *state,
                                 const struct alz_line *line)
{
    struct alz_str text = state->rest;
    size_t where = alz_str_find(text, ", where ");
    int64_t ms;

    if (!gtcon_take_ms(&text, &ms) && (line->unterminated || state->summary))
        return ALZ_STR("");
    text = gtest_head(text, where);
    if (alz_str_find(text, " ") != SIZE_MAX || alz_str_ends(text, ".") ||
        alz_str_starts(text, ".") || alz_str_find(text, ".") == SIZE_MAX)
        return ALZ_STR("");
    return text;
}

/* What was said since the last result is of this test. */
static void adopt_outside(struct gtcon *state, struct alz_out *out,
                          struct gtcon_test *test)
{
    struct gtcon_part *part = &state->outside, swap = test->part;
    struct alz_str tail, line;

    test->part = *part;
    test->part.node = swap.node;
    *part = swap;
    part->node = 0;
    tail = alz_text_str(&test->part.tail);
    if (!tail.len)
        return;
    /* Written again, to the test; the tail itself stays as it is. */
    gtest_set(&state->room, &state->block_body, tail);
    alz_text_clear(&test->part.tail);
    tail = alz_text_str(&state->block_body);
    while (alz_str_split(&tail, '\n', &line))
        if (tail.ptr)
            gtcon_part_line(state, out, &test->part, line);
    alz_text_clear(&state->block_body);
}

static bool take_loose(struct gtcon *state, struct alz_out *out,
                       const struct alz_line *line)
{
    struct alz_str name = loose_name(state, line), rest;
    struct gtcon_test *test;
    bool outside = !state->suite;

    if (!name.len)
        return false;
    gtcon_run_goes_on(state);
    test = gtcon_test_begin(state, out, name, 0);
    if (!test)
        return true;
    if (outside)
        adopt_outside(state, out, test);
    rest = alz_str_from_offset(state->rest, name.len);
    gtcon_test_end(state, out, test, state->mark, rest, line->seen_ms);
    if (!state->headers)
        gtcon_suite_leave(state, out);
    return true;
}

bool gtcon_take_result(void *ctx, struct alz_out *out,
                       const struct alz_line *line)
{
    struct gtcon *state = ctx;
    struct gtcon_test *test;
    struct alz_str rest;

    if (!is_result(state->mark))
        return false;
    test = gtcon_test_find(state, state->rest, &rest);
    if (!test)
        return !gtcon_test_now(state) && take_loose(state, out, line);
    gtcon_test_end(state, out, test, state->mark, rest, line->seen_ms);
    return true;
}

/* A name that was cut would be another test. */
bool gtcon_take_run(void *ctx, struct alz_out *out, const struct alz_line *line)
{
    struct gtcon *state = ctx;

    if (state->mark != GTCON_RUN || !state->rest.len || line->unterminated)
        return false;
    gtcon_run_goes_on(state);
    gtcon_test_begin(state, out, state->rest, line->seen_ms);
    return true;
}

bool gtcon_take_disabled(void *ctx, struct alz_out *out,
                         const struct alz_line *line)
{
    struct gtcon *state = ctx;

    if (state->mark != GTCON_DISABLED || gtcon_test_now(state) ||
        line->unterminated || alz_str_find(state->rest, ".") == SIZE_MAX)
        return false;
    gtcon_block_end(state, gtcon_part_now(state));
    gtcon_run_goes_on(state);
    if (gtcon_names_known(&state->shared, state->rest)) {
        state->disabled_run++;
        return true;
    }
    gtcon_names_add(state, &state->shared, state->rest);
    gtcon_test_disabled(state, out, state->rest);
    return true;
}

/* ---- text ------------------------------------------------------------- */

/* cmocka: "[  ERROR   ] --- 1 != 2", "[   LINE   ] --- t.c:9: error: ..." */
static bool take_cmocka(struct gtcon *state, struct alz_out *out)
{
    static const char lead[] = "--- ";
    struct gtcon_part *part = gtcon_part_now(state);
    struct alz_str text;

    if (!alz_str_starts(state->rest, lead))
        return false;
    text = alz_str_from_offset(state->rest, sizeof(lead) - 1);
    if (state->mark == GTCON_ERROR && state->block == GTCON_NO_BLOCK)
        gtcon_block_begin(state, part, GTCON_FAILURE, ALZ_STR(""), text);
    else if (state->mark == GTCON_ERROR || state->mark == GTCON_LINE)
        gtcon_part_line(state, out, part, text);
    else
        return false;
    return true;
}

bool gtcon_take_block(void *ctx, struct alz_out *out,
                      const struct alz_line *line)
{
    struct gtcon *state = ctx;
    struct alz_str location, body;
    enum gtcon_block kind;

    (void)line;
    if (state->mark != GTCON_TEXT)
        return take_cmocka(state, out);
    kind = gtcon_block_read(state->plain, &location, &body);
    if (kind == GTCON_NO_BLOCK)
        return false;
    gtcon_block_begin(state, gtcon_part_now(state), kind, location, body);
    return true;
}

/* A parameter's value may have a second line. */
static bool is_swallowed(struct gtcon *state)
{
    bool swallow = state->swallow;

    state->swallow = false;
    return swallow && alz_str_starts(state->plain, "    As Text: ");
}

/* Colours stay in what is attached. */
bool gtcon_take_text(void *ctx, struct alz_out *out,
                     const struct alz_line *line)
{
    struct gtcon *state = ctx;
    bool whole = state->plain.len == line->text.len ||
                 state->plain.ptr == state->room.plain.ptr;

    if (!is_swallowed(state))
        gtcon_part_line(state, out, gtcon_part_now(state),
                        whole && state->block == GTCON_NO_BLOCK ? line->text
                                                                : state->plain);
    return true;
}
