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

/* Whether the "]" at p ends the section; `left` bytes are there. */
static bool ends_section(const unsigned char *p, size_t left)
{
    return left >= 3 && memcmp(p, "]]>", 3) == 0;
}

/* Gives on as much of the legal text as the parser has room for, and as the
 * section may still hold. Characters stay whole. */
static void put_legal(struct alz_repair *r, unsigned stop)
{
    const unsigned char *p = r->window + r->pos;
    size_t n = r->legal - r->pos, max = r->room > 0 ? r->room : 1;
    size_t section = ALZ_REPAIR_CDATA_MAX - r->section;

    if (stop == ALZ_STOP_CDATA && max > section)
        max = section;
    if (n > max) {
        for (n = max; n < r->legal - r->pos && (p[n] & 0xC0) == 0x80;)
            n++;
    }
    alz_repair_put(r, p, n);
    r->pos += n;
    r->section += n;
}

/* Long sections are cut, so that the parser need not hold one as a whole. */
static void cut_section(struct alz_repair *r)
{
    put_text(r, "]]><![CDATA[");
    r->section = 0;
}

bool alz_repair_text(struct alz_repair *r, unsigned stop)
{
    const unsigned char *p = r->window + r->pos;
    const unsigned char *end = r->window + r->len, *q;
    size_t taken, left = (size_t)(end - p);

    if (stop == ALZ_STOP_CDATA && r->section >= ALZ_REPAIR_CDATA_MAX)
        cut_section(r);
    if (r->legal <= r->pos) {
        q = scan_legal(p, stop);
        r->legal = (size_t)(q - r->window);
    }
    if (r->legal > r->pos) {
        put_legal(r, stop);
        return true;
    }
    if (left == 0)
        return false;
    if (stop == ALZ_STOP_CDATA && ends_section(p, left)) {
        put_text(r, "]]>");
        r->pos += 3;
        r->state = ALZ_REPAIR_CONTENT;
        r->inside = NULL;
        return true;
    }
    taken = take_stop(r, p, left, r->end);
    r->pos += taken;
    r->section += taken;
    return taken > 0;
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
