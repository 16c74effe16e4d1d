/* spool.c - attachment bytes: in memory while few, then in a draft. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "base/spool.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>

enum {
    MEMORY_MAX = 64 * 1024,
    TAIL_MAX = 1024 * 1024,
    DEFAULT_MAX = 16 * 1024 * 1024
};

static size_t tail_max(const struct alz_spool *spool)
{
    uint64_t half = spool->max - spool->max / 2;

    return half < TAIL_MAX ? (size_t)half : TAIL_MAX;
}

static uint64_t head_max(const struct alz_spool *spool)
{
    return spool->max - tail_max(spool);
}

void alz_spool_init(struct alz_spool *spool, struct alz_outdir *dir,
                    uint64_t max)
{
    *spool = (struct alz_spool){
        .dir = dir,
        .memory = {.max = MEMORY_MAX},
        .draft = {.fd = -1},
        .max = max ? max : DEFAULT_MAX,
    };
    spool->tail.max = tail_max(spool);
}

static void fail(struct alz_spool *spool, int error)
{
    if (spool->error == 0)
        spool->error = error;
}

/* ---- the head --------------------------------------------------------- */

static void to_draft(struct alz_spool *spool, struct alz_str bytes)
{
    if (spool->draft.fd < 0 && alz_draft_open(spool->dir, &spool->draft))
        fail(spool, errno);
    else if (alz_draft_write(&spool->draft, bytes))
        fail(spool, errno);
}

static void keep(struct alz_spool *spool, struct alz_str bytes)
{
    alz_text_add(&spool->memory, bytes);
    if (spool->memory.full && spool->memory.len < MEMORY_MAX)
        fail(spool, ENOMEM);
}

/* Memory is also the buffer before the draft: most pieces are short lines. */
static void put(struct alz_spool *spool, struct alz_str bytes)
{
    if (spool->error || bytes.len == 0)
        return;
    if (!spool->dir || bytes.len <= MEMORY_MAX - spool->memory.len) {
        keep(spool, bytes);
        return;
    }
    to_draft(spool, alz_text_str(&spool->memory));
    alz_text_clear(&spool->memory);
    if (bytes.len > MEMORY_MAX)
        to_draft(spool, bytes);
    else
        keep(spool, bytes);
}

/* ---- the tail --------------------------------------------------------- */

/* Over the oldest bytes of a ring that is full. */
static void overwrite(struct alz_spool *spool, struct alz_str bytes)
{
    struct alz_text *tail = &spool->tail;

    while (bytes.len) {
        size_t room = tail->len - spool->tail_pos;
        size_t len = bytes.len < room ? bytes.len : room;

        memcpy(tail->ptr + spool->tail_pos, bytes.ptr, len);
        spool->tail_pos = (spool->tail_pos + len) % tail->len;
        bytes = alz_str_from_offset(bytes, len);
    }
}

static void put_tail(struct alz_spool *spool, struct alz_str bytes)
{
    size_t size = tail_max(spool), room;

    if (spool->error || bytes.len == 0)
        return;
    if (bytes.len >= size) {
        alz_text_clear(&spool->tail);
        spool->tail_pos = 0;
        bytes = alz_str_from_offset(bytes, bytes.len - size);
    }
    room = size - spool->tail.len;
    if (room > bytes.len)
        room = bytes.len;
    alz_text_add(&spool->tail, (struct alz_str){bytes.ptr, room});
    if (spool->tail.full)
        fail(spool, ENOMEM);
    else
        overwrite(spool, alz_str_from_offset(bytes, room));
}

void alz_spool_add(struct alz_spool *spool, struct alz_str bytes)
{
    uint64_t head = head_max(spool);
    size_t len = 0;

    if (spool->size < head)
        len = bytes.len < head - spool->size ? bytes.len
                                             : (size_t)(head - spool->size);
    put(spool, (struct alz_str){bytes.ptr, len});
    if (spool->dir)
        put_tail(spool, alz_str_from_offset(bytes, len));
    spool->size += bytes.len;
}

void alz_spool_finish(struct alz_spool *spool)
{
    struct alz_str tail = alz_text_str(&spool->tail);
    char line[64];

    if (tail.len == 0)
        return;
    if (spool->size > spool->max) {
        snprintf(line, sizeof(line), "\n[... %" PRIu64 " bytes cut ...]\n",
                 spool->size - spool->max);
        put(spool, alz_str_from(line));
    }
    put(spool, alz_str_from_offset(tail, spool->tail_pos));
    put(spool, (struct alz_str){tail.ptr, spool->tail_pos});
    alz_text_done(&spool->tail);
}

/* ---- its end ---------------------------------------------------------- */

int alz_spool_publish(struct alz_spool *spool, const char *name)
{
    if (!spool->dir)
        return 0;
    if (spool->error == 0)
        to_draft(spool, alz_text_str(&spool->memory));
    alz_text_clear(&spool->memory);
    if (spool->error == 0 &&
        alz_draft_publish(spool->dir, &spool->draft, name, NULL))
        fail(spool, errno);
    errno = spool->error;
    return spool->error ? -1 : 0;
}

void alz_spool_done(struct alz_spool *spool)
{
    if (!spool)
        return;
    if (spool->dir)
        alz_draft_drop(spool->dir, &spool->draft);
    alz_text_done(&spool->memory);
    alz_text_done(&spool->tail);
    *spool = (struct alz_spool){.draft = {.fd = -1}};
}
