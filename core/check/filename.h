/* filename.h - what a file of a results directory is, by its name. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALZ_CHECK_FILENAME_H
#define ALZ_CHECK_FILENAME_H

#include <allurize/convert.h>

/* In the order in which a directory is read: tests before what names them. */
enum alz_file_kind {
    ALZ_FILE_RESULT,
    ALZ_FILE_CONTAINER,
    ALZ_FILE_GLOBALS,
    ALZ_FILE_CATEGORIES,
    ALZ_FILE_EXECUTOR,
    ALZ_FILE_DOCUMENTS, /* number of the kinds that have a schema */
    ALZ_FILE_ENVIRONMENT = ALZ_FILE_DOCUMENTS, /* .properties */
    ALZ_FILE_ENVIRONMENT_XML,
    ALZ_FILE_ATTACHMENT,
    ALZ_FILE_MISCASED,  /* a document but for upper and lower case */
    ALZ_FILE_TEMPORARY, /* *.tmp */
    ALZ_FILE_FOREIGN,   /* *.xml, *.trx, *.plist: read as other reports */
    ALZ_FILE_KNOWN,     /* read by a reader, not checked here */
    ALZ_FILE_JSON,      /* Allure 3 tries it as Cucumber JSON */
    ALZ_FILE_OTHER
};

enum alz_file_kind alz_file_kind_of(struct alz_str name);

#endif
