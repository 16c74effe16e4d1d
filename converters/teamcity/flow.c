/* flow.c - flows of messages, and the suites in them. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "teamcity.h"

#include <stdlib.h>

struct tc_flow *tc_flow_open(struct tc *state, struct alz_out *out)
{
    struct alz_str id = tc_said(state, TC_FLOW);
    struct tc_flow *flow = alz_map_find(&state->flows, id);

    if (flow == NULL)
        flow = alz_map_add(&state->flows, id, sizeof *flow);
    if (flow == NULL)
        tc_refused(state, out, &state->flows);
    return flow;
}

/* Most flows are never said to end; one in which nothing is open, and that is
 * inside no other, is as good as new. */
void tc_flow_settle(struct tc *state, struct tc_flow *flow)
{
    if (flow->innermost == NULL && flow->open == 0 && flow->base == 0)
        alz_map_drop(&state->flows, flow);
}

alz_ref tc_flow_ref(const struct tc_flow *flow)
{
    return flow->innermost != NULL ? flow->innermost->ref : flow->base;
}

/* "flowStarted flowId='b' parent='a'" */
void tc_flow_begin(struct tc *state, struct alz_out *out)
{
    struct tc_flow *flow = tc_flow_open(state, out);
    const struct tc_flow *parent =
        alz_map_find(&state->flows, tc_said(state, TC_PARENT));

    if (flow == NULL)
        return;
    if (parent != NULL && flow != parent)
        flow->base = tc_flow_ref(parent);
    tc_flow_settle(state, flow);
}

static void drop_level(struct alz_out *out, struct tc_flow *flow)
{
    struct tc_level *level = flow->innermost;

    flow->innermost = level->outer;
    if (out != NULL)
        alz_end(out, level->ref);
    free(level->name);
    free(level);
}

static struct tc_level *level_new(struct alz_str name)
{
    struct tc_level *level = calloc(1, sizeof *level);

    if (level == NULL)
        return NULL;
    level->name = malloc(name.len + 1);
    if (level->name == NULL) {
        free(level);
        return NULL;
    }
    if (name.len > 0)
        memcpy(level->name, name.ptr, name.len);
    level->name_len = name.len;
    return level;
}

void tc_suite_begin(struct tc *state, struct alz_out *out)
{
    struct tc_flow *flow = tc_flow_open(state, out);
    struct alz_str name = tc_said(state, TC_NAME);
    struct tc_level *level;

    if (flow == NULL)
        return;
    level = level_new(name);
    if (level == NULL) {
        state->starved = true;
        return;
    }
    level->outer = flow->innermost;
    level->ref = alz_begin(out, tc_flow_ref(flow), ALZ_SUITE);
    flow->innermost = level;
    alz_set_text(out, level->ref, ALZ_NAME, name);
}

/* Ends it and what was left open in it; a name that is not open ends
 * nothing. */
void tc_suite_end(struct tc *state, struct alz_out *out)
{
    struct tc_flow *flow = alz_map_find(&state->flows, tc_said(state, TC_FLOW));
    struct alz_str name = tc_said(state, TC_NAME);
    struct tc_level *level, *stop;

    if (flow == NULL)
        return;
    for (level = flow->innermost; level != NULL; level = level->outer)
        if (alz_str_equal((struct alz_str){level->name, level->name_len}, name))
            break;
    if (level == NULL)
        return;
    stop = level->outer;
    while (flow->innermost != stop)
        drop_level(out, flow);
    tc_flow_settle(state, flow);
}

/* It is kept while something is open in it. */
void tc_flow_end(struct tc *state, struct alz_out *out)
{
    struct tc_flow *flow = alz_map_find(&state->flows, tc_said(state, TC_FLOW));

    (void)out;
    if (flow == NULL)
        return;
    flow->base = 0;
    tc_flow_settle(state, flow);
}

bool tc_flows_end(struct tc *state, struct alz_out *out)
{
    struct tc_flow *flow = NULL;
    bool open = false;

    while ((flow = alz_map_next(&state->flows, flow)) != NULL)
        while (flow->innermost != NULL) {
            drop_level(out, flow);
            open = true;
        }
    return open;
}

void tc_flows_done(struct tc *state)
{
    tc_flows_end(state, NULL);
    alz_map_done(&state->flows);
}
