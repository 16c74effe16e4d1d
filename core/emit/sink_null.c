/* sink_null.c - a sink for dry runs: files and bytes are counted only. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "emit/bundle.h"

#include <stdlib.h>

static int put(struct alz_sink *sink, struct alz_bundle *bundle)
{
    for (size_t i = 0; i < bundle->count; i++) {
        sink->files++;
        sink->bytes += alz_file_size(&bundle->files[i]);
    }
    alz_bundle_free(bundle);
    return 0;
}

static int flush(struct alz_sink *sink)
{
    (void)sink;
    return 0;
}

static void done(struct alz_sink *sink)
{
    alz_text_done(&sink->error);
    free(sink);
}

static const struct alz_sink_ops ops = {put, flush, done};

struct alz_sink *alz_sink_null_new(void)
{
    struct alz_sink *sink = calloc(1, sizeof *sink);

    if (sink)
        sink->ops = &ops;
    return sink;
}
