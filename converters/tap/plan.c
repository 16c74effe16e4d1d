/* plan.c - how many tests there should be, and how many there were. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "tap.h"

enum { RANGES_MAX = 10 };

static void mark(uint64_t *bits, uint64_t number)
{
    if (number < TAP_NUMBERS_MAX)
        bits[number / 64] |= UINT64_C(1) << number % 64;
}

static bool marked(const uint64_t *bits, uint64_t number)
{
    return number < TAP_NUMBERS_MAX &&
           (bits[number / 64] & UINT64_C(1) << number % 64);
}

/* ---- the plan --------------------------------------------------------- */

uint64_t tap_plan_size(const struct tap_plan *plan)
{
    uint64_t size = plan->last - plan->first;

    if (plan->last == 0)
        return 0;
    return size == UINT64_MAX ? size : size + 1;
}

bool tap_plan_met(const struct tap_level *level)
{
    return level->plan.said &&
           level->count.points == tap_plan_size(&level->plan);
}

bool tap_plan_todo(const struct tap_plan *plan, uint64_t number)
{
    return plan->todo && marked(plan->todos, number);
}

static void take_todos(struct tap_plan *plan, struct alz_str text)
{
    plan->todo = text.len > 0;
    while (text.len) {
        uint64_t number;
        size_t len = tap_number_scan(text, &number);

        if (len)
            mark(plan->todos, number);
        text = alz_str_from_offset(text, len ? len : 1);
    }
}

static void take_plan(struct tap *tap, struct tap_level *level)
{
    const struct tap_plan_line *line = &tap->line.plan;
    struct tap_directive directive;

    level->plan.said = true;
    level->plan.late = level->count.points > 0;
    level->plan.first = line->first;
    level->plan.last = line->last;
    take_todos(&level->plan, line->todo);
    tap_directive_parse(line->hash, &directive);
    if (level->plan.last == 0)
        tap_set_unescaped(tap, &level->plan.reason,
                          directive.kind ? directive.reason : line->hash, true);
}

/* A second plan may begin another document that has no version line: one that
 * skips all does, others show it by their first point. */
void tap_plan_take(struct tap *tap, size_t at)
{
    struct tap_level *level = tap->levels[at];
    const struct tap_plan_line *line = &tap->line.plan;

    level->stated = true;
    if (!level->plan.said) {
        take_plan(tap, level);
    } else if (at == 0 && tap->depth == 1 && tap_plan_met(level) &&
               line->last == 0) {
        tap_document_end(tap, ALZ_COMPLETE);
        tap_document_begin(tap);
        if (!tap->no_memory)
            take_plan(tap, tap->levels[0]);
    } else if (at == 0 && tap->depth == 1 && tap_plan_met(level)) {
        tap->second_plan = true;
        tap->next_plan = *line;
        tap->next_plan.hash = tap->next_plan.todo = ALZ_STR("");
    } else {
        tap_report(tap, TAP_SECOND_PLAN, tap->line.text);
    }
}

/* ---- counting --------------------------------------------------------- */

uint64_t tap_next_number(const struct tap_level *level)
{
    if (level->count.next)
        return level->count.next;
    return level->plan.said && level->plan.first ? level->plan.first : 1;
}

uint64_t tap_count_point(struct tap_level *level,
                         const struct tap_point_line *point)
{
    struct tap_count *count = &level->count;
    uint64_t expected = tap_next_number(level);
    bool numbered = point->numbered && point->number > 0;
    uint64_t number = numbered ? point->number : expected;
    bool overflow = number == UINT64_MAX;

    count->unnumbered |= !point->numbered;
    count->repeated |= number < expected;
    if (count->points == 0 || number < count->lowest)
        count->lowest = number;
    if (number > count->highest)
        count->highest = number;
    if (overflow) /* it was larger than any number: no use to go on from */
        number = expected;
    count->points++;
    count->next = number == UINT64_MAX ? number : number + 1;
    mark(count->seen, number);
    level->stated = true;
    return number;
}

/* ---- what is missing -------------------------------------------------- */

static void put_range(struct tap *tap, struct alz_text *ret, uint64_t first,
                      uint64_t last)
{
    tap_put_number(tap, ret, first);
    if (last == first)
        return;
    tap_put(tap, ret, ALZ_STR("-"));
    tap_put_number(tap, ret, last);
}

/* Of a plan too long for the marks only the end is known. */
static void put_missing(struct tap *tap, const struct tap_level *level,
                        struct alz_text *ret)
{
    const struct tap_plan *plan = &level->plan;
    const struct tap_count *count = &level->count;
    const char *lead = ": missing ";
    uint64_t number = plan->first;
    size_t ranges = 0;

    if (count->repeated || count->highest > plan->last)
        return;
    while (number < TAP_NUMBERS_MAX && number <= plan->last) {
        uint64_t start = number;

        while (number < TAP_NUMBERS_MAX && number <= plan->last &&
               !marked(count->seen, number))
            number++;
        if (number > start) {
            if (++ranges > RANGES_MAX) {
                tap_put(tap, ret, ALZ_STR(", ..."));
                return;
            }
            tap_put(tap, ret, alz_str_from(lead));
            lead = ", ";
            if (number == TAP_NUMBERS_MAX && count->highest < number)
                put_range(tap, ret, start, plan->last);
            else
                put_range(tap, ret, start, number - 1);
        }
        number++;
    }
}

bool tap_plan_unmet(struct tap *tap, const struct tap_level *level,
                    struct alz_text *ret)
{
    if (!level->plan.said || tap_plan_met(level))
        return false;
    tap_set(tap, ret, ALZ_STR("planned "));
    tap_put_number(tap, ret, tap_plan_size(&level->plan));
    tap_put(tap, ret, ALZ_STR(", ran "));
    tap_put_number(tap, ret, level->count.points);
    if (level->count.points < tap_plan_size(&level->plan))
        put_missing(tap, level, ret);
    return true;
}
