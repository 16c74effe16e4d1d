/* bundle.h - one block of memory: file table, attachments, document. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALZ_EMIT_BUNDLE_H
#define ALZ_EMIT_BUNDLE_H

#include "emit/emitter.h"

/*
 * A bundle of the attachments and one document behind them, in one malloc
 * block. The bytes of the document are copied; name NULL: no document. The
 * spools of the nodes are moved in (the nodes keep empty ones), so nothing
 * changes when NULL is returned (out of memory). A node without a spool
 * becomes an empty file.
 */
struct alz_bundle *alz_bundle_new(struct alz_node *const *attachments,
                                  size_t count, const char *name,
                                  struct alz_str document);

/* What every sink calls once it is done with a bundle; drops spools that
 * were not published. NULL is fine. */
void alz_bundle_free(struct alz_bundle *bundle);

/* Bytes of memory its documents and spools take. */
size_t alz_bundle_memory(const struct alz_bundle *bundle);

/* Bytes a file will have. */
uint64_t alz_file_size(const struct alz_file *file);

struct alz_published {
    uint64_t files, bytes;
};

/* Publishes the files in their order and counts them in *sum. 0, or -1 with
 * errno, *failed naming the file; the files behind it do not appear. */
int alz_bundle_publish(struct alz_bundle *bundle, struct alz_outdir *dir,
                       struct alz_published *sum, const char **failed);

#endif
