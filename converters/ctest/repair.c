/* repair.c - characters that XML cannot hold, as CTest spells them. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "ctest.h"

static const char before[] = "[NON-XML-CHAR-0x";

enum { BEFORE = sizeof(before) - 1, DIGITS_MAX = 6 };

static int hex(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return -1;
}

/* The spelling at the start of text: its length, 0 when it is none. Only
 * control characters are given back. */
static size_t read_spelling(struct alz_str text, char *ret)
{
    size_t at = BEFORE;
    int code = 0;

    if (!alz_str_starts(text, before))
        return 0;
    for (; at < text.len && at < BEFORE + DIGITS_MAX && hex(text.ptr[at]) >= 0;
         at++)
        code = code * 16 + hex(text.ptr[at]);
    if (at == BEFORE || at == text.len || text.ptr[at] != ']' || code >= ' ')
        return 0;
    *ret = (char)code;
    return at + 1;
}

size_t ctest_repair_pending(struct alz_str text)
{
    size_t len =
        text.len < BEFORE + DIGITS_MAX ? text.len : BEFORE + DIGITS_MAX;
    struct alz_str end = alz_str_from_offset(text, text.len - len);

    for (size_t at = end.len; at > 0; at--) {
        struct alz_str tail = alz_str_from_offset(end, at - 1);
        size_t known = tail.len < BEFORE ? tail.len : BEFORE;

        if (*tail.ptr == ']')
            return 0;
        if (*tail.ptr == '[')
            return memcmp(tail.ptr, before, known) == 0 ? tail.len : 0;
    }
    return 0;
}

void ctest_repair(struct ctest *state, struct alz_out *out, struct alz_str text,
                  struct alz_text *ret)
{
    while (text.len) {
        const char *bracket = memchr(text.ptr, '[', text.len);
        size_t plain = bracket ? (size_t)(bracket - text.ptr) : text.len, used;
        char c = 0;

        ctest_add(state, out, ret, (struct alz_str){text.ptr, plain});
        text = alz_str_from_offset(text, plain);
        if (!text.len)
            return;
        used = read_spelling(text, &c);
        ctest_add(state, out, ret,
                  (struct alz_str){used ? &c : text.ptr, used && !c ? 0 : 1});
        text = alz_str_from_offset(text, used ? used : 1);
    }
}
