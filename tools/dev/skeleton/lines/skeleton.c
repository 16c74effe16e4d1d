/* skeleton.c - descriptor, rows, life. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <allurize/read.h>

#define FORMAT "skeleton"

struct state {
    alz_ref suite; /* of all tests, so that their number can be compared */
    bool begun, ended;
};

static const struct alz_diag empty = {
    .level = ALZ_ERROR,
    .id = FORMAT "/empty",
    .text = "no report of this format: it has no first line",
    .exit_status = 3,
};
static const struct alz_diag truncated = {
    .level = ALZ_ERROR,
    .id = FORMAT "/truncated",
    .text = "the last line (DONE) is missing: tests are, too",
    .exit_status = 4,
};

static const struct {
    const char *word;
    enum alz_status status;
} verdicts[] = {
    {"PASS ", ALZ_PASSED },
    {"FAIL ", ALZ_FAILED },
    {"SKIP ", ALZ_SKIPPED},
};

/* ---- lines ------------------------------------------------------------ */

static bool take_first(void *ctx, struct alz_out *out,
                       const struct alz_line *line)
{
    struct state *state = ctx;

    if (state->begun || !alz_str_is(line->text, FORMAT " 1"))
        return false;
    state->begun = true;
    state->suite = alz_begin(out, 0, ALZ_SUITE);
    alz_set_text(out, state->suite, ALZ_NAME, ALZ_STR(""));
    alz_set_text(out, state->suite, ALZ_FRAMEWORK, ALZ_STR(FORMAT));
    return true;
}

/* "adds", or "divides: what went wrong" */
static void tell_test(const struct state *state, struct alz_out *out,
                      enum alz_status status, struct alz_str text)
{
    alz_ref ref = alz_begin(out, state->suite, ALZ_TEST);
    size_t colon = alz_str_find(text, ": ");

    alz_set_status(out, ref, status, 0);
    if (colon < text.len) {
        alz_set_text(out, ref, ALZ_MESSAGE,
                     alz_str_from_offset(text, colon + 2));
        text.len = colon;
    }
    alz_set_text(out, ref, ALZ_NAME, text);
    alz_end(out, ref);
}

static bool take_test(void *ctx, struct alz_out *out,
                      const struct alz_line *line)
{
    const struct state *state = ctx;

    for (size_t i = 0; i < sizeof(verdicts) / sizeof(*verdicts); i++) {
        const char *word = verdicts[i].word;

        if (!state->begun || !alz_str_starts(line->text, word))
            continue;
        tell_test(state, out, verdicts[i].status,
                  alz_str_from_offset(line->text, strlen(word)));
        return true;
    }
    return false;
}

/* "DONE 3" */
static bool take_last(void *ctx, struct alz_out *out,
                      const struct alz_line *line)
{
    struct state *state = ctx;

    if (!state->begun || !alz_str_starts(line->text, "DONE "))
        return false;
    state->ended = true;
    alz_add(out, state->suite, ALZ_TOTAL, ALZ_STR("tests"),
            alz_str_from_offset(line->text, strlen("DONE ")));
    return true;
}

/* ---- life ------------------------------------------------------------- */

static enum alz_match probe(struct alz_str head, struct alz_str base_name)
{
    (void)base_name;
    return alz_str_starts(head, FORMAT " 1") ? ALZ_CERTAIN : ALZ_NO;
}

static void finish(void *ctx, struct alz_out *out, enum alz_ending ending)
{
    const struct state *state = ctx;

    alz_end(out, state->suite);
    if (ending != ALZ_COMPLETE || state->ended)
        return;
    alz_report(out, state->begun ? &truncated : &empty, ALZ_STR(""));
}

static const struct alz_line_row rows[] = {
    {"first line", take_first},
    {"test",       take_test },
    {"last line",  take_last },
    {NULL,         NULL      },
};

const struct alz_converter alz_converter_skeleton = {
    .abi = ALZ_CONVERTER_ABI,
    .name = FORMAT,
    .title = FORMAT ", lines",
    .reader = ALZ_READ_LINES,
    .table = rows,
    .state_size = sizeof(struct state),
    .probe = probe,
    .finish = finish,
};
