/* store.h - bytes put aside, to be read again from any place. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALZ_BASE_STORE_H
#define ALZ_BASE_STORE_H

#include <allurize/read.h>

/*
 * The last MiB is in memory, what was before it in a temporary file without a
 * name. The first error sticks: nothing more is added, what is there can still
 * be read.
 */
struct alz_store {
    int fd;                 /* -1: everything is in memory */
    struct alz_text page;   /* what is not in the file yet */
    uint64_t flushed;       /* bytes in the file */
    struct alz_text window; /* of the file, where it was read last */
    uint64_t window_at;
    int error; /* errno of the first failure, 0: none */
};

void alz_store_init(struct alz_store *store);
/* Where the next bytes will be. */
uint64_t alz_store_size(const struct alz_store *store);
/* Adds all parts, or nothing of them. 0, or -1 (error says why). */
int alz_store_add(struct alz_store *store, const struct alz_str *parts,
                  size_t count);
/* 0, or -1 when there are not so many bytes or they cannot be read. */
int alz_store_read(struct alz_store *store, uint64_t at, char *to, size_t len);
void alz_store_done(struct alz_store *store);

#endif
