/* ctest_dir.h - a build directory of CTest stands for its last report. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALZ_RUN_CTEST_DIR_H
#define ALZ_RUN_CTEST_DIR_H

#include <allurize/convert.h>

/* What a directory stands for. */
struct alz_stand_in {
    char *path;                     /* the file to read, or NULL; owned */
    const struct alz_diag *problem; /* or NULL */
    char *about;                    /* the path the problem is with; owned */
};

/*
 * A directory that holds Testing/TAG (or TAG itself) stands for
 * Testing/<tag>/Test.xml. When CTest was interrupted, that file is missing or
 * of the run before: then for the log of what had finished. 1: *ret is
 * filled; 0: an ordinary directory; -1: no memory.
 */
int alz_ctest_dir(const char *dir, struct alz_stand_in *ret);

#endif
