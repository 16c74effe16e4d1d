/* confine.h - opens files an input names, below allowed roots only. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALZ_RUN_CONFINE_H
#define ALZ_RUN_CONFINE_H

#include <allurize/convert.h>

#include <limits.h>

/*
 * Roots are directories; a path is tried below each in turn: as it is, or,
 * when it is absolute or begins with the root as seen from the working
 * directory, by what is behind the root. No component may be "..", none a
 * symbolic link, and the file must be regular: everything else is refused
 * without blocking or side effects.
 */
struct alz_confine {
    const char *const *roots; /* NULL end; "" is skipped */
};

enum alz_confined {
    ALZ_CONFINED_OK,
    ALZ_CONFINED_MISSING, /* below a root, but not there */
    ALZ_CONFINED_REFUSED  /* outside, a link, a device, ... */
};

/* *ret_fd is the open file when OK. */
enum alz_confined alz_confine_open(const struct alz_confine *confine,
                                   struct alz_str path, int *ret_fd);

#endif
