/* scan.c - finds the lines of a log that a rule may take, many at a time. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "scan.h"

/*
 * Nearly all lines of a long log are no results. They are not even looked at
 * one by one: a window of bytes is searched for what a line must hold, and
 * what tells texts apart cheapest are a few rare bytes at their distances. The
 * compiler turns the loop over a window into vector instructions.
 */
enum {
    WINDOW = 1024,
    BLOCK = 32,
    STARTS_MAX = 8, /* bytes that a line may begin with */
    WORTH_MIN = 7   /* below, too many lines hold it */
};

/* ---- needles ---------------------------------------------------------- */

static struct alz_str text_of(const struct log_needle *needle)
{
    return (struct alz_str){needle->text.text, needle->text.len};
}

static bool holds(struct alz_str text, struct alz_str part)
{
    return part.len <= text.len &&
           memmem(text.ptr, text.len, part.ptr, part.len) != NULL;
}

static struct log_needle make_needle(struct alz_str text, uint32_t states)
{
    struct log_needle needle = {
        .text = {.len = text.len}, .states = states, .most = WINDOW};
    size_t first = log_byte_rarest(text, SIZE_MAX, SIZE_MAX);

    memcpy(needle.text.text, text.ptr, text.len);
    needle.text.rarest = first;
    needle.second = log_byte_rarest(text, first, first);
    needle.third = log_byte_rarest(text, first, needle.second);
    return needle;
}

/* A text that holds another one needs no search where that is searched for;
 * it may replace longer ones. */
void log_scan_add_text(struct log_scan *scan, struct alz_str text,
                       uint32_t states)
{
    struct log_needle *needle = scan->needles;
    size_t kept = 0;

    for (size_t i = 0; i < scan->count; i++)
        if (holds(text, text_of(&needle[i])))
            states &= ~needle[i].states;
    for (size_t i = 0; i < scan->count; i++) {
        if (holds(text_of(&needle[i]), text))
            needle[i].states &= ~states;
        if (needle[i].states)
            needle[kept++] = needle[i];
    }
    scan->count = kept;
    if (!states)
        return;
    if (text.len > LITERAL_LEN || scan->count == SCAN_NEEDLES) {
        scan->blind |= states;
        return;
    }
    needle[scan->count++] = make_needle(text, states);
}

/* The bytes that a line may begin with, each behind the end of the line
 * before; count 0: they are too many. */
static void find_starts(const struct log_regex *regex, struct log_literals *ret)
{
    ret->count = 0;
    for (unsigned byte = 0; byte < 256; byte++) {
        struct log_literal start = {
            {'\n', (char)byte},
            2, 0
        };

        if (!(regex->first[byte >> 3] & 1u << (byte & 7)))
            continue;
        if (ret->count == STARTS_MAX || byte >= 128) {
            ret->count = 0;
            return;
        }
        ret->items[ret->count++] = start;
    }
}

void log_scan_add(struct log_scan *scan, const struct log_regex *regex,
                  uint32_t states, bool whole_lines)
{
    const struct log_literals *best = &regex->literals;
    struct log_literals starts = {.count = 0};

    if (whole_lines && regex->has_first)
        find_starts(regex, &starts);
    if (log_literals_worth(&starts) > log_literals_worth(best))
        best = &starts;
    if (log_literals_worth(best) < WORTH_MIN)
        scan->blind |= states;
    for (size_t i = 0; i < best->count; i++)
        log_scan_add_text(
            scan, (struct alz_str){best->items[i].text, best->items[i].len},
            states);
}

/* ---- search ----------------------------------------------------------- */

/* Twice as many bytes at once where the processor can. */
#if defined(__x86_64__) && defined(__GLIBC__)
__attribute__((target_clones("avx2", "default")))
#endif
/* Its rare bytes stand somewhere in the next places. */
static bool
may_hold(const struct log_needle *needle, const char *text, size_t places)
{
    const struct log_literal *it = &needle->text;
    const char *a = text + it->rarest, in_a = it->text[it->rarest];
    const char *b = text + needle->second, in_b = it->text[needle->second];
    const char *c = text + needle->third, in_c = it->text[needle->third];
    unsigned char any = 0;

    for (size_t i = 0; i < places; i++)
        any |= ((a[i] == in_a) & (b[i] == in_b) & (c[i] == in_c)) ? 0xFF : 0;
    return any != 0;
}

/* Places to look at together: whole blocks, 0 near the end. */
static size_t places_of(size_t wanted, size_t left)
{
    size_t blocks = (wanted + BLOCK - 1) / BLOCK;

    if (left < BLOCK + LITERAL_LEN)
        return 0;
    left -= LITERAL_LEN;
    return (blocks < left / BLOCK ? blocks : left / BLOCK) * BLOCK;
}

/* It begins in the next places: those up to seen are none. */
static void look_at(struct log_needle *needle, struct alz_str text, size_t step)
{
    size_t at = log_literal_search(&needle->text, text);

    needle->found = at < text.len;
    needle->seen += needle->found ? at : step;
}

/* Looks for it where nobody looked yet: up to stop, or a bit further. Where
 * its rare bytes stand it looks at half as much, elsewhere at twice as much. */
static void look_on(struct log_needle *needle, const char *stop,
                    const char *end)
{
    while (needle->seen < stop && !needle->found) {
        struct alz_str text = {needle->seen, (size_t)(end - needle->seen)};
        size_t places = places_of((size_t)(stop - needle->seen), text.len);

        if (places > needle->most)
            places = needle->most;
        if (!places) {
            look_at(needle, text, text.len);
        } else if (!may_hold(needle, text.ptr, places)) {
            needle->seen += places;
            needle->most = places < WINDOW ? 2 * places : WINDOW;
        } else if (places > BLOCK) {
            needle->most = places / 2 / BLOCK * BLOCK;
        } else {
            text.len = BLOCK + needle->text.len - 1;
            look_at(needle, text, BLOCK);
        }
    }
}

/* A line of which the end of the line before is not in hand. */
static bool may_start(const struct log_needle *needle, struct alz_str line)
{
    return line.len && *needle->text.text == '\n' &&
           *line.ptr == needle->text.text[1];
}

static size_t line_start(struct alz_str lines, const char *at)
{
    const char *end =
        *at == '\n' ? at : memrchr(lines.ptr, '\n', (size_t)(at - lines.ptr));

    return end ? (size_t)(end - lines.ptr) + 1 : 0;
}

/* Where the first needle is between from and stop; stop: nowhere. What is
 * searched once is remembered, for all states. */
static const char *find_any(struct log_scan *scan, uint32_t state,
                            const char *from, const char *stop, const char *end)
{
    for (size_t i = 0; i < scan->count; i++) {
        struct log_needle *needle = &scan->needles[i];

        if (!(needle->states & state))
            continue;
        if (!needle->seen || needle->seen < from) {
            needle->seen = from;
            needle->found = false;
        }
        if (!needle->found)
            look_on(needle, stop, end);
        if (needle->found && needle->seen < stop)
            stop = needle->seen;
    }
    return stop;
}

size_t log_scan_find(struct log_scan *scan, size_t state, struct alz_str lines)
{
    const char *from = lines.ptr, *end = lines.ptr + lines.len, *at, *stop;

    if (scan->blind & 1u << state)
        return 0;
    for (size_t i = 0; i < scan->count; i++)
        if ((scan->needles[i].states & 1u << state) &&
            may_start(&scan->needles[i], lines))
            return 0;
    for (; from < end; from = stop) {
        stop = end - from > WINDOW ? from + WINDOW : end;
        at = find_any(scan, 1u << state, from, stop, end);
        if (at < stop)
            return line_start(lines, at);
    }
    return lines.len;
}

void log_scan_forget(struct log_scan *scan)
{
    for (size_t i = 0; i < scan->count; i++)
        scan->needles[i].seen = NULL;
}

bool log_scan_may_match(const struct log_scan *scan, size_t state,
                        struct alz_str line)
{
    bool found = (scan->blind & 1u << state) != 0;

    for (size_t i = 0; i < scan->count && !found; i++)
        if (scan->needles[i].states & 1u << state)
            found = may_start(&scan->needles[i], line) ||
                    log_literal_search(&scan->needles[i].text, line) < line.len;
    return found;
}
