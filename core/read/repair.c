/* repair.c - finds documents in an input and gives them on repaired. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "read/repair.h"

#include <stdlib.h>

/* ---- tags ------------------------------------------------------------- */

/*
 * The tag at pos is cut. A long value gives up what is beyond its limit at
 * once, so the window stays small however long the value is.
 */
static bool await_tag(struct alz_repair *r)
{
    enum { LONG = 2 << 20, KEPT = ALZ_TAG_VALUE_MAX + 64 };
    unsigned char *kept = r->window + r->pos + r->tag.open_value + KEPT;
    unsigned char *end = r->window + r->len;
    size_t left = r->len - r->pos;

    if (r->tag.open_value > 0 && left > LONG && kept < end) {
        for (unsigned char *p = kept;
             (p = memchr(p, '\n', (size_t)(end - p))) != NULL; p++)
            r->hole_lines++;
        r->len = (size_t)(kept - r->window);
        *kept = 0;
        left = r->len - r->pos;
    } else if (left > ALZ_XML_TAG_MAX) {
        alz_repair_damaged(r, ALZ_DAMAGE_LIMIT, "a tag is longer than 16 MiB");
        return true;
    }
    r->wanted = 2 * left;
    return false;
}

static void push_tag(struct alz_repair *r, const unsigned char *ptr)
{
    struct alz_repair_tag *tag;

    if (r->tag_count == r->tag_cap && !alz_repair_grow_tags(r))
        return;
    tag = &r->tags[(r->tag_first + r->tag_count++) & (r->tag_cap - 1)];
    tag->start = r->opened;
    tag->empty = r->tag.empty;
    alz_repair_locate(r, ptr + r->tag.len);
    r->at.line += r->hole_lines;
    r->hole_lines = 0;
    tag->end = r->at;
}

/* The tag at pos is whole: on to the parser. */
static void give_tag(struct alz_repair *r, bool start)
{
    const unsigned char *p = r->window + r->pos;

    if (start && r->depth == ALZ_XML_DEPTH_MAX) {
        alz_repair_damaged(r, ALZ_DAMAGE_DEPTH, NULL);
        return;
    }
    alz_repair_put_tag(r, p);
    push_tag(r, p);
    r->pos += r->tag.len;
    if (start)
        r->depth += !r->tag.empty;
    else
        r->depth--;
    if (r->depth == 0) {
        r->state = ALZ_REPAIR_OVER;
        r->clean = true;
    }
}

static bool take_tag(struct alz_repair *r, bool start)
{
    const unsigned char *p = r->window + r->pos, *end = r->window + r->len;

    alz_repair_locate(r, p);
    r->opened = r->at;
    switch (start ? alz_tag_scan_start(&r->tag, p, end)
                  : alz_tag_scan_end(&r->tag, p, end)) {
    case ALZ_TAG_WHOLE:
        give_tag(r, start);
        return true;
    case ALZ_TAG_CUT:
        if (!r->end)
            return await_tag(r);
        r->inside = "a tag";
        return false;
    default:
        alz_repair_locate(r, p + r->tag.bad);
        alz_repair_damaged(
            r, r->tag.limit ? ALZ_DAMAGE_LIMIT : ALZ_DAMAGE_MALFORMED,
            r->tag.why);
        r->pos += r->tag.bad > 0 ? r->tag.bad : 1;
        return true;
    }
}

/* ---- content ---------------------------------------------------------- */

/* Another document begins before this one is over. */
static void cut_by_next(struct alz_repair *r)
{
    alz_repair_locate(r, r->window + r->pos);
    alz_repair_damaged(r, ALZ_DAMAGE_CUT, NULL);
}

static bool step_markup(struct alz_repair *r)
{
    enum alz_markup markup = alz_repair_markup(r);

    switch (markup) {
    case ALZ_MARKUP_START:
    case ALZ_MARKUP_END:
        return take_tag(r, markup == ALZ_MARKUP_START);
    case ALZ_MARKUP_CDATA:
        alz_repair_enter(r, ALZ_REPAIR_CDATA, 9, NULL, "a CDATA section");
        return true;
    case ALZ_MARKUP_COMMENT:
        alz_repair_enter(r, ALZ_REPAIR_PASS, 4, "-->", "a comment");
        return true;
    case ALZ_MARKUP_INSTRUCTION:
        alz_repair_enter(r, ALZ_REPAIR_PASS, 2, "?>",
                         "a processing instruction");
        return true;
    case ALZ_MARKUP_DECLARATION:
    case ALZ_MARKUP_DOCTYPE:
        cut_by_next(r);
        return true;
    case ALZ_MARKUP_NONE:
        alz_repair_note(r, ALZ_REPAIR_LESS, r->window + r->pos);
        alz_repair_put(r, "&lt;", 4);
        r->pos++;
        return true;
    case ALZ_MARKUP_CUT:
        break;
    }
    return false;
}

static bool step_content(struct alz_repair *r)
{
    if (r->pos < r->len && r->window[r->pos] == '<')
        return step_markup(r);
    return alz_repair_text(r, ALZ_STOP_TEXT);
}

/* The input is over in the middle of a document. */
static void end_in_document(struct alz_repair *r)
{
    alz_repair_end_text(r);
    alz_repair_locate(r, r->window + r->len);
    alz_repair_damaged(r, r->error ? ALZ_DAMAGE_READ : ALZ_DAMAGE_CUT,
                       r->inside);
    r->pos = r->len;
}

static bool step(struct alz_repair *r)
{
    switch (r->state) {
    case ALZ_REPAIR_SEEK:
        return alz_repair_seek(r);
    case ALZ_REPAIR_CONTENT:
        return step_content(r);
    case ALZ_REPAIR_CDATA:
        return alz_repair_text(r, ALZ_STOP_CDATA);
    case ALZ_REPAIR_PASS:
        return alz_repair_pass(r);
    case ALZ_REPAIR_DOCTYPE:
        return alz_repair_doctype(r);
    case ALZ_REPAIR_SKIP:
        return alz_repair_skip(r);
    case ALZ_REPAIR_OVER:
        break;
    }
    return true;
}

/* Whether a live input has nothing more to say just now. */
static bool is_quiet(const struct alz_repair *r)
{
    return r->live && !r->padded && r->next->wait &&
           r->next->wait(r->next, 0) == 0;
}

/* The parser looks at a tag only when it has 250 bytes more. A comment makes
 * it tell all that has come before the filter waits. */
static void pad(struct alz_repair *r)
{
    enum { LOOK_AHEAD = 300 };
    char blanks[LOOK_AHEAD];

    r->padded = true;
    if (r->section > 0)
        return;
    memset(blanks, ' ', sizeof(blanks));
    alz_repair_put(r, "<!--", 4);
    alz_repair_put(r, blanks, sizeof(blanks));
    alz_repair_put(r, "-->", 3);
}

static ssize_t drain(struct alz_repair *r, char *to, size_t cap)
{
    size_t n = r->out_len - r->out_pos;

    n = n < cap ? n : cap;
    if (n > 0)
        memcpy(to, r->out + r->out_pos, n);
    r->out_pos += n;
    if (r->out_pos > r->out_len / 2) { /* the rest is shorter than the gap */
        memcpy(r->out, r->out + r->out_pos, r->out_len - r->out_pos);
        r->out_len -= r->out_pos;
        r->out_pos = 0;
    }
    return (ssize_t)n;
}

static ssize_t repair_read(struct alz_bytes *bytes, char *to, size_t cap)
{
    struct alz_repair *r = (struct alz_repair *)bytes;

    while (r->state != ALZ_REPAIR_OVER && r->out_len - r->out_pos < cap) {
        r->room = cap - (r->out_len - r->out_pos);
        if (alz_repair_ready(r) && step(r))
            continue;
        if (r->end)
            end_in_document(r);
        else if (!is_quiet(r))
            alz_repair_refill(r);
        else if (pad(r), r->out_len > r->out_pos)
            break;
    }
    return drain(r, to, cap);
}

/* ---- documents -------------------------------------------------------- */

static enum alz_repair_found next_document(struct alz_repair *r)
{
    while (r->state != ALZ_REPAIR_CONTENT) {
        if (r->state == ALZ_REPAIR_OVER)
            return ALZ_FOUND_DAMAGE;
        if (alz_repair_ready(r) && step(r))
            continue;
        if (!r->end) {
            alz_repair_refill(r);
            continue;
        }
        if (r->state != ALZ_REPAIR_SEEK && r->state != ALZ_REPAIR_SKIP) {
            end_in_document(r);
            return ALZ_FOUND_DAMAGE;
        }
        if (r->error) {
            alz_repair_damaged(r, ALZ_DAMAGE_READ, NULL);
            r->error = 0;
            return ALZ_FOUND_DAMAGE;
        }
        return ALZ_FOUND_END;
    }
    return ALZ_FOUND_DOCUMENT;
}

enum alz_repair_found alz_repair_open(struct alz_repair *r)
{
    enum alz_repair_damage_kind kind = r->damage.kind;

    if (kind == ALZ_DAMAGE_MEMORY || kind == ALZ_DAMAGE_READ)
        return ALZ_FOUND_END;
    if (r->state == ALZ_REPAIR_OVER)
        r->state = kind == ALZ_DAMAGE_NONE || kind == ALZ_DAMAGE_CUT
                       ? ALZ_REPAIR_SEEK
                       : ALZ_REPAIR_SKIP;
    r->damage.kind = ALZ_DAMAGE_NONE;
    r->declared = false;
    r->inside = NULL;
    r->out_pos = r->out_len = 0;
    r->tag_count = 0;
    r->depth = 0;
    r->section = r->escapes = 0;
    return next_document(r);
}

void alz_repair_abandon(struct alz_repair *r)
{
    if (r->state == ALZ_REPAIR_CDATA)
        alz_repair_enter(r, ALZ_REPAIR_PASS, 0, "]]>", NULL);
    if (r->state == ALZ_REPAIR_PASS)
        r->after = ALZ_REPAIR_SKIP;
    else
        r->state = ALZ_REPAIR_SKIP;
}

void alz_repair_init(struct alz_repair *repair, struct alz_bytes *next)
{
    memset(repair, 0, offsetof(struct alz_repair, tag));
    repair->base.read = repair_read;
    repair->next = next;
    repair->state = ALZ_REPAIR_SEEK;
    repair->clean = repair->blank = true;
    repair->at.line = repair->at.column = 1;
}

void alz_repair_done(struct alz_repair *repair)
{
    free(repair->window);
    free(repair->out);
    free(repair->tags);
    repair->window = NULL;
    repair->out = NULL;
    repair->tags = NULL;
}
