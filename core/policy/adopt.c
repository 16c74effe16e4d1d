/* adopt.c - what an attempt takes from its test, and a test from its suites. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "policy/stages.h"

/* An attempt has the identity of its test, whatever it says itself. */
static const enum alz_fact of_identity[] = {ALZ_NAME, ALZ_CLASS, ALZ_FULL_NAME,
                                            ALZ_ID};
static const enum alz_fact of_test[] = {ALZ_PACKAGE, ALZ_METHOD, ALZ_SOURCE,
                                        ALZ_DESCRIPTION, ALZ_THREAD};

/* Pairs of a suite that hold for each test in it. Its excluded parameters
 * (properties of the environment, as a rule) would only repeat themselves. */
static const bool inherited[ALZ_PAIR_KIND_COUNT] = {
    [ALZ_LABEL] = true, [ALZ_PARAMETER] = true, [ALZ_LINK] = true,
    [ALZ_ISSUE] = true, [ALZ_TMS] = true,
};

static void adopt_pairs(struct alz_node *test, const struct alz_node *from)
{
    for (const struct alz_pair *pair = from->pairs; pair; pair = pair->next)
        if (inherited[pair->kind])
            alz_pair_append(test, pair->kind, pair->name, pair->value);
}

static void drop_parameters(struct alz_node *test)
{
    struct alz_pair **link = &test->pairs;

    test->last_pair = NULL;
    while (*link) {
        if ((*link)->kind == ALZ_PARAMETER) {
            *link = (*link)->next;
        } else {
            test->last_pair = *link;
            link = &(*link)->next;
        }
    }
}

static void adopt_test(struct alz_node *attempt)
{
    const struct alz_node *test = attempt->parent;

    for (size_t i = 0; i < sizeof(of_identity) / sizeof(*of_identity); i++)
        attempt->text[of_identity[i]] = test->text[of_identity[i]];
    for (size_t i = 0; i < sizeof(of_test) / sizeof(*of_test); i++)
        if (!attempt->text[of_test[i]].len)
            attempt->text[of_test[i]] = test->text[of_test[i]];
    drop_parameters(attempt);
    adopt_pairs(attempt, test);
}

void alz_stage_adopt(struct alz_policy *policy, struct alz_node *test)
{
    (void)policy;
    if (alz_is_attempt(test))
        adopt_test(test);
    for (const struct alz_node *suite = alz_node_suite(test); suite;
         suite = alz_node_suite(suite))
        adopt_pairs(test, suite);
}
