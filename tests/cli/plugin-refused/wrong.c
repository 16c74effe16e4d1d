/* wrong.c - a plugin that can be made wrong in one way at a time. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <allurize/read.h>

#ifndef ABI
#define ABI ALZ_CONVERTER_ABI
#endif
#ifndef NAME
#define NAME "own"
#endif
#ifndef TITLE
#define TITLE "a plugin"
#endif
#ifndef READER
#define READER ALZ_READ_LINES
#endif
#ifndef TABLE
#define TABLE rows
#endif
#ifndef HELP
#define HELP "an option"
#endif
#ifndef TEXT
#define TEXT "a profile"
#endif

const struct alz_line_row rows[] = {
    {NULL, NULL}
};

static const struct alz_converter_option options[] = {
    {"own-option", "VALUE", HELP},
    {NULL,         NULL,    NULL},
};

static const struct alz_converter_profile profiles[] = {
    {"profile", "a profile", TEXT},
    {NULL,      NULL,        NULL},
};

const struct alz_converter allurize_converter = {
    .abi = ABI,
    .name = NAME,
    .title = TITLE,
    .reader = READER,
    .table = TABLE,
    .options = options,
    .profiles = profiles,
};
