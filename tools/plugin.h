/* plugin.h - converters that are loaded when the command starts. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALLURIZE_TOOLS_PLUGIN_H
#define ALLURIZE_TOOLS_PLUGIN_H

#include <allurize/allurize.h>

/* In the order of the command line; NULL end. Zero is none. */
struct plugins {
    const struct alz_converter **items;
    size_t count;
};

/*
 * Adds the converter of a shared object. The file is where path says, never
 * searched for; it stays loaded until the process ends. 0, or -1 after
 * printing one line.
 */
int plugin_load(struct plugins *plugins, const char *path);
/* The converter of that name, built in or loaded; or NULL. */
const struct alz_converter *plugins_find(const struct plugins *plugins,
                                         const char *name, size_t len);
void plugins_done(struct plugins *plugins);

#endif
