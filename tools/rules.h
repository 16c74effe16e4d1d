/* rules.h - reads the file of --rules. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALLURIZE_TOOLS_RULES_H
#define ALLURIZE_TOOLS_RULES_H

#include "args.h"

/* The text of a rule file, to be freed; NULL after printing why. */
char *rules_read(const char *path);

/*
 * With --rules, *ret_text is its text and *ret_settings the converter's
 * options with it, both to be freed; without, both are NULL. 0, or -1 after
 * printing why.
 */
int rules_take(const struct args *args, char **ret_text,
               struct alz_setting **ret_settings);

#endif
