/* json_log.h - runs the JSON reader and writes down what it calls. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALZ_TESTS_JSON_LOG_H
#define ALZ_TESTS_JSON_LOG_H

#include "base/buf.h"
#include "read/reader.h"
#include "tap.h"

/* ---- what is compared: one text of all calls and reports -------------- */

struct sink {
    struct alz_out out;
    struct alz_text *log;
    const struct alz_position *position;
};

static inline void sink_report(struct alz_out *out, const struct alz_diag *diag,
                               struct alz_str detail)
{
    struct sink *sink = (struct sink *)out;

    alz_buf_printf(sink->log, "<%s", diag->id);
    if (diag->exit_status)
        alz_buf_printf(sink->log, " %d", diag->exit_status);
    alz_buf_printf(sink->log, " %u:%u", (unsigned)sink->position->line,
                   (unsigned)sink->position->column);
    if (detail.len && !alz_str_starts(detail, "lexical error") &&
        !alz_str_starts(detail, "parse error"))
        alz_buf_printf(sink->log, " %.*s", (int)detail.len, detail.ptr);
    alz_buf_printf(sink->log, ">");
}

static const struct alz_out_ops sink_ops = {.report = sink_report};

struct state {
    struct alz_text *log;
    const struct alz_position *position;
    bool places;
    size_t longest;
    uint64_t calls;
};

static inline void place(const struct state *state)
{
    if (state->places)
        alz_buf_printf(state->log, "@%u:%u ", (unsigned)state->position->line,
                       (unsigned)state->position->column);
}

static inline void on_open(void *ctx, struct alz_out *out,
                           const struct alz_json_value *value)
{
    struct state *state = ctx;

    (void)out;
    state->calls++;
    alz_text_add(state->log, value->key);
    alz_buf_printf(state->log, "%c",
                   value->type == ALZ_JSON_OBJECT ? '{' : '[');
    place(state);
}

static inline void on_close(void *ctx, struct alz_out *out)
{
    struct state *state = ctx;

    (void)out;
    state->calls++;
    alz_buf_printf(state->log, "}");
    place(state);
}

static inline void on_value(void *ctx, struct alz_out *out,
                            const struct alz_json_value *value)
{
    static const char types[] = "nft#$";
    struct state *state = ctx;
    size_t shown = value->text.len < 40 ? value->text.len : 40;

    (void)out;
    state->calls++;
    if (value->text.len > state->longest)
        state->longest = value->text.len;
    if (value->key.len) {
        alz_text_add(state->log, value->key);
        alz_buf_printf(state->log, "=");
    }
    alz_buf_printf(state->log, "%c", types[value->type]);
    alz_text_add(state->log, (struct alz_str){value->text.ptr, shown});
    alz_buf_printf(state->log, ";");
    place(state);
}

/* Everything. */
static const struct alz_json_row all[] = {
    {"",   on_open, on_value, on_close},
    {"*",  on_open, on_value, on_close},
    {"[]", on_open, on_value, on_close},
    {NULL, NULL,    NULL,     NULL    },
};

struct setup {
    const struct alz_json_row *rows;
    bool places;
    bool live;
    const bool *interrupted;
};

static inline struct alz_str run(struct alz_bytes *bytes,
                                 const struct setup *setup, size_t *longest)
{
    static const char *const endings[] = {"complete", "damaged", "interrupted"};
    static struct alz_text log;
    struct alz_position position = {0, 0};
    struct state state = {&log, &position, setup->places, 0, 0};
    struct sink sink = {{&sink_ops}, &log, &position};
    struct alz_converter converter = {.abi = ALZ_CONVERTER_ABI,
                                      .name = "test",
                                      .table = setup->rows ? setup->rows : all};
    struct alz_reading reading = {
        .converter = &converter,
        .state = &state,
        .out = &sink.out,
        .bytes = bytes,
        .position = &position,
        .live = setup->live,
        .interrupted = setup->interrupted,
    };

    alz_text_clear(&log);
    alz_buf_printf(&log, " %s", endings[alz_json_read(&reading)]);
    if (longest != NULL)
        *longest = state.longest;
    return alz_text_str(&log);
}

/* The same at every read size. */
static inline void same_with(struct alz_str text, const struct setup *setup,
                             const char *want, const char *what)
{
    struct alz_bytes_memory bytes;
    size_t piece;
    bool good = true;

    for (piece = 0; piece <= 64 && good; piece++) {
        alz_bytes_memory_init(&bytes, text, piece);
        good = alz_str_equal(run(&bytes.base, setup, NULL), alz_str_from(want));
    }
    OK(good, what);
    if (!good) {
        alz_bytes_memory_init(&bytes, text, piece - 1);
        printf("# read size %zu\n", piece - 1);
        IS(run(&bytes.base, setup, NULL), want, what);
    }
}

static inline void same(const char *text, const char *want, const char *what)
{
    const struct setup setup = {0};

    same_with(alz_str_from(text), &setup, want, what);
}

#endif
