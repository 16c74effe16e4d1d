/* ending.c - a verdict for everything, also for what was cut off. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "policy/stages.h"

/* ---- the test --------------------------------------------------------- */

static void end_cut_test(struct alz_node *test)
{
    if (test->status != ALZ_FAILED)
        test->status = ALZ_BROKEN;
    if (!test->text[ALZ_MESSAGE].len)
        test->text[ALZ_MESSAGE] =
            ALZ_STR("record incomplete: the input ends inside this test");
}

static bool failed_before(const struct alz_node *test)
{
    for (const struct alz_node *at = test->first; at; at = at->next)
        if (at->kind == ALZ_TEST && at->status <= ALZ_BROKEN)
            return true;
    return false;
}

/* Of several attempts only the last one is flaky, and only when it passed
 * after one that did not. */
static void mark_flaky(const struct alz_policy *policy, struct alz_node *test)
{
    if (policy->attempt < policy->attempts)
        test->flags &= ~(unsigned)ALZ_FLAKY;
    else if (test->status == ALZ_PASSED && failed_before(test))
        test->flags |= ALZ_FLAKY;
}

/* ---- steps and fixtures ----------------------------------------------- */

static struct alz_node *step_from(struct alz_node *node)
{
    while (node && !alz_is_step(node))
        node = node->next;
    return node;
}

static struct alz_node *innermost(struct alz_node *node)
{
    for (struct alz_node *at = node; at; at = step_from(at->first))
        node = at;
    return node;
}

/* The worst status said by the children, NONE when none said one. */
static enum alz_status worst_child(const struct alz_node *node)
{
    enum alz_status worst = ALZ_STATUS_NONE;

    for (struct alz_node *at = step_from(node->first); at;
         at = step_from(at->next))
        if (at->status < worst)
            worst = at->status;
    return worst;
}

/* From the inside out: what was cut is broken, what said nothing is as bad
 * as its children. */
static void end_steps_by_children(struct alz_node *top)
{
    struct alz_node *at = innermost(step_from(top->first)), *next;

    for (; at && at != top; at = next) {
        next = step_from(at->next);
        next = next ? innermost(next) : at->parent;
        if (at->status != ALZ_STATUS_NONE && at->status != ALZ_PASSED)
            continue;
        if (at->open || at->flags & ALZ_INCOMPLETE)
            at->status = ALZ_BROKEN;
        else if (at->status == ALZ_STATUS_NONE)
            at->status = worst_child(at);
    }
}

/* From the outside in: of steps that said nothing the last one ended as what
 * it is a step of, the others passed. When another one is to blame already,
 * it passed too. */
static void end_steps_by_parent(struct alz_node *top)
{
    struct alz_node *at = top;

    for (; at; at = alz_tree_next(top, at)) {
        enum alz_status status =
            worst_child(at) <= ALZ_BROKEN || at->status == ALZ_STATUS_NONE
                ? ALZ_PASSED
                : at->status;

        for (struct alz_node *step = step_from(at->first), *next; step;
             step = next) {
            next = step_from(step->next);
            if (step->status == ALZ_STATUS_NONE)
                step->status = next ? ALZ_PASSED : status;
        }
    }
}

void alz_parts_ending(struct alz_policy *policy, struct alz_node *top)
{
    (void)policy;
    if (!step_from(top->first))
        return;
    end_steps_by_children(top);
    end_steps_by_parent(top);
}

void alz_stage_ending(struct alz_policy *policy, struct alz_node *test)
{
    if (test->open || test->flags & ALZ_INCOMPLETE)
        end_cut_test(test);
    if (test->status == ALZ_STATUS_NONE)
        test->status = ALZ_UNKNOWN;
    if (policy->attempts > 1)
        mark_flaky(policy, test);
    alz_parts_ending(policy, test);
}
