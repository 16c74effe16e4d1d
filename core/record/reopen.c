/* reopen.c - more facts about a test that is being handed on. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "record/intake.h"

/* It is in no list of open nodes: nothing but its ref leads to it. */
alz_ref alz_recorder_reopen(struct alz_recorder *recorder,
                            struct alz_node *test)
{
    test->ref = alz_record_ref(recorder, alz_record_of(test));
    return test->ref;
}

void alz_recorder_close(struct alz_recorder *recorder, struct alz_node *test)
{
    struct alz_record *record = alz_record_of(test);

    while (record->open_first && !recorder->failed)
        alz_end(&recorder->out, record->open_first->node.ref);
    alz_refs_drop(&recorder->refs, test->ref);
    alz_intake_end(recorder, record);
}
