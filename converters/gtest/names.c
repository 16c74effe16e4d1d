/* names.c - names and parameters, as the report and the console spell them. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "shared.h"

/* ---- text ------------------------------------------------------------- */

/* Full by its ceiling is cut, full below it is out of memory. */
void gtest_put(struct gtest_room *room, struct alz_text *text, size_t max,
               struct alz_str bytes)
{
    text->max = max;
    alz_text_add(text, bytes);
    if (text->full && text->len < text->max)
        room->starved = true;
}

void gtest_set(struct gtest_room *room, struct alz_text *text,
               struct alz_str bytes)
{
    alz_text_clear(text);
    gtest_put(room, text, GTEST_TEXT_MAX, bytes);
}

struct alz_str gtest_plain(struct gtest_room *room, struct alz_str text)
{
    struct alz_str plain = alz_str_plain(text, &room->plain);

    if (plain.ptr != text.ptr && room->plain.full)
        room->starved = true;
    return plain;
}

void gtest_put_number(struct gtest_room *room, struct alz_text *text,
                      uint64_t number)
{
    char digits[24];
    size_t at = sizeof(digits);

    do
        digits[--at] = (char)('0' + number % 10);
    while (number /= 10);
    gtest_put(room, text, GTEST_TEXT_MAX,
              (struct alz_str){digits + at, sizeof(digits) - at});
}

void gtest_room_done(struct gtest_room *room)
{
    alz_text_done(&room->message);
    alz_text_done(&room->line);
    alz_text_done(&room->plain);
}

struct alz_str gtest_head(struct alz_str text, size_t len)
{
    return (struct alz_str){text.ptr, len < text.len ? len : text.len};
}

/* ---- names ------------------------------------------------------------ */

bool gtest_enable(struct alz_text *name)
{
    static const char mark[] = "DISABLED_";
    const size_t len = sizeof(mark) - 1, before = name->len;
    size_t to = 0;

    for (size_t from = 0; from < name->len;) {
        bool start = from == 0 || name->ptr[from - 1] == '/';

        if (start && name->len - from > len &&
            memcmp(name->ptr + from, mark, len) == 0) {
            from += len;
            continue;
        }
        name->ptr[to++] = name->ptr[from++];
    }
    name->len = to;
    return to < before;
}

static bool is_number(struct alz_str text)
{
    uint64_t number;

    return alz_number_parse(text, &number);
}

static alz_ref begin(struct alz_out *out, alz_ref parent, struct alz_str name)
{
    alz_ref ref = alz_begin(out, parent, ALZ_SUITE);

    alz_set_text(out, ref, ALZ_NAME, name);
    return ref;
}

alz_ref gtest_suite_begin(struct alz_out *out, struct alz_str name,
                          alz_ref *ret_outer)
{
    size_t slash = alz_str_find(name, "/");
    struct alz_str rest = {NULL, 0};

    if (slash != SIZE_MAX)
        rest = alz_str_from_offset(name, slash + 1);
    if (slash == 0 || !rest.len || is_number(rest)) {
        *ret_outer = begin(out, 0, name);
        return *ret_outer;
    }
    *ret_outer = begin(out, 0, gtest_head(name, slash));
    return begin(out, *ret_outer, rest);
}

/* The report does not tell a set-up from a tear-down. */
void gtest_tell_synthetic(struct gtest_room *room, struct alz_out *out,
                          alz_ref ref, struct alz_str suite)
{
    struct alz_str what =
        suite.len ? ALZ_STR("set-up/tear-down") : ALZ_STR("global environment");
    struct alz_text *line = &room->line;

    gtest_set(room, line, suite);
    gtest_put(room, line, GTEST_TEXT_MAX,
              suite.len ? ALZ_STR(" (") : ALZ_STR("("));
    gtest_put(room, line, GTEST_TEXT_MAX, what);
    gtest_put(room, line, GTEST_TEXT_MAX, ALZ_STR(")"));
    alz_set_text(out, ref, ALZ_NAME, alz_text_str(line));
    gtest_set(room, line, suite);
    gtest_put(room, line, GTEST_TEXT_MAX, ALZ_STR("::["));
    gtest_put(room, line, GTEST_TEXT_MAX, what);
    gtest_put(room, line, GTEST_TEXT_MAX, ALZ_STR("]"));
    alz_set_text(out, ref, ALZ_FULL_NAME, alz_text_str(line));
}

/* ---- parameters ------------------------------------------------------- */

/* Never part of the identity: the name holds the index, and values hold
 * addresses, and are printed differently from version to version. */
void gtest_tell_param(struct alz_out *out, alz_ref ref, const char *name,
                      struct alz_str value)
{
    alz_add(out, ref, ALZ_EXCLUDED, alz_str_from(name), value);
}

void gtest_tell_params(struct alz_out *out, alz_ref ref, struct alz_str where)
{
    static const char type[] = "TypeParam = ", value[] = "GetParam() = ",
                      both[] = " and GetParam() = ";

    if (alz_str_starts(where, type)) {
        struct alz_str name = alz_str_from_offset(where, sizeof(type) - 1);
        size_t end = alz_str_find(name, both);

        gtest_tell_param(out, ref, "type_param", gtest_head(name, end));
        if (end == SIZE_MAX)
            return;
        where = alz_str_from_offset(name, end + strlen(" and "));
    }
    if (alz_str_starts(where, value))
        gtest_tell_param(out, ref, "value_param",
                         alz_str_from_offset(where, sizeof(value) - 1));
}
