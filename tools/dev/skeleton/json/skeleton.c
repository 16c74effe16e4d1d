/* skeleton.c - descriptor, rows, life. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <allurize/read.h>

#define FORMAT "skeleton"

struct state {
    bool begun;
    alz_ref suite; /* of all tests, so that their number can be compared */
    alz_ref test;
};

static const struct alz_diag empty = {
    .level = ALZ_ERROR,
    .id = FORMAT "/empty",
    .text = "no report of this format: it has no list of tests",
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

/* ---- values ----------------------------------------------------------- */

static void open_run(void *ctx, struct alz_out *out,
                     const struct alz_json_value *value)
{
    struct state *state = ctx;

    (void)value;
    state->suite = alz_begin(out, 0, ALZ_SUITE);
    alz_set_text(out, state->suite, ALZ_NAME, ALZ_STR(""));
    alz_set_text(out, state->suite, ALZ_FRAMEWORK, ALZ_STR(FORMAT));
}

static void take_count(void *ctx, struct alz_out *out,
                       const struct alz_json_value *value)
{
    const struct state *state = ctx;

    alz_add(out, state->suite, ALZ_TOTAL, ALZ_STR("tests"), value->text);
}

static void open_tests(void *ctx, struct alz_out *out,
                       const struct alz_json_value *value)
{
    struct state *state = ctx;

    (void)out;
    (void)value;
    state->begun = true;
}

static void open_test(void *ctx, struct alz_out *out,
                      const struct alz_json_value *value)
{
    struct state *state = ctx;

    (void)value;
    state->test = alz_begin(out, state->suite, ALZ_TEST);
}

static void take_name(void *ctx, struct alz_out *out,
                      const struct alz_json_value *value)
{
    const struct state *state = ctx;

    alz_set_text(out, state->test, ALZ_NAME, value->text);
}

static void take_status(void *ctx, struct alz_out *out,
                        const struct alz_json_value *value)
{
    const struct state *state = ctx;

    for (size_t i = 0; i < sizeof(verdicts) / sizeof(*verdicts); i++) {
        if (alz_str_is(value->text, verdicts[i].word)) {
            alz_set_status(out, state->test, verdicts[i].status, 0);
            return;
        }
    }
    alz_report(out, &strange, value->text);
}

static void take_message(void *ctx, struct alz_out *out,
                         const struct alz_json_value *value)
{
    const struct state *state = ctx;

    alz_set_text(out, state->test, ALZ_MESSAGE, value->text);
}

static void close_test(void *ctx, struct alz_out *out)
{
    const struct state *state = ctx;

    alz_end(out, state->test);
}

/* ---- life ------------------------------------------------------------- */

static enum alz_match probe(struct alz_str head, struct alz_str base_name)
{
    (void)base_name;
    if (!alz_str_starts(alz_str_trim(head), "{"))
        return ALZ_NO;
    return alz_str_find(head, "\"" FORMAT "\"") != SIZE_MAX ? ALZ_CERTAIN
                                                            : ALZ_NO;
}

/* The reader has reported what was cut; a test that is open stays so. */
static void finish(void *ctx, struct alz_out *out, enum alz_ending ending)
{
    const struct state *state = ctx;

    if (ending == ALZ_COMPLETE && !state->begun)
        alz_report(out, &empty, ALZ_STR(""));
}

static const struct alz_json_row rows[] = {
    {"",                  open_run,   NULL,         NULL      },
    {"/count",            NULL,       take_count,   NULL      },
    {"/tests",            open_tests, NULL,         NULL      },
    {"/tests/[]",         open_test,  NULL,         close_test},
    {"/tests/[]/name",    NULL,       take_name,    NULL      },
    {"/tests/[]/status",  NULL,       take_status,  NULL      },
    {"/tests/[]/message", NULL,       take_message, NULL      },
    {NULL,                NULL,       NULL,         NULL      },
};

const struct alz_converter alz_converter_skeleton = {
    .abi = ALZ_CONVERTER_ABI,
    .name = FORMAT,
    .title = FORMAT ", JSON",
    .reader = ALZ_READ_JSON,
    .table = rows,
    .state_size = sizeof(struct state),
    .probe = probe,
    .finish = finish,
};
