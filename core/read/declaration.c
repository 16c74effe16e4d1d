/* declaration.c - the XML declaration, before anything is decoded. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "read/declaration.h"

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n';
}

static bool is_letter(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}

/* Whether only blanks stand before ptr in its line. */
static bool starts_line(const char *text, const char *ptr)
{
    while (ptr > text && ptr[-1] != '\n')
        if (!is_blank(*--ptr))
            return false;
    return true;
}

int alz_declaration_find(struct alz_str text, bool all, struct alz_str *ret)
{
    enum { LENGTH_MAX = 1024 };
    const char *end = text.ptr + text.len, *p = text.ptr, *close;
    ptrdiff_t room;

    for (; (p = memchr(p, '<', (size_t)(end - p))) != NULL; p++) {
        if (end - p < 6)
            return all ? 0 : -1;
        if (is_letter(p[1]) && starts_line(text.ptr, p))
            return 0;
        if (memcmp(p, "<?xml", 5) != 0 || !is_blank(p[5]))
            continue;
        room = end - p < LENGTH_MAX ? end - p : LENGTH_MAX;
        close = memchr(p, '>', (size_t)room);
        if (close == NULL)
            return all || room == LENGTH_MAX ? 0 : -1;
        *ret = (struct alz_str){p + 5, (size_t)(close - p) - 5};
        return 1;
    }
    return all ? 0 : -1;
}

static const char *skip_blanks(const char *p, const char *end)
{
    while (p < end && is_blank(*p))
        p++;
    return p;
}

struct alz_str alz_declaration_encoding(struct alz_str inside)
{
    static const char key[] = "encoding";
    const struct alz_str none = {NULL, 0};
    const char *end = inside.ptr + inside.len, *p, *close;

    p = memmem(inside.ptr, inside.len, key, sizeof(key) - 1);
    if (p == NULL)
        return none;
    p = skip_blanks(p + sizeof(key) - 1, end);
    if (p == end || *p != '=')
        return none;
    p = skip_blanks(p + 1, end);
    if (p == end || (*p != '"' && *p != '\''))
        return none;
    close = memchr(p + 1, *p, (size_t)(end - p) - 1);
    if (close == NULL)
        return none;
    return (struct alz_str){p + 1, (size_t)(close - p) - 1};
}

bool alz_declaration_is_name(struct alz_str name)
{
    size_t i;

    if (name.len == 0 || name.len >= 64 || !is_letter(name.ptr[0]))
        return false;
    for (i = 0; i < name.len; i++)
        if (!is_letter(name.ptr[i]) &&
            !(name.ptr[i] >= '0' && name.ptr[i] <= '9') &&
            memchr("._:-", name.ptr[i], 4) == NULL)
            return false;
    return true;
}
