/* test_node.c - suites of a node, inherited facts, pairs. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "record/node.h"
#include "tap.h"

static void chain_of_suites(void)
{
    struct alz_node outer = {.kind = ALZ_SUITE};
    struct alz_node inner = {.kind = ALZ_SUITE, .parent = &outer};
    struct alz_node test = {.kind = ALZ_TEST, .parent = &inner};
    struct alz_node attempt = {.kind = ALZ_TEST, .parent = &test};

    OK(alz_node_suite(&attempt) == &inner, "of an attempt: its test's suite");
    OK(alz_node_suite(&inner) == &outer, "of a suite: the one around it");
    OK(!alz_node_suite(&outer), "of a top-level node: none");
    OK(!alz_node_inherited(&attempt, ALZ_HOST).ptr, "nobody said a host");
    outer.text[ALZ_HOST] = ALZ_STR("far");
    IS(alz_node_inherited(&attempt, ALZ_HOST), "far", "the outermost did");
    inner.text[ALZ_HOST] = ALZ_STR("near");
    IS(alz_node_inherited(&attempt, ALZ_HOST), "near", "the nearest wins");
    test.text[ALZ_HOST] = ALZ_STR("");
    IS(alz_node_inherited(&test, ALZ_HOST), "near", "an empty one does not");
}

static void pairs(void)
{
    struct alz_arena arena = {0};
    struct alz_node node = {.kind = ALZ_TEST, .arena = &arena};
    char text[] = "owner";

    alz_node_add(&node, ALZ_LABEL, alz_str_from(text), ALZ_STR("me"));
    memset(text, 'x', 5);
    alz_node_add(&node, ALZ_LABEL, ALZ_STR("owner"), ALZ_STR("you"));
    alz_node_add(&node, ALZ_PARAMETER, ALZ_STR("p"), ALZ_STR(""));
    IS(alz_node_pair(&node, ALZ_LABEL, "owner")->value, "me",
       "pairs are copied, the first one is found");
    IS(alz_node_pair(&node, ALZ_PARAMETER, "p")->value, "", "of its kind");
    OK(!alz_node_pair(&node, ALZ_LABEL, "p"), "and of no other");
    OK(node.last_pair == node.pairs->next->next, "in the order of adding");
    alz_arena_done(&arena);
}

static void full_arena(void)
{
    struct alz_arena arena = {.max = 8};
    struct alz_node node = {.kind = ALZ_TEST, .arena = &arena};

    alz_node_add(&node, ALZ_LABEL, ALZ_STR("owner"), ALZ_STR("me"));
    OK(!node.pairs && arena.failed, "without room there is no half a pair");
    alz_arena_done(&arena);
}

int main(void)
{
    chain_of_suites();
    pairs();
    full_arena();
    return tap_done();
}
