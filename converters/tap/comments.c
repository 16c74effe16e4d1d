/* comments.c - diagnostics that people read, as some runners write them. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "tap.h"

/* A line that is known; `next` says what the line below it is. */
enum next { NEXT_ANY, NEXT_ACTUAL, NEXT_EXPECTED };

struct pattern {
    const char *start;
    /* False: not this one after all. rest: behind `start`. */
    bool (*take)(struct tap *tap, struct alz_str line, struct alz_str rest);
    enum next next;
};

static void keep(struct tap *tap, struct alz_text *text, struct alz_str value)
{
    if (text->len == 0)
        tap_set(tap, text, alz_str_trim(value));
}

/* ---- Test::More ------------------------------------------------------- */

static bool take_headline(struct tap *tap, struct alz_str line,
                          struct alz_str rest)
{
    (void)rest;
    keep(tap, &tap->detail.fallback, line);
    return true;
}

/* "at a.t line 5." */
static bool take_at(struct tap *tap, struct alz_str line, struct alz_str rest)
{
    size_t at = alz_str_find(rest, " line ");
    struct alz_text *place = &tap->scratch[2];
    uint64_t number;

    (void)line;
    if (at == SIZE_MAX ||
        !tap_number_scan(alz_str_from_offset(rest, at + 6), &number))
        return false;
    tap_set(tap, place, tap_head(rest, at));
    tap_put(tap, place, ALZ_STR(":"));
    tap_put_number(tap, place, number);
    tap_detail_source(tap, alz_text_str(place));
    return true;
}

static bool take_got(struct tap *tap, struct alz_str line, struct alz_str rest)
{
    (void)line;
    keep(tap, &tap->detail.actual, rest);
    return true;
}

static bool take_wanted(struct tap *tap, struct alz_str line,
                        struct alz_str rest)
{
    (void)line;
    keep(tap, &tap->detail.expected, rest);
    return true;
}

/* ---- bats ------------------------------------------------------------- */

/* "(in test file a.bats, line 4)", "(from function `f' in test file ..." */
static bool take_in_file(struct tap *tap, struct alz_str line,
                         struct alz_str rest)
{
    size_t at = alz_str_find(line, "in test file "), end;
    struct alz_text *place = &tap->scratch[2];
    uint64_t number;

    (void)rest;
    line = alz_str_from_offset(line, at == SIZE_MAX ? line.len : at + 13);
    end = alz_str_find(line, ", line ");
    if (end == SIZE_MAX ||
        !tap_number_scan(alz_str_from_offset(line, end + 7), &number))
        return at != SIZE_MAX;
    tap_set(tap, place, tap_head(line, end));
    tap_put(tap, place, ALZ_STR(":"));
    tap_put_number(tap, place, number);
    tap_detail_source(tap, alz_text_str(place));
    return true;
}

/* ---- busted, cmocka --------------------------------------------------- */

/* "file.lua:1: why" -> "why" */
static struct alz_str behind_place(struct alz_str text)
{
    size_t at = alz_str_find(text, ":");
    uint64_t number;
    size_t len;

    if (at == SIZE_MAX || tap_has(tap_head(text, at), " "))
        return text;
    len = tap_number_scan(alz_str_from_offset(text, at + 1), &number);
    if (!len || !alz_str_starts(alz_str_from_offset(text, at + 1 + len), ": "))
        return text;
    return alz_str_from_offset(text, at + len + 3);
}

static bool take_failure_message(struct tap *tap, struct alz_str line,
                                 struct alz_str rest)
{
    (void)line;
    keep(tap, &tap->detail.message, behind_place(rest));
    return true;
}

static bool take_heading(struct tap *tap, struct alz_str line,
                         struct alz_str rest)
{
    (void)tap;
    (void)line;
    return rest.len == 0;
}

static bool take_exception(struct tap *tap, struct alz_str line,
                           struct alz_str rest)
{
    (void)rest;
    tap->detail.broken = true;
    keep(tap, &tap->detail.message, line);
    return true;
}

/* "a_spec.lua @ 1" (busted), "cmo.c:9: error: Failure!" (cmocka) */
static bool take_place(struct tap *tap, struct alz_str line,
                       struct alz_str rest)
{
    size_t at = alz_str_find(line, " @ ");
    struct alz_text *place = &tap->scratch[2];
    uint64_t number;

    (void)rest;
    if (at != SIZE_MAX) {
        struct alz_str tail = alz_str_from_offset(line, at + 3);

        if (!tail.len || tap_number_scan(tail, &number) != tail.len ||
            tap_has(tap_head(line, at), " "))
            return false;
        tap_set(tap, place, tap_head(line, at));
        tap_put(tap, place, ALZ_STR(":"));
        tap_put(tap, place, tail);
        tap_detail_source(tap, alz_text_str(place));
        return true;
    }
    if (!alz_str_ends(line, ": error: Failure!"))
        return false;
    tap_detail_source(tap, tap_head(line, alz_str_find(line, ": error:")));
    return true;
}

/* ---- KUnit ------------------------------------------------------------ */

/* "test: EXPECTATION FAILED at lib/x.c:12" */
static bool take_expectation(struct tap *tap, struct alz_str line,
                             struct alz_str rest)
{
    size_t at = alz_str_find(line, " FAILED at ");

    (void)rest;
    if (at == SIZE_MAX || (!tap_has(line, "EXPECTATION FAILED") &&
                           !tap_has(line, "ASSERTION FAILED")))
        return false;
    tap_detail_source(tap, alz_str_from_offset(line, at + 11));
    keep(tap, &tap->detail.fallback, line);
    return true;
}

/* ---- all of them ------------------------------------------------------ */

static const struct pattern patterns[] = {
    {"Failed test",                 take_headline,        NEXT_ANY     },
    {"Failed (TODO) test",          take_headline,        NEXT_ANY     },
    {"at ",                         take_at,              NEXT_ANY     },
    {"got:",                        take_got,             NEXT_ANY     },
    {"expected:",                   take_wanted,          NEXT_ANY     },
    {"(in test file ",              take_in_file,         NEXT_ANY     },
    {"(from function ",             take_in_file,         NEXT_ANY     },
    {"in test file ",               take_in_file,         NEXT_ANY     },
    {"Failure message: ",           take_failure_message, NEXT_ANY     },
    {"Passed in:",                  take_heading,         NEXT_ACTUAL  },
    {"Expected:",                   take_heading,         NEXT_EXPECTED},
    {"Test failed with exception:", take_exception,       NEXT_ANY     },
    {"",                            take_place,           NEXT_ANY     },
    {"",                            take_expectation,     NEXT_ANY     },
};

/* NULL: nobody knows the line. */
static const struct pattern *take(struct tap *tap, struct alz_str line)
{
    for (size_t i = 0; i < sizeof(patterns) / sizeof(patterns[0]); i++) {
        const struct pattern *pattern = &patterns[i];

        if (alz_str_starts(line, pattern->start) &&
            pattern->take(tap, line,
                          alz_str_trim(alz_str_from_offset(
                              line, strlen(pattern->start)))))
            return pattern;
    }
    return NULL;
}

static bool says_something(struct alz_str line)
{
    return alz_str_first_line(line).len > 0;
}

void tap_comments_read(struct tap *tap, struct alz_str comments)
{
    struct tap_detail *detail = &tap->detail;
    struct alz_text *const below[] = {
        [NEXT_ANY] = NULL,
        [NEXT_ACTUAL] = &detail->actual,
        [NEXT_EXPECTED] = &detail->expected,
    };
    enum next next = NEXT_ANY;
    struct alz_str line;

    while (tap_line_split(&comments, &line)) {
        const struct pattern *pattern;

        line = alz_str_trim(line);
        pattern = below[next] ? NULL : take(tap, line);
        if (below[next])
            keep(tap, below[next], line);
        else if (!pattern && says_something(line))
            keep(tap, &detail->message, line);
        next = pattern ? pattern->next : NEXT_ANY;
    }
    if (detail->message.len || !detail->expected.len || !detail->actual.len)
        return;
    tap_set(tap, &detail->fallback, ALZ_STR(""));
}
