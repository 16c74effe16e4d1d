/* converters.c - all converters there are: built-in ones and plugins. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <allurize/allurize.h>

enum { NAME_MAX_LEN = 32 };

const struct alz_converter *
alz_converter_at(const struct alz_converter *const *plugins, size_t index)
{
    const struct alz_converter *const *at = alz_converters();

    while (*at && index) {
        at++;
        index--;
    }
    if (*at || !plugins)
        return *at;
    while (*plugins && index) {
        plugins++;
        index--;
    }
    return *plugins;
}

const struct alz_converter *alz_converter_find(const char *name)
{
    const struct alz_converter *const *all = alz_converters();

    for (; *all; all++)
        if (strcmp((*all)->name, name) == 0)
            return *all;
    return NULL;
}

/* Logs that have a converter of their own, by the names of profiles. */
const struct alz_format_alias *alz_format_aliases(void)
{
    static const struct alz_format_alias aliases[] = {
        {"log:ctest", "ctest-console"},
        {"log:gtest", "gtest-console"},
        {NULL,        NULL           },
    };

    return aliases;
}

/* ---- what a plugin must be -------------------------------------------- */

/* Lower-case letters, digits and single "-" between them; a letter first. */
static bool good_name(const char *name)
{
    char before = '-';
    size_t len = 0;

    for (; name[len] && len <= NAME_MAX_LEN; before = name[len++]) {
        bool letter = name[len] >= 'a' && name[len] <= 'z';
        bool digit = name[len] >= '0' && name[len] <= '9';

        if (!letter && (len == 0 || !digit) &&
            (name[len] != '-' || before == '-'))
            return false;
    }
    return len && len <= NAME_MAX_LEN && before != '-';
}

/* One line of text that is there. */
static bool good_text(const char *text)
{
    return text && *text && !text[strcspn(text, "\n\r\033")];
}

static bool good_options(const struct alz_converter_option *option)
{
    for (; option && option->name; option++)
        if (!good_name(option->name) || !good_text(option->value) ||
            !good_text(option->help))
            return false;
    return true;
}

static bool good_profiles(const struct alz_converter_profile *profile)
{
    for (; profile && profile->name; profile++)
        if (!good_name(profile->name) || !good_text(profile->title) ||
            !profile->text)
            return false;
    return true;
}

static bool is_taken(const char *name,
                     const struct alz_converter *const *plugins)
{
    const struct alz_converter *at;

    for (size_t i = 0; (at = alz_converter_at(plugins, i)); i++)
        if (strcmp(at->name, name) == 0)
            return true;
    return false;
}

const char *alz_converter_problem(const struct alz_converter *converter,
                                  const struct alz_converter *const *plugins)
{
    if (converter->abi != ALZ_CONVERTER_ABI)
        return "was built with headers of another ABI, build it again";
    if (!converter->name || !good_name(converter->name))
        return "has no good name (a-z, 0-9, single -, at most 32)";
    if (is_taken(converter->name, plugins))
        return "has the name of a format that is there already";
    if (!good_text(converter->title))
        return "has no title of one line";
    if (converter->reader > ALZ_READ_LINES || !converter->table)
        return "has no table for a reader";
    if (!good_options(converter->options))
        return "has an option without a good name, a value or a help";
    if (!good_profiles(converter->profiles))
        return "has a profile without a good name, a title or a text";
    return NULL;
}
