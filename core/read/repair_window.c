/* repair_window.c - the filter's buffers, and where in the input it is. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "read/repair.h"

#include <errno.h>
#include <stdlib.h>

/* ---- memory ----------------------------------------------------------- */

static bool no_memory(struct alz_repair *r)
{
    alz_repair_damaged(r, ALZ_DAMAGE_MEMORY, NULL);
    return false;
}

static bool grow_out(struct alz_repair *r, size_t len)
{
    size_t cap = r->out_cap ? r->out_cap : 16384;
    char *out;

    while (cap - r->out_len < len)
        cap *= 2;
    out = realloc(r->out, cap);
    if (out == NULL)
        return no_memory(r);
    r->out = out;
    r->out_cap = cap;
    return true;
}

void alz_repair_put(struct alz_repair *r, const void *bytes, size_t len)
{
    if (len > r->out_cap - r->out_len && !grow_out(r, len))
        return;
    memcpy(r->out + r->out_len, bytes, len);
    r->out_len += len;
}

bool alz_repair_grow_tags(struct alz_repair *r)
{
    size_t cap = r->tag_cap ? 2 * r->tag_cap : 256;
    struct alz_repair_tag *tags = malloc(cap * sizeof(*tags));

    if (tags == NULL)
        return no_memory(r);
    for (size_t i = 0; i < r->tag_count; i++)
        tags[i] = r->tags[(r->tag_first + i) & (r->tag_cap - 1)];
    free(r->tags);
    r->tags = tags;
    r->tag_cap = cap;
    r->tag_first = 0;
    return true;
}

/* Makes room behind the window's bytes, of which those before pos are done. */
static bool grow_window(struct alz_repair *r)
{
    size_t cap = r->cap ? 2 * r->cap : ALZ_REPAIR_WINDOW + 1;
    unsigned char *window;

    if (r->pos > 0) {
        alz_repair_locate(r, r->window + r->pos);
        memmove(r->window, r->window + r->pos, r->len - r->pos);
        r->len -= r->pos;
        r->legal -= r->legal < r->pos ? r->legal : r->pos;
        r->whole -= r->whole < r->pos ? r->whole : r->pos;
        r->counted -= r->pos;
        r->pos = 0;
    }
    if (r->cap > 0 && r->len + 1 < r->cap - r->cap / 4)
        return true;
    window = realloc(r->window, cap);
    if (window == NULL)
        return no_memory(r);
    r->window = window;
    r->window[r->len] = 0;
    r->cap = cap;
    return true;
}

/* ---- positions and diagnostics ---------------------------------------- */

void alz_repair_locate(struct alz_repair *r, const unsigned char *ptr)
{
    const unsigned char *p = r->window + r->counted, *line;

    if (ptr <= p)
        return;
    r->counted = (size_t)(ptr - r->window);
    while ((line = memchr(p, '\n', (size_t)(ptr - p))) != NULL) {
        r->at.line++;
        r->at.column = 1;
        p = line + 1;
    }
    r->at.column += (uint64_t)(ptr - p);
}

void alz_repair_note(struct alz_repair *r, enum alz_repair_kind kind,
                     const unsigned char *ptr)
{
    struct alz_repair_count *count = &r->counts[kind];

    if (count->count++ > 0)
        return;
    alz_repair_locate(r, ptr);
    count->first = r->at;
}

void alz_repair_damaged(struct alz_repair *r, enum alz_repair_damage_kind kind,
                        const char *what)
{
    if (r->damage.kind == ALZ_DAMAGE_NONE) {
        r->damage.kind = kind;
        r->damage.what = what;
        r->damage.opened_line = r->opened.line;
        r->damage.at = r->at;
    }
    r->state = ALZ_REPAIR_OVER;
}

const struct alz_repair_tag *alz_repair_tag(const struct alz_repair *r)
{
    return r->tag_count > 0 ? &r->tags[r->tag_first] : NULL;
}

void alz_repair_tag_done(struct alz_repair *r)
{
    if (r->tag_count == 0)
        return;
    r->tag_first = (r->tag_first + 1) & (r->tag_cap - 1);
    r->tag_count--;
}

/* ---- input ------------------------------------------------------------ */

/* The end of a tag may have come although the bytes are fewer than wanted:
 * a live input must not wait for more. */
static void look_again(struct alz_repair *r, size_t got)
{
    enum { SHORT = 8192 };

    if (r->live && r->len - r->pos < SHORT &&
        memchr(r->window + r->len - got, '>', got))
        r->wanted = 0;
}

void alz_repair_refill(struct alz_repair *r)
{
    ssize_t got;

    if (r->pos == r->len && r->window) {
        alz_repair_locate(r, r->window + r->pos);
        r->pos = r->len = r->counted = r->legal = r->whole = 0;
        r->window[0] = 0;
    }
    if (r->len + 1 >= r->cap && !grow_window(r))
        return;
    got =
        r->next->read(r->next, (char *)r->window + r->len, r->cap - r->len - 1);
    if (got <= 0) {
        r->end = true;
        r->error = got < 0 ? errno : 0;
        r->wanted = 0;
        return;
    }
    r->len += (size_t)got;
    r->padded = false;
    r->window[r->len] = 0;
    look_again(r, (size_t)got);
}

bool alz_repair_ready(struct alz_repair *r)
{
    if (!r->end && (r->len == r->pos || r->len - r->pos < r->wanted))
        return false;
    r->wanted = 0;
    return true;
}
