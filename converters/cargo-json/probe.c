/* probe.c - whether an input is libtest's JSON. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "cargo.h"

enum { LINES_MAX = 200 };

static void on_value(void *ctx, const struct alz_json_value *value)
{
    unsigned *found = ctx;
    enum cargo_member which = cargo_member_find(value->key);

    if (value->depth != 1 || which == CARGO_MEMBER_COUNT)
        return;
    if (which == CARGO_TYPE && !alz_str_is(value->text, "suite"))
        return;
    *found |= 1U << which;
}

/* What cargo prints may stand in front. */
enum alz_match cargo_probe(struct alz_str head, struct alz_str base_name)
{
    unsigned wanted =
        1U << CARGO_TYPE | 1U << CARGO_EVENT | 1U << CARGO_TEST_COUNT;
    struct alz_str line;

    (void)base_name;
    for (int i = 0; i < LINES_MAX && alz_str_split(&head, '\n', &line); i++) {
        unsigned found = 0;

        if (!alz_str_starts(line, "{"))
            continue;
        alz_json_object_read(line, on_value, &found);
        return (found & wanted) == wanted ? ALZ_CERTAIN : ALZ_NO;
    }
    return ALZ_NO;
}
