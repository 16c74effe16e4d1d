/* cargo.c - the converter of libtest's JSON: descriptor, lines, life. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "cargo.h"

enum {
    MEMBER_MAX = 2 * 1024 * 1024, /* a line is at most 1 MiB */
    TEXT_MAX = 64 * 1024
};

static const struct alz_diag memory = {ALZ_ERROR, "cargo-json/memory",
                                       "out of memory", 70};
static const struct alz_diag empty = {
    ALZ_ERROR, "cargo-json/empty", "no event of libtest is in this input", 3};
static const struct alz_diag damaged = {ALZ_ERROR, "cargo-json/line",
                                        "this line is no whole JSON object", 4};

static const char *const members[] = {
    [CARGO_TYPE] = "type",     [CARGO_EVENT] = "event",
    [CARGO_NAME] = "name",     [CARGO_EXEC_TIME] = "exec_time",
    [CARGO_STDOUT] = "stdout", [CARGO_MESSAGE] = "message",
    [CARGO_REASON] = "reason", [CARGO_TEST_COUNT] = "test_count",
    [CARGO_MEDIAN] = "median", [CARGO_DEVIATION] = "deviation",
};

enum cargo_member cargo_member_find(struct alz_str name)
{
    for (int i = 0; i < CARGO_MEMBER_COUNT; i++)
        if (alz_str_is(name, members[i]))
            return (enum cargo_member)i;
    return CARGO_MEMBER_COUNT;
}

void cargo_append(struct cargo *state, struct alz_text *text,
                  struct alz_str more)
{
    if (text->max == 0)
        text->max = TEXT_MAX;
    alz_text_add(text, more);
    state->starved |= text->full && text->len < text->max;
}

/* ---- lines ------------------------------------------------------------ */

static void on_value(void *ctx, const struct alz_json_value *value)
{
    struct cargo *state = ctx;
    enum cargo_member which = cargo_member_find(value->key);
    struct cargo_value *member;

    if (value->depth > 1 || which == CARGO_MEMBER_COUNT)
        return;
    member = &state->members[which];
    member->said = value->type != ALZ_JSON_NULL;
    alz_text_clear(&member->text);
    cargo_append(state, &member->text, value->text);
}

static void act(struct cargo *state, struct alz_out *out)
{
    static const struct {
        const char *type;
        void (*act)(struct cargo *state, struct alz_out *out);
    } types[] = {
        {"suite", cargo_suite},
        {"test",  cargo_test },
        {"bench", cargo_bench},
    };

    for (size_t i = 0; i < sizeof(types) / sizeof *types; i++) {
        if (!alz_str_is(cargo_said(state, CARGO_TYPE), types[i].type))
            continue;
        state->seen = true;
        types[i].act(state, out);
    }
}

static bool take_event(void *ctx, struct alz_out *out,
                       const struct alz_line *line)
{
    struct cargo *state = ctx;
    enum alz_json_text end;

    if (state->starved || line->text.len == 0)
        return true;
    if (line->text.ptr[0] != '{')
        return false;
    state->seen_ms = line->seen_ms;
    for (int i = 0; i < CARGO_MEMBER_COUNT; i++) {
        state->members[i].said = false;
        alz_text_clear(&state->members[i].text);
    }
    end = alz_json_object_read(line->text, on_value, state);
    state->starved |= end == ALZ_JSON_TEXT_NO_MEMORY;
    if (state->starved)
        return true;
    if (end == ALZ_JSON_TEXT_DAMAGED)
        alz_report(out, &damaged, ALZ_STR(""));
    /* Of a line too long for us the output comes last. */
    if (end == ALZ_JSON_TEXT_WHOLE || line->cut > 0)
        act(state, out);
    state->starved |= state->tests.starved;
    return true;
}

/* ---- life ------------------------------------------------------------- */

static int start(void *ctx, struct alz_out *out, const struct alz_input *in)
{
    struct cargo *state = ctx;

    (void)out;
    (void)in;
    for (int i = 0; i < CARGO_MEMBER_COUNT; i++)
        state->members[i].text.max = MEMBER_MAX;
    state->room.max = MEMBER_MAX;
    return 0;
}

static void finish(void *ctx, struct alz_out *out, enum alz_ending ending)
{
    struct cargo *state = ctx;

    if (!state->starved) {
        cargo_suite_cut(state, out, ending != ALZ_COMPLETE);
        cargo_tell_unbuilt(state, out);
    }
    if (!state->seen && ending == ALZ_COMPLETE)
        alz_report(out, &empty, ALZ_STR(""));
    if (state->starved)
        alz_report(out, &memory, ALZ_STR(""));
}

static void done(void *ctx)
{
    struct cargo *state = ctx;

    for (int i = 0; i < CARGO_MEMBER_COUNT; i++)
        alz_text_done(&state->members[i].text);
    alz_text_done(&state->program);
    alz_text_done(&state->compiler);
    alz_text_done(&state->room);
    alz_map_done(&state->tests);
}

static const struct alz_line_row rows[] = {
    {"event", take_event     },
    {"text",  cargo_take_text},
    {NULL,    NULL           },
};

const struct alz_converter alz_converter_cargo_json = {
    .abi = ALZ_CONVERTER_ABI,
    .name = "cargo-json",
    .title = "cargo test -- --format json (libtest)",
    .reader = ALZ_READ_LINES,
    .table = rows,
    .state_size = sizeof(struct cargo),
    .probe = cargo_probe,
    .start = start,
    .finish = finish,
    .done = done,
};
