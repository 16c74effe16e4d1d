/* folder_list.h - lists a results directory and reads its files. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALZ_CHECK_FOLDER_LIST_H
#define ALZ_CHECK_FOLDER_LIST_H

#include "check/folder.h"

/* The names of the directory folder->fd, sorted. -1 with errno. */
int alz_folder_list(struct alz_folder *folder);

#endif
