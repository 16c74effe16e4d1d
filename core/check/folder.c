/* folder.c - validates a results directory, file by file. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "check/folder_list.h"

#include "base/digest.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

/* ---- one file --------------------------------------------------------- */

static void count(struct alz_validation *counts,
                  const struct alz_folder_entry *entry)
{
    if (!entry->regular)
        return;
    if (entry->user != ALZ_NO_FILE || entry->kind == ALZ_FILE_ATTACHMENT)
        counts->attachments++;
    else if (entry->kind == ALZ_FILE_RESULT)
        counts->results++;
    else if (entry->kind == ALZ_FILE_CONTAINER)
        counts->containers++;
    else if (entry->kind == ALZ_FILE_GLOBALS)
        counts->globals++;
    else
        counts->others++;
}

/* A document must be a file: readers pass over anything else. */
static bool is_file(struct alz_folder *folder,
                    const struct alz_folder_entry *entry)
{
    if (entry->link)
        alz_findings_addf(&folder->findings, "file/symlink",
                          "a symbolic link; Allure 3 skips it");
    else if (!entry->regular)
        alz_findings_addf(&folder->findings, "file/not-regular",
                          "named as a document, but not a regular file");
    return entry->regular;
}

static void check_entry(struct alz_folder *folder, size_t index)
{
    const struct alz_folder_entry *entry = &folder->entries[index];
    struct alz_str text;

    folder->present = (uint32_t)index;
    alz_findings_begin(&folder->findings, alz_str_from(entry->name));
    if (is_file(folder, entry) && alz_folder_read(folder, entry, &text)) {
        if (entry->kind == ALZ_FILE_ENVIRONMENT)
            alz_folder_environment(folder, text);
        else if (alz_document_check(folder->document,
                                    (enum alz_file_kind)entry->kind, text) != 0)
            folder->out_of_memory = true;
    }
    alz_findings_end(&folder->findings);
}

/* ---- all files -------------------------------------------------------- */

/* Results first, so that it is known what containers name. */
static void check_kind(struct alz_folder *folder, enum alz_file_kind kind)
{
    for (size_t i = 0; i < folder->count && !folder->out_of_memory; i++)
        if (folder->entries[i].kind == kind)
            check_entry(folder, i);
}

static int check_all(struct alz_folder *folder)
{
    for (unsigned kind = 0; kind <= ALZ_FILE_ENVIRONMENT; kind++)
        check_kind(folder, (enum alz_file_kind)kind);
    if (!folder->out_of_memory)
        alz_folder_finish(folder);
    for (size_t i = 0; i < folder->count; i++)
        count(folder->counts, &folder->entries[i]);
    if (!folder->out_of_memory)
        return 0;
    errno = ENOMEM;
    return -1;
}

static uint64_t random_seed(void)
{
    struct alz_uuid uuid = {{0}};
    uint64_t seed;

    if (alz_uuid_v4(&uuid) != 0)
        memset(&uuid, 1, sizeof(uuid)); /* hashes can be foreseen, not wrong */
    memcpy(&seed, uuid.bytes, sizeof(seed));
    return seed;
}

static int validate(struct alz_folder *folder)
{
    const struct alz_document_user user = {
        .ctx = folder,
        .findings = &folder->findings,
        .seed = random_seed(),
        .attachment = alz_folder_attachment,
        .child = alz_folder_child,
        .result = alz_folder_result,
    };

    if (alz_folder_list(folder) != 0)
        return -1;
    folder->document = alz_document_new(&user);
    if (folder->document)
        return check_all(folder);
    errno = ENOMEM;
    return -1;
}

static void folder_done(struct alz_folder *folder)
{
    alz_document_free(folder->document);
    alz_marks_done(&folder->uuids);
    alz_marks_done(&folder->identities);
    alz_marks_done(&folder->starts);
    alz_marks_done(&folder->history_ids);
    alz_arena_done(&folder->names);
    free(folder->entries);
    free(folder->bytes);
}

int alz_validate(const char *dir, alz_finding_fn *finding, void *ctx,
                 struct alz_validation *ret)
{
    struct alz_validation counts = {0};
    struct alz_folder folder = {
        .findings = {.finding = finding, .ctx = ctx, .counts = &counts},
        .counts = &counts,
    };
    int status, error;

    folder.fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder.fd < 0)
        return -1;
    status = validate(&folder);
    error = errno;
    folder_done(&folder);
    close(folder.fd);
    if (ret)
        *ret = counts;
    errno = error;
    return status;
}
