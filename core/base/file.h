/* file.h - opening, comparing and making files, whatever interrupts. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALZ_BASE_FILE_H
#define ALZ_BASE_FILE_H

#include <stdbool.h>

/* openat with O_CLOEXEC, mode 0666 where it creates. -1 with errno. */
int alz_file_open(int dirfd, const char *path, int flags);

/* Do both descriptors read the same bytes, from their start to their end? */
bool alz_file_same(int a, int b);

/* Makes the directories of a path that are missing. Whether the last part
 * really is a directory shows when it is opened. path is changed meanwhile. */
int alz_dirs_make(char *path);

#endif
