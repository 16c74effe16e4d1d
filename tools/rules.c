/* rules.c - reads the file of --rules. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "rules.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

enum { RULES_MAX = 1024 * 1024 };

static char *refuse(const char *path, const char *why)
{
    fprintf(stderr, "%s: error: rule file: %s [args/rules]\n", path, why);
    return NULL;
}

char *rules_read(const char *path)
{
    FILE *file = fopen(path, "rbe");
    char *text = file ? malloc(RULES_MAX + 1) : NULL;
    const char *why = NULL;
    size_t len;

    if (!text) {
        why = strerror(errno);
        if (file)
            fclose(file);
        return refuse(path, why);
    }
    len = fread(text, 1, RULES_MAX + 1, file);
    if (ferror(file))
        why = strerror(errno);
    else if (len > RULES_MAX)
        why = "larger than 1 MiB";
    else if (memchr(text, '\0', len))
        why = "holds a NUL byte";
    fclose(file);
    if (why) {
        free(text);
        return refuse(path, why);
    }
    text[len] = '\0';
    return text;
}

static bool takes_rules(const struct args *args)
{
    const char *name = args->format ? args->format : "";
    const struct alz_converter *converter =
        plugins_find(&args->plugins, name, strlen(name));

    return converter && converter->rules;
}

int rules_take(const struct args *args, char **ret_text,
               struct alz_setting **ret_settings)
{
    size_t count = args->converter_options.count;

    *ret_text = NULL;
    *ret_settings = NULL;
    if (!args->rules)
        return 0;
    if (!takes_rules(args)) {
        fputs("allurize: error: --rules is for --format log or jsonmap "
              "[args/usage]\n",
              stderr);
        return -1;
    }
    *ret_text = rules_read(args->rules);
    if (!*ret_text)
        return -1;
    *ret_settings = calloc(count + 3, sizeof(**ret_settings));
    if (!*ret_settings) {
        refuse(args->rules, "out of memory");
        return -1;
    }
    if (count)
        memcpy(*ret_settings, args->converter_options.items,
               count * sizeof(**ret_settings));
    (*ret_settings)[count] = (struct alz_setting){"rules-text", *ret_text};
    (*ret_settings)[count + 1] =
        (struct alz_setting){"rules-file", args->rules};
    return 0;
}
