/* words.c - a plugin: "+ name" is a passed test, "- name" a failed one. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <allurize/read.h>

struct words {
    struct alz_str suite;
};

static enum alz_match probe(struct alz_str head, struct alz_str base_name)
{
    (void)head;
    return alz_str_ends(base_name, ".words") ? ALZ_CERTAIN : ALZ_NO;
}

static int start(void *ctx, struct alz_out *out, const struct alz_input *in)
{
    struct words *words = ctx;

    (void)out;
    words->suite = in->option(in, "words-suite");
    return 0;
}

static bool take_word(void *ctx, struct alz_out *out,
                      const struct alz_line *line)
{
    const struct words *words = ctx;
    bool passed = alz_str_starts(line->text, "+ ");
    alz_ref test;

    if (!passed && !alz_str_starts(line->text, "- "))
        return false;
    test = alz_begin(out, 0, ALZ_TEST);
    alz_set_status(out, test, passed ? ALZ_PASSED : ALZ_FAILED, 0);
    alz_set_text(out, test, ALZ_NAME,
                 alz_str_trim(alz_str_from_offset(line->text, 2)));
    if (words->suite.len)
        alz_set_text(out, test, ALZ_CLASS, words->suite);
    alz_end(out, test);
    return true;
}

static const struct alz_line_row rows[] = {
    {"word", take_word},
    {NULL,   NULL     },
};

static const struct alz_converter_option options[] = {
    {"words-suite", "NAME", "class of every word"},
    {NULL,          NULL,   NULL                 },
};

const struct alz_converter allurize_converter = {
    .abi = ALZ_CONVERTER_ABI,
    .name = "words",
    .title = "words with a sign",
    .reader = ALZ_READ_LINES,
    .table = rows,
    .state_size = sizeof(struct words),
    .probe = probe,
    .start = start,
    .options = options,
};
