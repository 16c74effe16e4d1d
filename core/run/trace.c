/* trace.c - the events of a converter as lines of text. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "base/buf.h"
#include "run/drive.h"

enum { SHOWN_MAX = 4096, TEXT_MAX = 64 << 20 };

/*
 * Refs are numbers in order of begin. One line per verb:
 *   begin 2 in 1 test
 *   status 2 failed flaky
 *   text 2 name "adds"
 */
struct trace {
    struct alz_out out;
    struct alz_text line;
    void (*print)(void *ctx, struct alz_str line);
    void *ctx;
    alz_ref last;
    const struct alz_position *position;
    /* Pieces of one write are joined: they depend on the read size. */
    alz_ref write_ref;
    struct alz_text written;
};

static void put_line(struct trace *trace)
{
    trace->print(trace->ctx, alz_text_str(&trace->line));
    alz_text_clear(&trace->line);
}

static void put_text(struct trace *trace, struct alz_str text)
{
    alz_buf_putc(&trace->line, '"');
    alz_buf_add_quoted(&trace->line, text, SHOWN_MAX);
    alz_buf_putc(&trace->line, '"');
}

static struct trace *flush_written(struct alz_out *out)
{
    struct trace *trace = (struct trace *)out;

    if (trace->write_ref) {
        alz_buf_printf(&trace->line, "write %u ", trace->write_ref);
        put_text(trace, alz_text_str(&trace->written));
        put_line(trace);
    }
    trace->write_ref = 0;
    alz_text_clear(&trace->written);
    return trace;
}

static alz_ref on_begin(struct alz_out *out, alz_ref parent, enum alz_kind kind)
{
    struct trace *trace = flush_written(out);

    alz_buf_printf(&trace->line, "begin %u in %u %s", ++trace->last, parent,
                   alz_word(ALZ_KIND_WORDS, kind));
    put_line(trace);
    return trace->last;
}

static void on_status(struct alz_out *out, alz_ref ref, enum alz_status status,
                      unsigned flags)
{
    struct trace *trace = flush_written(out);
    const char *flag;

    alz_buf_printf(&trace->line, "status %u %s", ref, alz_status_name(status));
    for (unsigned i = 0; (flag = alz_word(ALZ_FLAG_WORDS, i)); i++)
        if (flags & 1u << i)
            alz_buf_printf(&trace->line, " %s", flag);
    put_line(trace);
}

static void on_text(struct alz_out *out, alz_ref ref, enum alz_fact fact,
                    struct alz_str text)
{
    struct trace *trace = flush_written(out);

    alz_buf_printf(&trace->line, "text %u %s ", ref,
                   alz_word(ALZ_FACT_WORDS, fact));
    put_text(trace, text);
    put_line(trace);
}

static void on_time(struct alz_out *out, alz_ref ref, enum alz_when when,
                    int64_t ms)
{
    struct trace *trace = flush_written(out);

    alz_buf_printf(&trace->line, "time %u %s %lld", ref,
                   alz_word(ALZ_WHEN_WORDS, when), (long long)ms);
    put_line(trace);
}

static void on_add(struct alz_out *out, alz_ref ref, enum alz_pair_kind kind,
                   struct alz_str name, struct alz_str value)
{
    struct trace *trace = flush_written(out);

    alz_buf_printf(&trace->line, "add %u %s ", ref,
                   alz_word(ALZ_PAIR_WORDS, kind));
    put_text(trace, name);
    alz_buf_putc(&trace->line, ' ');
    put_text(trace, value);
    put_line(trace);
}

static void on_write(struct alz_out *out, alz_ref ref, struct alz_str bytes)
{
    struct trace *trace = (struct trace *)out;

    if (trace->write_ref != ref)
        flush_written(out);
    trace->write_ref = ref;
    alz_text_add(&trace->written, bytes);
}

static void on_end(struct alz_out *out, alz_ref ref)
{
    struct trace *trace = flush_written(out);

    alz_buf_printf(&trace->line, "end %u", ref);
    put_line(trace);
}

static void on_report(struct alz_out *out, const struct alz_diag *diag,
                      struct alz_str detail)
{
    struct trace *trace = flush_written(out);

    alz_buf_printf(&trace->line, "report %s %llu:%llu ", diag->id,
                   (unsigned long long)trace->position->line,
                   (unsigned long long)trace->position->column);
    put_text(trace, detail);
    put_line(trace);
}

static const struct alz_out_ops trace_ops = {
    on_begin, on_status, on_text, on_time, on_add, on_write, on_end, on_report,
};

void alz_trace(const struct alz_converter *converter, const char *name,
               struct alz_str bytes, int64_t mtime_ms, size_t read_size,
               const struct alz_setting *converter_options,
               void (*print)(void *ctx, struct alz_str line), void *ctx)
{
    struct alz_position position = {0};
    struct trace trace = {
        .out = {&trace_ops},
        .line = {.max = TEXT_MAX},
        .written = {.max = TEXT_MAX},
        .print = print,
        .ctx = ctx,
        .position = &position,
    };
    struct alz_bytes_memory memory;
    struct alz_drive drive = {
        .converter = converter,
        .out = &trace.out,
        .bytes = &memory.base,
        .position = &position,
        .in = {.name = alz_str_from(name),
               .base_name = alz_base_name(alz_str_from(name)),
               .mtime_ms = mtime_ms},
        .settings = converter_options,
    };

    alz_bytes_memory_init(&memory, bytes, read_size);
    alz_drive_run(&drive);
    flush_written(&trace.out);
    alz_text_done(&trace.line);
    alz_text_done(&trace.written);
}
