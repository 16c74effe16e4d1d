/* folder.h - a results directory while it is validated. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALZ_CHECK_FOLDER_H
#define ALZ_CHECK_FOLDER_H

#include "base/arena.h"
#include "check/document.h"
#include "check/marks.h"

/* Of user: nobody. */
#define ALZ_NO_FILE UINT32_MAX

/* A name in the directory: 24 bytes, sorted by name. */
struct alz_folder_entry {
    const char *name;
    uint32_t user; /* the first file that attaches it, or ALZ_NO_FILE */
    uint8_t kind;  /* enum alz_file_kind */
    bool regular;  /* a file; not a link, directory, pipe, ... */
    bool link;
};

struct alz_folder {
    int fd;
    struct alz_arena names;
    struct alz_folder_entry *entries;
    size_t count, capacity;
    uint32_t present; /* index of the file that is checked */
    struct alz_findings findings;
    struct alz_validation *counts;
    struct alz_document *document;
    char *bytes; /* of the present file */
    size_t bytes_cap;
    bool out_of_memory;
    /* What was seen; mark.file is the index of the first file. */
    struct alz_marks uuids, identities, starts, history_ids;
};

/* The entry of that name, or NULL. */
struct alz_folder_entry *alz_folder_find(const struct alz_folder *folder,
                                         struct alz_str name);

/* The rules that concern several files; functions of alz_document_user. */
void alz_folder_attachment(void *ctx, struct alz_document *document,
                           struct alz_str source);
void alz_folder_child(void *ctx, struct alz_document *document, uint64_t uuid,
                      struct alz_str text);
void alz_folder_result(void *ctx, struct alz_document *document,
                       const struct alz_result_facts *facts);
/* What is left to say of each name after all documents, and of the whole. */
void alz_folder_finish(struct alz_folder *folder);
/* environment.properties. */
void alz_folder_environment(struct alz_folder *folder, struct alz_str text);
/* Reads the present file: false after a finding. */
bool alz_folder_read(struct alz_folder *folder,
                     const struct alz_folder_entry *entry, struct alz_str *ret);

#endif
