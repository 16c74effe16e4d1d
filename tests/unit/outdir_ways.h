/* outdir_ways.h - the ways to publish a file, for the tests of outdir. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALZ_TESTS_OUTDIR_WAYS_H
#define ALZ_TESTS_OUTDIR_WAYS_H

#include "base/outdir.h"

/* The ways to publish; the tests run with each. */
enum way { BY_LINK, BY_PROCFD, BY_RENAME, WAYS };

static const char *const way_names[] = {"link", "procfd", "rename"};

static inline int open_way(struct alz_outdir *dir, const char *path,
                           enum way way)
{
    enum alz_publish publish =
        way == BY_RENAME ? ALZ_PUBLISH_RENAME : ALZ_PUBLISH_LINK;
    int result = alz_outdir_open(dir, path, publish);

    if (way == BY_PROCFD)
        dir->by_procfd = true;
    return result;
}

static inline int publish(struct alz_outdir *dir, const char *name,
                          struct alz_str bytes, bool *existed)
{
    struct alz_draft draft;

    if (alz_draft_open(dir, &draft))
        return -1;
    if (alz_draft_write(&draft, bytes)) {
        alz_draft_drop(dir, &draft);
        return -1;
    }
    return alz_draft_publish(dir, &draft, name, existed);
}

#endif
