/* lines.c - hands the lines of an input to a converter's table. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "base/buf.h"
#include "read/encoding.h"
#include "read/reader.h"

#include <allurize/allurize.h>

#include <errno.h>
#include <stdlib.h>
#include <time.h>

enum {
    CHUNK = 65536,
    KEPT_MAX = 1024 * 1024 /* bytes of one line */
};

static const struct alz_diag too_long = {
    ALZ_WARNING, "lines/long",
    "a line is longer than 1 MiB; the rest of it is not read", 0};
static const struct alz_diag no_memory = {ALZ_ERROR, "lines/memory",
                                          "out of memory", ALZ_EXIT_MEMORY};

struct lines {
    const struct alz_reading *reading;
    const struct alz_line_row *rows;
    struct alz_text begun; /* of a line that did not end in its chunk */
    size_t cut;            /* bytes of it that are not in begun */
    char last;             /* the last one of those */
    uint64_t number;       /* of the last line handed over */
    int64_t seen_ms;
    bool warned, starved;
    struct alz_encoding encoding;
    char chunk[CHUNK];
};

static int64_t wall_clock_ms(void)
{
    struct timespec now = {0, 0};

    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* ---- lines ------------------------------------------------------------ */

static void take(struct lines *lines, const struct alz_line *line)
{
    const struct alz_reading *reading = lines->reading;
    const struct alz_line_row *row = lines->rows;

    reading->position->line = line->number;
    reading->position->column = 1;
    if (line->cut > 0 && !lines->warned && !lines->starved) {
        lines->warned = true;
        alz_report(reading->out, &too_long, ALZ_STR(""));
    }
    for (; row->title != NULL || row->take != NULL; row++)
        if (row->take != NULL && row->take(reading->state, reading->out, line))
            return;
}

static void deliver(struct lines *lines, struct alz_str text, bool terminated)
{
    struct alz_line line = {
        .text = text,
        .number = ++lines->number,
        .seen_ms = lines->seen_ms,
        .cut = lines->cut,
        .unterminated = !terminated,
    };

    if (terminated && line.cut > 0)
        line.cut -= lines->last == '\r';
    else if (terminated && text.len > 0)
        line.text.len -= text.ptr[text.len - 1] == '\r';
    take(lines, &line);
}

/* Puts a piece of a line aside until the rest of it has come. */
static void keep(struct lines *lines, struct alz_str piece)
{
    size_t before = lines->begun.len, kept;
    size_t room = before < KEPT_MAX ? KEPT_MAX - before : 0;

    if (piece.len == 0)
        return;
    kept = piece.len < room ? piece.len : room;
    if (lines->cut > 0)
        kept = 0;
    alz_text_add(&lines->begun, (struct alz_str){piece.ptr, kept});
    if (lines->begun.len - before < kept && !lines->starved) {
        lines->starved = true;
        alz_report(lines->reading->out, &no_memory, ALZ_STR(""));
    }
    kept = lines->begun.len - before;
    lines->cut += piece.len - kept;
    lines->last = piece.ptr[piece.len - 1];
}

/* The line that was put aside ends here. */
static void finish_begun(struct lines *lines, bool terminated)
{
    deliver(lines, alz_text_str(&lines->begun), terminated);
    alz_text_clear(&lines->begun);
    lines->cut = 0;
}

/* In steps that count in single bytes, many at once. */
static uint64_t count_ends(struct alz_str text)
{
    enum { STEP = 128 };
    uint64_t count = 0;

    for (; text.len >= STEP; text = alz_str_from_offset(text, STEP)) {
        unsigned char some = 0;

        for (size_t i = 0; i < STEP; i++)
            some = (unsigned char)(some + (text.ptr[i] == '\n'));
        count += some;
    }
    for (size_t i = 0; i < text.len; i++)
        count += text.ptr[i] == '\n';
    return count;
}

/* Lines that say nothing, at the start of whole ones: where they end. *asked:
 * of the lines before these, in the same chunk. */
static const char *skip(struct lines *lines, const char *ptr, const char *end,
                        bool *asked)
{
    const struct alz_reading *reading = lines->reading;
    struct alz_str whole = {ptr, 0};
    const char *last;

    if (!reading->converter->skip || lines->begun.len > 0 || lines->cut > 0)
        return ptr;
    last = memrchr(ptr, '\n', (size_t)(end - ptr));
    if (!last)
        return ptr;
    whole.len = (size_t)(last + 1 - ptr);
    whole.len = reading->converter->skip(reading->state, whole, *asked);
    *asked = true;
    if (whole.len > 0) {
        lines->number += count_ends(whole);
        reading->position->line = lines->number;
        reading->position->column = 1;
    }
    return ptr + whole.len;
}

static void feed(struct lines *lines, const char *ptr, size_t len)
{
    const char *end = ptr + len, *stop;
    struct alz_str piece;
    bool asked = false;

    ptr = skip(lines, ptr, end, &asked);
    while ((stop = memchr(ptr, '\n', (size_t)(end - ptr))) != NULL) {
        piece = (struct alz_str){ptr, (size_t)(stop - ptr)};
        if (lines->begun.len == 0 && lines->cut == 0) {
            deliver(lines, piece, true);
        } else {
            keep(lines, piece);
            finish_begun(lines, true);
        }
        ptr = skip(lines, stop + 1, end, &asked);
    }
    keep(lines, (struct alz_str){ptr, (size_t)(end - ptr)});
}

/* ---- bytes ------------------------------------------------------------ */

static enum alz_ending read_all(struct lines *lines)
{
    struct alz_bytes *bytes = &lines->encoding.base;
    bool anything = false;
    ssize_t got;
    int error;

    for (;;) {
        alz_reading_await(lines->reading, bytes);
        got = bytes->read(bytes, lines->chunk, sizeof lines->chunk);
        if (got <= 0)
            break;
        anything = true;
        if (lines->reading->live)
            lines->seen_ms = wall_clock_ms();
        feed(lines, lines->chunk, (size_t)got);
    }
    error = got < 0 ? errno : 0;
    if (lines->begun.len > 0 || lines->cut > 0)
        finish_begun(lines, false);
    return alz_reading_ended(lines->reading, error, anything);
}

enum alz_ending alz_lines_read(const struct alz_reading *reading)
{
    struct lines *lines = malloc(sizeof *lines);
    enum alz_ending ending;

    if (lines == NULL) {
        alz_report(reading->out, &no_memory, ALZ_STR(""));
        return ALZ_DAMAGED;
    }
    memset(lines, 0, offsetof(struct lines, encoding));
    lines->reading = reading;
    lines->rows = reading->converter->table;
    lines->begun.max = KEPT_MAX;
    alz_encoding_init(&lines->encoding, reading->bytes, false);
    ending = read_all(lines);
    alz_reading_decoded(reading, &lines->encoding);
    if (lines->starved)
        ending = ALZ_DAMAGED;
    alz_encoding_done(&lines->encoding);
    alz_text_done(&lines->begun);
    free(lines);
    return ending;
}
