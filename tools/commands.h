/* commands.h - the commands of allurize. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALLURIZE_TOOLS_COMMANDS_H
#define ALLURIZE_TOOLS_COMMANDS_H

#include "args.h"

/* Each returns an exit status. */
int cmd_convert(const struct args *args);
int cmd_run(const struct args *args);
int cmd_validate(const struct args *args);
int cmd_formats(const struct args *args);
int cmd_schema(const struct args *args);
int cmd_rules(const struct args *args);

#endif
