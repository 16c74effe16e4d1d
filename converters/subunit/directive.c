/* directive.c - what is said around tests: times, tags, their number. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "subunit.h"

bool subunit_take_time(void *ctx, struct alz_out *out,
                       const struct alz_line *line)
{
    struct subunit *state = ctx;
    struct alz_instant instant;
    struct alz_str rest;

    (void)out;
    if (!alz_str_starts(line->text, "time: ") ||
        !subunit_keyword(line->text, "time", &rest))
        return false;
    if (alz_instant_parse(rest, &instant))
        state->now_ms = alz_instant_ms(&instant, ALZ_NAIVE_UTC, state->in);
    return true;
}

/* Tags of a test are its own, those between tests of all that follow. */
static void tag(struct subunit *state, struct alz_out *out, struct alz_str name)
{
    void *known;

    if (alz_str_starts(name, "-")) {
        known = alz_map_find(&state->tags, alz_str_from_offset(name, 1));
        if (known != NULL && state->ref == 0)
            alz_map_drop(&state->tags, known);
        return;
    }
    known = alz_map_find(&state->tags, name);
    if (known != NULL)
        return;
    if (state->ref != 0)
        alz_add(out, state->ref, ALZ_LABEL, ALZ_STR("tag"), name);
    else
        alz_map_add(&state->tags, name, 1);
    state->starved |= state->tags.starved;
}

bool subunit_take_tags(void *ctx, struct alz_out *out,
                       const struct alz_line *line)
{
    struct alz_str rest, name;

    if (!alz_str_starts(line->text, "tags: ") ||
        !subunit_keyword(line->text, "tags", &rest))
        return false;
    while (alz_str_split(&rest, ' ', &name))
        if (name.len > 0)
            tag(ctx, out, name);
    return true;
}

/* "10" tests, "+3" or "-3" of them; "push" and "pop" count within one. */
bool subunit_take_progress(void *ctx, struct alz_out *out,
                           const struct alz_line *line)
{
    struct subunit *state = ctx;
    struct alz_str rest;
    uint64_t number;
    bool more;

    (void)out;
    if (!alz_str_starts(line->text, "progress: ") ||
        !subunit_keyword(line->text, "progress", &rest))
        return false;
    more = alz_str_starts(rest, "+");
    if (!alz_number_parse(alz_str_from_offset(rest, more), &number) ||
        number > UINT32_MAX) {
        state->nested = true;
        return true;
    }
    state->totalled = true;
    state->total = more ? state->total + number : number;
    return true;
}
