/* go.c - the converter of `go test -json`: descriptor, life. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "go.h"

enum { MEMBER_MAX = 2 * 1024 * 1024 /* a line is at most 1 MiB */ };

static const struct alz_diag memory = {ALZ_ERROR, "go-json/memory",
                                       "out of memory", 70};
static const struct alz_diag empty = {
    ALZ_ERROR, "go-json/empty", "no event of `go test -json` is in this input",
    3};

static const struct alz_diag too_many = {
    ALZ_ERROR, "go-json/too-many-open",
    "too many tests, packages or builds are open at once; the rest is lost", 4};

void go_refused(struct go *state, struct alz_out *out,
                const struct alz_map *map)
{
    state->starved |= map->starved;
    if (!map->starved && !state->full)
        alz_report(out, &too_many, ALZ_STR(""));
    state->full = true;
}

static int start(void *ctx, struct alz_out *out, const struct alz_input *in)
{
    struct go *state = ctx;

    (void)out;
    (void)in;
    for (int i = 0; i < GO_MEMBER_COUNT; i++)
        state->members[i].text.max = MEMBER_MAX;
    return 0;
}

static void finish(void *ctx, struct alz_out *out, enum alz_ending ending)
{
    struct go *state = ctx;

    if (!state->starved)
        go_packages_finish(state, out, ending != ALZ_COMPLETE);
    if (!state->seen && ending == ALZ_COMPLETE)
        alz_report(out, &empty, ALZ_STR(""));
    if (state->starved)
        alz_report(out, &memory, ALZ_STR(""));
}

static void done(void *ctx)
{
    struct go *state = ctx;

    for (int i = 0; i < GO_MEMBER_COUNT; i++)
        alz_text_done(&state->members[i].text);
    alz_text_done(&state->builder);
    alz_text_done(&state->room);
    go_packages_done(state);
}

static const struct alz_line_row rows[] = {
    {"event", go_take_event},
    {"text",  go_take_text },
    {NULL,    NULL         },
};

const struct alz_converter alz_converter_go_json = {
    .abi = ALZ_CONVERTER_ABI,
    .name = "go-json",
    .title = "go test -json, also as gotestsum keeps it",
    .reader = ALZ_READ_LINES,
    .table = rows,
    .state_size = sizeof(struct go),
    .probe = go_probe,
    .start = start,
    .finish = finish,
    .done = done,
};
