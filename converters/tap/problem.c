/* problem.c - verdicts that belong to no test point, and what verdicts add up
 * to. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "tap.h"

/* ---- tallies ---------------------------------------------------------- */

void tap_tally_add(struct tap *tap, struct tap_tally *tally,
                   enum alz_status status, struct alz_str name,
                   struct alz_str message)
{
    tally->results++;
    tally->failed += status <= ALZ_BROKEN;
    if (status < tally->worst)
        tally->worst = status;
    if (status > ALZ_BROKEN || tally->first_bad.len)
        return;
    tap_put(tap, &tally->first_bad, name);
    if (name.len && message.len)
        tap_put(tap, &tally->first_bad, ALZ_STR(": "));
    tap_put(tap, &tally->first_bad, tap_head(message, TAP_MESSAGE_MAX));
}

void tap_tally_join(struct tap *tap, struct tap_tally *to,
                    const struct tap_tally *from)
{
    to->results += from->results;
    to->failed += from->failed;
    if (from->worst < to->worst)
        to->worst = from->worst;
    if (to->first_bad.len == 0)
        tap_put(tap, &to->first_bad, alz_text_str(&from->first_bad));
}

void tap_tally_tell(struct tap *tap, const struct tap_tally *tally, alz_ref ref,
                    enum alz_kind kind)
{
    alz_set_status(tap->out, ref, tally->worst, 0);
    if (tally->first_bad.len)
        alz_set_text(tap->out, ref, ALZ_MESSAGE,
                     alz_text_str(&tally->first_bad));
    if (kind == ALZ_TEST)
        tap_tell_origin(tap, ref);
}

/* ---- problems --------------------------------------------------------- */

/* "Core (plan)", "(plan)"; a real one has its own name. */
static void put_name(struct tap *tap, const struct tap_problem *problem,
                     struct alz_text *ret)
{
    tap_set(tap, ret, problem->owner);
    if (problem->real)
        return;
    if (ret->len)
        tap_put(tap, ret, ALZ_STR(" "));
    tap_put(tap, ret, ALZ_STR("("));
    tap_put(tap, ret, alz_str_from(problem->what));
    tap_put(tap, ret, ALZ_STR(")"));
}

/* "a > Core::[plan]"; "" while a suite around it has no name. */
static void put_full_name(struct tap *tap, const struct tap_problem *problem,
                          struct alz_text *ret)
{
    alz_text_clear(ret);
    if (problem->real || !tap_level_path(tap, problem->depth, ret)) {
        alz_text_clear(ret);
        return;
    }
    if (problem->inner && ret->len)
        tap_put(tap, ret, ALZ_STR(" > "));
    if (problem->inner)
        tap_put(tap, ret, problem->owner);
    tap_put(tap, ret, ALZ_STR("::["));
    tap_put(tap, ret, alz_str_from(problem->what));
    tap_put(tap, ret, ALZ_STR("]"));
}

static void set_text(struct tap *tap, alz_ref ref, enum alz_fact fact,
                     struct alz_str text)
{
    if (text.len)
        alz_set_text(tap->out, ref, fact, text);
}

void tap_problem_tell(struct tap *tap, alz_ref parent, enum alz_kind kind,
                      struct tap_tally *tally,
                      const struct tap_problem *problem)
{
    struct alz_text *name = &tap->scratch[2], *full_name = &tap->scratch[3];
    alz_ref ref;

    put_name(tap, problem, name);
    put_full_name(tap, problem, full_name);
    tap_tally_add(tap, tally, ALZ_BROKEN, alz_text_str(name), problem->message);
    tally->results -= !problem->real;
    if (tap->no_memory)
        return;
    ref = alz_begin(tap->out, parent, kind);
    alz_set_text(tap->out, ref, ALZ_NAME, alz_text_str(name));
    if (kind == ALZ_TEST)
        set_text(tap, ref, ALZ_FULL_NAME, alz_text_str(full_name));
    alz_set_status(tap->out, ref, ALZ_BROKEN,
                   problem->real || kind != ALZ_TEST ? 0 : ALZ_SYNTHETIC);
    set_text(tap, ref, ALZ_MESSAGE, problem->message);
    set_text(tap, ref, ALZ_TRACE, problem->trace);
    set_text(tap, ref, ALZ_SOURCE, problem->source);
    if (kind == ALZ_TEST)
        tap_tell_origin(tap, ref);
    alz_end(tap->out, ref);
}

void tap_level_problem(struct tap *tap, size_t at, const char *what,
                       struct alz_str message)
{
    struct tap_level *level = tap->levels[at];
    struct tap_problem problem = {
        .what = what,
        .owner = alz_text_str(&level->name),
        .message = message,
        .depth = at + 1,
    };

    tap_problem_tell(tap, tap_level_node(tap, at), tap_kind_below(level->kind),
                     &level->tally, &problem);
}
