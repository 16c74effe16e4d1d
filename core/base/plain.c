/* plain.c - text without terminal escapes. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "base/utf8.h"

#include <allurize/read.h>

/* ESC begins none that is known: it goes alone. One that the end of the text
 * has cut goes with all that there is of it. */
static size_t odd_length(struct alz_str text)
{
    size_t at = 2;

    if (text.len < 2 || text.ptr[1] != '[')
        return 1;
    while (at < text.len && text.ptr[at] >= 0x20 && text.ptr[at] <= 0x3f)
        at++;
    return at == text.len ? at : 1;
}

size_t alz_escape_length(struct alz_str text)
{
    size_t len = alz_ansi_sequence(text.ptr, text.ptr + text.len);

    if (len || !text.len || *text.ptr != '\x1b')
        return len;
    return odd_length(text);
}

static const char *find_escape(struct alz_str text)
{
    return text.len ? memchr(text.ptr, '\x1b', text.len) : NULL;
}

struct alz_str alz_str_plain(struct alz_str text, struct alz_text *room)
{
    const char *escape = find_escape(text);

    if (!escape)
        return text;
    alz_text_clear(room);
    if (room->max < text.len)
        room->max = text.len;
    for (; escape; escape = find_escape(text)) {
        size_t at = (size_t)(escape - text.ptr);

        alz_text_add(room, (struct alz_str){text.ptr, at});
        text = alz_str_from_offset(text, at);
        text = alz_str_from_offset(text, alz_escape_length(text));
    }
    alz_text_add(room, text);
    return alz_text_str(room);
}
