/* bundle.c - what is published together, in one block of memory. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "emit/bundle.h"

#include <errno.h>
#include <stdlib.h>

static struct alz_spool *move_spool(struct alz_spool *to,
                                    struct alz_spool *from)
{
    if (!from)
        return NULL;
    *to = *from;
    alz_spool_init(from, NULL, 0);
    return to;
}

/* The rest of the name is zero already. */
static void set_name(struct alz_file *file, const char *name)
{
    memcpy(file->name, name, strnlen(name, sizeof file->name - 1));
}

/* Sizes are of objects in memory, so their sum does not overflow. */
struct alz_bundle *alz_bundle_new(struct alz_node *const *attachments,
                                  size_t count, const char *name,
                                  struct alz_str document)
{
    size_t files = count + (name != NULL);
    struct alz_bundle *bundle =
        malloc(sizeof *bundle + files * sizeof(struct alz_file) +
               count * sizeof(struct alz_spool) + document.len);
    struct alz_file *file;
    struct alz_spool *spools;
    char *bytes;

    if (!bundle)
        return NULL;
    file = (struct alz_file *)(void *)(bundle + 1);
    spools = (struct alz_spool *)(void *)(file + files);
    bytes = (char *)(spools + count);
    *bundle = (struct alz_bundle){file, files};
    for (size_t i = 0; i < count; i++, file++) {
        *file = (struct alz_file){
            .spool = move_spool(&spools[i], attachments[i]->spool)};
        set_name(file, attachments[i]->source);
    }
    if (name) {
        *file = (struct alz_file){
            .bytes = {bytes, document.len}
        };
        set_name(file, name);
        if (document.len)
            memcpy(bytes, document.ptr, document.len);
    }
    return bundle;
}

void alz_bundle_free(struct alz_bundle *bundle)
{
    if (!bundle)
        return;
    for (size_t i = 0; i < bundle->count; i++) {
        if (bundle->files[i].spool)
            alz_spool_done(bundle->files[i].spool);
    }
    free(bundle);
}

size_t alz_bundle_memory(const struct alz_bundle *bundle)
{
    size_t sum = 0;

    for (size_t i = 0; i < bundle->count; i++) {
        const struct alz_file *file = &bundle->files[i];

        sum += file->bytes.len;
        if (file->spool)
            sum += file->spool->memory.cap + file->spool->tail.cap;
    }
    return sum;
}

uint64_t alz_file_size(const struct alz_file *file)
{
    return file->spool ? file->spool->size : file->bytes.len;
}

static int publish_bytes(struct alz_outdir *dir, const struct alz_file *file)
{
    struct alz_draft draft;

    if (alz_draft_open(dir, &draft) != 0)
        return -1;
    if (alz_draft_write(&draft, file->bytes) != 0) {
        int error = errno;

        alz_draft_drop(dir, &draft);
        errno = error;
        return -1;
    }
    return alz_draft_publish(dir, &draft, file->name, NULL);
}

static int publish_file(struct alz_outdir *dir, struct alz_file *file)
{
    if (!file->spool)
        return publish_bytes(dir, file);
    if (file->spool->error) {
        errno = file->spool->error;
        return -1;
    }
    return alz_spool_publish(file->spool, file->name);
}

int alz_bundle_publish(struct alz_bundle *bundle, struct alz_outdir *dir,
                       struct alz_published *sum, const char **failed)
{
    for (size_t i = 0; i < bundle->count; i++) {
        uint64_t size = alz_file_size(&bundle->files[i]);

        if (publish_file(dir, &bundle->files[i]) != 0) {
            *failed = bundle->files[i].name;
            return -1;
        }
        sum->files++;
        sum->bytes += size;
    }
    return 0;
}
