/* options.c - what the user may tell this converter. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "tap.h"

const struct alz_converter_option tap_options[] = {
    {"tap-level",       "LEVEL",
     "what is a test: leaf (default), group (named groups of points), file"  },
    {"tap-prefix",      "TEXT",
     "what stands before every line; auto (default): found before the version "
     "line; none"                                                            },
    {"tap-suite",       "NAME",
     "suite of the stream (default: the file's name without .tap or .t)"     },
    {"tap-hash-nested", "WHEN",
     "read TAP behind \"# \" as subtests: auto (default: kselftest), on, off"},
    {"tap-xpass",       "STATUS",
     "a TODO test that passes is: passed (default), failed"                  },
    {NULL,              NULL,     NULL                                       },
};

struct word {
    const char *word;
    int value;
};

static const struct word grains[] = {
    {"leaf",  TAP_LEAF },
    {"group", TAP_GROUP},
    {"file",  TAP_FILE },
    {NULL,    0        },
};
static const struct word choices[] = {
    {"auto", TAP_AUTO},
    {"on",   TAP_ON  },
    {"off",  TAP_OFF },
    {NULL,   0       },
};
static const struct word xpasses[] = {
    {"passed", 0},
    {"failed", 1},
    {NULL,     0},
};

/* The first word's value when nothing is said; -1 after reporting. */
static int choose(struct tap *tap, const struct alz_input *in, const char *name,
                  const struct word *words)
{
    struct alz_str value =
        in->option ? in->option(in, name) : (struct alz_str){NULL, 0};

    if (!value.ptr)
        return words->value;
    for (; words->word; words++)
        if (alz_str_is(value, words->word))
            return words->value;
    tap_report(tap, TAP_OPTION, value);
    return -1;
}

/* Names of a stream, not of what is in it: the same tests have the same names
 * from a pipe and from a file it was kept in. */
static bool is_stream_name(struct alz_str name)
{
    static const char *const names[] = {
        "tap",    "out",     "output", "stdout",       "stdin",
        "result", "results", "report", "test-results", "-",
    };

    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        if (alz_str_is_nocase(name, names[i]))
            return true;
    return false;
}

static void name_stream(struct tap *tap, const struct alz_input *in)
{
    static const char *const endings[] = {
        ".txt", ".log", ".out", ".stdout", ".tap", ".t",
    };
    struct alz_str value =
        in->option ? in->option(in, "tap-suite") : (struct alz_str){NULL, 0};
    struct alz_str name = in->base_name;

    for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++)
        if (alz_str_ends(name, endings[i]) && name.len > strlen(endings[i]))
            name.len -= strlen(endings[i]);
    if (value.ptr)
        name = value;
    else if (is_stream_name(name))
        name = ALZ_STR("");
    tap_set(tap, &tap->document, name);
}

static void choose_prefix(struct tap *tap, const struct alz_input *in)
{
    struct alz_str value =
        in->option ? in->option(in, "tap-prefix") : (struct alz_str){NULL, 0};

    tap->prefix.search = !value.ptr || alz_str_is(value, "auto");
    if (value.ptr && !tap->prefix.search && !alz_str_is(value, "none"))
        tap_set(tap, &tap->prefix.shape, value);
}

int tap_options_read(struct tap *tap, const struct alz_input *in)
{
    int grain = choose(tap, in, "tap-level", grains);
    int nested = choose(tap, in, "tap-hash-nested", choices);
    int xpass = choose(tap, in, "tap-xpass", xpasses);

    if (grain < 0 || nested < 0 || xpass < 0)
        return -1;
    tap->grain = (enum tap_grain)grain;
    tap->hash_nested = (enum tap_choice)nested;
    tap->xpass_fails = xpass > 0;
    choose_prefix(tap, in);
    name_stream(tap, in);
    return 0;
}
