/* environment.c - labels that the environment gives: ALLURE_LABEL_<name>. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "environment.h"

#include <ctype.h>
#include <stdlib.h>
#include <unistd.h>

static const char prefix[] = "ALLURE_LABEL_";

static const char *const known[] = {
    "epic",  "feature",  "story",     "parentSuite", "suite", "subSuite",
    "owner", "severity", "layer",     "tag",         "host",  "thread",
    "lead",  "package",  "testClass", "testMethod",  "issue", NULL,
};

/* Is NAME the capitals-and-underscores spelling of a known label? */
static bool same_word(const char *shouted, size_t len, const char *name)
{
    size_t at = 0;

    for (size_t i = 0; i < len; i++) {
        if (shouted[i] == '_')
            continue;
        if (!name[at] || toupper((unsigned char)name[at]) != shouted[i])
            return false;
        at++;
    }
    return name[at] == '\0';
}

static char *label_name(const char *text, size_t len)
{
    for (const char *const *at = known; *at; at++)
        if (same_word(text, len, *at))
            return strdup(*at);
    return strndup(text, len);
}

static size_t count_settings(const struct alz_setting *settings)
{
    size_t count = 0;

    while (settings && settings[count].name)
        count++;
    return count;
}

const struct alz_setting *environment_labels(struct environment *environment,
                                             const struct alz_setting *more)
{
    size_t count = 0, given = count_settings(more);
    struct alz_setting *labels;

    for (char **at = environ; *at; at++)
        count += strncmp(*at, prefix, strlen(prefix)) == 0;
    labels = calloc(count + given + 1, sizeof(*labels));
    if (!labels)
        return more;
    count = 0;
    for (char **at = environ; *at; at++) {
        const char *name = *at + strlen(prefix), *equals;

        if (strncmp(*at, prefix, strlen(prefix)))
            continue;
        equals = strchr(name, '=');
        if (!equals || equals == name || !equals[1])
            continue;
        labels[count].name = label_name(name, (size_t)(equals - name));
        labels[count++].value = equals + 1;
    }
    environment->labels = labels;
    environment->own = count;
    if (given)
        memcpy(labels + count, more, given * sizeof(*labels));
    return labels;
}

void environment_done(struct environment *environment)
{
    for (size_t i = 0; i < environment->own; i++)
        free((char *)(uintptr_t)environment->labels[i].name);
    free(environment->labels);
}
