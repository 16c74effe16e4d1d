/* plain.c - a line without terminal escapes. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "shared.h"

size_t gtest_escape_length(struct alz_str text)
{
    size_t at = 2;

    if (!alz_str_starts(text, "\x1b["))
        return 0;
    while (at < text.len && text.ptr[at] >= 0x20 && text.ptr[at] <= 0x3f)
        at++;
    return at < text.len ? at + 1 : at;
}

struct alz_str gtest_plain(struct gtest_room *room, struct alz_str text)
{
    if (!text.len || !memchr(text.ptr, '\x1b', text.len))
        return text;
    alz_text_clear(&room->plain);
    while (text.len) {
        size_t skip = gtest_escape_length(text);

        if (!skip) {
            const char *next = memchr(text.ptr + 1, '\x1b', text.len - 1);

            skip = next ? (size_t)(next - text.ptr) : text.len;
            gtest_put(room, &room->plain, GTEST_TRACE_MAX,
                      gtest_head(text, skip));
        }
        text = alz_str_from_offset(text, skip);
    }
    return alz_text_str(&room->plain);
}
