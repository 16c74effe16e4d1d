/* names.c - words for what the library counts. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <allurize/allurize.h>
#include <allurize/read.h>

const char *alz_version(void)
{
    return ALZ_VERSION;
}

const char *alz_status_name(enum alz_status status)
{
    return alz_word(ALZ_STATUS_WORDS, status);
}

const char *alz_level_name(enum alz_level level)
{
    return alz_word(ALZ_LEVEL_WORDS, level);
}
