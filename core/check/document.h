/* document.h - checks one document of a results directory. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALZ_CHECK_DOCUMENT_H
#define ALZ_CHECK_DOCUMENT_H

#include "check/filename.h"
#include "check/findings.h"

/* What was said; bits of said. */
enum {
    ALZ_SAID_UUID = 1,
    ALZ_SAID_NAME = 2,
    ALZ_SAID_FULL_NAME = 4,
    ALZ_SAID_TEST_CASE_ID = 8,
    ALZ_SAID_HISTORY_ID = 16,
    ALZ_SAID_ALLURE_ID = 32,
    ALZ_SAID_START = 64,
    ALZ_SAID_STOP = 128
};

/* A result as other files may contradict it: hashes, so that 100,000 of them
 * are small. Empty texts and nulls count as not said, as readers have it. */
struct alz_result_facts {
    unsigned said;
    uint64_t uuid, name, full_name, test_case_id, history_id, allure_id;
    uint64_t parameters; /* of all that are not excluded, in any order */
    int64_t start, stop;
    size_t uuid_at, start_at, history_id_at; /* offsets in the document */
};

struct alz_document;

/* What the owner of the directory wants to know of its documents. */
struct alz_document_user {
    void *ctx;
    struct alz_findings *findings;
    uint64_t seed; /* of all hashes */
    /* An attachment's source. */
    void (*attachment)(void *ctx, struct alz_document *document,
                       struct alz_str source);
    /* A container's child. */
    void (*child)(void *ctx, struct alz_document *document, uint64_t uuid,
                  struct alz_str text);
    /* A whole result. */
    void (*result)(void *ctx, struct alz_document *document,
                   const struct alz_result_facts *facts);
};

/* Compiles the embedded schemas. NULL when out of memory. */
struct alz_document *alz_document_new(const struct alz_document_user *user);
void alz_document_free(struct alz_document *document);

/* Reports all that is wrong with it. -1 when out of memory. */
int alz_document_check(struct alz_document *document, enum alz_file_kind kind,
                       struct alz_str text);

/* Is the file's name made of the result's uuid, as it should be? */
bool alz_document_is_named(const struct alz_document *document,
                           struct alz_str file_name);

/* For the user's functions: a finding at the present value, or at an offset
 * of a result that is over, with the pointer of a property of its own. */
__attribute__((format(printf, 3, 4))) void
alz_document_find(struct alz_document *document, const char *rule,
                  const char *format, ...);
__attribute__((format(printf, 5, 6))) void
alz_document_find_at(struct alz_document *document, const char *rule,
                     size_t offset, const char *pointer, const char *format,
                     ...);

#endif
