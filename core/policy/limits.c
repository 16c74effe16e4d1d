/* limits.c - what is too long is cut, what is too deep is made flat. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "policy/stages.h"

#include "base/utf8.h"

#include <inttypes.h>
#include <stdio.h>

static const struct alz_diag deep = {
    ALZ_WARNING, "policy/deep-steps",
    "steps nested too deep for the readers were flattened", 0};

enum { TITLE_LEVELS_MAX = 64 };

/* ---- lengths ---------------------------------------------------------- */

/* At most max bytes, "..." included. */
static void cut_line(struct alz_arena *arena, struct alz_str *text, size_t max)
{
    struct alz_str parts[2] = {
        {NULL, 0},
        ALZ_STR("...")
    };

    if (text->len <= max)
        return;
    parts[0] = alz_utf8_cut(*text, max > 3 ? max - 3 : 0);
    *text = alz_join(arena, parts, 2);
}

/* The head, and a line that says how much is missing. */
static void cut_text(struct alz_arena *arena, struct alz_str *text, size_t max)
{
    struct alz_str parts[2];
    char line[64];

    if (text->len <= max)
        return;
    parts[0] = alz_utf8_cut(*text, max);
    snprintf(line, sizeof(line), "\n[... %zu bytes cut]",
             text->len - parts[0].len);
    parts[1] = alz_str_from(line);
    *text = alz_join(arena, parts, 2);
}

static void cut_pairs(const struct alz_limits *limits, struct alz_node *node)
{
    for (struct alz_pair *pair = node->pairs; pair; pair = pair->next) {
        bool parameter =
            pair->kind == ALZ_PARAMETER || pair->kind == ALZ_EXCLUDED;

        cut_line(node->arena, &pair->name, limits->name);
        cut_line(node->arena, &pair->value,
                 parameter ? limits->parameter : limits->name);
    }
}

static void cut_texts(const struct alz_limits *limits, struct alz_node *node)
{
    struct alz_str *text = node->text;

    cut_line(node->arena, &text[ALZ_NAME], limits->name);
    cut_line(node->arena, &text[ALZ_FULL_NAME], limits->name);
    cut_text(node->arena, &text[ALZ_MESSAGE], limits->message);
    cut_text(node->arena, &text[ALZ_EXPECTED], limits->message);
    cut_text(node->arena, &text[ALZ_ACTUAL], limits->message);
    cut_text(node->arena, &text[ALZ_DESCRIPTION], limits->message);
    cut_text(node->arena, &text[ALZ_TRACE], limits->trace);
    cut_pairs(limits, node);
}

static void cut_path(const struct alz_limits *limits, struct alz_node *test)
{
    size_t levels = 0;

    for (struct alz_path *at = test->title_path; at; at = at->next) {
        cut_line(test->arena, &at->name, limits->name);
        if (++levels == TITLE_LEVELS_MAX)
            at->next = NULL;
    }
}

/* ---- depth ------------------------------------------------------------ */

/* Takes the steps out of node's children: *first to *last, linked by next. */
static void take_steps(struct alz_node *node, struct alz_node **first,
                       struct alz_node **last)
{
    struct alz_node **link = &node->first;

    *first = *last = NULL;
    node->last = NULL;
    while (*link) {
        struct alz_node *child = *link;

        if (!alz_is_step(child)) {
            node->last = child;
            link = &child->next;
            continue;
        }
        *link = child->next;
        child->next = NULL;
        child->parent = node->parent;
        if (*last)
            (*last)->next = child;
        else
            *first = child;
        *last = child;
    }
}

/* Steps in a step become its next siblings: the order of reading stays. */
static bool flatten(struct alz_node *node)
{
    struct alz_node *first, *last;

    take_steps(node, &first, &last);
    if (!first)
        return false;
    last->next = node->next;
    node->next = first;
    if (node->parent->last == node)
        node->parent->last = last;
    return true;
}

static size_t depth_below(const struct alz_node *top, const struct alz_node *at)
{
    size_t depth = 0;

    for (; at != top; at = at->parent)
        depth++;
    return depth;
}

/* Depth is counted along the walk; the way back up is walked once for each
 * node that is left. */
static void flatten_steps(const struct alz_policy *policy, struct alz_node *top)
{
    size_t max = policy->options.limits.step_depth;
    struct alz_node *at = top, *before;
    bool flattened = false;
    size_t depth = 0;

    for (;;) {
        before = at;
        at = alz_tree_next(top, at);
        if (!at)
            break;
        depth = at->parent == before ? depth + 1 : depth_below(top, at);
        if (depth >= max && alz_is_step(at))
            flattened |= flatten(at);
    }
    if (flattened)
        alz_policy_report(policy, &deep, top->text[ALZ_NAME]);
}

/* ---- all of it -------------------------------------------------------- */

void alz_parts_limits(struct alz_policy *policy, struct alz_node *top)
{
    const struct alz_limits *limits = &policy->options.limits;
    struct alz_node *at = top;

    if (top->kind == ALZ_SUITE)
        cut_texts(limits, top);
    if (!top->first)
        return;
    flatten_steps(policy, top);
    while ((at = alz_tree_next(top, at)) != NULL)
        cut_texts(limits, at);
    alz_attachments_name(top);
}

void alz_stage_limits(struct alz_policy *policy, struct alz_node *test)
{
    const struct alz_limits *limits = &policy->options.limits;

    cut_texts(limits, test);
    cut_path(limits, test);
    alz_parts_limits(policy, test);
}
