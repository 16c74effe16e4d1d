/* yaml_text.c - quotes, escapes and folded lines of YAML values. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "yaml_text.h"

enum { DEFAULT_MAX = 1024 * 1024 };

void tap_yaml_add(struct tap_yaml *yaml, struct alz_str text)
{
    size_t max = yaml->text->max ? yaml->text->max : DEFAULT_MAX;

    alz_text_add(yaml->text, text);
    if (yaml->text->full && yaml->text->len < max)
        yaml->no_memory = true;
}

/* ---- quotes ----------------------------------------------------------- */

static size_t double_quoted_length(struct alz_str text)
{
    for (size_t at = 1; at < text.len; at++) {
        if (text.ptr[at] == '\\')
            at++;
        else if (text.ptr[at] == '"')
            return at + 1;
    }
    return 0;
}

static size_t single_quoted_length(struct alz_str text)
{
    for (size_t at = 1; at < text.len; at++) {
        if (text.ptr[at] != '\'')
            continue;
        if (at + 1 == text.len || text.ptr[at + 1] != '\'')
            return at + 1;
        at++;
    }
    return 0;
}

size_t tap_yaml_quoted_length(struct alz_str text)
{
    return *text.ptr == '"' ? double_quoted_length(text)
                            : single_quoted_length(text);
}

void tap_yaml_unquote(struct tap_yaml *yaml, struct alz_str text)
{
    while (text.len) {
        size_t at = alz_str_find(text, "''");

        if (at == SIZE_MAX) {
            tap_yaml_add(yaml, text);
            return;
        }
        tap_yaml_add(yaml, (struct alz_str){text.ptr, at + 1});
        text = alz_str_from_offset(text, at + 2);
    }
}

/* ---- escapes ---------------------------------------------------------- */

static size_t scan_hex(struct alz_str text, size_t digits, uint32_t *ret)
{
    *ret = 0;
    if (text.len < digits)
        return 0;
    for (size_t i = 0; i < digits; i++) {
        static const char all[] = "0123456789abcdef0123456789ABCDEF";
        const char *found = text.ptr[i] ? strchr(all, text.ptr[i]) : NULL;

        if (!found)
            return 0;
        *ret = *ret << 4 | (uint32_t)((found - all) & 15);
    }
    return digits;
}

static void add_code(struct tap_yaml *yaml, uint32_t code)
{
    char bytes[4];
    size_t len = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    static const unsigned char lead[] = {0, 0, 0xc0, 0xe0, 0xf0};

    for (size_t i = len; i-- > 1; code >>= 6)
        bytes[i] = (char)(0x80 | (code & 0x3f));
    bytes[0] = (char)(lead[len] | code);
    tap_yaml_add(yaml, (struct alz_str){bytes, len});
}

/* "\ud83d\ude00" is one character. */
static size_t scan_pair(struct alz_str text, uint32_t *code)
{
    uint32_t low;

    if (*code < 0xd800 || *code > 0xdbff || !alz_str_starts(text, "\\u") ||
        !scan_hex(alz_str_from_offset(text, 2), 4, &low) || low < 0xdc00 ||
        low > 0xdfff)
        return 0;
    *code = 0x10000 + ((*code - 0xd800) << 10) + (low - 0xdc00);
    return 6;
}

/* What follows a backslash; returns its length, 0: nothing that we know. */
static size_t add_escape(struct tap_yaml *yaml, struct alz_str text)
{
    static const char from[] = "ntr0abefv\"\\/",
                      to[] = "\n\t\r\0\a\b\x1b\f\v\"\\/";
    static const char sizes[] = "xuU";
    const char *found = *text.ptr ? strchr(from, *text.ptr) : NULL;
    uint32_t code;
    size_t len;

    if (found) {
        tap_yaml_add(yaml, (struct alz_str){to + (found - from), 1});
        return 1;
    }
    found = *text.ptr ? strchr(sizes, *text.ptr) : NULL;
    if (!found)
        return 0;
    len = scan_hex(alz_str_from_offset(text, 1), (size_t)2 << (found - sizes),
                   &code);
    if (!len || code > 0x10ffff)
        return 0;
    len += 1 + scan_pair(alz_str_from_offset(text, len + 1), &code);
    add_code(yaml, code);
    return len;
}

void tap_yaml_unescape(struct tap_yaml *yaml, struct alz_str text)
{
    while (text.len) {
        const char *found = memchr(text.ptr, '\\', text.len);
        size_t len = found ? (size_t)(found - text.ptr) : text.len;

        tap_yaml_add(yaml, (struct alz_str){text.ptr, len});
        text = alz_str_from_offset(text, len + 1);
        if (!found || !text.len)
            return;
        len = add_escape(yaml, text);
        if (!len)
            tap_yaml_add(yaml, ALZ_STR("\\"));
        text = alz_str_from_offset(text, len);
    }
}

/* ---- folding ---------------------------------------------------------- */

static bool at_line(const struct alz_text *text, size_t at)
{
    return at < text->len && text->ptr[at] != '\n' && text->ptr[at] != ' ' &&
           text->ptr[at] != '\t';
}

/* Length of the blanks at `at` when nothing else is in that line. */
static size_t blank_line(const struct alz_text *text, size_t at)
{
    size_t end = at;

    while (end < text->len && (text->ptr[end] == ' ' || text->ptr[end] == '\t'))
        end++;
    return end == text->len || text->ptr[end] == '\n' ? end - at : 0;
}

void tap_yaml_fold(struct alz_text *text)
{
    size_t to = 0, at = 0;
    bool flat = at_line(text, 0); /* the line in hand is not a deeper one */

    while (at < text->len) {
        size_t ends = 0;

        if (text->ptr[at] != '\n') {
            text->ptr[to++] = text->ptr[at++];
            continue;
        }
        while (at < text->len && text->ptr[at] == '\n') {
            ends++;
            at++;
            at += blank_line(text, at);
        }
        if (flat && at_line(text, at))
            ends--;
        if (ends == 0)
            text->ptr[to++] = ' ';
        for (; ends; ends--)
            text->ptr[to++] = '\n';
        flat = at_line(text, at);
    }
    text->len = to;
}
