/* events.c - the converter of JSON lines that spell the verbs themselves. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "events.h"

enum {
    REPORTS_MAX = 100,
    MEMBER_MAX = 2 * 1024 * 1024 /* a line is at most 1 MiB */
};

static const struct alz_diag no_object = {ALZ_ERROR, "events/line",
                                          "this line is no JSON object", 4};
static const struct alz_diag too_long = {
    ALZ_ERROR, "events/line",
    "this line is longer than 1 MiB; write more of them", 4};
static const struct alz_diag unknown_key = {
    ALZ_WARNING, "events/key", "a member that no verb has; it is ignored", 0};
static const struct alz_diag twice = {
    ALZ_ERROR, "events/member", "twice in this line, which is ignored", 4};
static const struct alz_diag left_open = {ALZ_ERROR, "events/open",
                                          "begun and never ended", 4};
static const struct alz_diag empty = {
    ALZ_ERROR, "events/empty", "no line of this input begins anything", 3};
static const struct alz_diag more = {ALZ_ERROR, "events/more",
                                     "further complaints are not told", 4};
static const struct alz_diag memory = {ALZ_ERROR, "events/memory",
                                       "out of memory", 70};

void events_complain(struct events *state, const struct alz_diag *diag,
                     struct alz_str detail)
{
    if (state->reports > REPORTS_MAX)
        return;
    if (state->reports++ == REPORTS_MAX)
        alz_report(state->out, &more, ALZ_STR(""));
    else
        alz_report(state->out, diag, detail);
}

/* ---- one line --------------------------------------------------------- */

static void add_flag(struct events *state, const struct alz_json_value *value)
{
    int flag = value->type == ALZ_JSON_STRING
                   ? alz_word_find(ALZ_FLAG_WORDS, value->text)
                   : -1;

    if (flag < 0)
        state->bad_flag = true;
    else
        state->flags |= 1U << flag;
}

static void on_value(void *ctx, const struct alz_json_value *value)
{
    struct events *state = ctx;
    enum events_member which = events_member_find(value->key);
    struct events_value *member;

    if (value->depth > 1) {
        if (value->depth == 2 && which == EVENTS_FLAGS)
            add_flag(state, value);
        return;
    }
    if (which == EVENTS_MEMBER_COUNT) {
        alz_text_clear(&state->key);
        alz_text_add(&state->key, value->key);
        state->starved |= state->key.full;
        return;
    }
    member = &state->members[which];
    if (member->seen)
        state->twice = events_member_name(which);
    member->seen = true;
    member->said = value->type != ALZ_JSON_NULL;
    member->type = value->type;
    alz_text_clear(&member->text);
    alz_text_add(&member->text, value->text);
    state->starved |= member->text.full;
    if (which == EVENTS_FLAGS && member->said)
        state->bad_flag = value->type != ALZ_JSON_ARRAY;
}

static void forget(struct events *state)
{
    for (int i = 0; i < EVENTS_MEMBER_COUNT; i++) {
        state->members[i].seen = state->members[i].said = false;
        alz_text_clear(&state->members[i].text);
    }
    alz_text_clear(&state->key);
    state->twice = NULL;
    state->flags = 0;
    state->bad_flag = false;
}

static bool take(void *ctx, struct alz_out *out, const struct alz_line *line)
{
    struct events *state = ctx;
    enum alz_json_text end;

    if (state->starved || alz_str_trim(line->text).len == 0)
        return true;
    state->out = out;
    forget(state);
    end = alz_json_object_read(line->text, on_value, state);
    state->starved |= end == ALZ_JSON_TEXT_NO_MEMORY;
    if (state->starved)
        return true;
    if (end == ALZ_JSON_TEXT_DAMAGED) {
        events_complain(state, line->cut > 0 ? &too_long : &no_object,
                        ALZ_STR(""));
        return true;
    }
    if (state->twice != NULL) {
        events_complain(state, &twice, alz_str_from(state->twice));
        return true;
    }
    if (state->key.len > 0)
        events_complain(state, &unknown_key, alz_text_str(&state->key));
    events_act(state);
    return true;
}

/* ---- life ------------------------------------------------------------- */

static int start(void *ctx, struct alz_out *out, const struct alz_input *in)
{
    struct events *state = ctx;

    state->live = in->live;
    state->out = out;
    for (int i = 0; i < EVENTS_MEMBER_COUNT; i++)
        state->members[i].text.max = MEMBER_MAX;
    state->key.max = state->bytes.max = MEMBER_MAX;
    return 0;
}

/* What its author did not end is incomplete, and told once. */
static void finish(void *ctx, struct alz_out *out, enum alz_ending ending)
{
    struct events *state = ctx;
    struct events_node *node = alz_map_next(&state->nodes, NULL);

    state->out = out;
    if (!state->begun && !state->live && !state->starved)
        alz_report(out, &empty, ALZ_STR(""));
    if (node != NULL && ending == ALZ_COMPLETE && !state->starved)
        alz_report(out, &left_open, alz_map_key(node));
    for (; node != NULL; node = alz_map_next(&state->nodes, node))
        if (node->kind == ALZ_TEST)
            alz_set_status(out, node->ref, ALZ_STATUS_NONE, ALZ_INCOMPLETE);
    if (state->starved)
        alz_report(out, &memory, ALZ_STR(""));
}

static void done(void *ctx)
{
    struct events *state = ctx;

    for (int i = 0; i < EVENTS_MEMBER_COUNT; i++)
        alz_text_done(&state->members[i].text);
    alz_text_done(&state->bytes);
    alz_text_done(&state->key);
    alz_map_done(&state->nodes);
}

static const struct alz_line_row rows[] = {
    {"event", take},
    {NULL,    NULL},
};

const struct alz_converter alz_converter_events = {
    .abi = ALZ_CONVERTER_ABI,
    .name = "events",
    .title = "JSON lines of events, for converters in any language",
    .reader = ALZ_READ_LINES,
    .table = rows,
    .state_size = sizeof(struct events),
    .probe = events_probe,
    .start = start,
    .finish = finish,
    .done = done,
};
