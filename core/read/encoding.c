/* encoding.c - finds out how an input is encoded and makes UTF-8 of it. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "read/encoding.h"

#include "read/declaration.h"

#include <errno.h>
#include <stdio.h>
#include <strings.h>

#define NO_ICONV ((iconv_t)-1)

static const char replacement[] = "\xEF\xBF\xBD";

/* What the first bytes alone say. Longer marks come first: the UTF-32 one
 * starts with the UTF-16 one. */
static const struct mark {
    const char *name;
    const char *bytes;
    size_t len;
    size_t unit;
} marks[] = {
    {"UTF-8",    "\xEF\xBB\xBF", 3, 1},
    {"UTF-32LE", "\xFF\xFE\0\0", 4, 4},
    {"UTF-32BE", "\0\0\xFE\xFF", 4, 4},
    {"UTF-16LE", "\xFF\xFE",     2, 2},
    {"UTF-16BE", "\xFE\xFF",     2, 2},
};

/* Text starts with ASCII, so its zero bytes tell width and order. Bit n of
 * zeros: byte n is zero. */
static const struct pattern {
    const char *name;
    unsigned zeros;
    size_t unit;
} patterns[] = {
    {"UTF-32LE", 0xE, 4},
    {"UTF-32BE", 0x7, 4},
    {"UTF-16LE", 0xA, 2},
    {"UTF-16BE", 0x5, 2},
};

/* ---- the decision ----------------------------------------------------- */

static bool is_one_of(const char *name, const char *const *names)
{
    for (; *names; names++)
        if (strcasecmp(name, *names) == 0)
            return true;
    return false;
}

/* Whether the bytes that spell the declaration can be of this encoding. */
static bool spells_ascii(iconv_t cd)
{
    static const char text[] = "<?xml version=\"1.0\" encoding=''?>";
    char in[sizeof(text)], out[4 * sizeof(text)], *from = in, *to = out;
    size_t in_left = sizeof(text) - 1, out_left = sizeof(out);
    bool same;

    memcpy(in, text, sizeof(text));
    same = iconv(cd, &from, &in_left, &to, &out_left) != (size_t)-1 &&
           (size_t)(to - out) == sizeof(text) - 1 &&
           memcmp(out, text, sizeof(text) - 1) == 0;
    iconv(cd, NULL, NULL, NULL, NULL);
    return same;
}

static void use_declared(struct alz_encoding *e, struct alz_str name)
{
    static const char *const same[] = {"utf-8", "utf8", "us-ascii", "ascii",
                                       NULL};
    static const char *const refused[] = {
        "utf-7", "utf7", "utf-7-imap", "unicode-1-1-utf-7", "csutf7", NULL};

    snprintf(e->declared, sizeof(e->declared), "%.*s",
             (int)(name.len < 63 ? name.len : 63), name.ptr);
    if (!alz_declaration_is_name(name)) {
        e->failed = true;
        return;
    }
    if (is_one_of(e->declared, same))
        return;
    if (!is_one_of(e->declared, refused))
        e->cd = iconv_open("UTF-8", e->declared);
    if (e->cd == NO_ICONV) {
        e->failed = true;
    } else if (!spells_ascii(e->cd)) {
        iconv_close(e->cd); /* the bytes contradict the declaration */
        e->cd = NO_ICONV;
    } else {
        memcpy(e->name, e->declared, sizeof(e->name));
    }
}

static void use_unicode(struct alz_encoding *e, const char *name, size_t unit)
{
    snprintf(e->name, sizeof(e->name), "%s", name);
    e->unit = unit;
    if (unit == 1)
        return;
    e->cd = iconv_open("UTF-8", name);
    e->failed = e->cd == NO_ICONV;
}

static const struct mark *find_mark(const struct alz_encoding *e)
{
    for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
        if (e->raw_len >= marks[i].len &&
            memcmp(e->raw, marks[i].bytes, marks[i].len) == 0)
            return &marks[i];
    return NULL;
}

static const struct pattern *find_pattern(const struct alz_encoding *e)
{
    unsigned zeros = 0;

    for (size_t i = 0; i < 4 && i < e->raw_len; i++)
        zeros |= (unsigned)(e->raw[i] == 0) << i;
    for (size_t i = 0; i < sizeof(patterns) / sizeof(patterns[0]); i++)
        if (e->raw_len >= 4 && zeros == patterns[i].zeros)
            return &patterns[i];
    return NULL;
}

/* Tries to decide by the bytes read so far; false: more are needed. */
static bool decide(struct alz_encoding *e)
{
    bool all = e->end || e->raw_len == sizeof(e->raw);
    struct alz_str inside = {NULL, 0}, name;
    const struct pattern *pattern;
    const struct mark *mark;
    int found = 0;

    if (!all && e->raw_len < 4)
        return false;
    if ((mark = find_mark(e)) != NULL) {
        e->raw_pos = mark->len;
        use_unicode(e, mark->name, mark->unit);
    } else if ((pattern = find_pattern(e)) != NULL) {
        use_unicode(e, pattern->name, pattern->unit);
    } else if (e->xml) {
        found = alz_declaration_find((struct alz_str){e->raw, e->raw_len}, all,
                                     &inside);
        if (found < 0)
            return false;
        name = found ? alz_declaration_encoding(inside) : inside;
        if (name.ptr)
            use_declared(e, name);
    }
    return true;
}

/* ---- reading ---------------------------------------------------------- */

/* Adds bytes behind the raw ones. */
static void fill(struct alz_encoding *e)
{
    size_t left = e->raw_len - e->raw_pos;
    ssize_t got;

    if (e->end)
        return;
    if (e->raw_pos > 0) {
        memmove(e->raw, e->raw + e->raw_pos, left);
        e->raw_pos = 0;
        e->raw_len = left;
    }
    got = e->next->read(e->next, e->raw + left, sizeof(e->raw) - left);
    if (got > 0) {
        e->raw_len += (size_t)got;
        return;
    }
    e->end = true;
    e->error = got < 0 ? errno : 0;
}

static ssize_t ended(struct alz_encoding *e)
{
    if (e->error == 0)
        return 0;
    errno = e->error;
    return -1;
}

static ssize_t take(char *to, size_t cap, const char *from, size_t len)
{
    size_t n = len < cap ? len : cap;

    memcpy(to, from, n);
    return (ssize_t)n;
}

/* UTF-8 as it is: what deciding has read, then straight from next. */
static ssize_t pass(struct alz_encoding *e, char *to, size_t cap)
{
    ssize_t got;

    if (e->raw_pos < e->raw_len) {
        got = take(to, cap, e->raw + e->raw_pos, e->raw_len - e->raw_pos);
        e->raw_pos += (size_t)got;
        return got;
    }
    if (e->end)
        return ended(e);
    return e->next->read(e->next, to, cap);
}

/* One replacement for the unit that iconv stopped at. */
static void replace(struct alz_encoding *e, char **to, size_t *room)
{
    size_t left = e->raw_len - e->raw_pos;

    memcpy(*to, replacement, 3);
    *to += 3;
    *room -= 3;
    e->raw_pos += left < e->unit ? left : e->unit;
    e->replaced++;
}

/* iconv over what is there: 0, or its errno. */
static int convert(struct alz_encoding *e, char **out, size_t *room)
{
    size_t left = e->raw_len - e->raw_pos;
    char *in = e->raw + e->raw_pos;
    size_t done = iconv(e->cd, &in, &left, out, room);

    e->raw_pos = (size_t)(in - e->raw);
    return done == (size_t)-1 ? errno : 0;
}

/* Decodes into at least 16 bytes of room; returns how many it made, 0 at the
 * end of the input. */
static size_t decode(struct alz_encoding *e, char *to, size_t cap)
{
    char *out = to;
    size_t room = cap;
    int why;

    while (room >= sizeof(e->spill)) {
        why = convert(e, &out, &room);
        if (why == EILSEQ && room >= 3) {
            replace(e, &out, &room);
            continue;
        }
        if (why == E2BIG || why == EILSEQ)
            break;
        if (e->end && e->raw_pos < e->raw_len) { /* cut in a character */
            if (room < 3)
                break;
            if (!e->head)
                replace(e, &out, &room);
            e->raw_pos = e->raw_len;
        }
        if (e->end || out > to)
            break;
        fill(e);
    }
    return (size_t)(out - to);
}

static ssize_t encoding_read(struct alz_bytes *bytes, char *to, size_t cap)
{
    struct alz_encoding *e = (struct alz_encoding *)bytes;
    size_t got;
    ssize_t n;

    while (!e->decided) {
        e->decided = decide(e);
        if (!e->decided)
            fill(e);
    }
    if (e->cd == NO_ICONV)
        return pass(e, to, cap);
    if (e->spill_pos == e->spill_len && cap >= sizeof(e->spill)) {
        got = decode(e, to, cap);
        return got > 0 ? (ssize_t)got : ended(e);
    }
    if (e->spill_pos == e->spill_len) {
        e->spill_pos = 0;
        e->spill_len = decode(e, e->spill, sizeof(e->spill));
        if (e->spill_len == 0)
            return ended(e);
    }
    n = take(to, cap, e->spill + e->spill_pos, e->spill_len - e->spill_pos);
    e->spill_pos += (size_t)n;
    return n;
}

static int encoding_wait(struct alz_bytes *bytes, int timeout_ms)
{
    struct alz_encoding *e = (struct alz_encoding *)bytes;

    size_t left = e->raw_len - e->raw_pos;

    if (e->end || e->next->wait == NULL || e->spill_pos < e->spill_len ||
        (e->decided && left > (e->cd == NO_ICONV ? 0 : 8)))
        return 1;
    return e->next->wait(e->next, timeout_ms);
}

void alz_encoding_init(struct alz_encoding *encoding, struct alz_bytes *next,
                       bool xml)
{
    memset(encoding, 0, offsetof(struct alz_encoding, raw));
    encoding->base.read = encoding_read;
    encoding->base.wait = encoding_wait;
    encoding->next = next;
    encoding->xml = xml;
    encoding->cd = NO_ICONV;
    encoding->unit = 1;
    memcpy(encoding->name, "UTF-8", 6);
    encoding->raw_len = encoding->raw_pos = 0;
    encoding->spill_len = encoding->spill_pos = 0;
    encoding->end = false;
    encoding->error = 0;
    encoding->replaced = 0;
}

void alz_encoding_done(struct alz_encoding *encoding)
{
    if (encoding->next && encoding->cd != NO_ICONV)
        iconv_close(encoding->cd);
    encoding->cd = NO_ICONV;
}
