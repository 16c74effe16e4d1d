/* tag.c - reads one tag: where its attributes are, what needs repair. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "read/tag.h"

#include <string.h>

#define IS(byte, bits) (alz_byte_class[byte] & (bits))

/* A name's bytes, without limit; the NUL behind the bytes ends it. */
static const unsigned char *skip_name(const unsigned char *p)
{
    while (IS(*p, ALZ_BYTE_NAME))
        p++;
    return p;
}

static const unsigned char *skip_blanks(const unsigned char *p)
{
    while (IS(*p, ALZ_BYTE_BLANK))
        p++;
    return p;
}

static enum alz_tag_scan broken(struct alz_tag *tag, size_t bad,
                                const char *why)
{
    tag->bad = bad;
    tag->why = why;
    return ALZ_TAG_BROKEN;
}

static enum alz_tag_scan too_long(struct alz_tag *tag)
{
    tag->limit = true;
    return broken(tag, 0, "a name is longer than 4096 bytes");
}

/* Where the value ends: at its quote, or NULL when that is not here yet.
 * *less: the first "<" in it, or NULL. */
static const unsigned char *scan_value(const unsigned char *p,
                                       const unsigned char *end,
                                       const unsigned char **less, bool *dirty)
{
    const unsigned char quote = p[-1];
    uint32_t code;
    int len;

    for (;;) {
        while (!IS(*p, ALZ_STOP_VALUE))
            p++;
        if (*p == quote)
            return p;
        if (p >= end)
            return NULL;
        len = 1;
        if (*p >= 0x80) {
            len = (int)alz_char_legal(p);
        } else if (*p == '&') {
            len = alz_char_reference(p, (size_t)(end - p), &code);
            if (len > 0 && !alz_char_code_legal(code))
                len = 0;
        } else if (*p != '"' && *p != '\'') {
            if (*p == '<' && *less == NULL)
                *less = p;
            len = 0;
        }
        *dirty |= len <= 0;
        p += len > 0 ? len : 1;
    }
}

/*
 * Whether what follows a closing quote is what follows one: the end of the
 * tag or another attribute. When a value holds "<" this tells a value that
 * was written without escaping it from a quote that was never closed.
 */
static enum alz_tag_scan check_follow(const unsigned char *p,
                                      const unsigned char *end)
{
    if (p < end && !IS(*p, ALZ_BYTE_BLANK) && *p != '>' && *p != '/')
        return ALZ_TAG_BROKEN;
    p = skip_blanks(p);
    if (*p == '>' || *p == '/')
        return ALZ_TAG_WHOLE;
    if (IS(*p, ALZ_BYTE_NAME_START)) {
        p = skip_blanks(skip_name(p));
        if (*p == '=')
            return ALZ_TAG_WHOLE;
    }
    return p < end ? ALZ_TAG_BROKEN : ALZ_TAG_CUT;
}

static bool same_name(const struct alz_tag *tag, const unsigned char *base,
                      size_t i, size_t j)
{
    const struct alz_tag_attr *a = &tag->attrs[i], *b = &tag->attrs[j];

    return a->name_len == b->name_len &&
           memcmp(base + a->name, base + b->name, a->name_len) == 0;
}

static uint32_t hash_name(const unsigned char *p, size_t len)
{
    uint32_t hash = 2166136261u;

    while (len--)
        hash = (hash ^ *p++) * 16777619u;
    return hash ^ hash >> 15;
}

/* Whether attribute n has the name of an earlier one. Few are compared one by
 * one, and only when a bit for length and ends of the name was seen before;
 * many through a table, so that no input makes this quadratic. */
static bool is_again(struct alz_tag *tag, const unsigned char *base, size_t n)
{
    enum { FEW = 24 };
    const struct alz_tag_attr *attr = &tag->attrs[n];
    const unsigned char *name = base + attr->name;
    uint64_t bit = (uint64_t)1 << ((attr->name_len + name[0] * 5u +
                                    name[attr->name_len - 1] * 11u) %
                                   64);
    bool seen = tag->bloom & bit;
    size_t slot;

    tag->bloom |= bit;
    if (n == FEW)
        memset(tag->slots, 0, sizeof(tag->slots));
    if (n >= FEW && n < ALZ_TAG_ATTRS_MAX) {
        slot = hash_name(name, attr->name_len) % ALZ_TAG_SLOTS;
        for (; tag->slots[slot]; slot = (slot + 1) % ALZ_TAG_SLOTS)
            if (same_name(tag, base, n, tag->slots[slot] - 1u))
                return true;
        tag->slots[slot] = (uint16_t)(n + 1);
        n = FEW;
    }
    for (size_t i = 0; seen && i < n; i++)
        if (same_name(tag, base, (size_t)(attr - tag->attrs), i))
            return true;
    return false;
}

/* Keeps the attribute that was read, if the limits let it. */
static void add_attr(struct alz_tag *tag, const unsigned char *base,
                     const struct alz_tag_attr *attr)
{
    size_t n = tag->attr_count;

    tag->dirty |= attr->dirty;
    if (attr->name_len > ALZ_TAG_NAME_MAX)
        tag->dropped_names++;
    else if (n == ALZ_TAG_ATTRS_MAX)
        tag->dropped_attrs++;
    if (attr->name_len > ALZ_TAG_NAME_MAX || n == ALZ_TAG_ATTRS_MAX) {
        tag->dirty = true;
        return;
    }
    tag->attrs[n] = *attr;
    tag->attrs[n].again = is_again(tag, base, n);
    tag->dirty |= tag->attrs[n].again;
    tag->attr_count++;
}

/* Reads name="value" at *ptr and moves *ptr behind it. */
static enum alz_tag_scan scan_attr(struct alz_tag *tag,
                                   const unsigned char *base,
                                   const unsigned char **ptr,
                                   const unsigned char *end)
{
    const unsigned char *name = *ptr, *p = skip_name(name), *less = NULL, *q;
    struct alz_tag_attr attr = {0};
    enum alz_tag_scan follow;

    attr.name = (uint32_t)(name - base);
    attr.name_len = (uint32_t)(p - name);
    p = skip_blanks(p);
    if (*p == '=' && attr.name_len > 0)
        p = skip_blanks(p + 1);
    else if (p < end)
        return broken(tag, (size_t)(p - base), "a tag cannot be read");
    if (p >= end)
        return ALZ_TAG_CUT;
    if (*p != '"' && *p != '\'')
        return broken(tag, (size_t)(p - base),
                      "an attribute value has no quotes");
    attr.value = (uint32_t)(++p - base);
    q = scan_value(p, end, &less, &attr.dirty);
    if (q == NULL) {
        tag->open_value = attr.value;
        return ALZ_TAG_CUT;
    }
    attr.value_len = (uint32_t)(q - p);
    attr.dirty |= attr.value_len > ALZ_TAG_VALUE_MAX;
    if (!IS(q[1], ALZ_BYTE_BLANK) || less) {
        follow = check_follow(q + 1, end);
        if (follow == ALZ_TAG_BROKEN)
            return less ? broken(tag, (size_t)(less - base),
                                 "an attribute value is not closed")
                        : broken(tag, (size_t)(q - base),
                                 "a tag cannot be read behind a quote");
        if (follow == ALZ_TAG_CUT)
            return follow;
    }
    add_attr(tag, base, &attr);
    *ptr = q + 1;
    return ALZ_TAG_WHOLE;
}

enum alz_tag_scan alz_tag_scan_start(struct alz_tag *tag,
                                     const unsigned char *ptr,
                                     const unsigned char *end)
{
    const unsigned char *p = skip_name(ptr + 1);
    enum alz_tag_scan got;

    memset(tag, 0, offsetof(struct alz_tag, slots));
    tag->name = 1;
    tag->name_len = (size_t)(p - ptr) - 1;
    if (tag->name_len > ALZ_TAG_NAME_MAX)
        return too_long(tag);
    for (;;) {
        const unsigned char *before = p;

        p = skip_blanks(p);
        if (p >= end)
            return ALZ_TAG_CUT;
        tag->empty = *p == '/' && (p[1] == '>' || p + 1 >= end);
        if (tag->empty && p + 1 >= end)
            return ALZ_TAG_CUT;
        if (*p == '>' || tag->empty)
            break;
        if (p == before)
            return broken(tag, (size_t)(p - ptr), "a tag cannot be read");
        got = scan_attr(tag, ptr, &p, end);
        if (got != ALZ_TAG_WHOLE)
            return got;
    }
    tag->len = (size_t)(p - ptr) + 1 + tag->empty;
    return ALZ_TAG_WHOLE;
}

enum alz_tag_scan alz_tag_scan_end(struct alz_tag *tag,
                                   const unsigned char *ptr,
                                   const unsigned char *end)
{
    const unsigned char *p = skip_name(ptr + 2);

    memset(tag, 0, offsetof(struct alz_tag, slots));
    tag->name = 2;
    tag->name_len = (size_t)(p - ptr) - 2;
    if (tag->name_len > ALZ_TAG_NAME_MAX)
        return too_long(tag);
    p = skip_blanks(p);
    if (*p == '>' && tag->name_len > 0) {
        tag->len = (size_t)(p - ptr) + 1;
        return ALZ_TAG_WHOLE;
    }
    if (p >= end)
        return ALZ_TAG_CUT;
    return broken(tag, (size_t)(p - ptr), "an end tag cannot be read");
}
