/* text.c - texts that are kept, and what failing to keep them means. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "tap.h"

enum { DEFAULT_MAX = 1024 * 1024 };

void tap_put(struct tap *tap, struct alz_text *text, struct alz_str bytes)
{
    size_t max = text->max ? text->max : DEFAULT_MAX;

    alz_text_add(text, bytes);
    if (!text->full || text->len >= max || tap->no_memory)
        return;
    tap->no_memory = true;
    tap_report(tap, TAP_NO_MEMORY, ALZ_STR(""));
}

void tap_put_number(struct tap *tap, struct alz_text *text, uint64_t number)
{
    char digits[20];
    size_t at = sizeof(digits);

    do {
        digits[--at] = (char)('0' + number % 10);
        number /= 10;
    } while (number);
    tap_put(tap, text, (struct alz_str){digits + at, sizeof(digits) - at});
}

void tap_set(struct tap *tap, struct alz_text *text, struct alz_str bytes)
{
    alz_text_clear(text);
    tap_put(tap, text, bytes);
}

void tap_set_unescaped(struct tap *tap, struct alz_text *text,
                       struct alz_str bytes, bool backslash)
{
    alz_text_clear(text);
    while (bytes.len) {
        const char *found = memchr(bytes.ptr, '\\', bytes.len);
        size_t at = found ? (size_t)(found - bytes.ptr) : bytes.len;
        struct alz_str rest = alz_str_from_offset(bytes, at);
        bool escape = rest.len > 1 && (rest.ptr[1] == '#' ||
                                       (backslash && rest.ptr[1] == '\\'));

        tap_put(tap, text, tap_head(bytes, at));
        if (escape)
            rest = alz_str_from_offset(rest, 1);
        tap_put(tap, text, tap_head(rest, 1));
        bytes = alz_str_from_offset(rest, 1);
    }
}

void tap_reserve(struct tap *tap, struct alz_text *text, struct alz_str like)
{
    tap_set(tap, text, like);
    alz_text_clear(text);
}

/* ---- terminal escapes ------------------------------------------------- */

struct alz_str tap_plain(struct tap *tap, struct alz_str text,
                         struct alz_text *scratch)
{
    struct alz_str plain = alz_str_plain(text, scratch);

    if (plain.ptr != text.ptr)
        tap_put(tap, scratch, ALZ_STR("")); /* says so when it is full */
    return plain;
}

/* ---- looking ---------------------------------------------------------- */

bool tap_line_split(struct alz_str *rest, struct alz_str *ret)
{
    size_t len = tap_find_or_end(*rest, "\n");

    if (!rest->len)
        return false;
    *ret = tap_head(*rest, len);
    *rest = alz_str_from_offset(*rest, len + 1);
    return true;
}

bool tap_has(struct alz_str text, const char *part)
{
    return alz_str_find(text, part) != SIZE_MAX;
}

bool tap_contains(struct alz_str text, struct alz_str part)
{
    return part.len == 0 || (part.len <= text.len &&
                             memmem(text.ptr, text.len, part.ptr, part.len));
}

size_t tap_find_or_end(struct alz_str text, const char *part)
{
    size_t at = alz_str_find(text, part);

    return at == SIZE_MAX ? text.len : at;
}
