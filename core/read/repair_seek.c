/* repair_seek.c - what stands outside of roots: where a document begins. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "read/repair.h"

#define IS(byte, bits) (alz_byte_class[byte] & (bits))

/* The first byte of a byte order mark. */
enum { MARK = 0xEF };

/* What "<" and these bytes begin; longer ones first. */
static const struct opener {
    const char *text;
    size_t len;
    enum alz_markup markup;
} openers[] = {
    {"<?xml",     5, ALZ_MARKUP_DECLARATION},
    {"<?",        2, ALZ_MARKUP_INSTRUCTION},
    {"<!--",      4, ALZ_MARKUP_COMMENT    },
    {"<![CDATA[", 9, ALZ_MARKUP_CDATA      },
    {"<!DOCTYPE", 9, ALZ_MARKUP_DOCTYPE    },
};

/* Whether the declaration's name ends here, as in "<?xml-stylesheet" not. */
static bool names_xml(unsigned char byte)
{
    return IS(byte, ALZ_BYTE_BLANK) || byte == '?';
}

enum alz_markup alz_repair_markup(const struct alz_repair *r)
{
    const unsigned char *p = r->window + r->pos;
    size_t left = r->len - r->pos, n;

    if (left > 1 && IS(p[1], ALZ_BYTE_NAME_START))
        return ALZ_MARKUP_START;
    if (left > 1 && p[1] == '/')
        return ALZ_MARKUP_END;
    for (size_t i = 0; i < sizeof(openers) / sizeof(openers[0]); i++) {
        const struct opener *opener = &openers[i];
        bool name = opener->markup == ALZ_MARKUP_DECLARATION;

        n = left < opener->len ? left : opener->len;
        if (memcmp(p, opener->text, n) != 0)
            continue;
        if (left >= opener->len + name && (!name || names_xml(p[5])))
            return opener->markup;
        if (left < opener->len + name && !r->end)
            return ALZ_MARKUP_CUT;
    }
    return ALZ_MARKUP_NONE;
}

void alz_repair_enter(struct alz_repair *r, enum alz_repair_state state,
                      size_t open, const char *until, const char *inside)
{
    alz_repair_locate(r, r->window + r->pos);
    r->opened = r->at;
    r->after = r->state;
    r->state = state;
    r->until = until;
    r->inside = inside;
    r->pos += open;
}

bool alz_repair_pass(struct alz_repair *r)
{
    unsigned char *p = r->window + r->pos;
    size_t left = r->len - r->pos, len = strlen(r->until);
    unsigned char *found = memmem(p, left, r->until, len);

    if (found) {
        r->pos = (size_t)(found - r->window) + len;
        r->state = r->after;
        r->inside = NULL;
        return true;
    }
    if (left >= len)
        r->pos += left - len + 1;
    return false;
}

/* ---- DOCTYPE ---------------------------------------------------------- */

/* A "<" in the subset. True: it was taken. */
static bool declaration(struct alz_repair *r, const unsigned char *p)
{
    static const char entity[] = "<!ENTITY";
    size_t left = r->len - r->pos;

    if (left < sizeof(entity) - 1 && !r->end)
        return false;
    if (left >= sizeof(entity) - 1 &&
        memcmp(p, entity, sizeof(entity) - 1) == 0) {
        alz_repair_locate(r, p);
        alz_repair_damaged(r, ALZ_DAMAGE_ENTITY, NULL);
    } else if (left >= 4 && memcmp(p, "<!--", 4) == 0) {
        alz_repair_enter(r, ALZ_REPAIR_PASS, 4, "-->", "a DOCTYPE");
    } else if (left >= 2 && p[1] == '?') {
        alz_repair_enter(r, ALZ_REPAIR_PASS, 2, "?>", "a DOCTYPE");
    } else {
        r->pos++;
    }
    return true;
}

/* One byte of a DOCTYPE: entity declarations are refused, all else is passed
 * over. */
bool alz_repair_doctype(struct alz_repair *r)
{
    const unsigned char *p = r->window + r->pos;

    if (r->pos == r->len)
        return false;
    if (r->quote) {
        r->quote = *p == r->quote ? 0 : r->quote;
    } else if (*p == '"' || *p == '\'') {
        r->quote = *p;
    } else if (*p == '<') {
        return declaration(r, p);
    } else if (*p == '[' || *p == ']') {
        r->subset = *p == '[';
    } else if (*p == '>' && !r->subset) {
        r->state = ALZ_REPAIR_SEEK;
        r->inside = NULL;
        r->clean = true;
    }
    r->pos++;
    return true;
}

/* ---- between documents ------------------------------------------------ */

/* Bytes up to the next blank, "<" or mark are nobody's. Blanks do not count, so
 * the count is the same however the bytes come. */
static bool take_chatter(struct alz_repair *r)
{
    const unsigned char *p = r->window + r->pos, *start = p;
    const unsigned char *end = r->window + r->len;

    alz_repair_note(r, ALZ_REPAIR_CHATTER, p);
    for (p++; p < end && *p != '<' && *p != MARK && !IS(*p, ALZ_BYTE_BLANK);)
        p++;
    r->counts[ALZ_REPAIR_CHATTER].count += (uint64_t)(p - start) - 1;
    r->pos += (size_t)(p - start);
    r->clean = false;
    return true;
}

static struct alz_str local_name(const struct alz_repair *r)
{
    const char *name = (const char *)r->window + r->pos + r->tag.name;
    const char *colon = memchr(name, ':', r->tag.name_len);

    if (colon == NULL)
        return (struct alz_str){name, r->tag.name_len};
    colon++;
    return (struct alz_str){colon, r->tag.name_len - (size_t)(colon - name)};
}

static bool is_known(const struct alz_repair *r)
{
    return r->knows && r->knows(r->knows_ctx, local_name(r));
}

/* A start tag is the root when nothing but blanks came before it, or when
 * the converter knows its name; else it is chatter such as "vector<int>". */
static bool take_start(struct alz_repair *r)
{
    const unsigned char *p = r->window + r->pos;
    enum alz_tag_scan scan = alz_tag_scan_start(&r->tag, p, r->window + r->len);

    if (scan == ALZ_TAG_CUT && !r->end && !(r->clean || is_known(r)) &&
        p + 1 + r->tag.name_len < r->window + r->len)
        return take_chatter(r);
    if (scan == ALZ_TAG_CUT && !r->end) {
        r->wanted = 2 * (r->len - r->pos);
        if (r->wanted <= ALZ_XML_TAG_MAX)
            return false;
    }
    if (!r->clean && !is_known(r))
        return take_chatter(r);
    if (!r->declared && scan == ALZ_TAG_BROKEN)
        return take_chatter(r);
    r->state = ALZ_REPAIR_CONTENT;
    r->wanted = 0;
    r->roots++;
    return true;
}

/* An end tag the converter knows belongs to a document whose start is
 * missing. */
static bool take_end(struct alz_repair *r)
{
    const unsigned char *p = r->window + r->pos;
    enum alz_tag_scan scan = alz_tag_scan_end(&r->tag, p, r->window + r->len);

    if (scan == ALZ_TAG_CUT && !r->end) {
        r->wanted = 2 * (r->len - r->pos);
        return false;
    }
    if (scan != ALZ_TAG_WHOLE || !is_known(r))
        return take_chatter(r);
    alz_repair_note(r, ALZ_REPAIR_STRAY, p);
    r->pos += r->tag.len;
    return true;
}

static bool seek_markup(struct alz_repair *r)
{
    enum alz_markup markup = alz_repair_markup(r);

    if (markup == ALZ_MARKUP_CUT)
        return false;
    if (markup == ALZ_MARKUP_START)
        return take_start(r);
    if (markup == ALZ_MARKUP_END)
        return take_end(r);
    if (markup == ALZ_MARKUP_DECLARATION) {
        r->clean = r->declared = true;
        alz_repair_enter(r, ALZ_REPAIR_PASS, 5, ">", "a declaration");
    } else if (markup == ALZ_MARKUP_DOCTYPE) {
        alz_repair_enter(r, ALZ_REPAIR_DOCTYPE, 9, NULL, "a DOCTYPE");
        r->quote = 0;
        r->subset = false;
    } else if (markup == ALZ_MARKUP_COMMENT && r->clean) {
        alz_repair_enter(r, ALZ_REPAIR_PASS, 4, "-->", "a comment");
    } else if (markup == ALZ_MARKUP_INSTRUCTION && r->clean) {
        alz_repair_enter(r, ALZ_REPAIR_PASS, 2, "?>",
                         "a processing instruction");
    } else {
        return take_chatter(r);
    }
    return true;
}

bool alz_repair_seek(struct alz_repair *r)
{
    const unsigned char *p;

    while (r->pos < r->len && IS(r->window[r->pos], ALZ_BYTE_BLANK))
        r->pos++;
    if (r->pos == r->len)
        return false;
    p = r->window + r->pos;
    if (*p == MARK && r->len - r->pos < 3 && !r->end)
        return false;
    if (r->len - r->pos >= 3 && memcmp(p, "\xEF\xBB\xBF", 3) == 0) {
        r->pos += 3; /* the mark of a file that was joined to another */
        return true;
    }
    r->blank = false;
    return *p == '<' ? seek_markup(r) : take_chatter(r);
}

/* After damage only a declaration begins a document for sure. One that stands
 * in a CDATA section or a comment does not. */
bool alz_repair_skip(struct alz_repair *r)
{
    unsigned char *p = r->window + r->pos;
    unsigned char *less = memchr(p, '<', r->len - r->pos);

    r->pos = less ? (size_t)(less - r->window) : r->len;
    if (less == NULL)
        return false;
    switch (alz_repair_markup(r)) {
    case ALZ_MARKUP_CUT:
        return false;
    case ALZ_MARKUP_DECLARATION:
        r->state = ALZ_REPAIR_SEEK;
        return true;
    case ALZ_MARKUP_CDATA:
        alz_repair_enter(r, ALZ_REPAIR_PASS, 9, "]]>", NULL);
        return true;
    case ALZ_MARKUP_COMMENT:
        alz_repair_enter(r, ALZ_REPAIR_PASS, 4, "-->", NULL);
        return true;
    default:
        r->pos++;
        return true;
    }
}
