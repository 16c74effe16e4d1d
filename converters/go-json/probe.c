/* probe.c - whether an input is the output of `go test -json`. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "go.h"

enum { LINES_MAX = 50 };

static void on_value(void *ctx, const struct alz_json_value *value)
{
    unsigned *found = ctx;
    enum go_member which = go_member_find(value->key);

    if (value->depth == 1 && which != GO_MEMBER_COUNT)
        *found |= 1U << which;
}

/* Text of the compiler may stand in front. */
enum alz_match go_probe(struct alz_str head, struct alz_str base_name)
{
    struct alz_str line;

    (void)base_name;
    for (int i = 0; i < LINES_MAX && alz_str_split(&head, '\n', &line); i++) {
        unsigned found = 0;

        if (!alz_str_starts(line, "{"))
            continue;
        alz_json_object_read(line, on_value, &found);
        if (!(found & 1U << GO_ACTION))
            return ALZ_NO;
        return found & (1U << GO_PACKAGE | 1U << GO_IMPORT_PATH) ? ALZ_CERTAIN
                                                                 : ALZ_NO;
    }
    return ALZ_NO;
}
