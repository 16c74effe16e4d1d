/* outdir.h - a directory in which only whole files appear. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALZ_BASE_OUTDIR_H
#define ALZ_BASE_OUTDIR_H

#include <allurize/convert.h>

#include <pthread.h>

/*
 * A draft is a file without a name: O_TMPFILE, or, where the file system has
 * none (or the caller wants renames), a file in the sibling directory
 * "<dir>.tmp.<pid>". Publishing gives it its name in one step and never
 * replaces: linkat(AT_EMPTY_PATH), through /proc/self/fd, or renameat2 with
 * RENAME_NOREPLACE. A name in the directory is never incomplete, and a killed
 * process leaves nothing in it. Thread-safe after open: drafts of one outdir
 * may be made and published from several threads.
 */
enum alz_publish { ALZ_PUBLISH_LINK, ALZ_PUBLISH_RENAME };

struct alz_outdir {
    int dirfd;                /* -1 before open */
    enum alz_publish publish; /* what open settled on */
    int sibling_fd;           /* -1 until a fallback needed it */
    char *path;               /* as given, without slashes at the end */
    char *sibling_path;
    bool by_procfd;       /* AT_EMPTY_PATH is refused here */
    pthread_mutex_t lock; /* of the sibling and the number below */
    unsigned long drafts; /* made in the sibling */
};

struct alz_draft {
    int fd;             /* -1: none */
    char temp_name[32]; /* in the sibling directory, else "" */
};

/* Makes the directory (and its parents) when missing. -1 with errno. */
int alz_outdir_open(struct alz_outdir *dir, const char *path,
                    enum alz_publish publish);
void alz_outdir_done(struct alz_outdir *dir); /* removes an empty sibling */

int alz_draft_open(struct alz_outdir *dir, struct alz_draft *ret);
/* All of it, whatever write returns in between. -1 with errno. */
int alz_draft_write(struct alz_draft *draft, struct alz_str bytes);

/*
 * Names and closes the draft. 0, or -1 with errno; EEXIST when the name is
 * taken by a file of other bytes. A file of the same bytes is success with
 * *existed set (may be NULL). The draft is gone in every case.
 */
int alz_draft_publish(struct alz_outdir *dir, struct alz_draft *draft,
                      const char *name, bool *existed);
void alz_draft_drop(struct alz_outdir *dir, struct alz_draft *draft);

/* syncfs on the directory's file system, for --durable. */
int alz_outdir_sync(struct alz_outdir *dir);

#endif
