/* head.c - the first bytes of an input as text, for probes. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "read/encoding.h"
#include "read/reader.h"
#include "read/tag.h"

#define IS(byte, bits) (alz_byte_class[(unsigned char)(byte)] & (bits))

/* UTF-8 that ends in the middle of a character loses what is there of it. */
static void drop_cut(struct alz_text *text, size_t start)
{
    size_t n = text->len, back = 0;
    unsigned char byte;

    while (back < 3 && n > start &&
           ((unsigned char)text->ptr[n - 1] & 0xC0) == 0x80) {
        n--;
        back++;
    }
    if (n == start)
        return;
    byte = (unsigned char)text->ptr[n - 1];
    if (byte >= (back == 0 ? 0xC0 : back == 1 ? 0xE0 : back == 2 ? 0xF0 : 0xFF))
        text->len = n - 1;
}

void alz_head_decode(struct alz_str raw, struct alz_text *ret)
{
    struct alz_bytes_memory memory;
    struct alz_encoding encoding;
    size_t start = ret->len;
    char chunk[4096];
    ssize_t got;

    alz_bytes_memory_init(&memory, raw, 0);
    alz_encoding_init(&encoding, &memory.base, true);
    encoding.head = true;
    while ((got = encoding.base.read(&encoding.base, chunk, sizeof(chunk))) > 0)
        alz_text_add(ret, (struct alz_str){chunk, (size_t)got});
    alz_encoding_done(&encoding);
    if (ret->len > start)
        drop_cut(ret, start);
}

/* ---- the root --------------------------------------------------------- */

/* Behind the next `until`, or the end. */
static const char *pass(const char *p, const char *end, const char *until)
{
    const char *found = memmem(p, (size_t)(end - p), until, strlen(until));

    return found ? found + strlen(until) : end;
}

/* Behind a DOCTYPE, which may hold a subset in brackets. */
static const char *pass_doctype(const char *p, const char *end)
{
    int brackets = 0;
    char quote = 0;

    for (; p < end; p++) {
        if (quote)
            quote = *p == quote ? 0 : quote;
        else if (*p == '"' || *p == '\'')
            quote = *p;
        else if (*p == '[' || *p == ']')
            brackets += *p == '[' ? 1 : -1;
        else if (*p == '>' && brackets <= 0)
            return p + 1;
    }
    return end;
}

static bool starts(const char *p, const char *end, const char *text)
{
    size_t len = strlen(text);

    return (size_t)(end - p) >= len && memcmp(p, text, len) == 0;
}

/* Whether only blanks stand before p in its line, or the line began with
 * markup that was passed over at `from`. */
static bool starts_line(const char *from, const char *p)
{
    while (p > from && IS(p[-1], ALZ_BYTE_BLANK) && p[-1] != '\n')
        p--;
    return p == from || p[-1] == '\n';
}

static struct alz_str local_name(const char *p, const char *end)
{
    const char *start = p;

    for (; p < end && IS(*p, ALZ_BYTE_NAME); p++)
        if (*p == ':')
            start = p + 1;
    return (struct alz_str){start, (size_t)(p - start)};
}

/* Chatter before the document is passed over: a declaration says where that
 * begins; else it is the first tag that begins a line. */
struct alz_str alz_xml_root_name(struct alz_str head)
{
    const char *p = head.ptr, *end = p + head.len, *from = p, *declared;

    if (head.len == 0)
        return (struct alz_str){NULL, 0};
    declared = memmem(p, head.len, "<?xml ", 6);
    if (declared)
        p = from = declared;
    while ((p = memchr(p, '<', (size_t)(end - p))) != NULL) {
        if (starts(p, end, "<?"))
            p = from = pass(p, end, "?>");
        else if (starts(p, end, "<!--"))
            p = from = pass(p, end, "-->");
        else if (starts(p, end, "<!DOCTYPE"))
            p = from = pass_doctype(p, end);
        else if (p + 1 < end && IS(p[1], ALZ_BYTE_NAME_START) &&
                 starts_line(from, p))
            return local_name(p + 1, end);
        else
            p++;
    }
    return (struct alz_str){NULL, 0};
}
