/* skeleton.c - descriptor, rows, life. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <allurize/read.h>

#define FORMAT "skeleton"

enum { MESSAGE_MAX = 64 * 1024 };

struct state {
    alz_ref suite; /* of all tests, so that their number can be compared */
    alz_ref test;
};

static const struct alz_diag empty = {
    .level = ALZ_ERROR,
    .id = FORMAT "/empty",
    .text = "no report of this format: it has another root element",
    .exit_status = 3,
};
static const struct alz_diag strange = {
    .level = ALZ_ERROR,
    .id = FORMAT "/status",
    .text = "a test has no such status",
    .exit_status = 4,
};

static const struct {
    const char *word;
    enum alz_status status;
} verdicts[] = {
    {"pass", ALZ_PASSED },
    {"fail", ALZ_FAILED },
    {"skip", ALZ_SKIPPED},
};

/* ---- elements --------------------------------------------------------- */

static void open_run(void *ctx, struct alz_out *out,
                     const struct alz_xml_element *element)
{
    struct state *state = ctx;

    state->suite = alz_begin(out, 0, ALZ_SUITE);
    alz_set_text(out, state->suite, ALZ_NAME, ALZ_STR(""));
    alz_set_text(out, state->suite, ALZ_FRAMEWORK, ALZ_STR(FORMAT));
    alz_add(out, state->suite, ALZ_TOTAL, ALZ_STR("tests"),
            alz_xml_attr(element, "tests"));
}

static void tell_status(struct alz_out *out, alz_ref ref, struct alz_str word)
{
    for (size_t i = 0; i < sizeof(verdicts) / sizeof(*verdicts); i++) {
        if (alz_str_is(word, verdicts[i].word)) {
            alz_set_status(out, ref, verdicts[i].status, 0);
            return;
        }
    }
    alz_report(out, &strange, word);
}

static void open_test(void *ctx, struct alz_out *out,
                      const struct alz_xml_element *element)
{
    struct state *state = ctx;

    state->test = alz_begin(out, state->suite, ALZ_TEST);
    alz_set_text(out, state->test, ALZ_NAME, alz_xml_attr(element, "name"));
    tell_status(out, state->test, alz_xml_attr(element, "status"));
}

static void close_test(void *ctx, struct alz_out *out, struct alz_str text,
                       size_t cut)
{
    struct state *state = ctx;

    (void)cut;
    text = alz_str_trim(text);
    if (text.len > 0)
        alz_set_text(out, state->test, ALZ_MESSAGE, text);
    alz_end(out, state->test);
}

/* ---- life ------------------------------------------------------------- */

static enum alz_match probe(struct alz_str head, struct alz_str base_name)
{
    (void)base_name;
    if (!alz_str_starts(alz_str_trim(head), "<"))
        return ALZ_NO;
    return alz_str_find(head, "<" FORMAT) != SIZE_MAX ? ALZ_CERTAIN : ALZ_NO;
}

/* The reader has reported what was cut; a test that is open stays so. */
static void finish(void *ctx, struct alz_out *out, enum alz_ending ending)
{
    const struct state *state = ctx;

    if (ending == ALZ_COMPLETE && state->suite == 0)
        alz_report(out, &empty, ALZ_STR(""));
}

static const struct alz_xml_row rows[] = {
    {"/" FORMAT,     open_run,  NULL, NULL,       0          },
    {FORMAT "/test", open_test, NULL, close_test, MESSAGE_MAX},
    {NULL,           NULL,      NULL, NULL,       0          },
};

const struct alz_converter alz_converter_skeleton = {
    .abi = ALZ_CONVERTER_ABI,
    .name = FORMAT,
    .title = FORMAT ", XML",
    .reader = ALZ_READ_XML,
    .table = rows,
    .state_size = sizeof(struct state),
    .probe = probe,
    .finish = finish,
};
