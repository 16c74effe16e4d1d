/* redact.c - the place for rules that hide secrets. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "policy/stages.h"

/*
 * Nothing is hidden yet: patterns given by the user will be applied here, to
 * every text and pair of the node and of what is below it. The slot exists
 * because its place in the order matters: before names, labels and identity.
 */
void alz_stage_redact(struct alz_policy *policy, struct alz_node *test)
{
    (void)policy;
    (void)test;
}
