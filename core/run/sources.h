/* sources.h - what the user names, as a list of files. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALZ_RUN_SOURCES_H
#define ALZ_RUN_SOURCES_H

#include <allurize/convert.h>

#include <sys/types.h>

struct alz_source {
    char *path;     /* owned */
    bool asked_for; /* by name or pattern; false: found in a directory, and
                       passed over when it is no format we know */
};

/* Files in byte order of their paths, each once. Zero is empty. */
struct alz_sources {
    struct alz_source *items;
    size_t count, cap;
    /* Of a directory that stands for a file; for the caller to report. */
    const struct alz_diag *problem;
    char *about; /* owned; or NULL */
};

/*
 * Adds the files that `input` stands for: a file, a directory (what it stands
 * for by a convention, see ctest_dir.h; else everything below it but names
 * with a leading dot and the directory avoid), or a pattern with * ? [] and **
 * for any number of directories. Links to directories are not followed. 0, or
 * -1 with errno; ENOENT also when a pattern fits nothing.
 */
int alz_sources_add(struct alz_sources *sources, const char *input,
                    const char *avoid);
void alz_sources_done(struct alz_sources *sources);

#endif
