/* detail.c - what the YAML and the comments of a point say. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "tap.h"

/* ---- memory ----------------------------------------------------------- */

static void clear(struct tap_detail *detail)
{
    alz_text_clear(&detail->message);
    alz_text_clear(&detail->trace);
    alz_text_clear(&detail->expected);
    alz_text_clear(&detail->actual);
    alz_text_clear(&detail->source);
    alz_text_clear(&detail->full);
    alz_text_clear(&detail->exit);
    alz_text_clear(&detail->fallback);
    detail->duration_ms = -1;
    detail->broken = detail->hook = detail->raw = false;
}

void tap_detail_done(struct tap_detail *detail)
{
    alz_text_done(&detail->message);
    alz_text_done(&detail->trace);
    alz_text_done(&detail->expected);
    alz_text_done(&detail->actual);
    alz_text_done(&detail->source);
    alz_text_done(&detail->full);
    alz_text_done(&detail->exit);
    alz_text_done(&detail->fallback);
}

/* ---- places ----------------------------------------------------------- */

/* Cuts ":12" off the end of *place. */
static bool cut_number(struct alz_str *place, struct alz_str *ret)
{
    size_t at = place->len;

    while (at && tap_is_digit(place->ptr[at - 1]))
        at--;
    if (at < 2 || at == place->len || place->ptr[at - 1] != ':')
        return false;
    *ret = alz_str_from_offset(*place, at);
    *place = tap_head(*place, at - 1);
    return true;
}

/* What stands in the last parentheses, if the text ends with them. */
static struct alz_str inside_parentheses(struct alz_str place)
{
    size_t at = place.len;

    if (!alz_str_ends(place, ")"))
        return place;
    while (at && place.ptr[at - 1] != '(')
        at--;
    return at ? (struct alz_str){place.ptr + at, place.len - at - 1} : place;
}

void tap_detail_source(struct tap *tap, struct alz_str place)
{
    struct alz_text *source = &tap->detail.source;
    struct alz_str line, column;
    bool lined;

    place = inside_parentheses(alz_str_trim(place));
    if (source->len || place.len == 0 || tap_has(place, "\n"))
        return;
    if (alz_str_starts(place, "file://"))
        place = alz_str_from_offset(place, strlen("file://"));
    lined = cut_number(&place, &line);
    column = line;
    if (lined && !cut_number(&place, &line))
        line = column;
    tap_set(tap, source, place);
    if (!lined)
        return;
    tap_put(tap, source, ALZ_STR(":"));
    tap_put(tap, source, line);
}

/* ---- messages --------------------------------------------------------- */

/* Not one of them says what happened. */
static bool is_generic(struct alz_str message)
{
    uint64_t number;
    size_t len = tap_number_scan(message, &number);
    struct alz_str rest = alz_str_from_offset(message, len);

    return alz_str_is(message, "test failed") ||
           (len && (alz_str_is(rest, " subtest failed") ||
                    alz_str_is(rest, " subtests failed")));
}

/* mocha: a test without a verdict. */
static bool is_timeout(struct alz_str message)
{
    return alz_str_starts(message, "Timeout of ") &&
           tap_has(message, "ms exceeded");
}

/* Messages of several lines are read as comments are. */
void tap_detail_message(struct tap *tap, struct alz_str text)
{
    struct tap_detail *detail = &tap->detail;

    text = alz_str_trim(text);
    if (text.len == 0 || detail->message.len || is_generic(text))
        return;
    if (!tap_has(text, "\n")) {
        tap_set(tap, &detail->message, text);
        return;
    }
    if (detail->full.len == 0)
        tap_set(tap, &detail->full, text);
    tap_comments_read(tap, text);
}

/* ---- reading ---------------------------------------------------------- */

/* What was not understood is shown as it was written. */
static void keep_raw(struct tap *tap, const struct tap_point *point)
{
    if (!tap->detail.raw)
        return;
    alz_text_clear(&tap->detail.full);
    tap_set(tap, &tap->detail.trace, alz_text_str(&point->yaml));
}

/* The whole of a message or the comments go before the rest, unless a stack
 * repeats them. */
static void put_full(struct tap *tap)
{
    struct tap_detail *detail = &tap->detail;
    struct alz_text *text = &tap->scratch[2];
    struct alz_str full = alz_text_str(&detail->full), rest = full, line;

    if (!tap_line_split(&rest, &line))
        return;
    if (tap_contains(alz_text_str(&detail->trace), line))
        return;
    tap_set(tap, text, full);
    if (detail->trace.len)
        tap_put(tap, text, ALZ_STR("\n"));
    tap_put(tap, text, alz_text_str(&detail->trace));
    tap_set(tap, &detail->trace, alz_text_str(text));
}

void tap_detail_read(struct tap *tap, const struct tap_point *point)
{
    struct tap_detail *detail = &tap->detail;

    clear(detail);
    tap_set(tap, &detail->source, alz_text_str(&point->source));
    if (point->yaml.len)
        tap_keys_read(tap, alz_text_str(&point->yaml));
    keep_raw(tap, point);
    if (point->comments.len) {
        tap_set(tap, &detail->full, alz_text_str(&point->comments));
        tap_comments_read(tap, alz_text_str(&point->comments));
    }
    put_full(tap);
    detail->broken |= is_timeout(alz_text_str(&detail->message));
    if (detail->message.len == 0 && detail->exit.len)
        tap_set(tap, &detail->message, alz_text_str(&detail->exit));
    if (detail->message.len == 0)
        tap_set(tap, &detail->message, alz_text_str(&detail->fallback));
    tap_extras_reserve(tap, alz_text_str(&point->yaml));
}
