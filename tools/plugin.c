/* plugin.c - converters that are loaded when the command starts. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "plugin.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>

static int refuse(const char *path, const char *why)
{
    fprintf(stderr, "%s: error: plugin: %s [args/plugin]\n", path, why);
    return -1;
}

/* What the loader says, without the file that it begins with. */
static int refuse_as_loader(const char *path, const char *file)
{
    const char *why = dlerror();
    size_t len = strlen(file);

    if (!why)
        why = "it cannot be loaded";
    if (strncmp(why, file, len) == 0 && strncmp(why + len, ": ", 2) == 0)
        why += len + 2;
    return refuse(path, why);
}

/* A name without a slash would be searched for. */
static char *with_slash(const char *path)
{
    const char *prefix = strchr(path, '/') ? "" : "./";
    size_t size = strlen(prefix) + strlen(path) + 1;
    char *file = malloc(size);

    if (file)
        snprintf(file, size, "%s%s", prefix, path);
    return file;
}

static int add(struct plugins *plugins, const char *path,
               const struct alz_converter *converter)
{
    const char *problem = alz_converter_problem(converter, plugins->items);
    const struct alz_converter **more;

    if (problem)
        return refuse(path, problem);
    more = realloc(plugins->items, (plugins->count + 2) * sizeof(*more));
    if (!more)
        return refuse(path, "out of memory");
    plugins->items = more;
    more[plugins->count++] = converter;
    more[plugins->count] = NULL;
    return 0;
}

int plugin_load(struct plugins *plugins, const char *path)
{
    char *file = with_slash(path);
    void *object = file ? dlopen(file, RTLD_NOW | RTLD_LOCAL) : NULL;
    const void *symbol = object ? dlsym(object, "allurize_converter") : NULL;
    int result;

    if (!file)
        result = refuse(path, "out of memory");
    else if (!object)
        result = refuse_as_loader(path, file);
    else if (!symbol)
        result = refuse(path, "exports no allurize_converter");
    else
        result = add(plugins, path, symbol);
    if (object && result)
        dlclose(object);
    free(file);
    return result;
}

const struct alz_converter *plugins_find(const struct plugins *plugins,
                                         const char *name, size_t len)
{
    const struct alz_converter *at;
    size_t index = 0;

    while ((at = alz_converter_at(plugins->items, index)) &&
           (strlen(at->name) != len || memcmp(at->name, name, len) != 0))
        index++;
    return at;
}

void plugins_done(struct plugins *plugins)
{
    free(plugins->items);
}
