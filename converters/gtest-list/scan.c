/* scan.c - what a line of a list is. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "list.h"

static const char comment[] = "  # ";

/* Of an identifier, which may be written in any alphabet. */
static bool is_name_byte(char byte)
{
    return (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') ||
           (byte >= 'a' && byte <= 'z') || byte == '_' ||
           (unsigned char)byte >= 0x80;
}

/* Parts between slashes; behind the first slash a suite may have the name of
 * a type. */
static bool is_name(struct alz_str name, bool of_suite)
{
    struct alz_str part;

    if (!name.len)
        return false;
    while (alz_str_split(&name, '/', &part)) {
        if (!part.len)
            return false;
        for (size_t at = 0; at < part.len; at++)
            if (!is_name_byte(part.ptr[at]))
                return false;
        if (of_suite)
            break;
    }
    return true;
}

static struct alz_str cut_comment(struct alz_str *line)
{
    size_t at = alz_str_find(*line, comment);
    struct alz_str ret;

    if (at == SIZE_MAX)
        return ALZ_STR("");
    ret = alz_str_from_offset(*line, at + sizeof(comment) - 1);
    *line = gtest_head(*line, at);
    return ret;
}

enum gtlist_kind gtlist_line_read(struct alz_str line, struct alz_str *ret_name,
                                  struct alz_str *ret_param)
{
    bool indented = alz_str_starts(line, "  ");

    if (indented)
        line = alz_str_from_offset(line, 2);
    *ret_param = cut_comment(&line);
    *ret_name = line;
    if (indented)
        return is_name(line, false) ? GTLIST_TEST : GTLIST_OTHER;
    if (!alz_str_ends(line, "."))
        return GTLIST_OTHER;
    ret_name->len--;
    return is_name(*ret_name, true) ? GTLIST_SUITE : GTLIST_OTHER;
}
