/* line.c - one line of TAP 12, 13, 14 or KTAP. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "line.h"

#include <strings.h>

/* ---- characters ------------------------------------------------------- */

bool tap_is_blank(char byte)
{
    return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

bool tap_is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

struct alz_str tap_trim_start(struct alz_str text)
{
    while (text.len && tap_is_blank(*text.ptr))
        text = alz_str_from_offset(text, 1);
    return text;
}

struct alz_str tap_head(struct alz_str text, size_t len)
{
    return (struct alz_str){text.ptr, len < text.len ? len : text.len};
}

size_t tap_number_scan(struct alz_str text, uint64_t *ret)
{
    uint64_t number = 0;
    size_t at = 0;

    for (; at < text.len && tap_is_digit(text.ptr[at]); at++) {
        unsigned digit = (unsigned)(text.ptr[at] - '0');

        if (number > (UINT64_MAX - digit) / 10)
            number = UINT64_MAX;
        else
            number = number * 10 + digit;
    }
    *ret = number;
    return at;
}

size_t tap_prefix_nocase(struct alz_str text, const char *prefix)
{
    size_t len = strlen(prefix);

    return len <= text.len && strncasecmp(text.ptr, prefix, len) == 0 ? len : 0;
}

static bool at_end_or_blank(struct alz_str text, size_t at)
{
    return at >= text.len || tap_is_blank(text.ptr[at]);
}

/* ---- version, plan ---------------------------------------------------- */

static bool is_version(struct tap_line *line)
{
    struct alz_str rest = line->text;
    size_t len = tap_prefix_nocase(rest, "KTAP version ");

    line->ktap = len > 0;
    if (!len)
        len = tap_prefix_nocase(rest, "TAP version ");
    rest = tap_trim_start(alz_str_from_offset(rest, len));
    return len && rest.len && tap_number_scan(rest, &line->version) == rest.len;
}

/* " todo 2 3", "# SKIP why" or nothing. */
static bool plan_tail(struct tap_plan_line *plan, struct alz_str rest)
{
    struct alz_str tail = tap_trim_start(rest);
    size_t len = tap_prefix_nocase(tail, "todo ");

    if (tail.len == 0)
        return true;
    if (*tail.ptr == '#') {
        plan->hash = alz_str_trim(alz_str_from_offset(tail, 1));
        return true;
    }
    if (!len || tail.len == rest.len)
        return false;
    plan->todo = alz_str_from_offset(tail, len);
    for (size_t i = 0; i < plan->todo.len; i++)
        if (!tap_is_digit(plan->todo.ptr[i]) &&
            !tap_is_blank(plan->todo.ptr[i]) && plan->todo.ptr[i] != ';')
            return false;
    return true;
}

static bool is_plan(struct tap_line *line)
{
    struct tap_plan_line *plan = &line->plan;
    struct alz_str rest = line->text;
    size_t len = tap_number_scan(rest, &plan->first);

    rest = alz_str_from_offset(rest, len);
    if (!len || !alz_str_starts(rest, ".."))
        return false;
    rest = alz_str_from_offset(rest, 2);
    len = tap_number_scan(rest, &plan->last);
    plan->todo = plan->hash = ALZ_STR("");
    return len && plan_tail(plan, alz_str_from_offset(rest, len)) &&
           (plan->last >= plan->first || plan->last == 0);
}

/* ---- test points ------------------------------------------------------ */

/* Where the # stands that ends the description, or SIZE_MAX. */
static size_t hash_at(struct alz_str text)
{
    for (size_t i = 0; i < text.len; i++)
        if (text.ptr[i] == '#' && (i == 0 || tap_is_blank(text.ptr[i - 1])))
            return i;
    return SIZE_MAX;
}

static bool take_brace(struct alz_str *text)
{
    if (!alz_str_ends(*text, "{") ||
        (text->len > 1 && !tap_is_blank(text->ptr[text->len - 2])))
        return false;
    *text = alz_str_trim(tap_head(*text, text->len - 1));
    return true;
}

static void describe(struct tap_point_line *point, struct alz_str rest)
{
    size_t hash = hash_at(rest);

    point->description = alz_str_trim(tap_head(rest, hash));
    point->hash = (struct alz_str){NULL, 0};
    if (hash != SIZE_MAX)
        point->hash = alz_str_trim(alz_str_from_offset(rest, hash + 1));
    point->braced = hash != SIZE_MAX && take_brace(&point->hash);
    if (!point->braced)
        point->braced = take_brace(&point->description);
}

/* The number, if what follows it does not make it a word. */
static struct alz_str take_number(struct tap_point_line *point,
                                  struct alz_str rest)
{
    size_t len = tap_number_scan(rest, &point->number);
    struct alz_str tail = alz_str_from_offset(rest, len);
    bool dash = alz_str_starts(tail, "-") && at_end_or_blank(tail, 1);

    point->numbered =
        len && (at_end_or_blank(tail, 0) || dash || *tail.ptr == '#');
    return point->numbered ? tap_trim_start(tail) : rest;
}

static bool is_point(struct tap_line *line)
{
    struct tap_point_line *point = &line->point;
    struct alz_str rest = line->text;

    point->ok = !alz_str_starts(rest, "not ");
    if (!point->ok)
        rest = alz_str_from_offset(rest, 4);
    if (!alz_str_starts(rest, "ok") || !at_end_or_blank(rest, 2))
        return false;
    rest = take_number(point, tap_trim_start(alz_str_from_offset(rest, 2)));
    point->dashed = alz_str_starts(rest, "-") && at_end_or_blank(rest, 1);
    if (point->dashed)
        rest = tap_trim_start(alz_str_from_offset(rest, 1));
    describe(point, rest);
    return true;
}

/* ---- the rest --------------------------------------------------------- */

static bool is_comment(struct tap_line *line)
{
    if (*line->text.ptr != '#')
        return false;
    line->rest = alz_str_from_offset(line->text, 1);
    if (line->rest.len && tap_is_blank(*line->rest.ptr))
        line->rest = alz_str_from_offset(line->rest, 1);
    return true;
}

static bool is_pragma(struct tap_line *line)
{
    size_t len = strlen("pragma ");

    if (!alz_str_starts(line->text, "pragma ") || line->text.len == len)
        return false;
    line->rest = tap_trim_start(alz_str_from_offset(line->text, len));
    return *line->rest.ptr == '+' || *line->rest.ptr == '-';
}

static bool is_bail(struct tap_line *line)
{
    size_t len = tap_prefix_nocase(line->text, "Bail out!");

    line->rest = alz_str_trim(alz_str_from_offset(line->text, len));
    return len > 0;
}

static bool is_yaml(struct tap_line *line)
{
    return alz_str_is(line->text, "---");
}

static bool is_open(struct tap_line *line)
{
    return alz_str_is(line->text, "{");
}

static bool is_close(struct tap_line *line)
{
    return alz_str_is(line->text, "}");
}

static const struct {
    enum tap_kind kind;
    bool (*fits)(struct tap_line *line);
} kinds[] = {
    {TAP_COMMENT, is_comment},
    {TAP_POINT,   is_point  },
    {TAP_PLAN,    is_plan   },
    {TAP_VERSION, is_version},
    {TAP_YAML,    is_yaml   },
    {TAP_OPEN,    is_open   },
    {TAP_CLOSE,   is_close  },
    {TAP_PRAGMA,  is_pragma },
    {TAP_BAIL,    is_bail   },
};

static size_t columns(struct alz_str text)
{
    size_t count = 0;

    for (size_t i = 0; i < text.len && tap_is_blank(text.ptr[i]); i++)
        count += text.ptr[i] == '\t' ? TAP_TAB_COLUMNS : 1;
    return count;
}

void tap_line_parse(struct alz_str text, struct tap_line *ret)
{
    ret->indent = columns(text);
    ret->text = alz_str_trim(text);
    ret->rest = ALZ_STR("");
    ret->kind = ret->text.len ? TAP_TEXT : TAP_BLANK;
    for (size_t i = 0; ret->text.len && i < sizeof(kinds) / sizeof(kinds[0]);
         i++) {
        if (kinds[i].fits(ret)) {
            ret->kind = kinds[i].kind;
            return;
        }
    }
}
