/* failures.c - what went wrong in one test, and how people are told. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "shared.h"

#include <stdlib.h>

enum { MESSAGE_MAX = 4096, STEP_NAME_MAX = 255 };

static const struct alz_diag many = {
    ALZ_WARNING, "gtest/many-failures",
    "too many or too long failures in a test; the rest is only counted", 0};

/* ---- taking ----------------------------------------------------------- */

/* First lines of what is no assertion. */
static const char *const exceptions[] = {
    "C++ exception ", "Unknown C++ exception ", "SEH exception "};

static enum alz_status status_of(struct alz_str body)
{
    for (size_t i = 0; i < sizeof(exceptions) / sizeof(*exceptions); i++)
        if (alz_str_starts(body, exceptions[i]))
            return ALZ_BROKEN;
    return ALZ_FAILED;
}

static struct gtest_failure *room_for_one(struct gtest_failures *failures,
                                          struct gtest_room *room)
{
    size_t cap = failures->cap ? 2 * failures->cap : 4;
    struct gtest_failure *items;

    if (failures->count < failures->cap)
        return &failures->items[failures->count];
    items = realloc(failures->items, cap * sizeof(*items));
    if (!items) {
        room->starved = true;
        return NULL;
    }
    failures->items = items;
    failures->cap = cap;
    return &items[failures->count];
}

static struct alz_str without_end(struct alz_str text)
{
    while (text.len && strchr("\r\n\t ", text.ptr[text.len - 1]))
        text.len--;
    return text;
}

void gtest_failures_add(struct gtest_failures *failures,
                        struct gtest_room *room, struct alz_str location,
                        struct alz_str body)
{
    struct alz_text *text = &failures->text;
    struct gtest_failure *item = NULL;
    enum alz_status status = status_of(body);

    body = without_end(body);
    failures->asserted |= status == ALZ_FAILED;
    if (failures->count < GTEST_FAILURES_MAX &&
        location.len + body.len + 1 <= GTEST_TRACE_MAX - text->len)
        item = room_for_one(failures, room);
    if (!item) {
        failures->dropped++;
        return;
    }
    *item = (struct gtest_failure){text->len, 0, location.len, status};
    gtest_put(room, text, GTEST_TRACE_MAX, location);
    if (location.len)
        gtest_put(room, text, GTEST_TRACE_MAX, ALZ_STR("\n"));
    gtest_put(room, text, GTEST_TRACE_MAX, body);
    item->len = text->len - item->at;
    failures->count++;
}

enum alz_status gtest_failures_status(const struct gtest_failures *failures)
{
    return failures->asserted ? ALZ_FAILED : ALZ_BROKEN;
}

void gtest_failures_clear(struct gtest_failures *failures)
{
    alz_text_clear(&failures->text);
    failures->count = 0;
    failures->dropped = 0;
    failures->asserted = false;
}

void gtest_failures_done(struct gtest_failures *failures)
{
    alz_text_done(&failures->text);
    free(failures->items);
    *failures = (struct gtest_failures){0};
}

/* ---- texts ------------------------------------------------------------ */

static struct alz_str whole(const struct gtest_failures *failures,
                            const struct gtest_failure *item)
{
    return gtest_head(
        alz_str_from_offset(alz_text_str(&failures->text), item->at),
        item->len);
}

static struct alz_str body(const struct gtest_failures *failures,
                           const struct gtest_failure *item)
{
    struct alz_str text = whole(failures, item);
    size_t from = item->location_len ? item->location_len + 1 : 0;

    return alz_str_from_offset(text, from < text.len ? from : text.len);
}

/* Not in the middle of a character. */
static struct alz_str shorten(struct alz_str text, size_t max)
{
    if (text.len <= max)
        return text;
    while (max && ((unsigned char)text.ptr[max] & 0xc0) == 0x80)
        max--;
    return gtest_head(text, max);
}

/* Without "Failed", which FAIL() writes above what its author says, and
 * without the scopes below, which stay in the trace. */
static struct alz_str message(struct alz_str text)
{
    size_t scopes = alz_str_find(text, "\nGoogle Test trace:\n");
    struct alz_str rest;

    text = gtest_head(text, scopes);
    rest =
        alz_str_starts(text, "Failed\n") ? alz_str_from_offset(text, 7) : text;
    if (alz_str_trim(rest).len)
        text = rest;
    return shorten(without_end(text), MESSAGE_MAX);
}

/* The first one that is as bad as the test. */
static const struct gtest_failure *leading(const struct gtest_failures *all)
{
    for (size_t i = 0; i < all->count; i++)
        if (all->items[i].status == gtest_failures_status(all))
            return &all->items[i];
    return all->count ? all->items : NULL;
}

/* ---- telling ---------------------------------------------------------- */

static uint64_t total(const struct gtest_failures *failures)
{
    return failures->count + failures->dropped;
}

static void tell_message(const struct gtest_failures *failures,
                         struct gtest_room *room, struct alz_out *out,
                         alz_ref ref)
{
    const struct gtest_failure *first = leading(failures);
    struct alz_text *text = &room->message;

    alz_text_clear(text);
    if (first)
        gtest_put(room, text, GTEST_TEXT_MAX, message(body(failures, first)));
    if (total(failures) > 1) {
        gtest_put(room, text, GTEST_TEXT_MAX, ALZ_STR(" (+"));
        gtest_put_number(room, text, total(failures) - 1);
        gtest_put(room, text, GTEST_TEXT_MAX, ALZ_STR(" more)"));
    }
    alz_set_text(out, ref, ALZ_MESSAGE, alz_text_str(text));
}

static void put_heading(const struct gtest_failures *failures,
                        struct gtest_room *room, struct alz_out *out,
                        alz_ref ref, size_t number)
{
    struct alz_text *line = &room->line;

    gtest_set(room, line,
              number > 1 ? ALZ_STR("\n--- failure ") : ALZ_STR("--- failure "));
    gtest_put_number(room, line, number);
    gtest_put(room, line, GTEST_TEXT_MAX, ALZ_STR(" of "));
    gtest_put_number(room, line, total(failures));
    gtest_put(room, line, GTEST_TEXT_MAX, ALZ_STR(" ---\n"));
    alz_write(out, ref, alz_text_str(line));
}

void gtest_failures_trace(const struct gtest_failures *failures,
                          struct gtest_room *room, struct alz_out *out,
                          alz_ref ref)
{
    for (size_t i = 0; i < failures->count; i++) {
        if (total(failures) > 1)
            put_heading(failures, room, out, ref, i + 1);
        alz_write(out, ref, whole(failures, &failures->items[i]));
        alz_write(out, ref, ALZ_STR("\n"));
    }
    if (failures->dropped)
        alz_report(out, &many, ALZ_STR(""));
}

/* One step for each of several failures, so that all are seen. */
static void tell_steps(const struct gtest_failures *failures,
                       struct alz_out *out, alz_ref ref)
{
    for (size_t i = 0; i < failures->count && total(failures) > 1; i++) {
        const struct gtest_failure *item = &failures->items[i];
        struct alz_str text = message(body(failures, item));
        struct alz_str line = alz_str_first_line(text);
        alz_ref step = alz_begin(out, ref, ALZ_STEP);

        alz_set_text(out, step, ALZ_NAME,
                     line.len ? shorten(line, STEP_NAME_MAX)
                              : ALZ_STR("failure"));
        alz_set_status(out, step, item->status, 0);
        alz_set_text(out, step, ALZ_MESSAGE, text);
        alz_set_text(out, step, ALZ_TRACE, whole(failures, item));
        alz_end(out, step);
    }
}

void gtest_failures_tell(const struct gtest_failures *failures,
                         struct gtest_room *room, struct alz_out *out,
                         alz_ref ref)
{
    const struct gtest_failure *first = leading(failures);

    if (!gtest_failures_any(failures))
        return;
    tell_message(failures, room, out, ref);
    gtest_failures_trace(failures, room, out, ref);
    tell_steps(failures, out, ref);
    if (first && first->status == ALZ_FAILED)
        gtest_compare(out, ref, body(failures, first));
}
