/* spool.h - attachment bytes: in memory while few, then in a draft. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALZ_BASE_SPOOL_H
#define ALZ_BASE_SPOOL_H

#include "base/outdir.h"

#include <allurize/read.h>

/*
 * Bytes come at the end, once. The first 64 KiB stay in memory; then they go
 * to a draft in dir (NULL: they are only counted, for a dry run). Of more
 * than max bytes the head and the last 1 MiB (of a max below 2 MiB: half of
 * it) are kept, with a line between that says how many bytes were cut.
 */
struct alz_spool {
    struct alz_outdir *dir;
    struct alz_text memory; /* all of it, or what follows the draft's bytes */
    struct alz_draft draft;
    struct alz_text tail; /* ring, used beyond max */
    size_t tail_pos;
    uint64_t size; /* bytes given so far */
    uint64_t max;  /* 0: 16 MiB */
    int error;     /* first errno, 0: none */
};

void alz_spool_init(struct alz_spool *spool, struct alz_outdir *dir,
                    uint64_t max);
void alz_spool_add(struct alz_spool *spool, struct alz_str bytes);
/* No more bytes: writes the cut line and the tail. */
void alz_spool_finish(struct alz_spool *spool);
/* Publishes under name: 0 (also of a dry run), or -1 with errno. */
int alz_spool_publish(struct alz_spool *spool, const char *name);
void alz_spool_done(struct alz_spool *spool);

#endif
