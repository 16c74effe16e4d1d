/* names.c - words for what the library counts. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <allurize/allurize.h>

const char *alz_version(void)
{
    return ALZ_VERSION;
}

const char *alz_status_name(enum alz_status status)
{
    static const char *const names[] = {
        [ALZ_FAILED] = "failed",   [ALZ_BROKEN] = "broken",
        [ALZ_UNKNOWN] = "unknown", [ALZ_SKIPPED] = "skipped",
        [ALZ_PASSED] = "passed",   [ALZ_STATUS_NONE] = "none",
    };

    return names[status];
}

const char *alz_level_name(enum alz_level level)
{
    static const char *const names[] = {"note", "warning", "error"};

    return names[level];
}

const struct alz_converter *alz_converter_find(const char *name)
{
    const struct alz_converter *const *all = alz_converters();

    for (; *all; all++)
        if (strcmp((*all)->name, name) == 0)
            return *all;
    return NULL;
}
