/* environment.h - labels that the environment gives: ALLURE_LABEL_<name>. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALLURIZE_TOOLS_ENVIRONMENT_H
#define ALLURIZE_TOOLS_ENVIRONMENT_H

#include <allurize/allurize.h>

struct environment {
    struct alz_setting *labels;
    size_t own; /* how many names of them are ours to free */
};

/*
 * The labels of the environment, then `more` (which therefore win where one
 * value counts); name NULL end. Names are taken as they are, and known ones
 * also in capitals with underscores (PARENT_SUITE), as the official adapters
 * do. Empty values are passed over.
 */
const struct alz_setting *environment_labels(struct environment *environment,
                                             const struct alz_setting *more);
void environment_done(struct environment *environment);

#endif
