/* json_bytes.c - the bytes of JSON: commas, quotes and escapes. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "emit/json_bytes.h"

#include "base/words.h"

/*
 * Text goes straight into the buffer, a word at a time: a generator that takes
 * each byte, brace and comma through a callback (yajl's) was a quarter of a
 * conversion.
 */
enum { ESCAPE_MAX = 6 /* "\u001B" */ };

void alz_json_put(struct alz_json_bytes *json, struct alz_str token)
{
    char *to = alz_json_room(json, token.len + 1);

    if (!to)
        return;
    if (json->comma)
        *to++ = ',';
    memcpy(to, token.ptr, token.len);
    alz_json_filled(json, to + token.len);
}

static bool is_special(char byte)
{
    return (unsigned char)byte < 0x20 || byte == '"' || byte == '\\';
}

static bool has_special(uint64_t word)
{
    uint64_t quote = word ^ alz_word_of('"');
    uint64_t slash = word ^ alz_word_of('\\');

    /* alz_word_below of all three, the common part taken once */
    return (((word - alz_word_of(0x20)) | (quote - alz_word_of(1)) |
             (slash - alz_word_of(1))) &
            ~word & alz_word_of(0x80)) != 0;
}

/* Copies up to the first byte to be escaped, or all. Returns how many. The
 * last word overlaps the one before it: few texts end with a whole one. */
static size_t copy_plain(char *to, struct alz_str text)
{
    const size_t size = sizeof(uint64_t);
    size_t at = 0;

    while (text.len - at >= size) {
        uint64_t word = alz_word_load(text.ptr + at);

        if (has_special(word))
            break;
        memcpy(to + at, &word, size);
        at += size;
        if (at < text.len && text.len - at < size)
            at = text.len - size;
    }
    for (; at < text.len && !is_special(text.ptr[at]); at++)
        to[at] = text.ptr[at];
    return at;
}

static char *put_escape(char *to, char byte)
{
    static const char hex[] = "0123456789ABCDEF";
    static const char bytes[] = "\"\\\b\f\n\r\t";
    static const char letters[] = "\"\\bfnrt";
    const char *found = memchr(bytes, byte, sizeof(bytes) - 1);

    *to++ = '\\';
    if (found) {
        *to++ = letters[found - bytes];
        return to;
    }
    memcpy(to, "u00", 3);
    to[3] = hex[byte >> 4];
    to[4] = hex[byte & 15];
    return to + 5;
}

void alz_json_put_string(struct alz_json_bytes *json, struct alz_str text)
{
    char *to = alz_json_room(json, text.len + 3);
    size_t plain;

    if (to && json->comma)
        *to++ = ',';
    if (to)
        *to++ = '"';
    while (to) {
        plain = copy_plain(to, text);
        to += plain;
        if (plain == text.len)
            break;
        to = put_escape(to, text.ptr[plain]);
        alz_json_filled(json, to);
        text = alz_str_from_offset(text, plain + 1);
        to = alz_json_room(json, text.len + ESCAPE_MAX + 1);
    }
    if (!to)
        return;
    *to++ = '"';
    alz_json_filled(json, to);
}

void alz_json_put_name(struct alz_json_bytes *json, struct alz_str key)
{
    char *to = alz_json_room(json, key.len + 4);

    if (!to)
        return;
    if (json->comma)
        *to++ = ',';
    *to++ = '"';
    memcpy(to, key.ptr, key.len);
    to += key.len;
    *to++ = '"';
    *to++ = ':';
    alz_json_filled(json, to);
    json->comma = false;
}
