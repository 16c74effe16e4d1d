/* output.c - what the test printed: an attachment, and held for the trace. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "ctest.h"

static const struct alz_diag damaged = {
    ALZ_WARNING, "ctest/output", "the output of a test cannot be read", 0};
static const struct alz_diag too_large = {ALZ_WARNING, "ctest/large-output",
                                          "the output of a test was cut", 0};

void ctest_output_done(struct ctest_output *output)
{
    alz_payload_done(&output->payload);
    alz_text_done(&output->held);
    alz_text_done(&output->tail);
}

/* For the next test; texts keep their memory. */
void ctest_output_clear(struct ctest_output *output)
{
    alz_payload_done(&output->payload);
    alz_text_clear(&output->held);
    alz_text_clear(&output->tail);
    output->attachment = 0;
    output->packed = output->said = false;
}

/* Of a test that was never started the report has CTest's own words. */
static bool is_printed(const struct ctest_test *test)
{
    return test->said != CTEST_NOT_RUN ||
           alz_str_starts(alz_text_str(&test->completion), "SKIP_");
}

/* Blanks alone are no output; what came before the first word is in held. */
static void write_output(struct ctest *state, struct alz_out *out,
                         struct alz_str bytes)
{
    struct ctest_output *output = &state->output;
    size_t before = output->held.len;

    output->held.max = CTEST_OUTPUT_MAX;
    ctest_add(state, out, &output->held, bytes);
    if (!output->said && (alz_str_trim(bytes).len || output->held.full)) {
        output->said = true;
        if (!is_printed(&state->test))
            return;
        output->attachment = alz_begin(out, state->test.ref, ALZ_ATTACHMENT);
        alz_set_text(out, output->attachment, ALZ_NAME, ALZ_STR("stdout"));
        alz_set_text(out, output->attachment, ALZ_MEDIA_TYPE,
                     ALZ_STR("text/plain"));
        alz_write(out, output->attachment,
                  (struct alz_str){output->held.ptr, before});
    }
    if (output->said)
        alz_write(out, output->attachment, bytes);
}

/* What may be half of a spelled character waits for the other half. */
static void repair_output(struct ctest *state, struct alz_out *out,
                          struct alz_str piece)
{
    struct ctest_output *output = &state->output;
    struct alz_text repaired = {.max = SIZE_MAX};
    struct alz_str text = piece, last;
    size_t pending;

    if (output->tail.len) {
        ctest_add(state, out, &output->tail, piece);
        text = alz_text_str(&output->tail);
    }
    pending = ctest_repair_pending(text);
    last = alz_str_from_offset(text, text.len - pending);
    text.len -= pending;
    ctest_repair(state, out, text, &repaired);
    write_output(state, out, alz_text_str(&repaired));
    alz_text_done(&repaired);
    repaired.max = SIZE_MAX;
    ctest_add(state, out, &repaired, last);
    alz_text_done(&output->tail);
    output->tail = repaired;
}

void ctest_output_open(void *ctx, struct alz_out *out,
                       const struct alz_xml_element *element)
{
    struct ctest *state = ctx;
    struct alz_str encoding = alz_xml_attr(element, "encoding");

    if (!state->test.open)
        return;
    ctest_test_begin(state, out);
    state->output.packed = alz_str_is(encoding, "base64");
}

void ctest_output_text(void *ctx, struct alz_out *out, struct alz_str piece)
{
    struct ctest *state = ctx;

    if (!state->test.open)
        return;
    if (state->output.packed)
        alz_payload_add(&state->output.payload, piece);
    else
        repair_output(state, out, piece);
}

/* ---- compressed --------------------------------------------------------- */

struct unpacked {
    struct ctest *state;
    struct alz_out *out;
};

static void begin_output(void *ctx, struct alz_str name)
{
    (void)ctx;
    (void)name;
}

/* CTest compresses what it has not spelled yet. */
static void take_output(void *ctx, struct alz_str piece)
{
    struct unpacked *unpacked = ctx;

    write_output(unpacked->state, unpacked->out, piece);
}

static void unpack(struct ctest *state, struct alz_out *out)
{
    struct unpacked unpacked = {state, out};
    const struct alz_payload_sink sink = {begin_output, take_output, &unpacked};
    struct alz_text *text = &state->scratch;
    const char *why;
    enum alz_payload_end end = alz_payload_read(
        &state->output.payload, ALZ_PAYLOAD_DEFLATED, NULL, &sink, &why);

    alz_payload_done(&state->output.payload);
    if (end == ALZ_PAYLOAD_NO_MEMORY)
        ctest_out_of_memory(state, out);
    if (end == ALZ_PAYLOAD_NO_MEMORY || end == ALZ_PAYLOAD_WHOLE)
        return;
    alz_text_clear(text);
    ctest_add(state, out, text, alz_text_str(&state->test.name));
    ctest_add(state, out, text, ALZ_STR(": "));
    ctest_add(state, out, text, alz_str_from(why));
    alz_report(out, end == ALZ_PAYLOAD_CUT ? &too_large : &damaged,
               alz_text_str(text));
}

void ctest_output_close(void *ctx, struct alz_out *out, struct alz_str text,
                        size_t cut)
{
    struct ctest *state = ctx;
    struct ctest_output *output = &state->output;

    (void)text;
    (void)cut;
    if (!state->test.open)
        return;
    if (output->packed)
        unpack(state, out);
    else if (output->tail.len)
        write_output(state, out, alz_text_str(&output->tail));
    alz_end(out, output->attachment);
    output->attachment = 0;
}
