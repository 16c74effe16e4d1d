/* filename.c - what a file of a results directory is, by its name. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "check/filename.h"

#include <allurize/read.h>

/* Tried in order. Exact names first, then endings. */
static const struct {
    const char *text;
    bool whole;
    enum alz_file_kind kind;
} names[] = {
    {"categories.json",        true,  ALZ_FILE_CATEGORIES     },
    {"executor.json",          true,  ALZ_FILE_EXECUTOR       },
    {"environment.properties", true,  ALZ_FILE_ENVIRONMENT    },
    {"environment.xml",        true,  ALZ_FILE_ENVIRONMENT_XML},
    {"-result.json",           false, ALZ_FILE_RESULT         },
    {"-container.json",        false, ALZ_FILE_CONTAINER      },
    {"-globals.json",          false, ALZ_FILE_GLOBALS        },
};

static const struct {
    const char *text;
    bool whole;
    enum alz_file_kind kind;
} others[] = {
    {".tmp",                  false, ALZ_FILE_TEMPORARY},
    {".xml",                  false, ALZ_FILE_FOREIGN  },
    {".trx",                  false, ALZ_FILE_FOREIGN  },
    {".plist",                false, ALZ_FILE_FOREIGN  },
    {"-testsuite.json",       false, ALZ_FILE_FOREIGN  },
    {"-check.json",           false, ALZ_FILE_KNOWN    },
    {"-perf.json",            false, ALZ_FILE_KNOWN    },
    {"performance.json",      true,  ALZ_FILE_KNOWN    },
    {"history.json",          true,  ALZ_FILE_KNOWN    },
    {"history-trend.json",    true,  ALZ_FILE_KNOWN    },
    {"duration-trend.json",   true,  ALZ_FILE_KNOWN    },
    {"retry-trend.json",      true,  ALZ_FILE_KNOWN    },
    {"categories-trend.json", true,  ALZ_FILE_KNOWN    },
    {"testplan.json",         true,  ALZ_FILE_KNOWN    },
};

static bool fits(struct alz_str name, const char *text, bool whole)
{
    return whole ? alz_str_is(name, text) : alz_str_ends(name, text);
}

static bool fits_nocase(struct alz_str name, const char *text, bool whole)
{
    size_t len = strlen(text);

    if (name.len < len || (whole && name.len != len))
        return false;
    name = alz_str_from_offset(name, name.len - len);
    return alz_str_is_nocase(name, text);
}

/* As Allure 3 has it: the last "-attachment" is the end or before a ".". */
static bool is_attachment(struct alz_str name)
{
    static const char word[] = "-attachment";
    const size_t len = sizeof(word) - 1;

    for (size_t at = name.len; at-- > 0;)
        if (name.len - at >= len && memcmp(name.ptr + at, word, len) == 0)
            return name.len - at == len || name.ptr[at + len] == '.';
    return false;
}

enum alz_file_kind alz_file_kind_of(struct alz_str name)
{
    for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
        if (fits(name, names[i].text, names[i].whole))
            return names[i].kind;
    for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
        if (fits_nocase(name, names[i].text, names[i].whole))
            return ALZ_FILE_MISCASED;
    for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++)
        if (fits(name, others[i].text, others[i].whole))
            return others[i].kind;
    if (is_attachment(name))
        return ALZ_FILE_ATTACHMENT;
    return alz_str_ends(name, ".json") ? ALZ_FILE_JSON : ALZ_FILE_OTHER;
}
