/* prefix.c - what stands before every line: clocks, consoles, services. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "tap.h"

enum { PREFIX_MAX = 256 };

static bool is_clock(char byte)
{
    return byte == ' ' || tap_is_digit(byte);
}

/* Blanks at the end of the shape. */
static size_t tail_length(struct alz_str shape)
{
    size_t len = 0;

    while (len < shape.len && shape.ptr[shape.len - 1 - len] == ' ')
        len++;
    return len;
}

static size_t clock_length(struct alz_str text)
{
    size_t len = 0;

    while (len < text.len && is_clock(text.ptr[len]))
        len++;
    return len;
}

/* Runs of digits and blanks fit each other at any length, so that a clock may
 * grow; blanks at the end fit one by one, for behind them a line may be
 * indented. SIZE_MAX: the line does not begin so. */
static size_t fit(struct alz_str shape, struct alz_str line)
{
    size_t tail = tail_length(shape), at = 0;

    shape.len -= tail;
    while (shape.len) {
        struct alz_str rest = alz_str_from_offset(line, at);
        size_t run = clock_length(shape), other = clock_length(rest);

        if (run && other && run < shape.len) {
            shape = alz_str_from_offset(shape, run);
            at += other;
        } else if (rest.len &&
                   (*shape.ptr == *rest.ptr ||
                    (is_clock(*shape.ptr) && tap_is_digit(*rest.ptr)))) {
            shape = alz_str_from_offset(shape, 1);
            at++;
        } else {
            return SIZE_MAX;
        }
    }
    for (; tail; tail--, at++) {
        if (at == line.len) /* trailing blanks were cut */
            return at;
        if (line.ptr[at] != ' ')
            return SIZE_MAX;
    }
    return at;
}

struct alz_str tap_prefix_strip(const struct tap_prefix *prefix,
                                struct alz_str line)
{
    struct alz_str shape = alz_text_str(&prefix->shape);
    size_t len = shape.len ? fit(shape, line) : SIZE_MAX;

    return len == SIZE_MAX ? line : alz_str_from_offset(line, len);
}

/* Only digits behind "TAP version ". */
static bool ends_as_version(struct alz_str text)
{
    uint64_t number;

    text = alz_str_trim(text);
    return text.len && tap_number_scan(text, &number) == text.len;
}

void tap_prefix_find(struct tap *tap, struct alz_str line)
{
    size_t at = alz_str_find(line, "TAP version ");
    struct alz_str shape;

    if (!tap->prefix.search || at == SIZE_MAX || at > PREFIX_MAX ||
        !ends_as_version(
            alz_str_from_offset(line, at + strlen("TAP version "))))
        return;
    if (at && line.ptr[at - 1] == 'K')
        at--;
    shape = tap_head(line, at);
    if (alz_str_trim(shape).len == 0 || alz_str_is(alz_str_trim(shape), "#"))
        return;
    tap_set(tap, &tap->prefix.shape, shape);
}
