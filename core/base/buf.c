/* buf.c - growable bytes with a ceiling, and printf into them. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "base/buf.h"

#include "base/utf8.h"

#include <stdio.h>
#include <stdlib.h>

enum { FIRST_CAP = 64, DEFAULT_MAX = 1024 * 1024 };

static size_t ceiling(const struct alz_text *buf)
{
    size_t max = buf->max ? buf->max : DEFAULT_MAX;

    return max < SIZE_MAX / 2 ? max : SIZE_MAX / 2;
}

/* Bytes that may still be added. */
static size_t room_left(const struct alz_text *buf)
{
    size_t max = ceiling(buf);

    return buf->full || buf->len >= max ? 0 : max - buf->len;
}

/* Makes room for n (<= room_left) more bytes and the NUL of vsnprintf. */
static bool grow(struct alz_text *buf, size_t n)
{
    size_t need = buf->len + n + 1, cap = buf->cap ? buf->cap : FIRST_CAP;
    char *ptr;

    if (need <= buf->cap)
        return true;
    while (cap < need)
        cap *= 2;
    if (cap > ceiling(buf) + 1)
        cap = ceiling(buf) + 1;
    ptr = realloc(buf->ptr, cap);
    if (!ptr) {
        buf->full = true;
        return false;
    }
    buf->ptr = ptr;
    buf->cap = cap;
    return true;
}

char *alz_buf_reserve(struct alz_text *buf, size_t n)
{
    if (n > room_left(buf)) {
        buf->full = true;
        return NULL;
    }
    return grow(buf, n) ? buf->ptr + buf->len : NULL;
}

void alz_text_add(struct alz_text *text, struct alz_str bytes)
{
    size_t room = room_left(text);
    size_t len = bytes.len < room ? bytes.len : room;

    if (len && grow(text, len)) {
        memcpy(text->ptr + text->len, bytes.ptr, len);
        text->len += len;
    }
    if (len < bytes.len)
        text->full = true;
}

void alz_text_clear(struct alz_text *text)
{
    text->len = 0;
    text->full = false;
}

void alz_text_done(struct alz_text *text)
{
    if (!text)
        return;
    free(text->ptr);
    *text = (struct alz_text){0};
}

void alz_buf_putc(struct alz_text *buf, char byte)
{
    alz_text_add(buf, (struct alz_str){&byte, 1});
}

void alz_buf_vprintf(struct alz_text *buf, const char *format, va_list args)
{
    size_t room = room_left(buf), len;
    va_list again;
    int wanted;

    va_copy(again, args);
    wanted = vsnprintf(NULL, 0, format, again);
    va_end(again);
    if (wanted <= 0) {
        buf->full = buf->full || wanted < 0;
        return;
    }
    len = (size_t)wanted < room ? (size_t)wanted : room;
    if (len && grow(buf, len)) {
        vsnprintf(buf->ptr + buf->len, len + 1, format, args);
        buf->len += len;
    }
    if (len < (size_t)wanted)
        buf->full = true;
}

void alz_buf_printf(struct alz_text *buf, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    alz_buf_vprintf(buf, format, args);
    va_end(args);
}

static void add_hex(struct alz_text *buf, const unsigned char *ptr, size_t len)
{
    for (size_t i = 0; i < len; i++)
        alz_buf_printf(buf, "\\x%02x", ptr[i]);
}

/* C0, DEL, and C1 (U+0080 to U+009F): a terminal obeys them. */
static bool is_control(const unsigned char *ptr, size_t len)
{
    if (len == 2)
        return ptr[0] == 0xc2 && ptr[1] < 0xa0;
    return len == 1 && (*ptr < 0x20 || *ptr == 0x7f);
}

void alz_buf_add_quoted(struct alz_text *buf, struct alz_str text, size_t max)
{
    struct alz_str shown = alz_utf8_cut(text, max);
    const unsigned char *ptr = (const unsigned char *)shown.ptr;
    const unsigned char *end = shown.len ? ptr + shown.len : ptr;

    while (ptr < end && !buf->full) {
        size_t len = alz_utf8_sequence(ptr, end);

        if (len == 0 || is_control(ptr, len))
            add_hex(buf, ptr, len ? len : 1);
        else
            alz_text_add(buf, (struct alz_str){(const char *)ptr, len});
        ptr += len ? len : 1;
    }
    if (shown.len < text.len)
        alz_text_add(buf, ALZ_STR("..."));
}
