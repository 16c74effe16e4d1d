/* list.c - the converter of CTest's lists of tests: descriptor, rows, tests. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "list.h"

#include <stdlib.h>

static const struct alz_diag memory = {ALZ_ERROR, "ctest-list/memory",
                                       "out of memory", 70};
static const struct alz_diag foreign = {
    ALZ_ERROR, "ctest-list/foreign",
    "this is not what ctest --show-only=json-v1 prints", 3};
static const struct alz_diag version = {
    ALZ_WARNING, "ctest-list/version",
    "this version of CTest's list is read as if it were version 1", 0};
static const struct alz_diag large = {
    ALZ_WARNING, "ctest-list/large-graph",
    "too many calls of CMake: some tests have no place", 0};

static void out_of_memory(struct ctlist *state, struct alz_out *out)
{
    if (!state->no_memory)
        alz_report(out, &memory, ALZ_STR(""));
    state->no_memory = true;
}

/* ---- the document ------------------------------------------------------- */

static void kind_value(void *ctx, struct alz_out *out,
                       const struct alz_json_value *value)
{
    struct ctlist *state = ctx;

    state->ours = alz_str_is(value->text, "ctestInfo");
    if (!state->ours && !state->foreign)
        alz_report(out, &foreign, ALZ_STR(""));
    state->foreign |= !state->ours;
}

static void major_value(void *ctx, struct alz_out *out,
                        const struct alz_json_value *value)
{
    (void)ctx;
    if (!alz_str_is(value->text, "1"))
        alz_report(out, &version, value->text);
}

/* ---- where a test is written -------------------------------------------- */

static void tell_source(struct ctlist *state, struct alz_out *out, alz_ref test,
                        uint32_t node)
{
    if (ctlist_graph_source(&state->graph, node, &state->source))
        alz_set_text(out, test, ALZ_SOURCE, alz_text_str(&state->source));
    else if (state->source.full)
        out_of_memory(state, out);
}

static void file_value(void *ctx, struct alz_out *out,
                       const struct alz_json_value *value)
{
    struct ctlist *state = ctx;

    (void)out;
    ctlist_graph_file(&state->graph, value->text);
}

static void node_open(void *ctx, struct alz_out *out,
                      const struct alz_json_value *value)
{
    struct ctlist *state = ctx;

    (void)out;
    (void)value;
    ctlist_graph_node(&state->graph);
}

static void node_value(void *ctx, struct alz_out *out,
                       const struct alz_json_value *value)
{
    struct ctlist *state = ctx;

    (void)out;
    ctlist_graph_member(&state->graph, value->key, value->text);
}

static void end_waiting(struct ctlist *state, struct alz_out *out)
{
    for (size_t i = 0; i < state->waiting_count; i++) {
        const struct ctlist_waiting *at = &state->waiting[i];

        tell_source(state, out, at->ref, at->node);
        alz_end(out, at->ref);
    }
    state->waiting_count = 0;
}

static void graph_close(void *ctx, struct alz_out *out)
{
    struct ctlist *state = ctx;

    state->graph_over = true;
    if (state->graph.starved)
        out_of_memory(state, out);
    if (state->graph.full)
        alz_report(out, &large, ALZ_STR(""));
    end_waiting(state, out);
}

/* ---- tests -------------------------------------------------------------- */

static void tests_open(void *ctx, struct alz_out *out,
                       const struct alz_json_value *value)
{
    struct ctlist *state = ctx;

    (void)out;
    state->seen |= value->type == ALZ_JSON_ARRAY;
}

static void test_open(void *ctx, struct alz_out *out,
                      const struct alz_json_value *value)
{
    struct ctlist *state = ctx;

    (void)out;
    (void)value;
    state->test = 0;
    state->node = CTLIST_NONE;
}

/* Comes before the properties. The list does not know the top of the build
 * tree, so the directory, which a report has, is unknown. */
static void name_value(void *ctx, struct alz_out *out,
                       const struct alz_json_value *value)
{
    struct ctlist *state = ctx;

    if (state->test || state->foreign || !value->text.len)
        return;
    state->test = alz_begin(out, 0, ALZ_TEST);
    alz_set_text(out, state->test, ALZ_NAME, value->text);
    alz_set_text(out, state->test, ALZ_FRAMEWORK, ALZ_STR("ctest"));
}

static void backtrace_value(void *ctx, struct alz_out *out,
                            const struct alz_json_value *value)
{
    struct ctlist *state = ctx;
    uint64_t node;

    (void)out;
    if (alz_number_parse(value->text, &node) && node < CTLIST_NONE)
        state->node = (uint32_t)node;
}

static void test_close(void *ctx, struct alz_out *out)
{
    struct ctlist *state = ctx;
    void *waiting = state->waiting;

    if (!state->test)
        return;
    if (state->graph_over || state->node == CTLIST_NONE) {
        tell_source(state, out, state->test, state->node);
        alz_end(out, state->test);
    } else if (ctlist_reserve(&waiting, &state->waiting_cap,
                              state->waiting_count, sizeof(*state->waiting))) {
        state->waiting = waiting;
        state->waiting[state->waiting_count++] =
            (struct ctlist_waiting){state->test, state->node};
    } else {
        out_of_memory(state, out);
    }
    state->test = 0;
}

/* ---- properties --------------------------------------------------------- */

static void take_label(struct ctlist *state, struct alz_out *out,
                       const struct alz_json_value *value)
{
    alz_tag_tell(out, state->test, value->text);
}

static void take_disabled(struct ctlist *state, struct alz_out *out,
                          const struct alz_json_value *value)
{
    if (value->type != ALZ_JSON_TRUE)
        return;
    alz_set_status(out, state->test, ALZ_SKIPPED, 0);
    alz_set_text(out, state->test, ALZ_MESSAGE, ALZ_STR("disabled"));
}

/* The others tell how CTest plans its runs. */
static const struct ctlist_property {
    const char *name;
    void (*take)(struct ctlist *state, struct alz_out *out,
                 const struct alz_json_value *value);
} properties[] = {
    {"LABELS",   take_label   },
    {"DISABLED", take_disabled},
};

static void property_open(void *ctx, struct alz_out *out,
                          const struct alz_json_value *value)
{
    struct ctlist *state = ctx;

    (void)out;
    (void)value;
    state->property = NULL;
}

static void property_name(void *ctx, struct alz_out *out,
                          const struct alz_json_value *value)
{
    struct ctlist *state = ctx;

    (void)out;
    for (size_t i = 0; i < sizeof(properties) / sizeof(*properties); i++)
        if (alz_str_is(value->text, properties[i].name))
            state->property = &properties[i];
}

/* The value, or an element of it. */
static void property_value(void *ctx, struct alz_out *out,
                           const struct alz_json_value *value)
{
    struct ctlist *state = ctx;

    if (state->property && state->test)
        state->property->take(state, out, value);
}

/* ---- table and life ----------------------------------------------------- */

#define GRAPH "/backtraceGraph"
#define TEST "/tests/[]"
#define PROPERTY TEST "/properties/[]"

static const struct alz_json_row rows[] = {
    {"/kind",              NULL,          kind_value,      NULL       },
    {"/version/major",     NULL,          major_value,     NULL       },
    {GRAPH,                NULL,          NULL,            graph_close},
    {GRAPH "/files/[]",    NULL,          file_value,      NULL       },
    {GRAPH "/nodes/[]",    node_open,     NULL,            NULL       },
    {GRAPH "/nodes/[]/*",  NULL,          node_value,      NULL       },
    {"/tests",             tests_open,    NULL,            NULL       },
    {TEST,                 test_open,     NULL,            test_close },
    {TEST "/name",         NULL,          name_value,      NULL       },
    {TEST "/backtrace",    NULL,          backtrace_value, NULL       },
    {PROPERTY,             property_open, NULL,            NULL       },
    {PROPERTY "/name",     NULL,          property_name,   NULL       },
    {PROPERTY "/value",    NULL,          property_value,  NULL       },
    {PROPERTY "/value/[]", NULL,          property_value,  NULL       },
    {NULL,                 NULL,          NULL,            NULL       },
};

static void finish(void *ctx, struct alz_out *out, enum alz_ending ending)
{
    struct ctlist *state = ctx;

    if (state->test)
        alz_end(out, state->test);
    end_waiting(state, out);
    if (ending == ALZ_COMPLETE && !state->foreign &&
        (!state->ours || !state->seen))
        alz_report(out, &foreign, ALZ_STR(""));
}

static void done(void *ctx)
{
    struct ctlist *state = ctx;

    ctlist_graph_done(&state->graph);
    free(state->waiting);
    alz_text_done(&state->source);
}

const struct alz_converter alz_converter_ctest_list = {
    .abi = ALZ_CONVERTER_ABI,
    .name = "ctest-list",
    .title = "CTest's list of tests (ctest --show-only=json-v1)",
    .reader = ALZ_READ_JSON,
    .table = rows,
    .state_size = sizeof(struct ctlist),
    .probe = ctlist_probe,
    .finish = finish,
    .done = done,
    .lists = true,
};
