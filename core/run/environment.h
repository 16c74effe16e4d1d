/* environment.h - what the run was done with: environment.properties. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALZ_RUN_ENVIRONMENT_H
#define ALZ_RUN_ENVIRONMENT_H

#include "base/arena.h"
#include "base/outdir.h"

#include <allurize/read.h>

/*
 * Variables in the order in which they were first said. A value that is said
 * again counts once; other values of one name are joined (", "), unless the
 * user has fixed the variable. Zero is empty.
 */
struct alz_environment {
    struct alz_arena arena;
    struct alz_variable *first, *last;
    size_t count;
    bool full; /* more than VARIABLES_MAX, or 1 MiB: the rest is dropped */
};

void alz_environment_add(struct alz_environment *environment,
                         struct alz_str name, struct alz_str value, bool fixed);
/* The file's text: Java properties in UTF-8, as both readers take them. */
void alz_environment_render(const struct alz_environment *environment,
                            struct alz_text *ret);
void alz_environment_done(struct alz_environment *environment);

#endif
