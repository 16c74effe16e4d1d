/* repair_text.c - characters: what may stay, what stands for the rest. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "read/repair.h"

#include "base/utf8.h"

#define IS(byte, bits) (alz_byte_class[byte] & (bits))

static void put_text(struct alz_repair *r, const char *text)
{
    alz_repair_put(r, text, strlen(text));
}

/* A control character as U+E000+b, which XML allows; NUL and the rest of
 * what XML forbids as U+FFFD. */
static void put_forbidden(struct alz_repair *r, uint32_t code)
{
    char to[4];
    bool control = code > 0 && code < 0x20;

    r->mapped |= control;
    alz_repair_put(r, to, alz_utf8_put(to, control ? 0xE000 + code : 0xFFFD));
}

size_t alz_repair_restore(char *to, struct alz_str text)
{
    const char *p = text.ptr, *end = p + text.len, *mark;
    char *out = to;

    while (p < end) {
        mark = memchr(p, 0xEE, (size_t)(end - p));
        if (mark == NULL || end - mark < 3)
            mark = end;
        memmove(out, p, (size_t)(mark - p));
        out += mark - p;
        p = mark;
        if (p == end)
            break;
        if (mark[1] == (char)0x80 && (unsigned char)mark[2] < 0xA0) {
            *out++ = (char)(mark[2] & 0x1F);
            p += 3;
        } else {
            *out++ = *p++;
        }
    }
    return (size_t)(out - to);
}

/* ---- one byte that cannot stay ---------------------------------------- */

/* These take the bytes at p, of which `left` are there and no more come when
 * `all`. They return how many they took, 0: more bytes are needed. */
typedef size_t take_fn(struct alz_repair *r, const unsigned char *p,
                       size_t left, bool all);

static size_t take_return(struct alz_repair *r, const unsigned char *p,
                          size_t left, bool all)
{
    if (left < 2 && !all)
        return 0;
    put_text(r, "\n");
    return left > 1 && p[1] == '\n' ? 2 : 1;
}

static size_t take_reference(struct alz_repair *r, const unsigned char *p,
                             size_t left, bool all)
{
    uint32_t code;
    int len = alz_char_reference(p, left, &code);

    if (len < 0 && !all)
        return 0;
    if (len <= 0) {
        alz_repair_note(r, ALZ_REPAIR_AMPERSAND, p);
        put_text(r, "&amp;");
        return 1;
    }
    if (alz_char_code_legal(code)) {
        alz_repair_put(r, p, (size_t)len);
    } else {
        alz_repair_note(r, ALZ_REPAIR_FORBIDDEN, p);
        put_forbidden(r, code);
    }
    return (size_t)len;
}

static size_t take_bracket(struct alz_repair *r, const unsigned char *p,
                           size_t left, bool all)
{
    if (left < 3 && !all && memcmp(p, "]]", left) == 0)
        return 0;
    if (left < 3 || memcmp(p, "]]>", 3) != 0) {
        put_text(r, "]");
        return 1;
    }
    alz_repair_note(r, ALZ_REPAIR_CDATA_END, p);
    put_text(r, "]]&gt;");
    return 3;
}

static size_t take_less(struct alz_repair *r, const unsigned char *p,
                        size_t left, bool all)
{
    (void)left;
    (void)all;
    alz_repair_note(r, ALZ_REPAIR_LESS, p);
    put_text(r, "&lt;");
    return 1;
}

static size_t take_control(struct alz_repair *r, const unsigned char *p,
                           size_t left, bool all)
{
    (void)left;
    (void)all;
    alz_repair_note(r, ALZ_REPAIR_FORBIDDEN, p);
    put_forbidden(r, *p);
    return 1;
}

/* Bytes from 0x80: a character that may stay after all, one that may not, or
 * no character. */
static size_t take_high(struct alz_repair *r, const unsigned char *p,
                        size_t left, bool all)
{
    size_t need = *p >= 0xF0 ? 4 : *p >= 0xE0 ? 3 : *p >= 0xC2 ? 2 : 1;
    size_t len = alz_char_legal(p);

    if (len > 0) {
        alz_repair_put(r, p, len);
        return len;
    }
    if (left < need && !all)
        return 0;
    len = alz_utf8_sequence(p, p + left);
    alz_repair_note(r, len ? ALZ_REPAIR_FORBIDDEN : ALZ_REPAIR_UTF8, p);
    put_forbidden(r, 0);
    return len ? len : 1;
}

static size_t take_stop(struct alz_repair *r, const unsigned char *p,
                        size_t left, bool all)
{
    if (*p >= 0x80)
        return take_high(r, p, left, all);
    switch (*p) {
    case '\r':
        return take_return(r, p, left, all);
    case '&':
        return take_reference(r, p, left, all);
    case ']':
        return take_bracket(r, p, left, all);
    case '<':
        return take_less(r, p, left, all);
    default:
        return take_control(r, p, left, all);
    }
}

/* ---- text ------------------------------------------------------------- */

/* The first byte from p on that needs a look; a NUL stands at end. */
static const unsigned char *scan_legal(const unsigned char *p, unsigned stop)
{
    size_t len;

    for (;;) {
        while (!IS(*p, stop))
            p++;
        if (*p >= 0x80 && (len = alz_char_legal(p)) > 0)
            p += len;
        else if (*p == ']' && p[1] != ']' && p[1] != 0)
            p++;
        else
            return p;
    }
}

/*
 * CDATA for the parser, which reads plain text several times faster than a
 * section and would hold a section as a whole: text with "<" and "&" escaped.
 * Each escape costs the parser as much as ESCAPE bytes; where they come close
 * to each other, short sections are cheaper after all. What is put depends on
 * the bytes alone, not on how many of them are here, so that all is the same
 * whatever the sizes of reads.
 */
enum { ESCAPE = 16, DENSE = 16 * ESCAPE, SECTION_MAX = 512 };

static void open_section(struct alz_repair *r)
{
    put_text(r, "<![CDATA[");
    r->section = SECTION_MAX;
    r->escapes = DENSE / 2;
}

static void close_section(struct alz_repair *r)
{
    if (r->section == 0)
        return;
    put_text(r, "]]>");
    r->section = 0;
}

/* How far from pos on bytes need no look. */
static void find_legal(struct alz_repair *r, unsigned stop)
{
    const unsigned char *p = r->window + r->pos;

    if (stop != ALZ_STOP_CDATA || r->section == 0) {
        r->legal = (size_t)(scan_legal(p, ALZ_STOP_TEXT) - r->window);
        return;
    }
    if (r->whole <= r->pos)
        r->whole = (size_t)(scan_legal(p, ALZ_STOP_CDATA) - r->window);
    r->legal = r->whole;
    if (r->legal - r->pos > r->section)
        r->legal = r->pos + r->section;
    while (r->legal < r->whole && (r->window[r->legal] & 0xC0) == 0x80)
        r->legal++;
}

/* Gives on as much of the legal text as the parser has room for. Characters
 * stay whole. */
static void put_legal(struct alz_repair *r)
{
    const unsigned char *p = r->window + r->pos;
    size_t len = r->legal - r->pos, n = r->room > 0 ? r->room : 1;

    if (n > len)
        n = len;
    while (n < len && (p[n] & 0xC0) == 0x80)
        n++;
    alz_repair_put(r, p, n);
    r->pos += n;
    if (r->section == 0)
        r->escapes -= r->escapes < n ? r->escapes : n;
    else if (r->section > n)
        r->section -= n;
    else
        close_section(r);
}

/* A "]" in CDATA: its end, or text, which the parser must not take for one. */
static size_t take_section_bracket(struct alz_repair *r, const unsigned char *p,
                                   size_t left)
{
    if (left < 3 && !r->end && memcmp(p, "]]", left) == 0)
        return 0;
    close_section(r);
    if (left < 3 || memcmp(p, "]]>", 3) != 0) {
        put_text(r, "&#93;");
        return 1;
    }
    r->state = ALZ_REPAIR_CONTENT;
    r->inside = NULL;
    return 3;
}

/* The byte at pos may not stay, or not as it is in CDATA. */
static size_t take(struct alz_repair *r, unsigned stop)
{
    const unsigned char *p = r->window + r->pos;
    size_t left = r->len - r->pos;

    if (stop != ALZ_STOP_CDATA)
        return take_stop(r, p, left, r->end);
    if (*p == ']')
        return take_section_bracket(r, p, left);
    if (*p != '<' && *p != '&')
        return take_stop(r, p, left, r->end);
    put_text(r, *p == '<' ? "&lt;" : "&amp;");
    r->escapes += ESCAPE;
    if (r->escapes > DENSE)
        open_section(r);
    return 1;
}

bool alz_repair_text(struct alz_repair *r, unsigned stop)
{
    size_t taken;

    if (r->legal <= r->pos)
        find_legal(r, stop);
    if (r->legal > r->pos) {
        put_legal(r);
        return true;
    }
    if (r->pos == r->len)
        return false;
    taken = take(r, stop);
    r->pos += taken;
    return taken > 0;
}

void alz_repair_end_text(struct alz_repair *r)
{
    close_section(r);
}

/* ---- tags ------------------------------------------------------------- */

/* The value up to the limit; neither a character nor a reference is cut. */
static size_t limited(const unsigned char *p, size_t len)
{
    size_t n = ALZ_TAG_VALUE_MAX;

    if (len <= n)
        return len;
    while (n > 0 && (p[n] & 0xC0) == 0x80)
        n--;
    for (size_t i = 1; i < 12 && i <= n; i++)
        if (p[n - i] == '&')
            return n - i;
    return n;
}

static void put_value(struct alz_repair *r, const unsigned char *p, size_t len)
{
    size_t kept = limited(p, len);
    const unsigned char *end = p + kept, *q;

    if (kept < len)
        alz_repair_note(r, ALZ_REPAIR_VALUE, p);
    while (p < end) {
        for (q = p;
             q < end && (!IS(*q, ALZ_STOP_VALUE) || *q == '"' || *q == '\'');)
            q++;
        alz_repair_put(r, p, (size_t)(q - p));
        p = q;
        if (p < end)
            p += take_stop(r, p, (size_t)(end - p), true);
    }
}

static void put_attr(struct alz_repair *r, const unsigned char *ptr,
                     const struct alz_tag_attr *attr)
{
    const unsigned char *quote = ptr + attr->value - 1;

    if (attr->again) {
        alz_repair_note(r, ALZ_REPAIR_TWICE, ptr + attr->name);
        return;
    }
    put_text(r, " ");
    alz_repair_put(r, ptr + attr->name, attr->name_len);
    put_text(r, "=");
    alz_repair_put(r, quote, 1);
    if (attr->dirty)
        put_value(r, ptr + attr->value, attr->value_len);
    else
        alz_repair_put(r, ptr + attr->value, attr->value_len);
    alz_repair_put(r, quote, 1);
}

static void note_many(struct alz_repair *r, enum alz_repair_kind kind,
                      const unsigned char *ptr, uint64_t count)
{
    if (count == 0)
        return;
    alz_repair_note(r, kind, ptr);
    r->counts[kind].count += count - 1;
}

void alz_repair_put_tag(struct alz_repair *r, const unsigned char *ptr)
{
    const struct alz_tag *tag = &r->tag;

    if (!tag->dirty) {
        alz_repair_put(r, ptr, tag->len);
        return;
    }
    note_many(r, ALZ_REPAIR_ATTRS, ptr, tag->dropped_attrs);
    note_many(r, ALZ_REPAIR_NAME, ptr, tag->dropped_names);
    alz_repair_put(r, ptr, tag->name + tag->name_len);
    for (size_t i = 0; i < tag->attr_count; i++)
        put_attr(r, ptr, &tag->attrs[i]);
    put_text(r, tag->empty ? "/>" : ">");
}
